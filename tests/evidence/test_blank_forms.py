"""Blank forms of many units at once.

1. Each is to the byte what `write_form` writes, whatever its unit is called.
2. Units that differ in code and name only share what is written cell by cell; no others do.
3. A file that is open elsewhere stays as it was; what breaks off leaves whole files only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.model import Unit
from evidence.form import blank
from evidence.form.blank import blank_forms
from evidence.form.writer import write_form
from evidence.placing import FileHeld
from evidence.round import Round

Writer = Callable[[Path, Unit], None]

NAMES = (
    "UBND phường 1",
    "UBND PHƯỜNG 1",
    "Phòng Văn hóa & Thông tin",
    "Phòng “Một cửa”, số 1-2/3; (mới) +",
    'Phòng "Một cửa" <mới>',
    " UBND phường 1 ",
    "UBND\nphường 1",
    "UBND\tphường\x01 1\u00a0",
    "=1+1",
    "_x0041_ _X0041_",
    "Straße ŉ ǆ",
    "UBND phươ\u0300ng 1",
    "\U0010fffc\U0010fffda\U0010fffdA",
    "😀",
    "1",
    "a" * 199 + "b" * 300,
)


def same(tay_ninh: Round, write: Writer, folder: Path, unit: Unit) -> bool:
    """Whether both ways give the same bytes for a unit."""
    write(folder / "one.xlsx", unit)
    write_form(folder / "other.xlsx", tay_ninh, unit)
    return (folder / "one.xlsx").read_bytes() == (folder / "other.xlsx").read_bytes()


# 1: the same bytes ------------------------------------------------------------------------------


def test_every_unit_of_a_round(tay_ninh: Round, tmp_path: Path) -> None:
    write = blank_forms(tay_ninh)
    assert [unit.code for unit in tay_ninh.units if not same(tay_ninh, write, tmp_path, unit)] == []


@pytest.mark.parametrize("name", NAMES)
def test_whatever_a_unit_is_called(tay_ninh: Round, tmp_path: Path, name: str) -> None:
    assert same(tay_ninh, blank_forms(tay_ninh), tmp_path, replace(tay_ninh.units[0], name=name))


def test_texts_that_the_form_holds_anyway(tay_ninh: Round, tmp_path: Path) -> None:
    """A file keeps a text once: a unit that is called like something else shares it."""
    unit, write = tay_ninh.units[0], blank_forms(tay_ninh)
    called = [
        ("NV", "Nv"),
        ("NV", "NV"),
        ("Nv", "Nv"),
        ("2023", "UBND phường 1"),
        ("STT", "UBND phường 1"),
        ("25456", "2023"),
        ("25456", tay_ninh.criteria.unit_types[unit.type]),
        ("25456", tay_ninh.blocks[unit.block]),
        ("25456", tay_ninh.criteria.criteria[0].title),
    ]
    for code, name in called:
        assert same(tay_ninh, write, tmp_path, replace(unit, code=code, name=name)), (code, name)


_OWN_WORDS = st.sampled_from(
    ["UBND", "xã", "Ở", "1", "ﬁ", "ı", " ", "-", "_x", "&", "\U0010fffc", "\U0010fffda"]
)


@settings(max_examples=25, deadline=None)
@given(
    code=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,40}", fullmatch=True),
    name=st.text(min_size=1, max_size=20) | st.lists(_OWN_WORDS, min_size=1, max_size=6).map("".join),
    at=st.integers(0, 16),
)
def test_any_code_and_name(
    tay_ninh: Round, tmp_path_factory: pytest.TempPathFactory, code: str, name: str, at: int
) -> None:
    unit = replace(tay_ninh.units[at], code=code, name=name)
    assert same(tay_ninh, blank_forms(tay_ninh), tmp_path_factory.getbasetemp(), unit)


# 2: what is written once ------------------------------------------------------------------------


def test_units_alike_are_written_once(
    tay_ninh: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Unit] = []
    whole = blank.form_bytes

    def counted(round_: Round, unit: Unit) -> bytes:
        written.append(unit)
        return whole(round_, unit)

    monkeypatch.setattr(blank, "form_bytes", counted)
    write = blank_forms(tay_ninh)
    for unit in tay_ninh.units:
        write(tmp_path / f"{unit.code}.xlsx", unit)
    kinds = {(unit.type, unit.block, len(unit.code)) for unit in tay_ninh.units}
    assert len(written) == len(kinds) < len(tay_ninh.units)
    another = replace(tay_ninh.by_code["25456"], code="99999", name="UBND phường khác")
    write(tmp_path / "99999.xlsx", another)
    assert len(written) == len(kinds)
    write(tmp_path / "99999.xlsx", replace(another, name="A & B"))
    assert len(written) == len(kinds) + 1


# 3: files ---------------------------------------------------------------------------------------


def test_form_open_in_excel_stays_as_it_was(
    tay_ninh: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, unit = tmp_path / "25456.xlsx", tay_ninh.by_code["25456"]
    path.write_bytes(b"what Excel holds")

    def held(*_: object) -> None:
        raise PermissionError(13, "held")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(FileHeld, match=r"“25456.xlsx” vì tệp đang mở"):
        blank_forms(tay_ninh)(path, unit)
    assert path.read_bytes() == b"what Excel holds"
    assert [item.name for item in tmp_path.iterdir()] == ["25456.xlsx"]


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), OSError(28, "full")])
def test_broken_off_whole_files_are_left(
    tay_ninh: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    write, (first, second) = blank_forms(tay_ninh), tay_ninh.units[:2]
    write(tmp_path / "first.xlsx", first)
    whole = (tmp_path / "first.xlsx").read_bytes()

    def broken(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:1000])
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", broken)
        for path in (tmp_path / "first.xlsx", tmp_path / "second.xlsx"):
            with pytest.raises(type(fault)):
                write(path, second)
    assert [(item.name, item.read_bytes()) for item in tmp_path.iterdir()] == [("first.xlsx", whole)]


def test_no_room_for_the_parts_of_a_form_is_told_as_such(
    tay_ninh: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """XlsxWriter wraps what the disk says."""

    def full(_: xlsxwriter.Workbook) -> None:
        raise xlsxwriter.exceptions.FileCreateError(OSError(28, "full"))

    monkeypatch.setattr(xlsxwriter.Workbook, "close", full)
    with pytest.raises(OSError, match="full"):
        blank_forms(tay_ninh)(tmp_path / "25456.xlsx", tay_ninh.by_code["25456"])
    assert list(tmp_path.iterdir()) == []
