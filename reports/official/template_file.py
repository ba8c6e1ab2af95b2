"""A Word template: its tags read once, filled many times, always the same bytes for the same fields.

Tags are docxtpl's (`{{ }}`, `{% %}`, `{%p %}`, `{%tr %}`, `{%tc %}`); its reading of them is used, its way
of writing is not: it would parse the template anew for each document, and stamp the time of day into it.
An office's template is a file like any other that comes by mail: expressions run in Jinja's sandbox,
every value is escaped, and what comes out must be well-formed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any

import jinja2
from docxtpl import DocxTemplate
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError
from lxml import etree

from evidence.problems import Place, Problem, problem
from evidence.reading.limits import MOST_ENTRIES, MOST_INFLATED

EPOCH = (1980, 1, 1, 0, 0, 0)  # of every entry: the day of the run is no content
_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_PART_WORDS = {"document": "thân văn bản", "header": "đầu trang", "footer": "chân trang"}
_SPACES = re.compile(r"[\t\n\r\f\v\x85\u2028\u2029]+")
_FORBIDDEN = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML 1.0
_SNIPPET = 60


class TemplateFault(Exception):
    """A template that cannot be used, with the problem that says why."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.message)
        self.problem = found


@dataclass(frozen=True)
class Part:
    """A part of the template that holds text: its name in the file and its source with tags made plain."""

    name: str
    source: str

    @property
    def title(self) -> str:
        """What the part is, in Vietnamese."""
        kind = re.sub(r"\d|\.xml|word/", "", self.name)
        return _PART_WORDS.get(kind, "chú thích")

    def snippet(self, line: int) -> str:
        """The text of the paragraph on a line of the source, to be found again in Word."""
        lines = self.source.split("\n")
        text = unescape(re.sub(r"<[^>]+>", "", lines[min(max(line, 1), len(lines)) - 1]))
        text = " ".join(text.split())
        return text if len(text) <= _SNIPPET else f"{text[: _SNIPPET - 1]}…"


@dataclass(frozen=True)
class Template:
    """A template read from `name`: entries as they are, and the parts to fill."""

    name: str
    entries: Mapping[str, bytes]
    parts: tuple[Part, ...]

    @cached_property
    def compiled(self) -> dict[str, jinja2.Template]:
        """The parts ready to be filled; raises TemplateFault where a tag is broken."""
        return {part.name: self.compile_part(part) for part in self.parts}

    def fill(self, fields: Mapping[str, Any]) -> bytes:
        """The document with these fields; raises TemplateFault where the template asks for others."""
        filled = {}
        for part in self.parts:
            compiled = self.compiled[part.name]
            try:
                text = compiled.render(fields)
            except (
                Exception
            ) as error:  # an expression may do anything; whatever it is, it is the template's
                raise self._fault(part, _line_of(error), *_told(error)) from error
            filled[part.name] = self._checked(part, text)
        return zipped({**self.entries, **filled})

    def place(self, part: Part, line: int) -> Place:
        """Where a line of a part's source is, in words that lead there in Word."""
        return Place("", f"{self.name}, {part.title}, đoạn “{part.snippet(line)}”")

    def compile_part(self, part: Part) -> jinja2.Template:
        """A part ready to be filled; raises TemplateFault where a tag is broken."""
        try:
            return ENVIRONMENT.from_string(part.source)
        except jinja2.TemplateSyntaxError as error:
            raise self._fault(part, error.lineno, *_told(error)) from error

    def _fault(self, part: Part, line: int, found: str, expected: str) -> TemplateFault:
        return TemplateFault(problem("template-broken", self.place(part, line), found, expected))

    def _checked(self, part: Part, text: str) -> bytes:
        """The filled part, if it is still a document."""
        try:
            tree = etree.fromstring(text.encode("utf-8"), _strict_parser())
        except etree.XMLSyntaxError as error:
            told = "thẻ mở và thẻ đóng không nằm cùng một chỗ"
            fix = "đặt thẻ mở và thẻ đóng của vòng lặp, điều kiện trong cùng một ô bảng hoặc cùng cấp đoạn"
            raise self._fault(part, 1, told, fix) from error
        return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def read_template(path: Path) -> Template:
    """Template of a .docx file; raises TemplateFault where the file is none."""
    place = Place("", path.name)
    try:
        entries = _entries(path.read_bytes())
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, EOFError, OSError) as error:
        told = str(error) if isinstance(error, _Odd) else "tệp hỏng, có mật khẩu hoặc không phải tệp Word"
        raise TemplateFault(problem("template-unreadable", place, told)) from error
    try:
        parts = tuple(Part(name, _source(entries[name])) for name in entries if _PARTS.fullmatch(name))
    except (etree.XMLSyntaxError, _Odd) as error:
        raise TemplateFault(
            problem("template-unreadable", place, "nội dung bên trong tệp bị hỏng")
        ) from error
    return Template(path.name, entries, parts)


class _Odd(ValueError):
    """What is odd about a file, in Vietnamese."""


def _entries(data: bytes) -> dict[str, bytes]:
    """The entries of the zip by name, in their order, inside the limits that guard workbooks."""
    found: dict[str, bytes] = {}
    left = MOST_INFLATED
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if "word/document.xml" not in names:
            raise _Odd("không phải văn bản Word (.docx)")
        if len(names) > MOST_ENTRIES:
            raise _Odd("tệp lớn bất thường")
        for name in names:
            with archive.open(name) as entry:
                found[name] = entry.read(left + 1)
            left -= len(found[name])
            if left < 0:
                raise _Odd("tệp lớn bất thường")
    return found


def _strict_parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def _source(content: bytes) -> str:
    """The part's XML with each tag in one piece and each paragraph on a line of its own."""
    tree = etree.fromstring(content, _strict_parser())
    if tree.getroottree().docinfo.doctype:
        raise _Odd  # no honest document declares a document type
    text = _TAGS.patch_xml(etree.tostring(tree, encoding="unicode"))
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", text)


def zipped(entries: Mapping[str, bytes]) -> bytes:
    """A zip whose bytes depend on the entries only."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same on every system
            archive.writestr(entry, content)
    return stream.getvalue()


def plain_text(value: Any) -> Any:
    """A value as the document takes it: text on one line without what XML forbids.

    Marked-up text is text like any other, so that no name can bring tags of its own.
    """
    if isinstance(value, str):
        return "".join(_FORBIDDEN.sub("", _SPACES.sub(" ", value)))
    if isinstance(value, (list, tuple, dict)):
        raise TypeError("list")
    return value


def _told(error: Exception) -> tuple[str, str]:
    """What is wrong with a tag and what to do, in Vietnamese."""
    text = str(error)
    if isinstance(error, jinja2.UndefinedError):
        name = _quoted(text)
        return (
            f"không có trường “{name}”",
            "xem các trường dùng được bằng danvan report --check-template",
        )
    if isinstance(error, jinja2.TemplateSyntaxError):
        if text.startswith("Unexpected end of template"):
            return "thiếu thẻ đóng của một vòng lặp hoặc điều kiện", "thêm {% endfor %} hoặc {% endif %}"
        if text.startswith("Encountered unknown tag"):
            return f"thẻ lạ “{_quoted(text)}”", "dùng for, endfor, if, elif, else, endif"
        if text.startswith("No filter named"):
            return f"bộ lọc lạ “{_quoted(text)}”", "bỏ phần sau dấu |"
        return "sai cách viết", "viết như {{ dia_danh }} hoặc {%p for dong in luu_y %}"
    return "biểu thức không tính được", "chỉ dùng tên trường, vòng lặp và điều kiện đơn giản"


def _quoted(text: str) -> str:
    """The last name in quotes of a message of Jinja's."""
    names = re.findall(r"'([^']*)'", text)
    return names[-1] if names and "no attribute" in text else names[0] if names else "?"


def _line_of(error: Exception) -> int:
    """The line of the source where rendering stopped."""
    line = 1
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox without the operators that make small texts large."""

    intercepted_binops = frozenset({"**", "*", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(operator)


def _environment() -> ImmutableSandboxedEnvironment:
    environment = _Sandbox(
        autoescape=True, undefined=jinja2.StrictUndefined, finalize=plain_text, cache_size=0
    )
    environment.globals.clear()  # fields and loops are all that a template needs
    return environment


ENVIRONMENT = _environment()
_TAGS = DocxTemplate(io.BytesIO())  # only its reading of tags is used
