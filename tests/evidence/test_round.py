"""A round's folder and its `dot.yaml`.

1. A new round follows its plan and can be loaded again; every plan that we ship makes one.
2. A round that cannot be used says why in Vietnamese, and leaves nothing behind.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from criteria.catalogue import FileFaults, Refusal, UnknownId
from criteria.library import Library
from evidence.folders import FOLDERS
from evidence.placing import FileHeld, write_aside
from evidence.round import Round, RoundFault, heading_of_block, load_round, new_round

SCORING = [id_ for id_ in Library().plan_ids() if Library().plan(id_).criteria]
REPORTING = [id_ for id_ in Library().plan_ids() if not Library().plan(id_).criteria]


@pytest.mark.parametrize("plan", SCORING)
def test_every_plan_that_scores_makes_a_round(tmp_path: Path, plan: str) -> None:
    made = new_round(tmp_path / "dot", plan)
    assert sorted(item.name for item in made.folder.iterdir()) == sorted(["dot.yaml", *FOLDERS])
    assert made.plan.id == plan
    assert made.units == Library().roster(made.plan)
    assert load_round(made.folder) == made


@pytest.mark.parametrize("plan", REPORTING)
def test_a_plan_that_only_asks_for_reports_makes_a_round_without_criteria(
    tmp_path: Path, plan: str
) -> None:
    made = new_round(tmp_path / "dot", plan)
    assert made.scored_by is None
    assert made.units
    assert load_round(made.folder) == made
    with pytest.raises(RoundFault, match="không chấm điểm"):
        _ = made.criteria


def test_a_round_is_not_made_in_the_folder_of_another(tmp_path: Path) -> None:
    new_round(tmp_path / "dot", SCORING[0])
    with pytest.raises(RoundFault, match="nằm trong thư mục của đợt “dot”"):
        new_round(tmp_path / "dot" / "nam-sau", SCORING[0])
    assert not (tmp_path / "dot" / "nam-sau").exists()
    assert new_round(tmp_path / "nam-sau", SCORING[0]).units


UNIT = '  - {code: "01", name: Phường 1, type: xa-phuong}\n'
HEAD = "round: thu\nplan: tay-ninh-city-2023\nyear: 2023\nunits:\n"
FAULTS: list[tuple[str, type[Refusal], str]] = [
    (HEAD + UNIT + UNIT, RoundFault, "mã đơn vị “01” bị dùng 2 lần"),
    (HEAD + UNIT + UNIT.replace("01", "A1") + UNIT.replace("01", "a1"), RoundFault, "“a1” bị dùng 2 lần"),
    (HEAD + UNIT.replace("xa-phuong", "xa-phuog"), UnknownId, "Có phải ý bạn là “xa-phuong”"),
    (HEAD.replace("-2023", "-2024") + UNIT, RoundFault, "Có phải ý bạn là “tay-ninh-city-2023”"),
    (
        HEAD.replace("-2023", "-2024") + UNIT,
        RoundFault,
        "tieu-chi”, hoặc sửa mã ghi ở phần “plan” của dot.yaml",
    ),
    (HEAD, FileFaults, "units"),
    (HEAD.replace("year: 2023\n", "") + UNIT, FileFaults, "thiếu mục “year”"),
    (HEAD + UNIT.replace("name", "nmae"), FileFaults, "mục lạ “nmae”"),
    (HEAD + UNIT.replace("  -", "\t-"), FileFaults, "dấu Tab"),
    (HEAD + UNIT.replace('"01"', '"../01"'), FileFaults, "sai dạng"),  # the code names files
]


@pytest.mark.parametrize(("text", "kind", "words"), FAULTS, ids=[words for *_, words in FAULTS])
def test_a_round_file_with_a_fault(tmp_path: Path, text: str, kind: type[Refusal], words: str) -> None:
    (tmp_path / "dot.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(kind, match=words):
        load_round(tmp_path)


def test_codes_are_text_and_names_may_hold_anything(tmp_path: Path) -> None:
    name = 'Phường "1", số \\ 2: #3'
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    text = HEAD + f'  - {{code: 00070, name: "{escaped}", type: xa-phuong}}\n'
    (tmp_path / "dot.yaml").write_text(text, encoding="utf-8")
    (unit,) = load_round(tmp_path).units
    assert (unit.code, unit.name, unit.block) == ("00070", name, "xa-phuong")


def test_marks_are_the_rounds_own_and_the_criterias(demo_round: Round, tay_ninh: Round) -> None:
    assert demo_round.marks == (demo_round.mark, demo_round.criteria.provenance.warning)
    assert tay_ninh.marks == (tay_ninh.criteria.provenance.warning,)


def test_a_misspelt_fact_does_not_switch_a_limit_off(tmp_path: Path) -> None:
    folder = new_round(tmp_path / "dot", "tay-ninh-city-2023").folder
    shipped = Library().criteria_path("tay-ninh-city-815-2022").read_text(encoding="utf-8")
    limit = "limits:\n  - {id: a, when: {fact: bi-ky-luat}, act: {at_most: Khá}, cite: kh49}\ngroups:\n"
    (folder / "tieu-chi").mkdir()
    own = folder / "tieu-chi" / "tay-ninh-city-815-2022.yaml"
    own.write_text(shipped.replace("groups:\n", limit, 1), encoding="utf-8")
    with (folder / "dot.yaml").open("a", encoding="utf-8") as file:
        file.write("facts:\n  - {unit: '25456', fact: bi-ki-luat, recorded_by: Nguyễn Văn A}\n")
    with pytest.raises(UnknownId, match="Có phải ý bạn là “bi-ky-luat”"):
        load_round(folder)


def test_a_folder_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FileHeld, match="chỉ cho đọc"), write_aside(tmp_path / "a.xlsx"):
        pass


def test_a_blocks_heading_has_the_word_once() -> None:
    assert heading_of_block("UBND xã, phường") == "Khối: UBND xã, phường"
    assert heading_of_block("Khối 1: Sở, ban, ngành") == "Khối 1: Sở, ban, ngành"


def test_a_roster_with_a_slip_leaves_nothing_behind(tmp_path: Path) -> None:
    own = tmp_path / "tieu-chi"
    own.mkdir()
    for line in ("01,UBND xã A,xa-phuong\n01,UBND xã B,xa-phuong", "01,UBND xã A,xa-phuog"):
        (own / "tay-ninh-city-2023.csv").write_text(f"code,name,type\n{line}\n", encoding="utf-8")
        with pytest.raises(Refusal, match=r"“01” bị dùng 2 lần|“xa-phuog”.*xa-phuong"):
            new_round(tmp_path, "tay-ninh-city-2023")
        assert [path.name for path in tmp_path.iterdir()] == ["tieu-chi"]


def test_an_unknown_plan_tells_where_plans_of_ones_own_belong(tmp_path: Path) -> None:
    with pytest.raises(RoundFault, match=r"Hiện có: .*tieu-chi.*rồi chạy lại"):
        new_round(tmp_path / "dot", "binh-hoa-2026")
