"""Citations of documents: reading them, and holding them against the register.

1. Every citation of the five plans is read as a person reads it (citations_in_seeds.csv).
2. Each way of writing a number, a date and an issuer gives the same number, date and issuer.
3. A slip is mended and kept; text that is no citation is left alone.
4. No text raises, and time grows only with its length.
5. The register holds every document cited, and finds the slips that the plans are known to hold.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria import citations
from criteria.citations import Citation, find_citations, parse_citation
from criteria.register import check_citations, load_register, same_document

TABLE = Path(__file__).with_name("citations_in_seeds.csv")
SHARED = Path(__file__).resolve().parents[3] / "shared"
PLANS = {
    "000": "truong-quang-trong-2023",
    "001": "tra-cu-2023",
    "002": "tay-ninh-2023",
    "003": "nghia-ky-2023",
    "004": "duc-pho-2022",
}
PROVINCES = {"000": "Quảng Ngãi", "001": "Trà Vinh", "002": "Tây Ninh"}
PROVINCES |= dict.fromkeys(["003", "004"], "Quảng Ngãi")
PER_PLAN = {"000": 22, "001": 24, "002": 29, "003": 5, "004": 22}

with TABLE.open(encoding="utf-8-sig", newline="") as table:
    ROWS = list(csv.DictReader(table))

Meaning = tuple[str, str, date | None, str | None, str | None]


def meaning(found: Citation) -> Meaning:
    """What a citation means, without its place."""
    return found.number, found.kind, found.date, found.issuer, found.slip


def expected(row: dict[str, str]) -> Meaning:
    """What a row of the table says a citation means."""
    day = datetime.strptime(row["date"], "%d/%m/%Y").date() if row["date"] else None
    return row["number"], row["kind"], day, row["issuer"] or None, row["slip"] or None


def of_plan(seed: str) -> list[Citation]:
    """Citations of one plan, read from the table's passages."""
    return [c for row in ROWS if row["seed"] == seed for c in find_citations(row["text"])]


# 1 -- the five plans


def test_the_table_holds_every_citation_of_each_plan() -> None:
    assert Counter(row["seed"] for row in ROWS) == PER_PLAN


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['seed']} {row['number']}")
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_citation_as_printed_is_read(row: dict[str, str], form: str) -> None:
    text = unicodedata.normalize(form, row["text"])  # type: ignore[arg-type]
    found = list(find_citations(text))
    assert [meaning(c) for c in found] == [expected(row)]
    assert text[found[0].start : found[0].end] == found[0].text


@pytest.mark.parametrize("seed", PER_PLAN)
def test_a_whole_plan_gives_exactly_the_citations_of_the_table(seed: str) -> None:
    files = sorted((SHARED / "seeds").glob(f"{seed}_*.txt"))
    if not files:
        pytest.skip("the five plans are not part of the project and are not beside it here")
    text = files[0].read_text("utf-8")
    rows = [row for row in ROWS if row["seed"] == seed]
    assert [meaning(c) for c in find_citations(text)] == [expected(row) for row in rows]
    assert all(row["text"] in text for row in rows)


# 2, 3 -- spellings

NUMBERS = [  # written, number, kind, slip
    ("Quyết định số 436/QĐ-UBND", "436/QĐ-UBND", "QĐ", None),
    ("QUYẾT ĐỊNH SỐ 436/QĐ-UBND", "436/QĐ-UBND", "QĐ", None),
    ("QĐ 436/QĐ-UBND", "436/QĐ-UBND", "QĐ", None),
    ("436/QĐ-UBND", "436/QĐ-UBND", "QĐ", None),
    ("436/QĐ–UBND", "436/QĐ-UBND", "QĐ", None),
    ("436\u00a0/\u00a0QĐ\u00a0-\u00a0UBND", "436/QĐ-UBND", "QĐ", None),
    ("436/\u00d0\u0110-UBND", "436/ĐĐ-UBND", "", None),
    ("436/Q\u00d0-UBND", "436/QĐ-UBND", "QĐ", None),
    ("Quyết định số\n436/QĐ-\nUBND", "436/QĐ-UBND", "QĐ", None),
    ("Quyết định số436/QĐ-UBND", "436/QĐ-UBND", "QĐ", None),
    ("số 436/qđ-ubnd", "436/QĐ-UBND", "QĐ", None),
    ("436-QĐ-UBND", "436/QĐ-UBND", "QĐ", "436-QĐ-UBND"),
    ("436-QĐ/UBND", "436/QĐ-UBND", "QĐ", "436-QĐ/UBND"),
    ("436/QĐ/UBND", "436/QĐ-UBND", "QĐ", "436/QĐ/UBND"),
    ("số 436 QĐ-UBND", "436/QĐ-UBND", "QĐ", "436 QĐ-UBND"),
    ("436/QD-UBND", "436/QĐ-UBND", "QĐ", "436/QD-UBND"),
    ("436/QĐUBND", "436/QĐ-UBND", "QĐ", "436/QĐUBND"),
    ("Quyết định số 48/2021/QĐ-UBND", "48/2021/QĐ-UBND", "QĐ", None),
    ("Quyết định số 48-2021/QĐ-UBND", "48/2021/QĐ-UBND", "QĐ", "48-2021/QĐ-UBND"),
    ("Nghị định số 04/2015/NĐCP", "04/2015/NĐ-CP", "NĐ", "04/2015/NĐCP"),
    ("Nghị định 145/2020/ND-CP", "145/2020/NĐ-CP", "NĐ", "145/2020/ND-CP"),
    ("Nghị định 145/2020", "145/2020", "NĐ", None),
    ("Nghị định số 64/CP", "64/CP", "NĐ", None),
    ("Pháp lệnh số 34", "34", "PL", None),
    ("Pháp lệnh số 34/2007/PL-UBTVQH 11", "34/2007/PL-UBTVQH11", "PL", None),
    ("Luật số 10/2022/QH15", "10/2022/QH15", "Luật", None),
    ("10/2022/QH15", "10/2022/QH15", "", None),
    ("Thông tư liên tịch số 01/2012/TTLT-BNV-BTC", "01/2012/TTLT-BNV-BTC", "TTLT", None),
    ("Kết luận số 114-KL/TW", "114-KL/TW", "KL", None),
    ("Kết luận số 114 -KL/TW", "114-KL/TW", "KL", None),
    ("Kết luận số 120 - KL/TW", "120-KL/TW", "KL", None),
    ("Kết luận số 114/KL-TW", "114-KL/TW", "KL", "114/KL-TW"),
    ("Kết luận số 114/KL/TW", "114-KL/TW", "KL", "114/KL/TW"),
    ("Kết luận số 114-KL/TƯ", "114-KL/TW", "KL", "114-KL/TƯ"),
    ("Quyết định số 217-QĐ/TW", "217-QĐ/TW", "QĐ", None),
    ("Quy định số 124-QĐ/TW", "124-QĐ/TW", "QyĐ", None),
    ("Quy định số 37-QyĐ/TU", "37-QyĐ/TU", "QyĐ", None),
    ("Quy định số 37-QĐi/TU", "37-QĐi/TU", "QyĐ", None),
    ("Quy chế số 1012-QĐ/TU", "1012-QĐ/TU", "QĐ", None),
    ("Công văn số 392-CV/TU", "392-CV/TU", "CV", None),
    ("Công văn số 5451/UBND-CNXD", "5451/UBND-CNXD", "CV", None),
    ("5451/UBND-CNXD", "5451/UBND-CNXD", "CV", None),
    ("123/SNV-XDCQ", "123/SNV-XDCQ", "", None),
    ("Chương trình phối hợp số 16-CTr/BDVTU-UBND", "16-CTr/BDVTU-UBND", "CTr", None),
    ("Chương trình hành động số 12-CTrHĐ/TU", "12-CTrHĐ/TU", "CTr", None),
    ("Thông báo kết luận số 12-TB/TU", "12-TB/TU", "TB", None),
    ("Kế hoạch số 39a/KH-UBND", "39a/KH-UBND", "KH", None),
    ("Kế hoạch số 39A/KH-UBND", "39A/KH-UBND", "KH", None),
    ("Kế hoạch số 5 - Phòng Nội vụ", "5", "KH", None),
    ("Kế hoạch số 5/KH - Phòng Nội vụ", "5/KH", "KH", None),
    ("Hướng dẫn số 01-HD/BTCTW", "01-HD/BTCTW", "HD", None),
    ("Số: 49 /KH-UBND", "49/KH-UBND", "KH", None),
]

DATES = [  # what follows the number, date, impossible date
    (" ngày 27/3/2023", date(2023, 3, 27), None),
    (", ngày 27/03/2023", date(2023, 3, 27), None),
    (" ngày\n\n27/3/2023", date(2023, 3, 27), None),
    (" ngày 27-3-2023", date(2023, 3, 27), None),
    (" ngày 27.3.2023", date(2023, 3, 27), None),
    (" ký ngày 27/3/2023", date(2023, 3, 27), None),
    (" ban hành ngày 27/3/2023", date(2023, 3, 27), None),
    (" (ngày 27/3/2023)", date(2023, 3, 27), None),
    (" 27/3/2023", date(2023, 3, 27), None),
    (" 2023-03-27", date(2023, 3, 27), None),
    (" ngày 27 tháng 3 năm 2023", date(2023, 3, 27), None),
    (" ngày 27 tháng 03\nnăm 2023", date(2023, 3, 27), None),
    (" của UBND tỉnh ngày 27/3/2023", date(2023, 3, 27), None),
    (" ngày tháng 3 năm 2022", None, None),
    (" ngày ... tháng ... năm 2022", None, None),
    (" ngày 30/02/2023", None, "30/02/2023"),
    (" ngày 27 tháng 13 năm 2023", None, "27/13/2023"),
    (" ngày 27/3/23", None, None),
    (" năm 2023", None, None),
    ("", None, None),
]

ISSUERS = [  # what follows "của ", issuer
    ("UBND tỉnh về ban hành Quy chế", "UBND tỉnh"),
    ("UBND tỉnh\n\n13. Rà soát", "UBND tỉnh"),
    ("UBND tỉnh\nĐồng thời tiếp tục", "UBND tỉnh"),
    ("UBND tỉnh Quy định về tiếp công dân", "UBND tỉnh"),
    ("UBND tỉnh và gửi hồ sơ", "UBND tỉnh"),
    ("UBND tỉnh và Quyết định", "UBND tỉnh"),
    ("Uỷ ban nhân dân tỉnh Bà Rịa - Vũng Tàu.", "Uỷ ban nhân dân tỉnh Bà Rịa - Vũng Tàu"),
    ("UBND TP. Quy Nhơn ban hành", "UBND TP. Quy Nhơn"),
    ("Chủ tịch UBND thành phố Tây Ninh ban hành Quy định", "Chủ tịch UBND thành phố Tây Ninh"),
    ("UBND phường 5 về", "UBND phường 5"),
    ("HĐND huyện Tư Nghĩa khóa XI", "HĐND huyện Tư Nghĩa"),
    ("Ban Thường vụ Tỉnh uỷ (khóa XX)", "Ban Thường vụ Tỉnh uỷ"),
    ("Đảng ủy phường Trương Quang Trọng về", "Đảng ủy phường Trương Quang Trọng"),
    ("Ban Chấp hành Trung ương Đảng (khóa XI)", "Ban Chấp hành Trung ương Đảng"),
    ("Thủ tướng chính phủ trên địa bàn tỉnh", "Thủ tướng chính phủ"),
    ("Chính phủ Quy định chi tiết", "Chính phủ"),
    ("Ủy ban Thường vụ Quốc hội khóa 11", "Ủy ban Thường vụ Quốc hội"),
    ("Bộ Nội vụ Hướng dẫn một số nội dung", "Bộ Nội vụ"),
    ("Bộ Lao động - Thương binh và Xã hội về", "Bộ Lao động - Thương binh và Xã hội"),
    ("Sở Kế hoạch và Đầu tư hướng dẫn", "Sở Kế hoạch và Đầu tư"),
    ("Ban Tổ chức Trung ương về", "Ban Tổ chức Trung ương"),
    ("Ban Dân vận Thành ủy và UBND thành phố về", "Ban Dân vận Thành ủy và UBND thành phố"),
    ("tôi", None),
    ("các cơ quan", None),
]

NO_CITATION = [
    "",
    "hướng dẫn thi hành một số điều của Bộ Luật lao động",
    "Luật Thực hiện dân chủ ở cơ sở (có hiệu lực từ 01/7/2023)",
    "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX",
    "Số: /KH-UBND\n\nTrà Cú, ngày tháng năm 2023",
    "triển khai Đề án 06, giai đoạn 2021-2025",
    "trước ngày 15/6/2023; chậm nhất ngày 16/10/2023",
    "kế hoạch 5 năm 2021 - 2025 của UBND tỉnh",
    "chỉ số CCHC, báo cáo số 3 lượt, đạt số 8,5 điểm",
    "Quyết định số 3/4; Kế hoạch số 2021-2025",
    "Tổ chức - Nội vụ; 100% cơ quan; 6 tháng; 24/7; mục 2 - TT",
]


@pytest.mark.parametrize(("written", "number", "kind", "slip"), NUMBERS)
def test_a_number_is_read(written: str, number: str, kind: str, slip: str | None) -> None:
    found = parse_citation(written)
    assert (found.number, found.kind, found.slip) == (number, kind, slip)


@pytest.mark.parametrize(("written", "day", "impossible"), DATES)
def test_a_date_is_read(written: str, day: date | None, impossible: str | None) -> None:
    found = parse_citation(f"Quyết định số 436/QĐ-UBND{written}")
    assert (found.date, found.bad_date) == (day, impossible)


@pytest.mark.parametrize(("written", "issuer"), ISSUERS)
@pytest.mark.parametrize("day", ["", " ngày 11/6/2019", " (ngày 11/6/2019)"])
def test_an_issuer_is_read(written: str, issuer: str | None, day: str) -> None:
    found = next(find_citations(f"Quyết định số 436/QĐ-UBND{day} của {written}"))
    assert found.issuer == issuer


@pytest.mark.parametrize("text", NO_CITATION)
def test_other_text_gives_none(text: str) -> None:
    assert list(find_citations(text)) == []
    with pytest.raises(ValueError, match="Không đọc được số, ký hiệu văn bản"):
        parse_citation(text)


def test_lists_give_each_document() -> None:
    text = (
        "các Quyết định số 737/QĐ-UBND ngày 27/9/2019; Quyết định số 217-QĐ/TW, Quyết định số "
        "218-QĐ/TW ngày 12/12/2013 và 48/2021/QĐ-UBND của UBND tỉnh"
    )
    found = [(c.number, c.date) for c in find_citations(text)]
    assert found == [
        ("737/QĐ-UBND", date(2019, 9, 27)),
        ("217-QĐ/TW", None),  # a date after the last of two is not given to the first
        ("218-QĐ/TW", date(2013, 12, 12)),
        ("48/2021/QĐ-UBND", None),
    ]
    with pytest.raises(ValueError, match="nêu 4 văn bản"):
        parse_citation(text)


def test_the_head_of_a_document_gives_its_date() -> None:
    found = parse_citation("Số: 49 /KH-UBND\n\nTP. Tây Ninh, ngày 27 tháng 3 năm 2023")
    assert (found.number, found.date) == ("49/KH-UBND", date(2023, 3, 27))


# 2, 4 -- properties

STATE = ["QĐ-UBND", "KH-UBND", "NĐ-CP", "CT-TTg", "TT-BNV", "NQ-HĐND", "TTLT-BNV-BTC", "BC-SNV"]
PARTY = ["KL/TW", "QĐ/TU", "CV/HU", "CTr/BDVTU-UBND", "NQ/TW", "HD/BTCTW"]
LEADS = ["", "số ", "Số: ", "Quyết định số ", "Kế hoạch ", "CÔNG VĂN SỐ ", "Chỉ thị\nsố "]
DAYS = [
    "{0.day}/{0.month}/{0.year}",
    "{0:%d/%m/%Y}",
    "{0:%d.%m.%Y}",
    "{0:%d-%m-%Y}",
    "{0:%Y-%m-%d}",
]
DAYS += ["{0.day} tháng {0.month} năm {0.year}"]
JOINS = [" ngày ", ", ngày ", " (ngày ", "\nngày\n", " ký ngày ", "\u00a0ngày\u00a0"]


@st.composite
def renderings(draw: st.DrawFn) -> tuple[str, str, date | None]:
    """A citation in one of the accepted spellings, its number and its date."""
    serial = f"{draw(st.integers(1, 9999))}{draw(st.sampled_from(['', '', '', 'a', 'b']))}"
    if draw(st.booleans()):
        year = draw(st.sampled_from(["", "/2007", "/2021"]))
        number = f"{serial}{year}/{draw(st.sampled_from(STATE))}"
    else:
        number = f"{serial}-{draw(st.sampled_from(PARTY))}"
    dash, slash = draw(st.sampled_from("-–‑—")), draw(st.sampled_from("/∕"))
    spaced = [" ", "", "\u00a0"]
    before, after = draw(st.sampled_from(spaced)), draw(st.sampled_from(spaced))
    head, mark, rest = re.fullmatch(r"([^-]*?)([-/])(\D+)", number).groups()  # type: ignore[union-attr]
    written = f"{head}{before}{mark}{after}{rest}".replace("-", dash).replace("/", slash)
    day = draw(st.none() | st.dates(date(1950, 1, 1), date(2050, 12, 31)))
    if day:
        written += draw(st.sampled_from(JOINS)) + draw(st.sampled_from(DAYS)).format(day)
    text = draw(st.sampled_from(LEADS)) + written + draw(st.sampled_from(["", ".", "; và", ") về"]))
    return unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), text), number, day


@given(renderings())
def test_every_spelling_gives_the_same_number_and_date(case: tuple[str, str, date | None]) -> None:
    text, number, day = case
    found = parse_citation(text)
    assert (found.number, found.date, found.slip) == (number, day, None)
    assert text[found.start : found.end] == found.text


PIECES = ["số ", "1", "/", "-", "QĐ", "UBND", " ngày ", "12/12/2013", "của ", "Quyết định ", "\n"]
PIECES += ["\u0301", "\u00a0", "99999", "²", "٣", "năm ", "tháng ", "UBND tỉnh", "ð", "\ud800", "𝟏"]


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_no_text_raises(text: str) -> None:
    end = 0
    for found in find_citations(text):
        assert end <= found.start < found.end <= len(text)
        assert found.text == text[found.start : found.end]
        end = found.end


SCANNERS = ["_HEAD", "_CODE", "_DATE", "_HEAD_DATE", "_LATER_DATE", "_BY", "_issuer"]


@pytest.mark.parametrize("name", SCANNERS)
def test_patterns_repeat_only_a_bounded_number_of_times(name: str) -> None:
    scanner = getattr(citations, name)
    pattern = (scanner() if callable(scanner) else scanner).pattern
    plain = re.sub(r"\[(?:\\.|[^\]])*\]", "x", re.sub(r"\\[^\]]", "x", pattern))
    assert not re.search(r"[*+]|\{\d*,\}", plain)


@pytest.mark.parametrize("unit", ["số 1/", "1-", "Quyết định số ", "1/QĐ-UBND-", "\u0301", "1/2000/"])
def test_each_search_begins_where_the_last_ended(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = unit * (200_000 // len(unit))
    begun: list[int] = []

    class Counting:
        def search(self, plain: str, position: int) -> re.Match[str] | None:
            begun.append(position)
            return real.search(plain, position)

    real = citations._HEAD
    monkeypatch.setattr(citations, "_HEAD", Counting())
    list(find_citations(text))
    assert begun == sorted(set(begun))  # always further on, never back
    assert len(begun) <= text.count("1") + 1


# 5 -- the register

REGISTER = load_register()


def test_the_register_says_which_plans_cite_each_document() -> None:
    cited: dict[str, set[str]] = {document.number: set() for document in REGISTER}
    for row in ROWS:
        number = "34/2007/PL-UBTVQH11" if row["number"] == "34" else row["number"]
        cited[number].add(PLANS[row["seed"]])
    listed = {document.number: set(document.source) - {"domain"} for document in REGISTER}
    assert listed == cited


@pytest.mark.parametrize("document", REGISTER, ids=lambda document: document.number)
def test_a_document_of_the_register_is_written_as_it_should_be(
    document: citations.RegisteredDocument,
) -> None:
    found = parse_citation(f"{document.number} của {document.issuer}")
    assert (found.number, found.issuer, found.slip) == (document.number, document.issuer, None)
    assert found.kind == document.kind or (found.kind, document.kind) == ("QĐ", "QyĐ")
    assert document.locality is None or document.locality.startswith("tỉnh ")


def test_successions_are_told_from_both_sides() -> None:
    forward = {(d.number, s.number, s.certainty) for d in REGISTER for s in d.replaced_by}
    backward = {(s.number, d.number, s.certainty) for d in REGISTER for s in d.replaces}
    assert forward == backward
    assert forward == {
        ("436/QĐ-UBND", "1211/QĐ-UBND", "inferred"),
        ("1743/QĐ-UBND", "1563/QĐ-UBND", "stated"),
    }
    days = {document.number: document.date for document in REGISTER}
    for document in REGISTER:
        for other in (*document.replaces, *document.replaced_by):
            assert days[other.number] == other.date


CLASHES = {  # plan: what, number, as printed
    "000": [
        ("number", "04/2015/NĐ-CP", "04/2015/NĐCP"),
        ("number", "436/QĐ-UBND", "436-QĐ-UBND"),
        ("date", "436/QĐ-UBND", "11/06/2014"),
    ],
    "001": [],
    "002": [],
    "003": [],
    "004": [],
}


@pytest.mark.parametrize("seed", CLASHES)
@pytest.mark.parametrize("named", [True, False], ids=["province named", "province not named"])
def test_the_plans_hold_these_slips_and_no_others(seed: str, named: bool) -> None:
    locality = PROVINCES[seed] if named else None
    found = [
        (c.what, c.citation.number, c.citation.slip or f"{c.citation.date:%d/%m/%Y}")
        for c in check_citations(of_plan(seed), REGISTER, locality=locality)
    ]
    assert found == CLASHES[seed]


CHECKS = [  # written, province, clashes
    ("Quyết định số 436/QĐ-UBND ngày 11/6/2019 của UBND tỉnh", None, []),
    ("Quyết định số 436/QĐ-UBND", None, []),
    ("Quyết định số 436/QĐ-UBND ngày 11/6/2014", None, ["date"]),
    ("Quyết định số 436/QĐ-UBND ngày 31/6/2019", None, ["date"]),
    ("Quyết định số 436-QĐ-UBND ngày 11/6/2014", None, ["number", "date"]),
    ("Quyết định số 436/QĐ-UBND ngày 11/6/2014 của UBND huyện", None, ["unknown"]),
    ("Quyết định số 436/QĐ-UBND ngày 11/6/2014 của UBND tỉnh Tây Ninh", None, ["unknown"]),
    ("Quyết định số 436/QĐ-UBND ngày 05/5/2020 của UBND tỉnh", "Tây Ninh", ["unknown"]),
    ("436/QĐ-UBND ngày 11/6/2019 của UBND tỉnh Quảng Ngãi", "Tây Ninh", []),
    ("Quyết định số 815/QĐ-UBND ngày 19/8/2022 của UBND TP. Tây Ninh", "Tây Ninh", []),
    ("Chỉ thị số 8-CT/TU ngày 25/5/2021 của Tỉnh uỷ", "Quảng Ngãi", []),
    ("Quyết định số 23-QĐ/TW ngày 30/7/2021 của Bộ Chính trị", "Tây Ninh", []),
    ("Quyết định số 23-QĐ/TW ngày 20/7/2021 của Bộ Chính trị", None, ["date"]),
    ("Pháp lệnh số 34 của Ủy ban Thường vụ Quốc hội", None, []),
    ("Nghị định 145/2020 ngày 14/12/2021 của Chính phủ", None, ["date"]),
    ("Quyết định số 3140/QĐ-UBND ngày 01/02/2022", None, []),  # the register has no date for it
    ("Nghị định số 335/2025/NĐCP", None, ["number"]),
    ("Kế hoạch số 9999/KH-UBND", None, ["unknown"]),
]


@pytest.mark.parametrize(("written", "province", "clashes"), CHECKS)
def test_a_citation_is_held_against_the_register(
    written: str, province: str | None, clashes: list[str]
) -> None:
    found = list(check_citations([parse_citation(written)], REGISTER, locality=province))
    assert [clash.what for clash in found] == clashes
    assert all((clash.document is None) == (clash.what == "unknown") for clash in found)


SAME = [
    ("436/QĐ-UBND ngày 11/6/2019", "Quyết định số 436-QĐ-UBND của UBND tỉnh", True),
    ("436/QĐ-UBND ngày 11/6/2019", "436/QĐ-UBND ngày 11/6/2014", False),
    ("436/QĐ-UBND của UBND tỉnh", "436/QĐ-UBND của Ủy ban nhân dân tỉnh Quảng Ngãi", True),
    ("436/QĐ-UBND của UBND tỉnh Tây Ninh", "436/QĐ-UBND của UBND tỉnh Quảng Ngãi", False),
    ("436/QĐ-UBND của UBND tỉnh", "436/QĐ-UBND của UBND huyện", False),
    ("08-CT/TU", "8-CT/TU", True),
    ("33/CT-TTg", "33-CT/TW", False),
    ("39/KH-UBND", "39a/KH-UBND", False),
    ("34/2007/PL-UBTVQH11 của Ủy ban Thường vụ Quốc hội", "Pháp lệnh số 34", False),
    (
        "34/2007/PL-UBTVQH11 của Ủy ban Thường vụ Quốc hội",
        "Pháp lệnh số 34 của Uỷ ban Thường vụ Quốc hội (khóa XI)",
        True,
    ),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME)
def test_same_document(one: str, other: str, same: bool) -> None:
    a, b = parse_citation(one), parse_citation(other)
    assert same_document(a, b) is same
    assert same_document(b, a) is same


GOOD = """
- {number: 1/QĐ-XY, kind: QĐ, date: 2020-01-01, issuer: XY, locality: null, title: t, source: [s],
   status: stated}
"""
BAD = [
    (GOOD.replace("issuer: XY, ", ""), "mục thứ 1: thiếu hoặc sai nội dung"),
    (GOOD.replace("2020-01-01", "01/01/2020"), "mục thứ 1: thiếu hoặc sai nội dung"),
    (GOOD.replace("stated", "maybe"), "mục thứ 1: thiếu hoặc sai nội dung"),
    (GOOD + "- text\n", "mục thứ 2: thiếu hoặc sai nội dung"),
    (GOOD + GOOD, "mục thứ 2: 1/QĐ-XY đã ghi ở một mục trước"),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_a_faulty_register_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "documents.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=message):
        load_register(path)


def test_a_number_may_return_in_another_year(tmp_path: Path) -> None:
    path = tmp_path / "documents.yaml"
    path.write_text(GOOD + GOOD.replace("2020-01-01", "2021-01-01"), "utf-8")
    register = load_register(path)
    for day, clashes in [("01/01/2020", []), ("01/01/2021", []), ("01/01/2022", ["date"])]:
        found = check_citations([parse_citation(f"số 1/QĐ-XY ngày {day}")], register)
        assert [clash.what for clash in found] == clashes
