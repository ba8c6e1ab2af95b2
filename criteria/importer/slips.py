"""Slips of the annex itself: sums that do not come out, numbers that jump."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from criteria.exact import vietnamese
from criteria.importer.outline import Branch, Leaf
from criteria.importer.tree import Total, Tree


@dataclass(frozen=True)
class Remark:
    """Something that a person must look at: `row` of the annex (None: the whole), place, id, what."""

    row: int | None
    place: str
    id: str
    message: str

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.place, f"mã {self.id}" if self.id else "") if part)
        return f"{where}: {self.message}" if where else self.message


@dataclass(frozen=True)
class Sum:
    """A printed sum beside the sum of its parts, thousandths; `name` in Vietnamese."""

    row: int
    place: str
    id: str
    name: str
    printed: int
    added: int

    @property
    def message(self) -> str:
        """What does not agree, in words."""
        less = self.printed - self.added
        word = "thiếu" if less > 0 else "thừa"
        return (
            f"{self.name} ghi {vietnamese(self.printed)} điểm nhưng cộng lại được "
            f"{vietnamese(self.added)} điểm ({word} {vietnamese(abs(less))} điểm)."
        )


def sums(tree: Tree, branches: Sequence[Branch]) -> list[Sum]:
    """Every sum that the annex prints, in its order, right or wrong."""
    found: list[Sum] = []
    for branch in branches:
        node = branch.node
        if (
            node
            and node.row.points.value is not None
            and branch.leaves
            and branch.leaves[0].node is not node
        ):
            name = f"Nhóm {branch.id}"
            found.append(
                Sum(
                    node.index,
                    node.row.place,
                    branch.id,
                    name,
                    node.row.points.value,
                    _added(branch.leaves),
                )
            )
        for part, id_, leaves in branch.parts:
            if part.row.points.value is not None:
                name = f"Mục {id_}"
                found.append(
                    Sum(part.index, part.row.place, id_, name, part.row.points.value, _added(leaves))
                )
    found += (entry for total in tree.totals for entry in _total(total, branches))
    return sorted(found, key=lambda item: item.row)


def whole(branches: Sequence[Branch]) -> int:
    """Points of the scale: printed points of its groups, else what their leaves add up to."""
    return sum(group_points(branch) for branch in branches if branch.kind == "scale")


def group_points(branch: Branch) -> int:
    """Printed points of a group, else the sum of its leaves; thousandths."""
    node = branch.node
    return node.row.points.value if node and node.row.points.value is not None else _added(branch.leaves)


def slips(tree: Tree, branches: Sequence[Branch]) -> list[Remark]:
    """Everything in the annex that does not agree with itself, in the order of its rows."""
    return sorted(_slips(tree, branches), key=lambda remark: remark.row or 0)


def _slips(tree: Tree, branches: Sequence[Branch]) -> Iterator[Remark]:
    for entry in sums(tree, branches):
        if entry.printed != entry.added:
            yield Remark(entry.row, entry.place, entry.id, entry.message)
    rows = {n.index: n.row for top in tree.tops for n in top.walk()}
    for index, message in tree.slips:
        yield Remark(index, rows[index].place if index in rows else "", "", message)
    for branch in branches:
        for leaf in branch.leaves:
            yield from _levels(leaf)


def _levels(leaf: Leaf) -> Iterator[Remark]:
    top = leaf.node.row.points.value
    given = [(node, node.row.points.value) for node in leaf.levels if node.row.points.value is not None]
    if top is None or not given:
        return
    for node, points in given:
        if points > top:
            said = f"mức ghi {vietnamese(points)} điểm, cao hơn điểm tối đa {vietnamese(top)}."
            yield Remark(node.index, node.row.place, leaf.id, said)
    best = max(points for _, points in given)
    if best < top and len(given) > 1 and not any(node.row.proportional for node in leaf.levels):
        said = f"mức cao nhất chỉ {vietnamese(best)} điểm, thấp hơn điểm tối đa {vietnamese(top)}."
        yield Remark(leaf.node.index, leaf.node.row.place, leaf.id, said)


def _total(total: Total, branches: Sequence[Branch]) -> Iterator[Sum]:
    printed = total.row.points.value
    if printed is None:
        return
    name = f"Dòng “{total.row.text}”"
    branch = next((b for b in branches if b.node is not None and b.node is total.of), None)
    if branch is not None:
        yield Sum(total.index, total.row.place, branch.id, name, printed, _added(branch.leaves))
        return
    added = whole(branches)
    with_extra = added + sum(group_points(b) for b in branches if b.kind == "bonus")
    yield Sum(
        total.index, total.row.place, "", name, printed, with_extra if printed == with_extra else added
    )


def _added(leaves: Sequence[Leaf]) -> int:
    return sum(leaf.points or 0 for leaf in leaves)
