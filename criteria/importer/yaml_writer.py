"""YAML as people write it by hand, with remarks at the ends of lines; `text_yaml.parse` reads it back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from criteria.text_yaml import Path, Value

WIDTH = 108
_ALWAYS_BLOCK = {"groups", "criteria", "decision", "provenance", "policy", "sources", "unit_types"}
_PLAIN = re.compile(r"[^\W_](?:[\w /.,;()%+&“”’…:–-]*[\w).%”…])?")
_NULLS = {"null", "~"}


def dump(value: Value, remarks: Mapping[Path, str] | None = None) -> str:
    """YAML text whose `text_yaml.parse` gives `value`; each remark stands on the line of its path."""
    writer = _Writer(dict(remarks or {}))
    if not isinstance(value, dict) or not value:
        return flow(value) + "\n"
    return "\n".join(writer.mapping(value, "", ())) + "\n"


def scalar(text: str | None, *, inside: bool = False) -> str:
    """A scalar, quoted only where it must be; `inside` a flow list or mapping more must be."""
    if text is None:
        return "null"
    risky = ": " in text or text.endswith(":") or text.casefold() in _NULLS
    if inside:
        risky = risky or "," in text or ":" in text
    return text if _PLAIN.fullmatch(text) and not risky else quoted(text)


def quoted(text: str) -> str:
    """A double-quoted scalar: all that YAML would fold, trim or refuse is escaped."""
    plain = json.dumps(text, ensure_ascii=False)
    return "".join(c if c == " " or c.isprintable() else _escaped(c) for c in plain)


def _escaped(letter: str) -> str:
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def flow(value: Value) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        pairs = (f"{scalar(key, inside=True)}: {flow(item)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value, inside=True)


class _Writer:
    def __init__(self, remarks: dict[Path, str]) -> None:
        self.remarks = remarks

    def mapping(self, value: dict[str, Value], indent: str, path: Path) -> Iterator[str]:
        for key, item in value.items():
            yield from self._entry(f"{indent}{scalar(key)}:", item, indent, (*path, key))

    def _entry(self, head: str, item: Value, indent: str, path: Path) -> Iterator[str]:
        if not isinstance(item, (dict, list)):
            # an id such as 1.10 is quoted for the eyes of other programs
            text = quoted(item) if path[-1] == "id" and isinstance(item, str) else scalar(item)
            yield self._line(f"{head} {text}", path)
        elif self._fits(head, item, path):
            yield self._line(f"{head} {flow(item)}", path)
        elif isinstance(item, dict):
            yield self._line(head, path, deep=False)
            yield from self.mapping(item, f"{indent}  ", path)
        else:
            yield self._line(head, path, deep=False)
            for index, part in enumerate(item):
                yield from self._item(part, f"{indent}  ", (*path, index))

    def _item(self, part: Value, indent: str, path: Path) -> Iterator[str]:
        if isinstance(part, dict) and not self._fits(f"{indent}-", part, path):
            lines = self.mapping(part, f"{indent}  ", path)
            yield f"{indent}- {next(lines).lstrip()}"
            yield from lines
        else:
            yield self._line(f"{indent}- {flow(part)}", path)

    def _fits(self, head: str, item: Value, path: Path) -> bool:
        names = [part for part in path if isinstance(part, str)]
        if item and names and names[-1] in _ALWAYS_BLOCK:
            return False
        return not item or len(head) + 1 + len(flow(item)) <= WIDTH

    def _line(self, text: str, path: Path, *, deep: bool = True) -> str:
        """The line with the remarks on its path, and on what lies below it if that is on the line."""
        below = (at for at in self.remarks if (at[: len(path)] == path if deep else at == path))
        said = "; ".join(" ".join(self.remarks[at].split()) for at in below)
        return f"{text}  # {said}" if said else text
