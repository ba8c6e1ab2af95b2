"""What people typed is text in whatever the whole work puts out, to its end: seal, drafts, page, gathering.

The round of `test_text_only` goes on: receipts, objections and decisions are recorded, appraisers fill in
their workbooks, and every command that writes writes. In all of it their texts begin as formulas do.
Beside it goes the same round of people who type plain words. Then, of every file of the two rounds:

1. A workbook has no formula and no outward link that the plain one lacks, and the texts stand in it.
2. LibreOffice computes no field of any table of separated values, and our readers give the text back.
3. A Word draft has no field and no link that the plain one lacks, and the unit's name stands in it.
4. A page has the same elements as the plain one, and nothing that runs or fetches.
5. The terminal shows the texts and obeys none of them.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

import cli
from evidence.csv_text import from_csv_text
from evidence.round import Round, load_round
from reports.outcome import outcome
from reports.web.page import PAGE_NAME, write_page
from tests.evidence import typist
from tests.evidence.appraisers import rows_of_book, sign
from tests.libreoffice import needs_libreoffice, recalculate
from tests.test_text_only import CODES, TRICKS, convert, formulas, make

PLAN_OF_ONE = "appraisers: [{id: noi-vu, name: Phòng Nội vụ, role: lead}]"
COMPUTING = "CSV:59,34,76,1,,0,false,true,false,false,false,-1,true"  # as in test_text_only


def worked(folder: Path, texts: dict[str, str]) -> Round:
    """The round with all that can be recorded about its units, and all that can be written about them."""
    make(folder, texts)
    plan = folder / "tieu-chi" / "ke-hoach-thu.yaml"
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("appraisers: []", PLAN_OF_ONE), encoding="utf-8"
    )
    done("appraise", folder)
    sent_back(folder, texts)
    for name, text in texts.items():
        code, said = CODES[name], [f"--by={text}", f"--document={text}"]
        done("receive", folder, f"--unit={code}", f"--by={text}", folder / "nop" / f"{code}.xlsx")
        done("object", folder, code, "1.6", f"--text={text}", *said)
        done("decide", folder, code, "1.6", "--points=4,5", f"--reason={text}", "--objection", *said)
    done("status", folder, "--sheet")
    done("score", folder)
    done("analyse", folder)
    done("report", folder)
    done("compare", folder, folder, f"--out={folder / 'so-sanh.xlsx'}")
    done("gather", folder / "tong-hop.xlsx", folder)
    found = outcome(load_round(folder))
    write_page(folder / "ket-qua" / PAGE_NAME, found.round, found.results, found.steps, found.advice_lines)
    done("close", folder, "--provisional", f"--reason={texts['equals']}")
    return load_round(folder)


def done(*command: object) -> None:
    """Runs a command, which must not fail."""
    assert cli.run([str(part) for part in command]) in (0, 1), command


def sent_back(folder: Path, texts: dict[str, str]) -> None:
    """The appraiser's workbook, with each unit's text as a reason and the first as the person's name."""
    (given,) = (path for path in folder.rglob("*.xlsx") if "noi-vu" in path.name)
    book = openpyxl.load_workbook(given)
    rows = rows_of_book(book)
    for name, text in texts.items():
        cells = rows[CODES[name], "2.1"]
        cells["points"].value = 30
        typist.put(cells["reason"], text)
    sign(book, texts["equals"], "18/10/2023")
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == texts["equals"]:
                cell.data_type = "s"
    (folder / "tham-dinh").mkdir(exist_ok=True)
    book.save(folder / "tham-dinh" / "noi-vu.xlsx")


@pytest.fixture(scope="module")
def tricky(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of people who type what a program might compute."""
    return worked(tmp_path_factory.mktemp("tricky") / "dot", TRICKS).folder


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of people who type plain words."""
    return worked(tmp_path_factory.mktemp("plain") / "dot", {name: f"chữ {name}" for name in TRICKS}).folder


def written(folder: Path, kind: str) -> dict[str, Path]:
    """All files of a kind that the program wrote, by their place in the round's folder."""
    found = {str(path.relative_to(folder)): path for path in sorted(folder.rglob(f"*.{kind}"))}
    return {
        name: path for name, path in found.items() if not name.startswith(("nop", "tham-dinh", "tieu-chi"))
    }


def test_both_rounds_wrote_the_same_files(plain: Path, tricky: Path) -> None:
    for kind in ("xlsx", "csv", "docx", "html", "json", "txt"):
        assert written(plain, kind).keys() == written(tricky, kind).keys(), kind


@needs_libreoffice
def test_no_workbook_computes_or_links_what_was_typed(plain: Path, tricky: Path, tmp_path: Path) -> None:
    # units' forms and forms given back are test_text_only's
    paths = {n: p for n, p in written(tricky, "xlsx").items() if p.stem not in CODES.values()}
    assert len(paths) >= 6
    twins = written(plain, "xlsx")
    computed = dict(zip(paths, recalculate(list(paths.values()), tmp_path), strict=True))
    seen: Counter[str] = Counter()
    for name, path in paths.items():
        count = len(formulas(openpyxl.load_workbook(twins[name])))
        for book in (openpyxl.load_workbook(path), openpyxl.load_workbook(computed[name])):
            assert len(formulas(book)) == count, name
            cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
            assert not [
                c for c in cells if c.hyperlink and not (c.hyperlink.target or "#").startswith("#")
            ], name
            for text in TRICKS.values():
                same = [cell for cell in cells if text.strip() == str(cell.value).strip()]
                assert {cell.data_type for cell in same} <= {"s"}, (name, text)
                seen[name] += bool(same)
    assert all(seen[name] for name in paths), seen  # each of them does show what was typed


@needs_libreoffice
def test_no_table_is_computed_and_all_are_read_back(tricky: Path, tmp_path: Path) -> None:
    tables = written(tricky, "csv")
    assert {
        "so-tiep-nhan.csv",
        "so-kien-nghi.csv",
        "so-quyet-dinh.csv",
        "ket-qua/so-diem.csv",
    } <= tables.keys()
    for name, path in tables.items():
        raw = path.read_text(encoding="utf-8-sig")
        for separator in ";,\t":
            fields = [field for row in csv.reader(raw.splitlines(), delimiter=separator) for field in row]
            bare = [field for field in fields if re.match(r"[\s\"]*[=+\-@＝＋－＠]", field)]
            assert bare == [], name
        assert formulas(convert(path, tmp_path / path.stem, COMPUTING)) == [], name
        back = {
            from_csv_text(field) for row in csv.reader(raw.splitlines(), delimiter=";") for field in row
        }
        assert {text.strip() for text in TRICKS.values()} <= {text.strip() for text in back}, name


def test_no_draft_has_a_field_of_somebodys_making(plain: Path, tricky: Path) -> None:
    drafts, twins = written(tricky, "docx"), written(plain, "docx")
    assert len(drafts) >= len(TRICKS)
    shown = ""
    for name, path in drafts.items():
        assert signs(path) == signs(twins[name]), name
        shown += "\n".join(texts(path))
    for text in TRICKS.values():
        assert text.strip() in shown, text


def signs(path: Path) -> Counter[str]:
    """What in a Word file a program would act on: fields, instructions, links and what lies outside."""
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    acting = r"<w:(?:fldSimple|fldChar|instrText|hyperlink|object)\b|TargetMode=\"External\""
    return Counter(found for part in parts for found in re.findall(acting, part))


def texts(path: Path) -> list[str]:
    """The paragraphs of a Word file as they are shown."""
    import docx

    book = docx.Document(str(path))
    lines = [paragraph.text for paragraph in book.paragraphs]
    return lines + [cell.text for table in book.tables for row in table.rows for cell in row.cells]


class Elements(HTMLParser):
    """The elements of a page with their links, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.outward: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes an element."""
        self.tags[tag] += 1
        self.outward += [
            v or "" for k, v in attrs if k in ("href", "src") and not (v or "").startswith("#")
        ]

    def handle_data(self, data: str) -> None:
        """Notes its text."""
        self.text += data


def test_the_page_shows_it_and_nothing_more(plain: Path, tricky: Path) -> None:
    pages, twins = written(tricky, "html"), written(plain, "html")
    assert pages
    for name, path in pages.items():
        own, twin = Elements(), Elements()
        own.feed(path.read_text(encoding="utf-8"))
        twin.feed(twins[name].read_text(encoding="utf-8"))
        assert (own.tags, own.outward) == (twin.tags, twin.outward), name
        assert all(text.strip() in own.text for text in TRICKS.values())


def test_the_terminal_shows_it(tricky: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("equals", "tab", "full width"):
        text = TRICKS[name]
        cli.run(["explain", str(tricky), CODES[name]])
        assert text.strip() in capsys.readouterr().out
