"""The HTML page of a round.

1. Its figures are those of results.json, read back from the file without a browser.
2. It is one file: no address outside it is asked for, and what people typed is never markup.
3. In a browser: search with and without diacritics, filters, sort both ways with empty cells last,
   a unit's page with each of its points, back to the ranking, and a print view without tools.
4. Charts add up to the units and points they show.
5. The same results give the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from criteria.exact import vietnamese
from evidence.answers import Source
from reports.record import results_json
from reports.standing import in_rank_order, standings
from reports.web.charts import bars, stacks
from reports.web.content import anchor
from reports.web.page import Part, write_page
from reports.wording import block_summary
from scoring.losses import losses
from scoring.results import Results
from scoring.trace import trace
from tests.chromium import browser, needs_chromium
from tests.reports.rounds import STRANGE_NAMES, answers_of_tay_ninh, tay_ninh

HOSTILE = "</script><script>document.title='hỏng'</script>"


def write(path: Path, **more: Any) -> Results:
    """The page of the invented round of TP Tây Ninh."""
    round_, results = tay_ninh()
    answers = answers_of_tay_ninh()
    sources = [Source("bang-diem.xlsx", "Bảng điểm")]
    write_page(path, round_, results, lambda code: trace(results, code, answers, sources), **more)
    return results


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page, with hostile text wherever others hand text in."""
    path = tmp_path_factory.mktemp("web") / "ket-qua.html"
    part = Part(f"Phân tích {HOSTILE}", "Cách tính.", ("Tiêu chí",), ((HOSTILE,),))
    write(path, advice_of=lambda code: (HOSTILE,), analysis=[part])
    return path


class _Rows(HTMLParser):
    """The texts of the cells of each unit's row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, list[str]] = {}
        self.code = ""
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr" and (code := dict(attrs).get("data-code")):
            self.code = code
            self.rows[code] = []
        elif tag == "td" and self.code:
            self.inside = True
            self.rows[self.code].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self.inside = False
        elif tag == "tr":
            self.code = ""

    def handle_data(self, data: str) -> None:
        if self.inside and self.code:
            self.rows[self.code][-1] += data


def rows_of(path: Path) -> dict[str, list[str]]:
    """The ranking's cells by unit code."""
    parser = _Rows()
    parser.feed(path.read_text(encoding="utf-8"))
    return parser.rows


def test_figures_are_those_of_the_record(page: Path) -> None:
    round_, results = tay_ninh()
    rows = rows_of(page)
    record = results_json(round_, results)["units"]
    assert set(rows) == {unit["code"] for unit in record}
    for unit in record:
        cells = rows[unit["code"]]
        assert unit["name"] in cells
        for key in ("final", "percent", "self", "appraised"):
            if unit[key] is not None:
                assert any(number(text) == number(unit[key]) for text in cells), (unit["code"], key)
        assert (unit["grade"] or "") in cells
        assert cells[0] == ("" if unit["rank"] is None else str(unit["rank"]))


def number(text: str) -> str:
    """A decimal without the noughts that say nothing."""
    plain = text.replace(",", ".")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def test_nothing_lies_outside_the_file(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"""<[^>]* (src|href)=(?!"#)|@import|url\(|https?://""", text)
    assert text.count("<script>") == 1
    assert HOSTILE not in text


def test_strange_names_stand_as_they_are(page: Path) -> None:
    rows = rows_of(page)
    assert {code: name for code, name in STRANGE_NAMES.items() if name in rows[code]} == STRANGE_NAMES


def test_same_results_same_bytes(tmp_path: Path) -> None:
    write(tmp_path / "1.html")
    write(tmp_path / "2.html")
    assert (tmp_path / "1.html").read_bytes() == (tmp_path / "2.html").read_bytes()


def test_anchors_tell_codes_apart() -> None:
    codes = ["703-NV", "703 NV", "703_NV", "Đ1", "D1", "<a>", '"', "703_2d_NV"]
    assert len({anchor(code) for code in codes}) == len(codes)
    assert all(re.fullmatch(r"[\w-]+", anchor(code), re.ASCII) for code in codes)


def test_each_units_data_holds_its_points(page: Path) -> None:
    _, results = tay_ninh()
    text = page.read_text(encoding="utf-8")
    lines = list(losses(results))
    for unit in standings(results):
        found = re.search(rf'id="{anchor(unit.code)}-du-lieu">(.*?)</script>', text, re.S)
        assert found
        own = json.loads(found[1])
        lost = sum(whole(step["lost"]) for step in own["steps"])
        assert lost == sum(loss.points for loss in lines if loss.unit == unit.code and loss.kind == "lost")


def whole(text: str) -> int:
    """Thousandths of a number as people write it; nothing is none."""
    units, _, rest = text.partition(",")
    return int(units or 0) * 1000 + int((rest + "000")[:3] if text else 0)


def test_charts_hold_their_texts_as_text() -> None:
    made = [bars("a<b", [("x&y", 3, "3"), ("không", 0, "0")]), stacks("c", ["<Tốt>"], [("khối", [2])])]
    assert "a&lt;b" in made[0].svg and "x&amp;y" in made[0].svg and "&lt;Tốt&gt;" in made[1].svg
    widths = [int(width) for width in re.findall(r'width="(\d+)" height="20"', made[0].svg)]
    assert widths[0] == 960 - 330 - 90 and widths[1] == 1


def test_long_grades_are_whole_in_the_legend() -> None:
    names = ["Hoàn thành xuất sắc nhiệm vụ", "Không hoàn thành nhiệm vụ", "Chưa xếp loại"]
    made = stacks("Xếp loại", names, [("khối", [2, 1, 1])]).svg
    assert all(f">{name}</text>" in made for name in names)


def test_the_line_of_a_block_counts_all_of_its_units() -> None:
    """As on the terminal: whoever adds up the grades comes to the number of units."""
    _, results = tay_ninh()
    for block, units in in_rank_order(results).items():
        told = block_summary(results, block, units)
        assert sum(map(int, re.findall(r": (\d+);", told))) == len(units), told


@pytest.fixture(scope="module")
def opened(page: Path) -> Iterator[tuple[Any, list[str]]]:
    """The page in a browser, and every address that it asked for."""
    with browser() as running:
        tab = running.new_page()
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("pageerror", lambda error: asked.append(f"error: {error}"))
        tab.goto(page.as_uri())
        yield tab, asked


def codes_shown(tab: Any, block: str) -> list[str]:
    """The units of a block in the order in which they are seen."""
    rows = tab.locator(f'section[data-block="{block}"] tbody tr:visible')
    return [rows.nth(index).get_attribute("data-code") for index in range(rows.count())]


@needs_chromium
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hiep ninh", set()),  # that unit bears a strange name in this round
        ("ninh thanh", {"25483"}),
        ("Ninh Thạnh", {"25483"}),
        ("25483", {"25483"}),
        ("không có đơn vị này", set()),
    ],
)
def test_search(opened: tuple[Any, list[str]], typed: str, found: set[str]) -> None:
    tab, _ = opened
    tab.goto(tab.url.partition("#")[0])
    tab.fill("#search", typed)
    assert set(codes_shown(tab, "xa-phuong")) == found
    tab.fill("#search", "")
    assert len(codes_shown(tab, "xa-phuong")) == 10


@needs_chromium
def test_sort_both_ways_with_empty_cells_last(opened: tuple[Any, list[str]]) -> None:
    tab, _ = opened
    tab.goto(tab.url.partition("#")[0])
    _, results = tay_ninh()
    own = [unit for unit in standings(results) if unit.block == "xa-phuong"]
    scored = [unit for unit in own if unit.final is not None]
    head = tab.locator('section[data-block="xa-phuong"] th.final button')
    for down in (False, True):
        head.click()
        seen = codes_shown(tab, "xa-phuong")
        points = {unit.code: unit.final for unit in scored}
        ordered = [points[code] for code in seen if code in points]
        assert ordered == sorted(points.values(), reverse=down)
        assert set(seen[len(scored) :]) == {unit.code for unit in own} - set(points)


@needs_chromium
def test_filter_by_grade_and_block(opened: tuple[Any, list[str]]) -> None:
    tab, _ = opened
    tab.goto(tab.url.partition("#")[0])
    _, results = tay_ninh()
    tab.select_option("#grade", "Tốt")
    good = [unit.code for unit in standings(results) if unit.grade == "Tốt" and unit.block == "xa-phuong"]
    assert set(codes_shown(tab, "xa-phuong")) == set(good)
    tab.select_option("#block", "phong-ban")
    assert codes_shown(tab, "xa-phuong") == []
    tab.select_option("#grade", "")
    tab.select_option("#block", "")


@needs_chromium
def test_a_units_page_and_back(opened: tuple[Any, list[str]]) -> None:
    tab, _ = opened
    tab.goto(tab.url.partition("#")[0])
    _, results = tay_ninh()
    unit = next(unit for unit in standings(results) if unit.code == "25483")
    tab.click('tr[data-code="25483"] a')
    tab.wait_for_selector("#round", state="hidden")
    text = tab.inner_text("#unit")
    assert unit.name in text and vietnamese(unit.final or 0).rstrip("0") in text
    ledger = results.ledger[(results.ledger["unit"] == "25483")]
    rows = tab.locator("#unit tbody tr:not(.group)")
    assert rows.count() == len(ledger)
    assert HOSTILE in text  # shown as the text it is
    assert tab.title() != "hỏng"
    tab.click("#unit a")
    tab.wait_for_selector("#round", state="visible")
    assert tab.locator("#unit").is_hidden()


@needs_chromium
def test_print_view_and_no_request(opened: tuple[Any, list[str]]) -> None:
    tab, asked = opened
    tab.goto(tab.url.partition("#")[0])
    tab.emulate_media(media="print")
    assert tab.locator(".tools").is_hidden()
    assert tab.locator(".ranking").first.is_visible()
    assert len(tab.pdf(format="A4")) > 10_000
    tab.emulate_media(media="screen")
    assert {url for url in asked if not url.startswith("file:")} == set()
    assert len({url.partition("#")[0] for url in asked}) == 1
