"""Word's automatic list numbers: what Word shows before a paragraph and keeps out of its text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from criteria.importer.numbering import ENGLISH

_ROMAN = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
_BULLETS = "-+*"  # Word's own signs stand in private fonts; one sign a level is enough


@dataclass
class ListNumbers:
    """The counters of a document's lists; paragraphs must be asked for in the document's order."""

    levels: dict[str, dict[int, Any]]  # num id -> level -> w:lvl
    lists: dict[str, str]  # num id -> the list that it continues
    restarts: dict[str, dict[int, int]]  # num id -> level -> first number
    styles: dict[str, tuple[str | None, Any]]  # style -> style it is based on, w:numPr
    counters: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    seen: set[tuple[str, int]] = field(default_factory=set)

    def label(self, paragraph: Any) -> str:
        """What Word shows before a w:p (`1.2.`, `a)`, `-`), or nothing."""
        found = self._place(paragraph)
        if found is None:
            return ""
        num, level = found
        levels = self.levels.get(num, {})
        if level not in levels:
            return ""
        self._count(num, level, levels)
        return self._shown(num, level, levels)

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """List and level of a paragraph: its own, else those of its style."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        style_node = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style = style_node.get(qn("w:val")) if style_node is not None else None
        num, level = _of(own)
        for _ in range(20):  # a style may be based on itself in a damaged file
            if num is not None or style not in self.styles:
                break
            style, properties = self.styles[style]
            num, above = _of(properties)
            level = above if level is None else level
        return None if num in (None, "0") else (str(num), level or 0)

    def _count(self, num: str, level: int, levels: dict[int, Any]) -> None:
        counter = self.counters[self.lists[num]]
        if level in self.restarts.get(num, {}) and (num, level) not in self.seen:
            counter.pop(level, None)
        self.seen.add((num, level))
        for above in range(level):
            counter.setdefault(above, self._start(num, above, levels))
        start = self._start(num, level, levels)
        counter[level] = counter[level] + 1 if level in counter else start
        for deeper in [key for key in counter if key > level]:
            del counter[deeper]

    def _start(self, num: str, level: int, levels: dict[int, Any]) -> int:
        if level in self.restarts.get(num, {}):
            return self.restarts[num][level]
        return int(_value(levels.get(level), "w:start") or 1)

    def _shown(self, num: str, level: int, levels: dict[int, Any]) -> str:
        kind = _value(levels[level], "w:numFmt") or "decimal"
        if kind == "bullet":
            return _BULLETS[min(level, len(_BULLETS) - 1)]
        if kind == "none":
            return ""
        text = _value(levels[level], "w:lvlText") or ""
        legal = levels[level].find(qn("w:isLgl")) is not None
        counter = self.counters[self.lists[num]]
        for above in range(level + 1):
            form = "decimal" if legal else _value(levels.get(above), "w:numFmt") or "decimal"
            text = text.replace(f"%{above + 1}", _numeral(counter.get(above, 1), form))
        return text.strip()


def list_numbers(document: Document) -> ListNumbers:
    """The lists of a document, before its first paragraph."""
    styles: dict[str, tuple[str | None, Any]] = {}
    for style in document.styles.element.iter(qn("w:style")):
        properties = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        styles[style.get(qn("w:styleId"))] = (_value(style, "w:basedOn"), properties)
    numbers = ListNumbers({}, {}, {}, styles)
    part = next((r for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None)
    if part is None:
        return numbers
    root: Any = part.target_part.element
    abstract = {
        node.get(qn("w:abstractNumId")): {
            int(level.get(qn("w:ilvl"))): level for level in node.iter(qn("w:lvl"))
        }
        for node in root.iter(qn("w:abstractNum"))
    }
    for num in root.iter(qn("w:num")):
        _add_list(numbers, num, abstract)
    return numbers


def _add_list(numbers: ListNumbers, num: Any, abstract: dict[str, dict[int, Any]]) -> None:
    id_, base = num.get(qn("w:numId")), _value(num, "w:abstractNumId") or ""
    numbers.lists[id_], numbers.levels[id_] = base, dict(abstract.get(base, {}))
    for override in num.iter(qn("w:lvlOverride")):
        level = int(override.get(qn("w:ilvl")))
        replaced, start = override.find(qn("w:lvl")), _value(override, "w:startOverride")
        if replaced is not None:
            numbers.levels[id_][level] = replaced
        if start is not None:
            numbers.restarts.setdefault(id_, {})[level] = int(start)


def _of(properties: Any) -> tuple[str | None, int | None]:
    """List and level that a w:numPr names."""
    if properties is None:
        return None, None
    level = _value(properties, "w:ilvl")
    return _value(properties, "w:numId"), int(level) if level else None


def _value(node: Any, name: str) -> str | None:
    found = node.find(qn(name)) if node is not None else None
    return None if found is None else found.get(qn("w:val"))


def _numeral(value: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman"):
        text = ""
        for worth, letters in _ROMAN:
            count, value = divmod(value, worth)
            text += letters * count
        return text if form == "upperRoman" else text.lower()
    if form in ("upperLetter", "lowerLetter"):
        rounds, index = divmod(value - 1, len(ENGLISH))
        text = ENGLISH[index] * (rounds + 1)
        return text.upper() if form == "upperLetter" else text
    return str(value)
