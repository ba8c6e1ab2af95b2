"""Rounds and their drafts for the tests of Word documents; documents read back as text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from docx import Document
from docx.document import Document as Doc

from criteria.model import Unit
from evidence.answers import ANSWERS, Source, answers_frame
from evidence.round import Round
from reports.official.drafts import DRAFTS, Draft
from reports.official.writing import Scored, write_drafts
from scoring.results import Results, score
from scoring.trace import trace
from tests.reports.rounds import answers_of_tay_ninh, tay_ninh

SOURCES = (Source("bang-diem.csv", ""),)
# what a name may bring: markup, quotes, template tags, letters that XML forbids, no end
HOSTILE = {
    "25456": "A & B <w:p> \"trích\" 'dẫn'",
    "25459": "{{ luu_y }} {% for x in y %} {# ẩn #}",
    "25462": "Tên\tcó\ncả\r\nxuống dòng",
    "25465": "Ký tự\x00\x01\x08\x0b\x1f\ufffe\ud800 cấm",
    "25468": "UBND xã " + "rất dài " * 40,
    "25480": "{_{ co_quan }_} {_% raw %_}",
    "25483": "}} %} ]]> <!-- -->",
    "703-NV": "Phòng\u2028Nội vụ\u00a0 và &amp; &#123;",
}
SHOWN = {
    "25462": "Tên có cả xuống dòng",
    "25465": "Ký tự  cấm",
    "703-NV": "Phòng Nội vụ\u00a0 và &amp; &#123;",
}


def with_names(scored: tuple[Round, Results], names: dict[str, str]) -> tuple[Round, Results]:
    """The round and results with other names of units."""
    round_, results = scored
    units = tuple(replace(unit, name=names.get(unit.code, unit.name)) for unit in round_.units)
    frame = results.units.copy()
    frame["name"] = [unit.name for unit in units]
    return replace(round_, units=units), replace(results, units=frame)


@cache
def many(count: int) -> tuple[Round, Results, pd.DataFrame]:
    """A round of one block with so many units, all with points."""
    round_, _ = tay_ninh()
    units = tuple(
        Unit(f"{number:05}", f"UBND xã số {number}", "xa-phuong", "xa-phuong") for number in range(count)
    )
    leaves = list(round_.criteria.applying("xa-phuong"))
    base: dict[str, Any] = {
        "source": 0,
        "line": 1,
        "x1": None,
        "x2": None,
        "evidence": "",
        "explanation": "",
    }
    rows = [
        {"unit": unit.code, "criterion": leaf.id, "state": "answered", "appraised": None, **base,
         "self": leaf.top // 2 if (index + place) % 7 == 0 else leaf.top}
        for index, unit in enumerate(units)
        for place, leaf in enumerate(leaves)
    ]  # fmt: skip
    answers = answers_frame(
        pd.DataFrame.from_records(rows, columns=[c for c in ANSWERS.columns if c != "row"])
    )
    round_ = replace(round_, units=units)
    return round_, score(round_.criteria, round_.plan, units, answers), answers


def scored_by(results: Results, answers: pd.DataFrame | None = None, **more: Any) -> Scored:
    """What drafts need of results; by default with the answers of the invented round."""
    frame = answers_of_tay_ninh() if answers is None else answers
    return Scored(results, lambda code: trace(results, code, frame, SOURCES), **more)


def written(
    folder: Path, round_: Round, scored: Scored | None, drafts: Sequence[Draft] = DRAFTS
) -> dict[str, Path]:
    """Paths of what is written in the folder, by the file's stem."""
    own = replace(round_, folder=folder)
    units = [unit.code for unit in round_.units]
    return {path.stem: path for path in write_drafts(own, scored, drafts, units)}


def texts(document: Doc) -> list[str]:
    """Every paragraph of a document, tables, headers and footers included."""
    return [*_inside(document), *(p.text for p in _margins(document))]


def _inside(part: Any) -> Iterator[str]:
    for item in part.iter_inner_content():
        if hasattr(item, "rows"):
            for row in item.rows:
                for cell in row.cells:
                    yield from _inside(cell)
        else:
            yield item.text


def _margins(document: Doc) -> Iterator[Any]:
    for section in document.sections:
        for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
            yield from part.paragraphs


def opened(path: Path) -> Doc:
    """A document read back from its file."""
    return Document(str(path))


def parts_of(content: bytes) -> dict[str, bytes]:
    """The entries of a .docx file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
