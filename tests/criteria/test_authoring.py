"""The authoring workbook.

1. Export, then import, gives the same criteria: for the shipped decisions and for any document that
   the schema of the language allows, whatever its texts hold.
2. Each small notation reads what it writes, and what a person types in its stead.
3. A change made in Excel is that change and nothing else.
4. All mistakes are told at once, with sheet and row.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from criteria.authoring import BadAuthoring, is_authoring, read_authoring, write_authoring
from criteria.authoring.cells import CITE, LIST, TEXT, BadCell, Notation
from criteria.authoring.conditions import CONDITION, FLOORS
from criteria.authoring.layout import CRITERIA_COLUMNS
from criteria.authoring.rules import INPUT, rule_notation
from criteria.catalogue import FileFaults, Refusal
from criteria.importer.yaml_writer import dump
from criteria.schema import DATE, criteria_schema
from criteria.text_yaml import composed, parse

SHIPPED = sorted(
    path
    for path in (Path(__file__).parents[2] / "criteria" / "decisions").glob("*.yaml")
    if ".cases" not in path.name
)

# --- 1. identity -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_decision_comes_back_the_same(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    write_authoring(tmp_path / "a.xlsx", text)
    assert parse(read_authoring(tmp_path / "a.xlsx")).value == parse(text).value
    write_authoring(tmp_path / "b.xlsx", text)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert is_authoring(tmp_path / "a.xlsx")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_decision_needs_no_json(path: Path, tmp_path: Path) -> None:
    write_authoring(tmp_path / "a.xlsx", path.read_text(encoding="utf-8"))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheets = [book[name] for name in ("Quyết định", "Xếp loại", "Tiêu chí", "Khống chế")]
    cells = [cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if isinstance(cell, str) and cell.startswith("JSON:")]


AWKWARD = [
    "null", "~", "(trống)", "(rỗng)", "JSON: [1]", "JSON:", " a ", "a\nb", "a\r\nb", "\ta", "=1+1", "'x", "_x000D_",
    "_x0041_", "a; b", "a;", '"a" b', '"a"; b', "a: 2 điểm", "a: 50%", "từ 80%: 3 điểm", "a | b", "- a", "1.10", "00070",
    "8,5", "2023-04-04", "a [2 số lẻ]", "# a", "a # b", "{a}", "[a]", "&a", "*a", "<b>&amp;</b>", "Đ\u0300", "\u200b",
    "\ufeff", "\x85", "\u2028", "\x0b", "true", "https://a.vn", "-", "...", "---", "!x", "%x", "@x", "`x", "?", "a\\nb", "\ufffe", "😀",
]  # fmt: skip
# composed, as every text is once it was read
TEXTS = st.sampled_from(AWKWARD) | st.text(
    st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12
).map(composed)
SCHEMA = criteria_schema()


def values(schema: dict[str, Any], depth: int = 0) -> st.SearchStrategy[Any]:
    """Values that fit a schema of ours; knows only the words that our schemas use."""
    if "$ref" in schema:
        inner = SCHEMA["$defs"]["condition"]
        return values(inner if depth < 6 else {"type": "object", **FLAT}, depth + 1)
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "allOf" in schema:  # a criterion: one of its kinds
        kinds = [item for item in schema["allOf"] if "then" in item]
        return st.sampled_from(kinds).flatmap(lambda item: kind_values(item, depth))
    if "anyOf" in schema:
        return st.one_of([values(item, depth) for item in schema["anyOf"]])
    if isinstance(schema["type"], list):
        return st.one_of([values({**schema, "type": name}, depth) for name in schema["type"]])
    return BY_TYPE[schema["type"]](schema, depth)


FLAT = {"required": ["fact"], "properties": {"fact": {"type": "string", "pattern": "^[a-z]+$"}}}


def kind_values(item: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    kind = item["if"]["properties"]["kind"]
    then = {**item["then"], "type": "object"}
    return values({**then, "properties": {**then["properties"], "kind": kind}}, depth)


def string_values(schema: dict[str, Any], depth: int) -> st.SearchStrategy[str]:
    if schema.get("pattern") == DATE["pattern"]:
        return st.dates().map(str)
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], alphabet=st.characters(codec="ascii"))
    longest = schema.get("maxLength", 1000)
    return TEXTS.filter(lambda text: len(text) <= longest)


def object_values(schema: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    named = schema.get("properties", {})
    if not named:
        inner = values(schema["additionalProperties"], depth)
        keys = TEXTS.filter(lambda key: key != "<<")
        return st.dictionaries(keys, inner, min_size=schema.get("minProperties", 0), max_size=3)
    choices = [item["required"] for item in schema.get("oneOf", [{"required": []}])]
    if schema.get("maxProperties") == 1:
        choices = [[key] for key in named]
    free = set(named) - {key for choice in choices for key in choice} - set(schema.get("required", ()))
    if schema.get("maxProperties") == 1:
        free = set()

    def build(choice: list[str], extra: set[str]) -> st.SearchStrategy[Any]:
        keys = {*schema.get("required", ()), *choice, *extra}
        for key in choice:
            keys |= set(schema.get("dependentRequired", {}).get(key, ()))
        return st.fixed_dictionaries({key: values(named[key], depth + 1) for key in sorted(keys)})

    extras = st.sets(st.sampled_from(sorted(free)), max_size=9) if free else st.just(set())
    return st.tuples(st.sampled_from(choices), extras).flatmap(lambda pick: build(*pick))


def array_values(schema: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    least = schema.get("minItems", 0)
    return st.lists(values(schema["items"], depth + 1), min_size=least, max_size=max(least, 2))


BY_TYPE: dict[str, Callable[[dict[str, Any], int], st.SearchStrategy[Any]]] = {
    "string": string_values,
    "object": object_values,
    "array": array_values,
    "null": lambda schema, depth: st.none(),
}
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(document=values(SCHEMA))
def test_any_document_of_the_language_comes_back_the_same(document: Any, tmp_path: Path) -> None:
    text = dump(document)
    assert parse(text).value == document
    write_authoring(tmp_path / "a.xlsx", text)
    assert parse(read_authoring(tmp_path / "a.xlsx")).value == document


@settings(max_examples=300, deadline=None)
@given(text=TEXTS | st.text())
def test_every_text_survives_yaml(text: str) -> None:
    text = composed(text)
    value: Any = {"a": text, "b": [text, {"c": text}], "d": {text if text != "<<" else "x": text}}
    assert parse(dump(value)).value == value


# --- 2. small notations ------------------------------------------------------------------------

BANDS = [
    {"from": "100", "points": "3"},
    {"from": "80", "points": "proportional"},
    {"from": "50", "points": {"from": "1", "to": "2,5"}},
    {"from": "0", "points": "0"},
]
NOTATIONS: list[tuple[Notation, Any, str]] = [
    (TEXT, "Kế hoạch", "Kế hoạch"),
    (TEXT, None, "(trống)"),
    (TEXT, "(trống)", 'JSON: "(trống)"'),
    (LIST, ["phong-ban", "xa-phuong"], "phong-ban; xa-phuong"),
    (LIST, [], "(rỗng)"),
    (LIST, ["a; b", "c"], '"a; b"; c'),
    (CITE, "kh49 III.1, gạch đầu dòng 2", "kh49 III.1, gạch đầu dòng 2"),
    (CITE, ["kh49 III.1"], "kh49 III.1;"),
    (CITE, ["kh49 III.1", "qd1563"], "kh49 III.1; qd1563"),
    (CITE, "a; b", 'JSON: "a; b"'),
    (INPUT, "Tổng số người", "Tổng số người"),
    (INPUT, {"label": "Điểm", "decimals": "2"}, "Điểm [2 số lẻ]"),
    (INPUT, {"label": "Điểm"}, "Điểm [số nguyên]"),
    (rule_notation("judged"), {"step": "0.5"}, "bước điểm: 0.5"),
    (
        rule_notation("choice"),
        {"options": [{"label": "Có: đủ", "points": "2"}, {"label": "Không", "share": "50"}]},
        "Có: đủ: 2 điểm\nKhông: 50% điểm tối đa",
    ),
    (
        rule_notation("ratio"),
        {"bands": BANDS},
        "từ 100%: 3 điểm\ntừ 80%: theo tỷ lệ\ntừ 50%: tăng từ 1 đến 2,5 điểm\ntừ 0%: 0 điểm",
    ),
    (
        rule_notation("count"),
        {"each": "0.5", "direction": "take_off", "free": "2", "floor": "0", "cap": "5"},
        "mỗi trường hợp: 0.5\ncách tính: trừ đi\nmiễn: 2\nđiểm sàn: 0\nđiểm trần: 5",
    ),
    (
        rule_notation("timely"),
        {"deadline": "gui-ke-hoach", "late": [{"days": "5", "points": "1"}]},
        "thời hạn của kế hoạch: gui-ke-hoach\nchậm 5 ngày: 1 điểm",
    ),
    (rule_notation("timely"), {"by": "2023-04-04", "per_day": "0.25"}, "chậm nhất ngày: 2023-04-04\nmỗi ngày chậm trừ: 0.25"),
    (
        rule_notation("imported"),
        {"table": "cchc", "as": "percent", "of": "100", "bands": BANDS[-1:]},
        "lấy từ bảng: cchc\ntính theo: phần trăm\nthang điểm gốc: 100\ntừ 0%: 0 điểm",
    ),
    (CONDITION, {"fact": "ky-luat"}, "sự việc ky-luat"),
    (CONDITION, {"dossier": "none"}, "không có hồ sơ"),
    (CONDITION, {"dossier": "late"}, "hồ sơ chậm"),
    (CONDITION, {"group": "5", "percent_below": "50"}, "nhóm 5 dưới 50%"),
    (CONDITION, {"criterion": "5.1", "percent_below": "33,5"}, "tiêu chí 5.1 dưới 33,5%"),
    (CONDITION, {"evidence_missing": "3"}, "thiếu minh chứng từ 3 tiêu chí"),
    (
        CONDITION,
        {"all": [{"any": [{"fact": "a"}, {"dossier": "late"}]}, {"not": {"fact": "b"}}]},
        "tất cả(một trong(sự việc a; hồ sơ chậm); không phải(sự việc b))",
    ),
    (CONDITION, {"fact": "a", "percent_below": "5"}, 'JSON: {"fact": "a", "percent_below": "5"}'),
    (FLOORS, [{"each": "criterion", "percent": "50"}, {"group": "5", "percent": "60"}], "mỗi tiêu chí từ 50%; nhóm 5 từ 60%"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("notation", "value", "text"), NOTATIONS, ids=lambda x: x if isinstance(x, str) else ""
)
def test_a_notation_is_read_as_it_is_written(notation: Notation, value: Any, text: str) -> None:
    assert notation.cell(value) == text
    assert notation.value(text) == value


@pytest.mark.parametrize(
    ("notation", "typed", "value"),
    [
        (LIST, " phong-ban ;xa-phuong; ", ["phong-ban", "xa-phuong"]),
        (LIST, '"Dân vận khéo" năm 2023; b', ['"Dân vận khéo" năm 2023', "b"]),
        (INPUT, "Điểm  [1 số lẻ]", {"label": "Điểm", "decimals": "1"}),
        (rule_notation("ratio"), "Từ 80 : 2\n\ntừ 0%:0 điểm", {"bands": [{"from": "80", "points": "2"}, {"from": "0", "points": "0"}]}),
        (rule_notation("choice"), "Đạt:2\nKhông đạt: 0", {"options": [{"label": "Đạt", "points": "2"}, {"label": "Không đạt", "points": "0"}]}),
        (rule_notation("count"), "Mỗi trường hợp: 0,5\nCách tính: Cộng thêm", {"each": "0,5", "direction": "add"}),
        (CONDITION, "Nhóm 5 dưới 50 %", {"group": "5", "percent_below": "50"}),
        (CONDITION, "MỘT TRONG ( hồ sơ chậm ; không có hồ sơ )", {"any": [{"dossier": "late"}, {"dossier": "none"}]}),
        (FLOORS, "nhóm 5 từ 60%\nmỗi nhóm từ 50%", [{"group": "5", "percent": "60"}, {"each": "group", "percent": "50"}]),
    ],
)  # fmt: skip
def test_a_notation_reads_what_people_type(notation: Notation, typed: str, value: Any) -> None:
    assert notation.value(typed) == value


@pytest.mark.parametrize(
    ("notation", "typed"),
    [
        (rule_notation("ratio"), "trên 80%: 2 điểm"),
        (rule_notation("ratio"), "từ 80%: nhiều"),
        (rule_notation("choice"), "Đạt"),
        (CONDITION, "nhóm 5"),
        (CONDITION, "tất cả(hồ sơ chậm"),
        (CONDITION, "(" * 3000),
        (CONDITION, "không phải(" * 500 + "hồ sơ chậm" + ")" * 500),
        (FLOORS, "mỗi tiêu chí"),
        (TEXT, "JSON: {"),
    ],
)
def test_a_notation_refuses_what_it_does_not_know(notation: Notation, typed: str) -> None:
    with pytest.raises(BadCell):
        notation.value(typed)


# --- 3. editing --------------------------------------------------------------------------------

TAY_NINH = next(path for path in SHIPPED if "815" in path.name)


def column(key: str) -> int:
    return [item.key for item in CRITERIA_COLUMNS].index(key) + 1


def edited(tmp_path: Path, change: Callable[[Any], None]) -> Any:
    """The criteria after a change to the sheets, made in a workbook saved by another program."""
    path = tmp_path / "a.xlsx"
    write_authoring(path, TAY_NINH.read_text(encoding="utf-8"))
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return parse(read_authoring(path)).value


def find(sheet: Any, id_: str) -> int:
    return next(row for row in range(1, 500) if sheet.cell(row, column("id")).value == id_)


def test_a_changed_maximum_and_an_added_row_are_that_edit(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["Tiêu chí"]
        row = find(sheet, "1.2")
        sheet.cell(row, column("max")).value = 2.5  # a number, typed into a cell that lost its format
        sheet.insert_rows(row + 1)
        for key, text in {
            "": "Tiêu chí", "id": "1.10", "title": "Tiêu chí mới ", "max": "8,5", "kind": "Tỷ lệ", "input 1": "Đạt",
            "input 2": "Tổng", "rule": "từ 100%: 8,5\ntừ 0%: 0", "evidence": "bắt buộc", "cite": "kh49 II.1",
        }.items():  # fmt: skip
            sheet.cell(row + 1, column(key)).value = text

    expected: Any = copy.deepcopy(parse(TAY_NINH.read_text(encoding="utf-8")).value)
    leaves = expected["groups"][0]["criteria"]
    leaves[1]["max"] = "2.5"
    leaves.insert(
        2,
        {
            "id": "1.10", "title": "Tiêu chí mới", "max": "8,5", "kind": "ratio", "inputs": {"done": "Đạt", "of": "Tổng"},
            "bands": [{"from": "100", "points": "8,5"}, {"from": "0", "points": "0"}], "evidence": "required", "cite": "kh49 II.1",
        },
    )  # fmt: skip
    assert edited(tmp_path, change) == expected


def test_moved_columns_lines_above_and_a_column_of_ones_own_change_nothing(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["Tiêu chí"]
        sheet.insert_rows(1, 2)
        sheet["A1"] = "Bản góp ý của Phòng Nội vụ"
        sheet.insert_cols(1)
        sheet["A3"] = "Ý kiến"
        sheet["A5"] = "đồng ý"
        book["Xếp loại"].move_range("A1:B20", cols=10)

    assert edited(tmp_path, change) == parse(TAY_NINH.read_text(encoding="utf-8")).value


def test_a_date_typed_in_the_head_is_a_date_of_the_file(tmp_path: Path) -> None:
    import datetime

    def change(book: Any) -> None:
        sheet = book["Quyết định"]
        row = next(r for r in range(1, 60) if sheet.cell(r, 1).value == "Ngày quyết định")
        sheet.cell(row, 3).value = datetime.date(2022, 8, 20)

    assert edited(tmp_path, change)["decision"]["date"] == "2022-08-20"


# --- 4. mistakes -------------------------------------------------------------------------------


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["Tiêu chí"]
        sheet.cell(2, column("")).value = "Nhốm"
        sheet.cell(find(sheet, "2.1"), column("rule")).value = "đạt là được"
        book["Quyết định"].cell(2, 1).value = "Mã của bộ"
        del book["Khống chế"]

    with pytest.raises(BadAuthoring) as caught:
        edited(tmp_path, change)
    text = str(caught.value)
    for part in (
        "dòng 2: cột “Loại dòng”",
        "“đạt là được”",
        "không có mục tên “Mã của bộ”",
        "thiếu trang “Khống chế”",
    ):
        assert part in text


def test_a_text_that_is_no_criteria_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileFaults):
        write_authoring(tmp_path / "a.xlsx", "criteria: x\n")
    assert list(tmp_path.iterdir()) == []


def test_a_text_too_long_for_a_cell_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    text = TAY_NINH.read_text(encoding="utf-8").replace(
        "title: Cải cách hành chính", f"title: {'a' * 40_000}"
    )
    with pytest.raises(Refusal, match="không giữ đủ"):
        write_authoring(tmp_path / "a.xlsx", text)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"abc")
    with pytest.raises(BadAuthoring, match="không mở được"):
        read_authoring(path)
    assert not is_authoring(path)
