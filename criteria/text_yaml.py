"""YAML read as text: every scalar stays the text that was typed, with its line and column.

Only marks typed apart from their letters are joined to them: equal words are equal texts.

PyYAML's own loaders turn 1.10 into 1.1, 00070 into 56 and `no` into False; a decision must not
change because of that. Anchors, merge keys and tags are refused: a criteria file is read by people.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Path: TypeAlias = tuple[str | int, ...]

_NULLS = {"", "null", "~"}
# libyaml's parser, where PyYAML was built with it: a roster of a nation has 15,000 lines. It is asked only
# where it reads as PyYAML's own does: texts without these, in which no value is left out.
_QUICK: Any = getattr(yaml, "CSafeLoader", None)
_READ_OTHERWISE = re.compile(
    r"[^\n -~\xa0-\u2027\u202a-\ufefe]|[!?|>&*@`\\]|^(?:%|---|\.\.\.)", re.MULTILINE
)


@dataclass(frozen=True)
class Mark:
    """Place in a file; line and column count from 1."""

    line: int
    column: int


@dataclass
class Document:
    """A file's values and, for each path of keys and indexes, where its value and its key stand."""

    value: Value = None
    marks: dict[Path, Mark] = field(default_factory=dict)
    key_marks: dict[Path, Mark] = field(default_factory=dict)

    def mark(self, path: Path) -> Mark:
        """Mark of the value at `path`, or of its nearest ancestor that has one."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.marks:
                return self.marks[path[:end]]
        return Mark(1, 1)


class YamlFault(ValueError):
    """A file that is not readable YAML of our kind: `code` of the catalogue, mark, detail."""

    def __init__(self, code: str, mark: Mark, **detail: str) -> None:
        super().__init__(code, mark, detail)
        self.code, self.mark, self.detail = code, mark, detail


def composed(text: str) -> str:
    """The text with each mark joined to its letter (NFC), however it was typed: people see no other."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def parse(text: str) -> Document:
    """Document of a YAML text, every scalar as text; plain `null`, `~` and nothing give None.

    Raises YamlFault at a tab used to indent, a syntax error, a duplicate key, a key that is not
    text, an anchor, alias or tag, or a second document.
    """
    for number, content in enumerate(text.split("\n"), 1):
        indent = content[: len(content) - len(content.lstrip())]
        if "\t" in indent and content.strip():
            raise YamlFault("yaml-tab", Mark(number, indent.index("\t") + 1))
    try:
        node = _composed(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)
        code = "yaml-tab" if "\\t" in (error.problem or "") else "yaml-syntax"
        raise YamlFault(code, place, problem=error.problem or "") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise YamlFault("yaml-syntax", Mark(line, 1), problem=error.reason) from error
    except RecursionError as error:
        raise YamlFault("yaml-syntax", Mark(1, 1), problem="nested too deeply") from error
    document = Document()
    if node is not None:
        document.value = _build(node, (), document)
    return document


def _composed(text: str) -> yaml.Node | None:
    """The text's nodes, or nothing; raises YamlFault at tricks, else what PyYAML's own parser raises.

    What the quick parser refuses is read once more: the other one says what is wrong, and decides.
    """
    if _QUICK is not None and not _READ_OTHERWISE.search(text):
        with suppress(yaml.YAMLError):
            node = _nodes(text, _QUICK)
            if not _left_out(node):
                return node
    return _nodes(text, yaml.SafeLoader)


def _left_out(node: yaml.Node | None) -> bool:
    """Whether a value is left out anywhere: the two parsers see it at different places."""
    if isinstance(node, yaml.MappingNode):
        return any(_left_out(part) for pair in node.value for part in pair)
    if isinstance(node, yaml.SequenceNode):
        return any(map(_left_out, node.value))
    return not isinstance(node, yaml.ScalarNode) or not (node.value or node.style)


def _nodes(text: str, loader: Any) -> yaml.Node | None:
    node = yaml.compose(text, Loader=loader)
    for event in yaml.parse(text, Loader=loader):
        _refuse_tricks(event)
    return node


def _refuse_tricks(event: yaml.Event) -> None:
    anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
    if isinstance(event, yaml.AliasEvent) or anchor or (tag and tag != "!"):
        mark = event.start_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        raise YamlFault("yaml-trick", Mark(line + 1, column + 1))


def _mark(node: yaml.Node) -> Mark:
    return Mark(node.start_mark.line + 1, node.start_mark.column + 1)


def _build(node: yaml.Node, path: Path, document: Document) -> Value:
    document.marks[path] = _mark(node)
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(node, path, document))
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*path, index), document) for index, item in enumerate(node.value)]
    text = composed(node.value)
    quoted = isinstance(node, yaml.ScalarNode) and bool(node.style)
    return None if not quoted and text in _NULLS else text


def _pairs(node: yaml.MappingNode, path: Path, document: Document) -> Iterator[tuple[str, Value]]:
    first: dict[str, Mark] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode) or key_node.value == "<<":
            raise YamlFault("yaml-trick", _mark(key_node))
        key = composed(key_node.value)
        if key in first:
            raise YamlFault("yaml-duplicate", _mark(key_node), key=key, line=str(first[key].line))
        first[key] = _mark(key_node)
        document.key_marks[(*path, key)] = _mark(key_node)
        yield key, _build(value_node, (*path, key), document)
