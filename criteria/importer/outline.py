"""The tree of an annex as groups and criteria: what is a leaf, what its levels are, every id and title.

A criteria file has two levels. Where the annex has more, the leaves hang directly under the group: the
numbers between stay in the id (I, 1, a gives `I.1.a`), the headings between stand before the title.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from criteria.importer.levels import Level, looks_like_level
from criteria.importer.numbering import as_id
from criteria.importer.tree import Node, Tree, extra_kind


@dataclass
class Leaf:
    """A criterion: its node, what stands above it inside its group, its levels, its notes."""

    node: Node
    id: str
    title: str
    levels: list[Node] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    evidence: str = ""  # its own, else that of the heading above it
    doubts: list[tuple[str, str]] = field(default_factory=list)  # key, message

    @property
    def points(self) -> int | None:
        """Printed maximum, else that of the best level; thousandths, or None."""
        given = [node.row.points.value for node in self.levels]
        known = [value for value in given if value is not None]
        return (
            self.node.row.points.value
            if self.node.row.points.value is not None
            else max(known, default=None)
        )

    def level_values(self) -> list[Level]:
        """The levels as texts and points."""
        rows = [node.row for node in self.levels]
        return [Level(row.text, row.points.value, row.proportional) for row in rows]


@dataclass
class Branch:
    """A group: `node` is None where the annex has no groups; `parts` are its headings within."""

    node: Node | None
    id: str
    title: str
    kind: str = "scale"
    leaves: list[Leaf] = field(default_factory=list)
    parts: list[tuple[Node, str, list[Leaf]]] = field(default_factory=list)  # heading, id, leaves under it
    doubts: list[tuple[str, str]] = field(default_factory=list)


def outline(tree: Tree, title: str) -> list[Branch]:
    """The groups of an annex with their leaves; `title` names the one group of a flat annex."""
    tops = _tops(tree)
    namer = _Namer(tops)
    if all(_is_leaf(node) and not extra_kind(node.row.text) for node in tops):
        branch = Branch(None, "chung", title or "Các tiêu chí")
        branch.doubts.append(("id", "phụ lục không chia nhóm; các tiêu chí được xếp vào một nhóm"))
        for node in tops:
            branch.leaves += _leaves(node, namer.top(node), [], branch, namer, "")
        return [branch]
    return [_branch(node, namer) for node in tops]


def _tops(tree: Tree) -> list[Node]:
    """The nodes that become groups: the top ones, or those under a single heading of everything."""
    main = [node for node in tree.tops if not extra_kind(node.row.text)]
    label = main[0].label if len(main) == 1 else None
    loose = label is None or "letter" in label.style or label.style.startswith("phần")
    if len(main) != 1 or not loose or len(main[0].children) < 2 or all(map(_is_leaf, main[0].children)):
        return tree.tops
    at = tree.tops.index(main[0])
    tree.joined[main[0].index] = "đề mục của toàn bảng"
    return [*tree.tops[:at], *main[0].children, *tree.tops[at + 1 :]]


def _branch(node: Node, namer: _Namer) -> Branch:
    kind = extra_kind(node.row.text) or "scale"
    branch = Branch(node, namer.top(node), _tidy(node.row.text), kind)
    if kind != "scale":
        said = "điểm thưởng" if kind == "bonus" else "điểm trừ"
        branch.doubts.append(("kind", f"đọc là nhóm {said}, tính ngoài thang điểm"))
    if node.row.points.taken_off and kind == "scale":
        branch.doubts.append(("max", "điểm in có dấu trừ"))
    if _is_leaf(node):
        branch.doubts.append(
            ("id", "nhóm không có tiêu chí con có điểm; chính nó được chép thành tiêu chí")
        )
        branch.leaves = [_leaf(node, namer.free(f"{branch.id}.1"), [], node.row.evidence)]
        return branch
    for order, child in enumerate(_kept(node), 1):
        id_ = namer.under(branch.id, node, child, order)
        branch.leaves += _leaves(child, id_, [], branch, namer, node.row.evidence)
    return branch


def _leaves(
    node: Node, id_: str, above: list[str], branch: Branch, namer: _Namer, evidence: str
) -> list[Leaf]:
    """The leaves at or under a node; `above` are the titles between it and its group."""
    evidence = node.row.evidence or evidence
    if _is_leaf(node):
        return [_leaf(node, id_, above, evidence)]
    found: list[Leaf] = []
    for order, child in enumerate(_kept(node), 1):
        under = namer.under(id_, node, child, order)
        found += _leaves(child, under, [*above, _tidy(node.row.text)], branch, namer, evidence)
    branch.parts.append((node, id_, found))
    return found


def _leaf(node: Node, id_: str, above: list[str], evidence: str) -> Leaf:
    title = ": ".join([*above, _tidy(node.row.text) or "(không có tên)"])
    leaf = Leaf(node, id_, title, evidence=evidence)
    for child in node.children:
        if _is_level(child):
            leaf.levels.append(child)
            leaf.notes += [part.row.text for part in child.walk() if part is not child]
        else:
            leaf.notes += [part.row.text for part in child.walk()]
    leaf.notes += [part.row.text for part in node.descriptions]
    if node.label is None or not node.label.parts:
        leaf.doubts.append(("id", "phụ lục không đánh số tiêu chí này; mã đặt theo thứ tự"))
    if not node.row.text:
        leaf.doubts.append(("title", "phụ lục không có tên tiêu chí ở dòng này"))
    if node.row.points.taken_off:
        leaf.doubts.append(("max", "điểm in có dấu trừ; đang ghi thành số dương"))
    leaf.doubts += [("max", remark) for remark in node.row.remarks]
    return leaf


def _kept(node: Node) -> list[Node]:
    """The children that become criteria; those without number and points only describe."""
    kept = []
    for child in node.children:
        if _scored(child) or (child.label and child.label.parts):
            kept.append(child)
        else:
            node.descriptions.append(child)
    return kept


def _scored(node: Node) -> bool:
    """Whether a node or anything under it has points."""
    return any(part.row.points.value is not None or part.row.proportional for part in node.walk())


def _is_level(node: Node) -> bool:
    return node.row.points.value is not None or node.row.proportional


def _is_leaf(node: Node) -> bool:
    """Whether what stands under a node, if anything, is no criterion: levels or a description."""
    children = node.children
    scored = [child for child in children if _scored(child)]
    if not scored:
        bare = node.row.points.value is None and node.label is not None
        return not (bare and any(child.label and child.label.parts for child in children))
    if any(_scored(under) for child in scored for under in child.children):
        return False
    if all(child.row.level for child in scored):
        return True
    return _are_levels(node, scored)


def _are_levels(node: Node, scored: Sequence[Node]) -> bool:
    """Whether rows with points are levels of one criterion (the best counts), not parts (all count)."""
    points = [child.row.points.value or 0 for child in scored]
    top = node.row.points.value
    failing = sum(looks_like_level(child.row.text, child.row.points.value) for child in scored)
    numbered = any(child.label and child.label.dotted for child in scored)
    loose = all(
        child.label is None or not child.label.parts or "letter" in child.label.style for child in scored
    )
    if len(scored) < 2:
        bare = scored[0].label is None or not scored[0].label.parts
        return bare and (failing == 1 or top == points[0])
    if top is None:
        return failing * 2 >= len(scored) and not numbered
    if max(points) == top and 0 in points:
        return True
    if sum(points) == top or numbered:
        return False
    return (max(points) == top and loose) or failing * 2 >= len(scored)


def _tidy(text: str) -> str:
    return text.strip(" .;,:–-")


class _Namer:
    """Ids that keep the annex's numbers: 1.1 as printed where it is unique, else with all above it."""

    def __init__(self, tops: Sequence[Node]) -> None:
        dotted = [
            n.label.printed for top in tops for n in _criteria_nodes(top) if n.label and n.label.dotted
        ]
        self.unique = len(set(dotted)) == len(dotted)
        self.used: set[str] = set()
        self.tops = 0

    def top(self, node: Node) -> str:
        self.tops += 1
        kind = extra_kind(node.row.text)
        word = {"bonus": "cong", "penalty": "tru", None: str(self.tops)}[kind]
        return self.free(as_id(node.label.printed) if node.label and node.label.parts else word)

    def under(self, parent_id: str, parent: Node, node: Node, order: int) -> str:
        label = node.label
        if label is None or not label.parts:
            return self.free(f"{parent_id}.{order}")
        if label.dotted and self.unique:
            return self.free(as_id(label.printed))
        above = f"{parent.label.printed}." if parent.label else ""
        own = label.printed.removeprefix(above) if above else label.printed  # 1.1 under 1 adds 1
        return self.free(f"{parent_id}.{as_id(own)}")

    def free(self, wanted: str) -> str:
        id_, again = wanted, 1
        while id_ in self.used:
            again += 1
            id_ = f"{wanted}-{again}"
        self.used.add(id_)
        return id_


def _criteria_nodes(node: Node) -> Iterator[Node]:
    """A node and those under it that are no levels."""
    yield node
    if not _is_leaf(node):
        for child in node.children:
            yield from _criteria_nodes(child)
