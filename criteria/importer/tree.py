"""The rows of an annex as a tree: which row stands under which, by their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from criteria.importer.numbering import Label, follows, is_first
from criteria.importer.rows import Row

_TOTAL = re.compile(
    r"(?P<whole>tổng(?:\s+(?:cộng|số\s+điểm|điểm|số))?|cộng)"
    r"(?P<of>(?:\s|[(:.,)+]|điểm|nhóm|mục|phần|chung|tiêu chí|tối đa|toàn bộ|các|và|số"
    r"|[ivx]{1,5}(?!\w)|\d{1,3}(?!\d)|(?<!\w)[a-hđ](?!\w))*)[.:)]*",
    re.IGNORECASE,
)
_EXTRA = re.compile(
    r"(?:nhóm\s+)?(?:tiêu chí\s+)?(?:các\s+)?(?:điểm\s+)?(?P<what>cộng|thưởng|trừ)(?!\s+đồng)(?!\w)", re.I
)


@dataclass
class Node:
    """A row with what stands under it; `descriptions` are rows under it that carry no points."""

    index: int  # of the row in the annex
    row: Row
    label: Label | None
    children: list[Node] = field(default_factory=list)
    descriptions: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This node and all under it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Total:
    """A row that prints a sum; `of` is the top-level node it sums, None for the whole annex."""

    index: int
    row: Row
    of: Node | None
    plain: bool  # "Cộng" without saying of what


@dataclass
class Tree:
    """The top-level nodes, the rows that print sums, the rows that were joined or left out."""

    tops: list[Node] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    joined: dict[int, str] = field(default_factory=dict)  # row -> what became of it, in Vietnamese
    slips: list[tuple[int, str]] = field(default_factory=list)  # row, what is wrong with its number


def extra_kind(text: str) -> str | None:
    """`bonus` or `penalty` where a heading says that its points stand outside the scale."""
    match = _EXTRA.match(text.strip())
    return None if not match else "penalty" if match["what"].casefold() == "trừ" else "bonus"


def build_tree(rows: Sequence[Row]) -> Tree:
    """The tree of an annex's rows, in their order."""
    builder = _Builder(Tree())
    for index, row in enumerate(rows):
        builder.add(index, row, rows[index + 1] if index + 1 < len(rows) else None)
    _settle_totals(builder.tree)
    return builder.tree


class _Builder:
    """The open nodes from the top down, each with the style of its number."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.stack: list[tuple[str, Node]] = []
        self.last: Node | None = None
        self.closed = False  # after a total, rows without number and points are signatures

    def add(self, index: int, row: Row, after: Row | None) -> None:
        if _TOTAL.fullmatch(row.text):
            self._total(index, row)
            return
        bare = not row.labels and not row.within and not row.level
        heading = bare and _is_heading(row, after)
        if bare and not heading and self._leftover(index, row):
            return
        label = self._choose(row)
        style = _style(row, label)
        if heading:
            style = "heading"
            self.stack.clear()
        elif label and "upper" in label.style and extra_kind(row.text) and style not in dict(self.stack):
            self.stack.clear()  # "B. Điểm thưởng" after I to V is no part of V
        node = Node(index, row, label)
        self._open(style, node)
        self.last, self.closed = node, False

    def _total(self, index: int, row: Row) -> None:
        match = _TOTAL.fullmatch(row.text)
        assert match
        plain = match["whole"].casefold() == "cộng" and not match["of"].strip(" .:")
        top = self.stack[0][1] if self.stack else None
        named = re.search(r"[ivx]+|\d+|(?<!\w)[a-h](?!\w)", match["of"], re.IGNORECASE)
        several = re.search(r"[+,]|chung|toàn bộ|(?:các|và)\s", match["of"])
        of = top if plain or (named and not several) else None
        if named and not several:
            wanted = named[0].casefold()
            tops = (node for node in self.tree.tops if node.row.number.casefold() == wanted)
            of = next(tops, of)
        self.tree.totals.append(Total(index, row, of, plain))
        self.closed = True

    def _leftover(self, index: int, row: Row) -> bool:
        """Takes a row without number that is no node: a sentence going on, a signature, a caption."""
        bare = row.points.value is None
        if bare and (self.closed or not row.text or self.last is None or _capitals(row.text)):
            self.tree.joined[index] = "bỏ qua"
            return True
        before = self.last.row if self.last else None
        if self.last is None or before is None or not row.text[:1].islower() or before.text[-1:] in ".;:":
            return False
        if row.column != before.column or row.place == before.place:
            return False
        if not bare and before.points.value is not None:
            return False
        # a row that a page's end cut in two
        points = before.points if bare else row.points
        self.last.row = replace(before, text=f"{before.text} {row.text}", points=points)
        self.tree.joined[index] = f"nối vào {before.number or 'dòng trên'}"
        return True

    def _choose(self, row: Row) -> Label | None:
        """The reading of a number that goes on an open list, else one that begins a list."""
        for label in row.labels:
            open_ = dict(self.stack).get(_style(row, label))
            if open_ and open_.label and open_.label.parts and follows(label, open_.label):
                return label
        firsts = (label for label in row.labels if is_first(label))
        opened = (label for label in row.labels if _style(row, label) in dict(self.stack))
        return next(firsts, None) or next(opened, None) or (row.labels[0] if row.labels else None)

    def _open(self, style: str, node: Node) -> None:
        self._close_for(style, node)
        parent = self.stack[-1][1] if self.stack else None
        siblings = parent.children if parent else self.tree.tops
        before = next((n for n in reversed(siblings) if n.label and _style(n.row, n.label) == style), None)
        self._check_number(node, parent, before)
        siblings.append(node)
        self.stack.append((style, node))

    def _close_for(self, style: str, node: Node) -> None:
        """Closes what the new node does not stand under."""
        styles = [open_ for open_, _ in self.stack]
        label = node.label
        if style in styles:
            del self.stack[styles.index(style) :]
        elif label and label.dotted:
            fits = [
                i for i, (_, n) in enumerate(self.stack) if n.label and n.label.parts == label.parts[:-1]
            ]
            if fits:
                del self.stack[fits[-1] + 1 :]
            else:
                while self.stack and _deeper(self.stack[-1], label):
                    self.stack.pop()
        elif not style.startswith("within"):
            above = ("within", "level") if node.row.level else ("bullet", "plain", "within", "level")
            while self.stack and self.stack[-1][0].startswith(above):
                if self.stack[-1][1].row.column < node.row.column:
                    break  # an outer text column
                self.stack.pop()

    def _check_number(self, node: Node, parent: Node | None, before: Node | None) -> None:
        label = node.label
        if label is None or not label.parts:
            return
        if before and before.label and not follows(label, before.label):
            same = label.parts == before.label.parts
            said = "trùng với dòng trước" if same else f"không nối tiếp số {before.label.printed}"
            self.tree.slips.append((node.index, f"Số thứ tự {label.printed} {said}."))
        above = parent.label if parent else None
        if label.dotted and above and above.parts and above.parts[0] != label.parts[0] and not before:
            said = f"Số thứ tự {label.printed} nằm dưới mục {above.printed}."
            if len(above.parts) == len(label.parts) - 1:
                self.tree.slips.append((node.index, said))


def _style(row: Row, label: Label | None) -> str:
    if row.level:
        return f"level {label.style if label else ''}"
    style = label.style if label else "plain"
    style += f" {row.column}" if row.column else ""
    return f"within {style}" if row.within else style


def _is_heading(row: Row, after: Row | None) -> bool:
    """Whether a row without number heads a group: points outside the scale, or printed in capitals."""
    if row.points.value is None:
        begins = after is not None and any(label.parts and is_first(label) for label in after.labels)
        return begins and (_capitals(row.text) or extra_kind(row.text) is not None)
    return extra_kind(row.text) is not None or _capitals(row.text)


def _capitals(text: str) -> bool:
    return text.isupper() and len(text) > 5


def _deeper(open_: tuple[str, Node], label: Label) -> bool:
    style, node = open_
    if node.label is None or not node.label.parts:
        return not style.startswith("heading")
    return len(node.label.parts) >= len(label.parts) or "lower" in style


def _settle_totals(tree: Tree) -> None:
    """A single "Cộng" at the end of the annex sums the whole of it, not its last group."""
    plain = [total for total in tree.totals if total.plain]
    if len(plain) == 1 and len(tree.totals) == 1 and len(tree.tops) > 1:
        only = plain[0]
        if only.of is tree.tops[-1]:
            tree.totals[:] = [replace(only, of=None)]
