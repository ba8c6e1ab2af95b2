"""The history: what judgements do to points and maxima, and every final point followed to its source.

1. A judgement overrules whatever the unit said, and a decision overrules the judgement.
2. Self, appraised and decided points and who gave them stand side by side; the final is the last word.
3. A round written as its table of points and scored from that comes to the same.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_round import (
    USUAL,
    answers_of,
    column,
    criteria_of,
    judgements_of,
    plan_of,
    results_of,
    units_of,
)

from criteria.exact import thousandths
from evidence.answers import Source
from evidence.consolidated import read_table
from evidence.round import Round
from reports.points_table import write_points_table
from scoring.history import HISTORY, history
from scoring.ledger import build_ledger
from scoring.limits import Circumstances
from scoring.results import Results, score

# 1.1 never "không phát sinh"; 1.2 then drops from the maximum; 1.3 then has full points; 2.1 is a bonus
SET = criteria_of(
    f"""\
scale: 9
{USUAL}\
groups:
  - id: "1"
    title: Nhóm
    max: 9
    cite: vd
    criteria:
      - {{id: "1.1", title: Một, max: 3, kind: judged, cite: vd}}
      - {{id: "1.2", title: Hai, max: 3, kind: judged, not_applicable: exclude, cite: vd}}
      - {{id: "1.3", title: Ba, max: 3, kind: judged, not_applicable: full, cite: vd}}
  - id: "2"
    title: Điểm cộng
    max: 2
    kind: bonus
    cite: vd
    criteria:
      - {{id: "2.1", title: Cộng, max: 2, kind: judged, cite: vd}}
"""
)
SHOWN = ["claim", "status", "applicable", "self", "appraised", "decided", "final"]
NA = "not_applicable"


def row_of(criterion: str, said: str) -> tuple[object, ...]:
    """What the ledger says of one criterion of unit A."""
    table = f"A 1.1 0\nA {criterion} {said}" if criterion != "1.1" else f"A {criterion} {said}"
    ledger = build_ledger(SET, units_of("A"), answers_of(table), judgements_of(table))
    (row,) = ledger[ledger["criterion"] == criterion].to_dict("records")
    return tuple(None if pd.isna(row[name]) else row[name] for name in SHOWN)


@pytest.mark.parametrize(
    ("criterion", "said", "row"),
    [
        # what the unit says, then what persons judge
        ("1.1", "3|thẩm:2", ("answered", "answered", 3000, 3000, 2000, None, 2000)),
        ("1.1", "trống|thẩm:2", ("blank", "answered", 3000, None, 2000, None, 2000)),
        ("1.1", "lỗi|thẩm:2", ("faulty", "answered", 3000, None, 2000, None, 2000)),
        ("1.1", "lỗi|thẩm:0", ("faulty", "answered", 3000, None, 0, None, 0)),
        ("1.1", "3|thẩm:2|quyết:2,5", ("answered", "answered", 3000, 3000, 2000, 2500, 2500)),
        ("1.1", "3|quyết:1", ("answered", "answered", 3000, 3000, None, 1000, 1000)),
        # declared not applicable, dropped from the maximum: points bring it back
        ("1.2", "KPS", (NA, NA, 0, None, None, None, None)),
        ("1.2", "KPS|thẩm:KPS", (NA, NA, 0, None, None, None, None)),
        ("1.2", "KPS|thẩm:2", (NA, "answered", 3000, None, 2000, None, 2000)),
        ("1.2", "KPS|thẩm:0", (NA, "answered", 3000, None, 0, None, 0)),
        ("1.2", "KPS|thẩm:2|quyết:KPS", (NA, NA, 0, None, 2000, None, None)),
        ("1.2", "KPS|thẩm:KPS|quyết:3", (NA, "answered", 3000, None, None, 3000, 3000)),
        # claimed, and judged not applicable
        ("1.2", "3|thẩm:KPS", ("answered", NA, 0, 3000, None, None, None)),
        ("1.2", "trống|thẩm:KPS", ("blank", NA, 0, None, None, None, None)),
        ("1.2", "lỗi|thẩm:KPS|quyết:1", ("faulty", "answered", 3000, None, None, 1000, 1000)),
        # not applicable gives full points
        ("1.3", "KPS", (NA, NA, 3000, 3000, None, None, 3000)),
        ("1.3", "1|thẩm:KPS", ("answered", NA, 3000, 1000, 3000, None, 3000)),
        ("1.3", "KPS|thẩm:1", (NA, "answered", 3000, 3000, 1000, None, 1000)),
        ("1.3", "1|thẩm:2|quyết:KPS", ("answered", NA, 3000, 1000, 2000, 3000, 3000)),
        # outside the scale nothing counts towards the maximum
        ("2.1", "2|thẩm:1", ("answered", "answered", 0, 2000, 1000, None, 1000)),
    ],
)
def test_what_judgements_do(criterion: str, said: str, row: tuple[object, ...]) -> None:
    assert row_of(criterion, said) == row


def test_a_unit_that_sent_nothing_and_was_judged_all_the_same() -> None:
    table = "B 1.1 3\nA 1.1 chưa|thẩm:0"
    ledger = build_ledger(SET, units_of("A B"), answers_of(table), judgements_of(table))
    own = ledger[ledger["unit"] == "A"].to_dict("records")
    assert [(row["claim"], row["status"]) for row in own][:2] == [
        ("not_sent", "answered"),
        ("not_sent", "not_sent"),
    ]


LIMITED = criteria_of(
    f"""\
scale: 3
{USUAL}\
limits:
  - {{id: ho-so, when: {{dossier: none}}, act: {{not_graded: Không hoàn thành}}, cite: vd}}
groups:
  - {{id: "1", title: Nhóm, max: 3, cite: vd, criteria: [
      {{id: "1.1", title: Một, max: 3, kind: judged, cite: vd}}]}}
"""
)


def test_no_judgement_makes_up_for_a_dossier_that_never_came() -> None:
    results = results_of(LIMITED, "A B", "B 1.1 3\nA 1.1 chưa|thẩm:3")
    assert column(results, "state") == ["appraised", "sent"]
    assert column(results, "grade") == ["Không hoàn thành", "Tốt"]
    assert column(results, "grade_by_points") == ["Tốt", "Tốt"]


EACH = "A 1.1 3{0}\nA 1.2 3{0}\nA 1.3 3{0}"


@pytest.mark.parametrize(
    ("table", "known", "state", "provisional"),
    [
        (EACH.format(""), {}, "sent", True),
        ("A 1.1 3|thẩm:3\nA 1.2 3\nA 1.3 3", {}, "appraised_in_part", True),
        (EACH.format("|thẩm:3"), {}, "appraised", False),
        (EACH.format("|quyết:3"), {}, "appraised", False),
        (EACH.format("|thẩm:3") + "\nA 2.1 0", {}, "appraised", False),  # claims no bonus
        (EACH.format("|thẩm:3") + "\nA 2.1 2", {}, "appraised_in_part", True),
        (EACH.format("|thẩm:3") + "\nA 2.1 2|thẩm:0", {}, "appraised", False),
        ("A 1.1 3|thẩm:3\nA 1.2 KPS\nA 1.3 KPS", {}, "appraised_in_part", True),  # full points are due
        ("A 1.1 3|thẩm:3\nA 1.2 KPS\nA 1.3 KPS|thẩm:KPS", {}, "appraised", False),
        ("A 1.1 3|thẩm:3\nA 1.2 trống\nA 1.3 3|thẩm:3", {}, "appraised_in_part", True),
        (EACH.format("|thẩm:3"), {"objected": {"A"}}, "objected", True),
        (EACH.format("|thẩm:3"), {"closed": True}, "final", False),
        (EACH.format("|thẩm:3"), {"closed": True, "objected": {"A"}}, "final", False),
    ],
)
def test_states(table: str, known: dict[str, object], state: str, provisional: bool) -> None:
    results = score(
        SET,
        plan_of(),
        units_of("A Z"),
        answers_of(table),
        (),
        Circumstances(**known),  # type: ignore[arg-type]
        judgements_of(table),
    )
    assert column(results, "state") == [state, "not_sent"]
    assert results.provisional == provisional


SAID = ["0", "1,5", "3", "trống", "lỗi", "tự:2", "chưa"]
NA_SAID = [*SAID, "KPS"]
ONE = st.tuples(
    st.sampled_from(SAID), st.sampled_from(NA_SAID), st.sampled_from(NA_SAID), st.sampled_from(["0", "2"])
)
WORD = st.sampled_from(["", "", "0", "1,25", "2", "KPS"])
JUDGED = st.lists(st.tuples(ONE, st.lists(st.tuples(WORD, WORD), min_size=4, max_size=4)), min_size=1, max_size=4)  # fmt: skip
IDS = ("1.1", "1.2", "1.3", "2.1")


def table_of(rounds: list[tuple[tuple[str, ...], list[tuple[str, str]]]]) -> str:
    """Lines of units U0, U1, ...: what they say, what was appraised, what was decided."""
    lines = []
    for number, (said, judged) in enumerate(rounds):
        for id_, own, (first, last) in zip(IDS, said, judged, strict=True):
            words = [own, *(f"{kind}:{word}" for kind, word in (("thẩm", first), ("quyết", last)) if word)]
            if id_ in ("1.1", "2.1"):  # these always arise
                words = [word for word in words if not word.endswith("KPS")]
            lines.append(f"U{number} {id_} {'|'.join(words or ['trống'])}")
    return "\n".join(lines)


def scored(table: str, n: int) -> Results:
    units = units_of(" ".join(f"U{index}" for index in range(n)))
    return score(SET, plan_of(), units, answers_of(table), judgements=judgements_of(table))


@settings(deadline=None, max_examples=15)
@given(JUDGED)
def test_the_final_is_the_last_word_and_leads_back_to_it(
    rounds: list[tuple[tuple[str, ...], list[tuple[str, str]]]],
) -> None:
    table = table_of(rounds)
    results = scored(table, len(rounds))
    source = Source("U.xlsx", "Tự chấm", {"x1": "F", "na": "H"})
    told = history(results, answers_of(table), [source])
    assert list(told.columns) == list(HISTORY.columns) and len(told) == len(results.ledger)
    typed = {tuple(line.split()[:2]): line.split()[2] for line in table.splitlines()}
    for row in told.to_dict("records"):
        words = typed[row["unit"], row["criterion"]].split("|")
        said = dict(word.split(":") for word in words if ":" in word)
        last = said.get("quyết", said.get("thẩm"))
        if last is None:
            assert row["final_by"] == ("" if pd.isna(row["final"]) else "self")
            assert pd.isna(row["self"]) == pd.isna(row["final"])
            continue
        stage = "decided" if "quyết" in said else "appraised"
        assert row["final_by"] == stage and row[f"{stage}_na"] == (last == "KPS")
        full = row["criterion"] == "1.3"
        if last == "KPS":
            assert (row["final"] == 3000) if full else pd.isna(row["final"])
        else:
            assert row["final"] == row[stage] == thousandths(last)
        assert row[f"{stage}_by"] == "Phòng Nội vụ" and row[f"{stage}_cell"].startswith("L")
        assert row[f"{stage}_file"] and row[f"{stage}_reason"] and row[f"{stage}_on"]


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=JUDGED)
def test_the_table_of_points_scored_again_comes_to_the_same(
    tmp_path: Path, rounds: list[tuple[tuple[str, ...], list[tuple[str, str]]]]
) -> None:
    # a table cannot tell a dossier that never came from one without a word in it
    table = table_of([(tuple(w.replace("chưa", "trống") for w in said), judged) for said, judged in rounds])
    results = scored(table, len(rounds))
    units = units_of(" ".join(f"U{index}" for index in range(len(rounds))))
    round_ = Round(Path(), "thu", "Đợt thử", 2023, None, plan_of(), SET, units, {"xa": "UBND xã"})
    path = tmp_path / "bang-diem.csv"
    write_points_table(path, round_, results, answers_of(table))
    answers, _, judged, _ = read_table(path, SET, units)
    again = score(SET, plan_of(), units, answers, judgements=judged)
    silent = results.ledger.groupby("unit")["claim"].agg(lambda c: c.isin(["blank", "faulty"]).all())
    quiet = set(silent.index[silent]) - set(results.judgements["unit"])
    kept = ~results.units["code"].isin(quiet)
    columns = [name for name in results.units.columns if name != "unanswered"]
    pd.testing.assert_frame_equal(again.units.loc[kept, columns], results.units.loc[kept, columns])
    for name in ("self", "appraised", "decided", "final", "applicable"):
        pd.testing.assert_series_equal(again.ledger[name], results.ledger[name])
