"""The head of a criteria file as lines of name, code and value, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from criteria.authoring.cells import DOCUMENT, EMPTY, TEXT, BadCell, as_json, from_json
from criteria.authoring.layout import ENTRIES, OTHERS, REPEATED, REPLACES, SOURCES, UNIT_TYPES
from criteria.text_yaml import Path, Value

Line = tuple[str, str, str]  # name, code, value
Head = dict[str, Any]

_MISSING: Any = object()
_BY_NAME = {entry.name.casefold(): entry for entry in ENTRIES}
_REPEATED_PATHS: dict[str, Path] = {
    SOURCES: ("provenance", "sources"),
    UNIT_TYPES: ("unit_types",),
    REPLACES: ("decision", "replaces"),
}
_KNOWN = {entry.path[:end] for entry in ENTRIES for end in range(1, len(entry.path) + 1)}
_KNOWN |= {path[:end] for path in _REPEATED_PATHS.values() for end in range(1, len(path) + 1)}


def head_lines(head: Head) -> list[Line]:
    """The lines of a head; every known name has at least one, with an empty value where it is not set."""
    kept, carried = dict(head), {}
    for key in head:  # what the names do not cover is carried whole
        if read_head(_lines({key: head[key]}), _ignore).get(key, _MISSING) != head[key]:
            carried[key] = kept.pop(key)
    return [*_lines(kept), *((OTHERS, key, as_json(value)) for key, value in carried.items())]


def _lines(head: Head) -> Iterator[Line]:
    for entry in ENTRIES:
        value = _at(head, entry.path)
        inner = isinstance(value, dict) and any(e.path[:-1] == entry.path for e in ENTRIES)
        yield entry.name, "", "" if value is _MISSING or inner else entry.notation.cell(value)
    for name, path in _REPEATED_PATHS.items():
        value = _at(head, path)
        if isinstance(value, dict) and value:
            yield from ((name, TEXT.cell(key), TEXT.cell(item)) for key, item in value.items())
        elif isinstance(value, list) and value:
            yield from ((name, "", DOCUMENT.cell(item)) for item in value)
        else:
            yield name, "", "" if value is _MISSING else EMPTY
    yield from _unknown(head, ())


def _unknown(node: Head, above: Path) -> Iterator[Line]:
    """Keys that have no name, inside what is known."""
    for key, value in node.items():
        path = (*above, key)
        if path not in _KNOWN and all("." not in str(part) for part in path):
            yield OTHERS, ".".join(map(str, path)), as_json(value)
        elif isinstance(value, dict) and path not in _REPEATED_PATHS.values():
            yield from _unknown(value, path)


def read_head(lines: Iterable[Line], complain: Callable[[int, str], None]) -> Head:
    """The head of its lines; `complain` is told the line's order and what is wrong with it."""
    head: Head = {}
    for order, (name, code, text) in enumerate(lines):
        try:
            _read_line(head, " ".join(name.split()), code.strip(), text.strip())
        except BadCell as fault:
            complain(order, str(fault))
    return head


def _read_line(head: Head, name: str, code: str, text: str) -> None:
    if not text:
        return
    if name.casefold() == OTHERS.casefold():
        _put(head, tuple(code.split(".")), from_json(text.removeprefix("JSON:")))
        return
    entry = _BY_NAME.get(name.casefold())
    if entry:
        _put(head, entry.path, entry.notation.value(text))
        return
    path = next((_REPEATED_PATHS[known] for known in REPEATED if known.casefold() == name.casefold()), None)
    if path is None:
        raise BadCell(f"không có mục tên “{name}”")
    if path == _REPEATED_PATHS[REPLACES]:
        listed = _at(head, path)
        listed = [] if listed is _MISSING else listed
        _put(head, path, listed if text == EMPTY else [*listed, DOCUMENT.value(text)])
        return
    mapping = _at(head, path)
    mapping = {} if mapping is _MISSING else mapping
    if text != EMPTY:
        key = TEXT.value(code)
        if not isinstance(key, str) or (not key and not code):
            raise BadCell("cần điền cả cột Mã")
        if key in mapping:
            raise BadCell(f"mã “{key}” bị lặp lại")
        mapping = {**mapping, key: TEXT.value(text)}
    _put(head, path, mapping)


def _at(head: Any, path: Path) -> Any:
    for part in path:
        if not isinstance(head, dict) or part not in head:
            return _MISSING
        head = head[part]
    return head


def _put(head: Head, path: Path, value: Value) -> None:
    for part in path[:-1]:
        inner = head.get(str(part))
        made = {**inner} if isinstance(inner, dict) else {}
        head[str(part)] = made
        head = made
    head[str(path[-1])] = value


def _ignore(order: int, message: str) -> None:
    """Takes no notice: a value that does not read back is carried as JSON."""
