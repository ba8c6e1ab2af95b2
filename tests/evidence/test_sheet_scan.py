"""Facts of sheets: found quickly or element by element, they are the same, however the cells are written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.reading.note import Unreadable
from evidence.reading.parts import sound_sheet
from evidence.reading.sheet_scan import SheetFacts, _walk, scan_sheet, take_apart

# what programs write, and what only somebody with a purpose would; @ is the address
PLAIN = [
    '<c r="@"/>',
    '<c r="@" s="3"/>',
    '<c r="@" s="3" t="s"><v>0</v></c>',
    '<c r="@" s="3"><v>1.5</v></c>',
    '<c r="@" t="b"><v>1</v></c>',
    '<c r="@" s="3" t="str"><f>IF(A1&gt;2,"x","")</f><v></v></c>',
    '<c r="@" t="str"><f>A1</f><v>words</v></c>',
    '<c r="@"><f t="shared" ref="A1:A9" si="0">B1+1</f><v>2</v></c>',
    '<c r="@"><f t="shared" si="0"/><v>2</v></c>',
]
OTHERS = [
    '<c r="@" t="e"><v>#DIV/0!</v></c>',
    '<c r="@" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    '<c r="@" s="1"><f>SUM(A1:A2)</f></c>',
    '<c r="@" s="1"><f>SUM(A1:A2)</f><v></v></c>',
    '<c r="@"><f t="shared" si="0"/></c>',
    '<c r="@" t="inlineStr"><is><t>text</t></is></c>',
    '<c r="@" t="str"><f>A1</f><v>a &amp; b</v></c>',
    '<c r="@"><v>4<!-- 5 -->.5</v></c>',
    '<!-- <c r="@" t="e"><v>#N/A</v></c> -->',
    '<?note <c r="@"><v>1</v></c> ?>',
    '<c r="@"><v><![CDATA[7]]></v></c>',
    '<c r="@"><v>&#52;</v></c>',
    "<c r='@'><v>1</v></c>",
    '<c s="1" r="@"><v>1</v></c>',
    '<c  r="@" t = "e"><v>#N/A</v></c>',
    '<c r="@" note="a>b"><v>1</v></c>',
    '<x:c r="@" t="e"><x:v>#REF!</x:v></x:c>',
    '<c r="@" t="s"><v>none</v></c>',
    '<c r="@"><v>1</v><v>2</v></c>',
    '<c r="@"><c r="@" t="e"/></c>',
    '<c r="A1"><v>again</v></c>',
    '<c r="@2000000"><v>1</v></c>',
    "<c><v>1</v></c>",
]
ENDS = ["", '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>', "<x:mergeCell ref='A1:B2'/>"]


def sheet(cells: list[str], end: str = "") -> bytes:
    """A sheet of these cells, three to a row, every second row hidden."""
    rows = ""
    for row, start in enumerate(range(0, len(cells), 3), 1):
        line = (cell.replace("@", f"{'ABC'[at]}{row}") for at, cell in enumerate(cells[start : start + 3]))
        rows += (
            f'<row r="{row}"{"" if row % 2 else " hidden=" + chr(34) + "1" + chr(34)}>{"".join(line)}</row>'
        )
    return f'<?xml version="1.0"?><worksheet><sheetData>{rows}</sheetData>{end}</worksheet>'.encode()


def facts(content: bytes, *, quickly: bool) -> SheetFacts | str:
    """The facts of a sheet, or the code of why it is refused."""
    try:
        content, apart = sound_sheet(content)
        return scan_sheet(content, apart) if quickly else _walk(content)
    except Unreadable as fault:
        return fault.code


def same(content: bytes) -> None:
    """Both ways say the same; the reach may count empty cells."""
    quick, slow = (facts(content, quickly=way) for way in (True, False))
    if isinstance(quick, str) or isinstance(slow, str):
        assert quick == slow
        return
    assert (quick.errors, quick.formulas) == (slow.errors, slow.formulas)
    assert (quick.merged, quick.hidden_rows) == (slow.merged, slow.hidden_rows)
    assert quick.rows >= slow.rows
    assert quick.columns >= slow.columns


@pytest.mark.parametrize("cell", [*PLAIN, *OTHERS])
@pytest.mark.parametrize("end", ENDS)
def test_each_way_of_writing_a_cell(cell: str, end: str) -> None:
    same(sheet([*PLAIN, cell, '<c r="@"><v>3</v></c>'], end))


@given(st.lists(st.sampled_from([*PLAIN, *OTHERS]), max_size=12), st.sampled_from(ENDS))
@settings(max_examples=150)
def test_any_of_them_together(cells: list[str], end: str) -> None:
    same(sheet(cells, end))


def test_plain_cells_are_taken_out_and_nothing_else() -> None:
    apart = take_apart(sheet([*PLAIN, *OTHERS]))
    assert apart.plain[: len(PLAIN)] == [
        f"{'ABC'[at % 3]}{at // 3 + 1}".encode() for at in range(len(PLAIN))
    ]
    for cell in (OTHERS[0], OTHERS[2], OTHERS[5]):
        assert cell.partition("@")[2].encode() in apart.rest


def test_empty_cells_far_away_do_not_count() -> None:
    near = sheet(['<c r="A1"><v>1</v></c>', '<c r="ZZ900000" s="1"/>'])
    found = facts(near, quickly=True)
    assert isinstance(found, SheetFacts)
    assert (found.rows, found.columns) == (1, 1)
