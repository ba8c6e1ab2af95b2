"""Groups and criteria of an annex as values of a criteria file, with what a person has to decide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from criteria.exact import plain, vietnamese
from criteria.importer.head import SOURCE
from criteria.importer.levels import propose
from criteria.importer.numbering import split_label
from criteria.importer.outline import Branch, Leaf
from criteria.importer.rows import Row
from criteria.importer.slips import Remark, group_points
from criteria.importer.tree import Node, Tree
from criteria.text_yaml import Path, Value


@dataclass(frozen=True)
class Matched:
    """A row of the annex and what it became: `role` in Vietnamese, then the result's own values.

    `max` in thousandths of a point.
    """

    row: Row
    role: str
    id: str = ""
    title: str = ""
    max: int | None = None
    kind: str = ""


@dataclass
class Drafting:
    """What is gathered while the groups are written down."""

    remarks: dict[Path, str]  # what to decide, by its place in the file
    doubts: list[Remark] = field(default_factory=list)
    fates: dict[int, Matched] = field(default_factory=dict)  # by row of the annex

    def group(self, branch: Branch, at: Path) -> Value:
        """A group with its criteria."""
        points, node = group_points(branch), branch.node
        value: dict[str, Value] = {"id": branch.id, "title": branch.title or "(không có tên)"}
        value["max"] = plain(points)
        kind = "" if branch.kind == "scale" else branch.kind
        if kind:
            value["kind"] = kind
        value["cite"] = f"{SOURCE} {node.row.place}" if node else SOURCE
        own = list(branch.doubts)
        if node is None or node.row.points.value is None:
            own.append(("max", "phụ lục không ghi điểm của nhóm; đây là tổng điểm các tiêu chí"))
        if node:
            own += [("max", remark) for remark in node.row.remarks]
            self.fates[node.index] = Matched(node.row, "nhóm", branch.id, branch.title, points, kind)
        self._note(own, at, node, branch.id)
        for part, id_, leaves in branch.parts:
            added = sum(leaf.points or 0 for leaf in leaves)
            self.fates[part.index] = Matched(part.row, "mục", id_, part.row.text, added)
        value["criteria"] = [
            self.leaf(leaf, (*at, "criteria", order)) for order, leaf in enumerate(branch.leaves)
        ]
        return value

    def leaf(self, leaf: Leaf, at: Path) -> Value:
        """A criterion with its rule, as far as the annex's levels tell one."""
        row, own, notes = leaf.node.row, list(leaf.doubts), list(leaf.notes)
        points = leaf.points
        if points is None:
            own.append(("max", "phụ lục không có điểm ở dòng này; đang để 0, xin điền"))
        elif row.points.value is None:
            own.append(("max", "phụ lục không ghi điểm tối đa; lấy điểm của mức cao nhất"))
        proposal = propose(leaf.level_values()) if leaf.levels else None
        kind = proposal.kind if proposal else "judged"
        value: dict[str, Value] = {
            "id": leaf.id,
            "title": leaf.title,
            "max": plain(points or 0),
            "kind": kind,
        }
        if proposal:
            value |= proposal.keys
            own += proposal.doubts
        if proposal and kind == "judged":
            notes[:0] = [_printed(node.row) for node in leaf.levels]
        if leaf.evidence:
            notes.append(f"Minh chứng: {leaf.evidence}")
        if row.aside:
            notes.append(f"Ghi chú của phụ lục: {row.aside}")
            own.append(
                ("note", "phụ lục có ghi chú ở dòng này; xem có phải đổi applies_to, cách chấm không")
            )
        own += [("note" if notes else "kind", said) for said in _rules_in_words([row.text, *notes])]
        notes = [note for text in notes if (note := text.strip(" ;."))]
        if notes:
            value["note"] = "; ".join(notes)
        value["cite"] = f"{SOURCE} {row.place}"
        self._note(own, at, leaf.node, leaf.id)
        self._leaf_fates(leaf, kind, points or 0)
        return value

    def _leaf_fates(self, leaf: Leaf, kind: str, points: int) -> None:
        self.fates[leaf.node.index] = Matched(leaf.node.row, "tiêu chí", leaf.id, leaf.title, points, kind)
        for node in leaf.levels:
            role = "mức" if kind != "judged" else "ghi chú"
            self.fates[node.index] = Matched(node.row, role, leaf.id, node.row.text, node.row.points.value)
        for above in (*leaf.node.children, *leaf.node.descriptions):
            for part in above.walk():
                self.fates.setdefault(part.index, Matched(part.row, "ghi chú", leaf.id, part.row.text))

    def _note(self, own: Sequence[tuple[str, str]], at: Path, node: Node | None, id_: str) -> None:
        """Puts remarks on one node's keys, each on its line of the draft and into the list of doubts."""
        row, place = (node.index, node.row.place) if node else (None, "")
        for key, text in own:
            path, said = (*at, key), text.rstrip(".")
            self.remarks[path] = f"{self.remarks[path]}; {said}" if path in self.remarks else said
            self.doubts.append(Remark(row, place, id_, f"{said[:1].upper()}{said[1:]}."))


def matched_rows(rows: Sequence[Row], tree: Tree, fates: dict[int, Matched]) -> Iterator[Matched]:
    """Every row of the annex with what became of it."""
    totals = {total.index: total for total in tree.totals}
    for index, row in enumerate(rows):
        if index in fates:
            yield fates[index]
        elif index in totals:
            of = totals[index].of
            yield Matched(row, "dòng cộng", of.label.printed if of and of.label else "")
        else:
            yield Matched(row, tree.joined.get(index, "ghi chú"))


def _printed(row: Row) -> str:
    """A level word for word, with the points of its own column."""
    said, value = split_label(row.printed[1])[1] or row.text, row.points.value
    return said if value is None or not row.printed[2] else f"{said}: {vietnamese(value)} điểm"


def _rules_in_words(texts: Sequence[str]) -> Iterator[str]:
    """A hint where the annex tells a rule that the importer does not turn into one."""
    late = r"(?:chậm|muộn|trễ|quá hạn).{0,40}ngày.{0,40}(?:điểm|trừ)"
    each = r"(?:mỗi|cứ)\s.{0,80}(?:điểm|trừ|cộng)|(?:trừ|cộng)\s+[\d.,]+\s*(?:điểm|đ)(?!\w)"
    if any(re.search(late, text, re.IGNORECASE) for text in texts):
        yield "phụ lục trừ điểm theo số ngày chậm: có thể đặt cách chấm đúng thời hạn (timely)"
    elif any(re.search(each, text, re.IGNORECASE) for text in texts):
        yield "phụ lục nói “mỗi ... được/trừ ... điểm”: có thể đặt cách chấm đếm số (count)"
