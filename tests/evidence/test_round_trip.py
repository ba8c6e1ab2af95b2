"""Forms that other programs filled: what was typed is what is read, what the form shows is what counts.

1. What is typed with openpyxl reads back to exactly that: numbers as numbers and as text, levels,
   “không phát sinh”, evidence, explanations with diacritics (composed or not) and a leading `=`.
2. Opening and saving in LibreOffice changes nothing of it.
3. For 206 fillings with every edge of every rule just below, at and just above, and with mistakes of
   every kind: the form's live points, states, subtotals, total, maximum, percent and grade, as
   LibreOffice computes them anew, are the engine's.
4. Odd ways of writing a figure mean to the form's formulas what they mean to the reader.
5. The values stored beside the formulas are those that the formulas give.
"""

from __future__ import annotations

import dataclasses
import itertools
import random
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import numpy as np
import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from criteria.exact import divide
from criteria.model import Criterion, Unit
from evidence.form.filling import Filling, FormEntry, Typed
from evidence.form.writer import write_form
from evidence.intake import Intake, take_in
from evidence.reading.reader import read_submission
from evidence.reading.workbook import read_workbook
from evidence.round import Round
from reports.worth import with_worth
from scoring.results import Results, score
from tests.evidence import typist
from tests.evidence.fillings import DOCUMENTS, best, dealt, nearly_best, sound, written
from tests.evidence.other_rules import BALANCE, COUNTINGS, Counting, make_round
from tests.libreoffice import needs_libreoffice, recalculate

SEED = 20230327  # the day of the plan
EXPLANATIONS = (
    "",
    "Đã thực hiện đầy đủ; kết quả ở báo cáo số 12.",
    "=SUM(A1:A9) là cách chúng tôi cộng",
    "@ghi chú, +84 276 3822 233, -, 50% & <b>",
    unicodedata.normalize("NFD", "Đơn vị không được giao nhiệm vụ này, Thạnh Tân"),
    "dòng một\ndòng hai",
)
REFERENCES = ("1", "1; 3", "1-3", "2,3", 2)

# a round, what its units type, and the grades by hand of the last of them
Filled: TypeAlias = tuple[Round, list[dict[str, FormEntry]], list[str]]
Cells: TypeAlias = dict[tuple[str, str], object]  # (row, column) of a form, by what stands there


# 1 and 2: what was typed ------------------------------------------------------------------------


def random_filling(round_: Round, unit: Unit, rng: random.Random) -> dict[str, FormEntry]:
    """Sound answers to most criteria; "không phát sinh" where allowed; some left out."""
    entries: dict[str, FormEntry] = {}
    for leaf in round_.criteria.applying(unit.type):
        evidence, explanation = rng.choice(REFERENCES), rng.choice(EXPLANATIONS)
        if leaf.not_applicable != "forbidden" and rng.random() < 0.2:
            entries[leaf.id] = FormEntry(None, None, rng.choice(["x", "KPS"]), "", explanation)
        elif rng.random() < 0.95:
            a, b = rng.choice(sound(leaf))
            entries[leaf.id] = FormEntry(
                written(a, rng), written(b, rng), "", evidence, explanation  # type: ignore[arg-type]
            )  # fmt: skip
    return entries


def meant(leaf: Criterion, typed: Typed) -> int | None:
    """Thousandths of a typed number, the place of a typed level, the ordinal of a day, all by hand."""
    if typed is None:
        return None
    wanted = leaf.rule.inputs[0]
    text = str(typed).strip().casefold()
    if wanted.type == "level":
        return [level.casefold() for level in wanted.levels].index(text)
    if wanted.type == "date":
        if isinstance(typed, date):
            return typed.toordinal()
        return date(*map(int, reversed(text.split("/")))).toordinal() if "/" in text else 0
    return int(Decimal(text.replace(",", ".")) * 1000)


def expected_answer(leaf: Criterion, entry: FormEntry | None) -> dict[str, object]:
    """The answers' row that an entry must come to."""
    entry = entry or FormEntry()
    state = "not_applicable" if entry.na else "blank" if entry.x1 is None else "answered"
    return {
        "criterion": leaf.id,
        "state": state,
        "x1": meant(leaf, entry.x1),
        "x2": meant(leaf, entry.x2),
        "evidence": str(entry.evidence).strip(),
        "explanation": unicodedata.normalize("NFC", entry.explanation),
    }


def read_back(intake: Intake, unit: Unit) -> list[dict[str, object]]:
    """The answers of a unit as plain values."""
    rows = intake.answers[intake.answers["unit"] == unit.code]
    columns = ["criterion", "state", "x1", "x2", "evidence", "explanation"]
    return [
        {key: None if pd.isna(value) else value for key, value in row.items()}
        for row in rows[columns].to_dict("records")
    ]


def send_random(round_: Round, units: Sequence[Unit]) -> dict[str, dict[str, FormEntry]]:
    """Forms of the units, filled at random with openpyxl; gives what was typed."""
    rng = random.Random(SEED)
    typed = {}
    for unit in units:
        path = round_.folder / "nop" / f"{unit.code}.xlsx"
        write_form(path, round_, unit)
        typed[unit.code] = random_filling(round_, unit, rng)
        typist.fill(path, typed[unit.code], DOCUMENTS)
    return typed


def assert_reads_back(round_: Round, units: Sequence[Unit], typed: dict[str, dict[str, FormEntry]]) -> None:
    intake = take_in(round_)
    for unit in units:
        leaves = round_.criteria.applying(unit.type)
        want = [expected_answer(leaf, typed[unit.code].get(leaf.id)) for leaf in leaves]
        assert read_back(intake, unit) == want, unit
        sent = read_submission(read_workbook(round_.folder / "nop" / f"{unit.code}.xlsx"))
        got = [(d.no, d.number, d.date, d.issuer, d.summary, d.file) for d in sent.documents]
        want_documents = [
            (str(n), d.number, d.date, d.issuer, d.summary, d.file) for n, d in enumerate(DOCUMENTS, 1)
        ]
        assert got == want_documents, unit


def test_typed_with_openpyxl_reads_back_exactly(tay_ninh: Round, tmp_path: Path) -> None:
    round_ = dataclasses.replace(tay_ninh, folder=tmp_path)
    typed = send_random(round_, round_.units)
    assert {unit.type for unit in round_.units} == set(round_.criteria.unit_types)
    assert_reads_back(round_, round_.units, typed)


@needs_libreoffice
def test_saved_by_libreoffice_reads_back_exactly(tay_ninh: Round, tmp_path: Path) -> None:
    round_ = dataclasses.replace(tay_ninh, folder=tmp_path)
    units = round_.units[::2]
    typed = send_random(round_, units)
    paths = [tmp_path / "nop" / f"{unit.code}.xlsx" for unit in units]
    for path, saved in zip(paths, recalculate(paths, tmp_path / "saved"), strict=True):
        saved.replace(path)
    assert_reads_back(round_, units, typed)


# 3: what the form shows -------------------------------------------------------------------------


def shown(path: Path) -> Cells:
    """What the criteria sheet shows, numbers as thousandths: by criterion or line, and by column."""
    table = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Tự chấm").to_python()
    head = next(row for row in table if row[0] == "Mã")
    columns = ("Điểm tự chấm", "Tình trạng", "Trạng thái", "Tối đa áp dụng")
    at = {name: head.index(name) for name in columns}
    cells: Cells = {}
    for row in table[table.index(head) + 1 :]:
        label = str(row[0])
        if label and label[0].isdigit():
            cells |= {(label, name): _thousandths(row[column]) for name, column in at.items()}
        elif label.startswith(("Tổng điểm", "Điểm tối đa", "Tỷ lệ", "Xếp loại")):
            cells[label.split(" (")[0], ""] = _thousandths(row[at["Điểm tự chấm"]])
    return cells


def _thousandths(value: object) -> object:
    """Whole thousandths of a number that is a number of thousandths; anything else as it is."""
    if isinstance(value, float):
        nearest = round(value * 1000)
        return nearest if abs(value * 1000 - nearest) < 1e-6 else value
    return value


STATUS = {
    "answered": "Đủ",
    "not_applicable": "Không phát sinh",
    "faulty": "Số liệu sai",
    "blank": "Chưa kê khai",
}


def computed(results: Results, intake: Intake, unit: Unit) -> Cells:
    """What the form must show by the engine's ledger and results."""
    criteria, cells = results.criteria, Cells()
    ledger = results.ledger[results.ledger["unit"] == unit.code]
    evidence = intake.answers[intake.answers["unit"] == unit.code].set_index("criterion")["evidence"]
    for row in ledger.to_dict("records"):
        leaf, state = criteria.by_id[row["criterion"]], row["status"]
        bare = state == "answered" and leaf.evidence == "required" and not evidence[leaf.id]
        cells[leaf.id, "Điểm tự chấm"] = "" if pd.isna(row["self"]) else row["self"]
        office = state == "blank" and leaf.rule.KIND == "imported"
        status = "Thiếu minh chứng" if bare else "Cơ quan chủ trì nhập" if office else STATUS[state]
        cells[leaf.id, "Tình trạng"] = status
        cells[leaf.id, "Trạng thái"] = state
        cells[leaf.id, "Tối đa áp dụng"] = row["applicable"]
    for group, rows in ledger.groupby("group"):
        scale = criteria.group_by_id[str(group)].kind == "scale"
        cells[str(group), "Điểm tự chấm"] = group_points(results, str(group), rows)
        cells[str(group), "Tối đa áp dụng"] = int(rows["applicable"].sum()) if scale else ""
        cells[str(group), "Tình trạng"] = cells[str(group), "Trạng thái"] = ""
    row = results.units.set_index("code").loc[unit.code]
    # nobody has appraised: what counts in the end is what the unit claims
    cells["Tổng điểm tự chấm", ""] = 0 if pd.isna(row["final"]) else int(row["final"])
    cells["Điểm tối đa áp dụng cho đơn vị", ""] = int(row["max"])
    # a form in which nothing counts yet shows 0 %, or nothing where nothing applies
    nothing = 0 if row["max"] else ""
    cells["Tỷ lệ so với điểm tối đa áp dụng", ""] = (
        nothing if pd.isna(row["percent"]) else int(row["percent"])
    )
    cells["Xếp loại tạm tính theo điểm tự chấm", ""] = row["grade_by_points"] or ""
    return cells


def group_points(results: Results, id_: str, rows: pd.DataFrame) -> int:
    """Points of a group by hand: summed as rounded or exactly, rounded if due, bonus and penalty capped."""
    group, policy = results.criteria.group_by_id[id_], results.criteria.policy
    if policy.points_at == "criterion":
        points = int(rows["self"].sum())
    else:
        known = rows[rows["self"].notna()]
        total = sum(map(Fraction, known["exact"]), Fraction(0))
        digits = policy.points_digits if policy.points_at == "group" else 3
        num, den = (np.array([part], dtype=object) for part in total.as_integer_ratio())
        points = int(divide(num, den, digits, policy.points_rounding)[0])
    return points if group.kind == "scale" else min(points, group.top)


def scored(round_: Round) -> tuple[Intake, Results]:
    """What came in, all of it taken, and what it comes to."""
    intake = take_in(round_)
    assert intake.received == {unit.code for unit in round_.units}
    return intake, score(round_.criteria, round_.plan, round_.units, intake.answers, intake.rejected)


def disagreements(
    round_: Round, intake: Intake, results: Results, recalculated: dict[str, Path]
) -> Iterator[tuple[object, ...]]:
    """(unit, row, column, form, engine) of every cell of the recalculated forms that differs."""
    for unit in round_.units:
        form, engine = shown(recalculated[unit.code]), computed(results, intake, unit)
        for key in sorted(form.keys() | engine.keys()):
            if form.get(key) != engine.get(key):
                yield unit.code, *key, form.get(key), engine.get(key)


def send(round_: Round, unit: Unit, entries: dict[str, FormEntry], way: int) -> Path:
    """A filled form with useless stored values: written in one go, or typed into the blank one."""
    path = round_.folder / "nop" / f"{unit.code}.xlsx"
    if way % 2:
        write_form(path, round_, unit)
        typist.fill(path, entries)
    else:
        write_form(path, round_, unit, Filling(entries))
    return path


def tay_ninh_round(folder: Path, base: Round) -> Filled:
    """92 units under the shipped criteria: 86 for every edge, 6 with few lapses or many."""
    rng = random.Random(SEED)
    kinds = ["xa-phuong"] * 42 + ["phong-ban"] * 22 + ["don-vi-su-nghiep"] * 22
    rng.shuffle(kinds)
    kinds += [*base.criteria.unit_types] * 2
    units = tuple(
        Unit(f"t{number:03}", f"Đơn vị {number}", kind, kind) for number, kind in enumerate(kinds)
    )
    filled = dealt(base.criteria, units[:86], rng)
    for number, unit in enumerate(units[86:]):
        filled.append(nearly_best([*base.criteria.applying(unit.type)], number * 5, rng))
    blocks = dict(base.criteria.unit_types)
    return dataclasses.replace(base, folder=folder, units=units, blocks=blocks), filled, []


# maxima of the other rules' first group, in thousandths
TOPS = {"1.1": 9700, "1.2": 7000, "1.3": 3000, "1.4": 10_000, "1.5": 5000, "1.6": 5000}
TOPS |= {"1.7": 7000, "1.8": 7300, "1.9": 4000, "1.10": 2000}
NOTHING = {
    "1.7": FormEntry("Không"),
    "1.8": FormEntry(0, 7),
    "1.9": FormEntry("không gửi"),
    "1.10": FormEntry(0),
}


def at_the_cut_offs(round_: Round, rng: random.Random) -> Iterator[tuple[dict[str, FormEntry], str]]:
    """Nine fillings just below, at and just above the cut-offs at 90, 70 and 50, with their grades.

    Three more: all points and bonus upon them, the same under a floor, penalty with nothing to take off.
    """
    policy = round_.criteria.policy
    grain = 10 ** (3 - policy.points_digits)
    by_points = policy.grade_on == "points"
    for cut_off, zeros in ((90, ()), (70, ("1.7",)), (50, tuple(NOTHING))):
        for beside in (-grain, 0, grain):
            of_1_5 = rng.choice([4, 4.5, 5])
            entries = {leaf.id: best(leaf) for leaf in round_.criteria.criteria if leaf.group in "12"}
            entries |= {"1.5": FormEntry(of_1_5, None, "", "1")} | {id_: NOTHING[id_] for id_ in zeros}
            left_out = [] if by_points else rng.choice([[], ["1.1"], ["1.4"], ["1.1", "1.4"]])
            entries |= {id_: FormEntry(na="x") for id_ in left_out}
            had = TOPS | {"1.5": int(of_1_5 * 1000)} | dict.fromkeys([*zeros, *left_out], 0)
            whole = 100_000 - sum(TOPS[id_] for id_ in left_out)
            least = cut_off * 1000 if by_points else -(-cut_off * whole // 100)
            balance = -(-least // grain) * grain + beside - sum(had.values())
            assert 0 <= balance <= 40_000, balance
            entries[BALANCE] = FormEntry(balance / 1000)
            percent = Fraction(100 * (sum(had.values()) + balance), 100_000 if by_points else whole)
            # from 90, above 70, from 50
            grades = {"Tốt": percent >= 90, "Khá": percent > 70, '"Vừa"': percent >= 50, "Yếu": True}
            yield entries, next(grade for grade, earned in grades.items() if earned)
    everything = {leaf.id: best(leaf) for leaf in round_.criteria.criteria if leaf.group != "4"}
    yield everything, "Tốt"
    yield everything | {"1.10": NOTHING["1.10"]}, "Khá"  # Tốt asks for a fifth of every criterion
    everything_off = {"4.1": FormEntry(5), "4.2": FormEntry(1.5), "1.4": FormEntry(na="x")}
    none = {"1.3": FormEntry(0), "1.5": FormEntry(0, None, "", "1"), BALANCE: FormEntry(0)}
    yield none | NOTHING | everything_off, "Yếu"


def other_rounds(folder: Path) -> list[Filled]:
    """114 units under rules of other shapes, counted in six ways: 42 for every edge, 72 at cut-offs."""
    rng = random.Random(SEED)
    rounds = []
    for number, counting in enumerate(COUNTINGS):
        codes = [f"r{number}{unit:02}" for unit in range(19)]
        rounds.append(make_round(folder / str(number), counting, codes))
    takers = [unit for round_ in rounds for unit in round_.units[:7]]
    decks = iter(dealt(rounds[0].criteria, takers, rng))
    filled: list[Filled] = []
    for round_ in rounds:
        near = list(at_the_cut_offs(round_, rng))
        entries = [*itertools.islice(decks, 7), *(entries for entries, _ in near)]
        filled.append((round_, entries, [grade for _, grade in near]))
    return filled


@needs_libreoffice
@pytest.mark.parametrize(("rules", "forms"), [("shipped", 92), ("others", 114)])
def test_form_shows_what_the_engine_computes(
    tay_ninh: Round, tmp_path: Path, rules: str, forms: int
) -> None:
    shipped = rules == "shipped"
    rounds = [tay_ninh_round(tmp_path, tay_ninh)] if shipped else other_rounds(tmp_path)
    paths = [
        send(round_, unit, entries, way)
        for round_, filled, _ in rounds
        for way, (unit, entries) in enumerate(zip(round_.units, filled, strict=True))
    ]
    assert len(paths) == forms
    again = recalculate(paths, tmp_path / "recalculated")
    made = dict(zip([path.stem for path in paths], again, strict=True))
    outcomes = [(round_, *scored(round_)) for round_, *_ in rounds]
    found = [str(line) for outcome in outcomes for line in disagreements(*outcome, made)]
    assert not found, f"{len(found)} cells (unit, row, column, form, engine): " + "\n".join(found[:40])
    # the comparison would mean little if all fillings ended alike
    states = {state for *_, results in outcomes for state in results.ledger["status"]}
    assert states == {"answered", "not_applicable", "faulty", "blank"}
    if shipped:
        grades = set(outcomes[0][-1].units["grade"].dropna())
        assert grades == {grade.label for grade in tay_ninh.criteria.grades}
    else:
        for (_, _, grades), (_, _, results) in zip(rounds, outcomes, strict=True):
            assert list(results.units["grade"].iloc[7:]) == grades
        assert {grade for _, _, grades in rounds for grade in grades} == {"Tốt", "Khá", '"Vừa"', "Yếu"}
    # some of the forms as a spreadsheet program saves them: their points are those of their figures
    for number, path in enumerate(paths):
        if number % 4:
            path.unlink()
        else:
            shutil.copyfile(made[path.stem], path)
    problems = [item for round_, *_ in rounds for item in take_in(round_).problems]
    assert [
        item for item in problems if item.code in ("points-differ", "max-changed", "title-changed")
    ] == []


@pytest.mark.parametrize("counting", COUNTINGS, ids=lambda way: f"{way.at} {way.points[0]} {way.grade_on}")
def test_a_unit_that_sent_nothing_stops_no_other(tmp_path: Path, counting: Counting) -> None:
    round_ = make_round(tmp_path, counting, ["a", "b"])
    entries = {leaf.id: best(leaf) for leaf in round_.criteria.criteria if leaf.group in "12"}
    send(round_, round_.units[0], entries, 0)
    intake = take_in(round_)
    results = score(round_.criteria, round_.plan, round_.units, intake.answers, intake.rejected)
    got = results.units[["code", "state", "final", "grade"]].astype(object).where(pd.notna, None)
    assert got.to_numpy().tolist() == [["a", "sent", 100_000, "Tốt"], ["b", "not_sent", None, None]]


# 4: odd writings --------------------------------------------------------------------------------

IN_TIME = "Gửi đúng thời hạn cả báo cáo và hồ sơ"  # a level of criterion 1.6
BARE = "gui dung thoi han ca bao cao va ho so"
ODD = {  # how somebody writes it: the field it stands in
    **dict.fromkeys(
        ["+3", "3,0", "3.000", "1 000", "1.234.567", "1,234,567", "300%", "3e0", "(3)"], "whole"
    ),
    **dict.fromkeys(["３", "\u00a03\u00a0", "\u00a0", "3 buổi", "08/05/2023", "$3", ",5", "3,"], "whole"),
    **dict.fromkeys(["3,25", ",25", "50%", "1.5.0"], "points"),
    **dict.fromkeys(
        [f"{IN_TIME} ", IN_TIME.upper(), IN_TIME.replace(" ", "  ", 1), "Gửi*", f"?{IN_TIME[1:]}"], "level"
    ),
    **dict.fromkeys(
        [unicodedata.normalize("NFD", IN_TIME), IN_TIME.replace(" ", "\u00a0", 1), BARE], "level"
    ),
    **dict.fromkeys(["x", "X ", "x.", "KPS", "khong phat sinh", "KHÔNG PHÁT SINH"], "mark"),
    **dict.fromkeys(["không  phát sinh", "có", "\u00a0\u00a0"], "mark"),
}
ODD_DAYS = ["16/10/2023", " 16/10/2023 ", "16.10.2023", "16-10-2023", "5/10/2023", "16/10/23", "2023-10-16"]
ODD_DAYS += ["ngày 16 tháng 10 năm 2023", "30/02/2023", "16/13/2023", "99/99/2023", "16/10/1023", "16/10"]
ODD_DAYS += ["không", "KHÔNG GỬI", "khong gui", "không có", "0", "16/10/2023 08:00", "16/1O/2023"]
ODD_AT = {
    "whole": ("1.5", "2.5", "4.7", "6.1"),
    "points": ("3.4",),
    "level": ("1.6",),
    "mark": ("2.3", "2.4"),
}
# What only the reader understands: the unit sees “Số liệu sai” and types it again. The other way
# round, points that the form shows and nobody counts, must never be.
FORM_IS_STRICTER = {
    "1.234.567": "answered",
    "３": "answered",
    "\u00a03\u00a0": "answered",
    "\u00a0": "blank",
    "\u00a0\u00a0": "blank",
    unicodedata.normalize("NFD", IN_TIME): "answered",
    IN_TIME.replace(" ", "\u00a0", 1): "answered",
    "x.": "not_applicable",
    "khong phat sinh": "not_applicable",
    "khong gui": "answered",
    "2023-10-16": "answered",
    "16/10/2023 08:00": "answered",
}
Written = dict[str, tuple[str, FormEntry]]  # by criterion: what is written, and the entry with it


def odd_forms() -> list[Written]:
    """Few forms with many odd writings."""
    forms: list[Written] = []
    for text, kind in ODD.items():
        entry = FormEntry(na=text) if kind == "mark" else FormEntry(text, None, "", "1")
        place = ((form, id_) for form in forms for id_ in ODD_AT[kind] if id_ not in form)
        form, id_ = next(place, ({}, ODD_AT[kind][0]))
        if not form:
            forms.append(form)
        form[id_] = (text, entry)
    return forms


def odd_days() -> list[Written]:
    """The same for days, under the other rules; `1.9` and `1.10` ask for one."""
    pairs = zip(ODD_DAYS[::2], ODD_DAYS[1::2], strict=True)
    return [{"1.9": (one, FormEntry(one)), "1.10": (other, FormEntry(other))} for one, other in pairs]


@needs_libreoffice
def test_odd_writings_mean_the_same_to_form_and_reader(tay_ninh: Round, tmp_path: Path) -> None:
    forms, days = odd_forms(), odd_days()
    units = tuple(Unit(f"o{n}", f"Đơn vị {n}", "xa-phuong", "xa-phuong") for n in range(len(forms)))
    shipped = dataclasses.replace(tay_ninh, folder=tmp_path / "shipped", units=units)
    others = make_round(tmp_path / "others", COUNTINGS[0], [f"d{n}" for n in range(len(days))])
    rounds = [(shipped, forms), (others, days)]
    paths, writings = [], {}
    for round_, written_forms in rounds:
        for unit, form in zip(round_.units, written_forms, strict=True):
            paths.append(send(round_, unit, {id_: entry for id_, (_, entry) in form.items()}, 0))
            writings |= {(unit.code, id_): text for id_, (text, _) in form.items()}
    assert sorted(writings.values()) == sorted([*ODD, *ODD_DAYS])
    made = dict(
        zip([path.stem for path in paths], recalculate(paths, tmp_path / "recalculated"), strict=True)
    )
    taken_for = {
        writings[code, id_]: (form, engine)
        for round_, _ in rounds
        for code, id_, column, form, engine in disagreements(round_, *scored(round_), made)
        if column == "Trạng thái"
    }
    lenient = [f"{text!r}: {states}" for text, states in taken_for.items() if states[0] != "faulty"]
    assert not lenient, "(form, reader): the form takes what the reader refuses: " + "; ".join(lenient)
    stricter = {text: engine for text, (form, engine) in taken_for.items() if form == "faulty"}
    assert stricter == FORM_IS_STRICTER


@needs_libreoffice
def test_nothing_but_not_applicable_has_no_grade_in_the_form_either(
    tay_ninh: Round, tmp_path: Path
) -> None:
    units = (Unit("n1", "Đơn vị", "xa-phuong", "xa-phuong"),)
    round_ = dataclasses.replace(tay_ninh, folder=tmp_path, units=units)
    path = send(round_, units[0], {"2.3": FormEntry(na="x")}, 0)
    made = {"n1": recalculate([path], tmp_path / "recalculated")[0]}
    assert list(disagreements(round_, *scored(round_), made)) == []


# 5: stored values -------------------------------------------------------------------------------


def formulas(path: Path) -> Iterator[tuple[str, str, object]]:
    """(sheet, cell, stored value) of every formula of a workbook."""
    stored = openpyxl.load_workbook(path, data_only=True)
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    value = stored[sheet.title][cell.coordinate].value
                    yield sheet.title, cell.coordinate, "" if value is None else value


@needs_libreoffice
def test_stored_values_are_what_the_formulas_give(demo_round: Round, tmp_path: Path) -> None:
    paths = sorted((demo_round.folder / "nop").glob("*.xlsx"))[::2]
    paths += [demo_round.folder / "bieu-mau" / f"{code}.xlsx" for code in ("703-NV", "703-SN1", "25456")]
    for round_, filled, _ in other_rounds(tmp_path / "others"):
        for unit, entries in list(zip(round_.units, filled, strict=True))[6:9]:
            write_form(round_.folder / "nop" / f"{unit.code}.xlsx", round_, unit, Filling(entries))
        intake = take_in(round_)
        results = score(round_.criteria, round_.plan, round_.units, intake.answers)
        for unit, entries in list(zip(round_.units, filled, strict=True))[6:9]:
            paths.append(round_.folder / "nop" / f"{unit.code}.xlsx")
            write_form(paths[-1], round_, unit, with_worth(Filling(entries), unit, results))
        paths.append(round_.folder / "bieu-mau" / f"{round_.id}-blank.xlsx")
        write_form(paths[-1], round_, round_.units[0])
    stale, count = [], 0
    for path, again in zip(paths, recalculate(paths, tmp_path / "again"), strict=True):
        book = openpyxl.load_workbook(again, data_only=True)
        for sheet, cell, stored in formulas(path):
            count += 1
            value = book[sheet][cell].value
            value = "" if value is None else value
            same = stored == value
            if isinstance(stored, (int, float)) and isinstance(value, (int, float)):
                same = abs(stored - value) < 1e-9
            if not same:
                stale.append((path.name, sheet, cell, stored, value))
    assert not stale, f"{len(stale)} (file, sheet, cell, stored, given): " + "\n".join(map(str, stale[:40]))
    assert count > 3_000
