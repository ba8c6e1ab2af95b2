"""The formulas of a form's criteria sheet: the twins in Excel of how the engine reads and scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from criteria.exact import LARGEST, UNIT, as_float, excel_divide, excel_round, plain
from criteria.model import CriteriaSet, Criterion, Grade, Policy
from criteria.rules import Input
from criteria.rules.timely import EXCEL_DAY_0
from evidence.form.filling import Typed
from evidence.layout import CRITERIA_COLUMNS, HELPER_COLUMNS, column_letter, positions
from evidence.reading.typed import FIRST_SERIAL, LAST_SERIAL, NotUnderstood, is_blank, parse_input

ALL_COLUMNS = (*CRITERIA_COLUMNS, *HELPER_COLUMNS)
AT = positions(ALL_COLUMNS)
NEVER_WORDS_TYPED = ("không", "không gửi", "chưa gửi", "không thực hiện", "chưa thực hiện")
STATE_TEXTS = {
    "answered": "Đủ",
    "not_applicable": "Không phát sinh",
    "faulty": "Số liệu sai",
    "blank": "Chưa kê khai",
}
NO_EVIDENCE_TEXT = "Thiếu minh chứng"
OFFICE_TEXT = "Cơ quan chủ trì nhập"  # of a figure that comes from a table of the round


def blank_text(leaf: Criterion) -> str:
    """What the unit reads beside a criterion that nobody filled in."""
    return OFFICE_TEXT if leaf.rule.inputs[0].table else STATE_TEXTS["blank"]


@dataclass(frozen=True)
class FormRow:
    """A row of the sheet (from 0): the addresses that formulas refer to, by column key."""

    number: int

    def __getitem__(self, key: str) -> str:
        return f"{column_letter(AT[key])}{self.number + 1}"


def value_of(wanted: Input, typed: Typed) -> float | int | str:
    """What the value formula gives: a number, a level counted from 1, nothing, or `?`."""
    if is_blank(typed):
        return ""
    if isinstance(typed, (int, float)) and not isinstance(typed, bool) and wanted.type != "level":
        # as it stands in its cell; whether it fits is the state's to say
        return typed if wanted.type == "number" else int(typed) or "?"
    if isinstance(typed, date) and wanted.type == "date":
        return typed.toordinal() - EXCEL_DAY_0
    try:
        value = parse_input(wanted, typed)
    except NotUnderstood:
        return _as_excel_reads(typed) if wanted.type == "number" else "?"
    assert value is not None
    if wanted.type == "date":
        return value - EXCEL_DAY_0 if value else 0
    return value + 1 if wanted.type == "level" else as_float(value)


def _as_excel_reads(typed: Typed) -> float | str:
    """A number that the rules refuse (too large, too fine), as NUMBERVALUE gives it; else `?`."""
    text = str(typed).strip().replace(".", ",").replace(" ", "")
    plain_number = text.count(",") <= 1 and text.replace(",", "").lstrip("+-").isdecimal()
    return float(text.replace(",", ".")) if plain_number and not text.endswith(",") else "?"


def value_formula(wanted: Input, cell: str, levels: str, plain_day: str) -> str:
    """What was typed in one cell as a number, a day or a level counted from 1; `?` where it is none."""
    if wanted.type == "date":
        words = ",".join(f'LOWER(TRIM({cell}))="{word}"' for word in NEVER_WORDS_TYPED)
        typed = f"IF(OR({words}),0,{_day_formula(plain_day)})"
        # a bare 0 is no day, and in a cell of days nobody can tell it from other slips
        number = f'IF(INT({cell})=0,"?",INT({cell}))'
        return f'=IF(ISNUMBER({cell}),{number},IF(TRIM({cell})="","",{typed}))'
    text = f"TRIM({cell})"
    if wanted.type == "level":
        # not MATCH: it would take `Gửi*` for a level
        found = f"SUMPRODUCT(({levels}={text})*(ROW({levels})-1))"
        return f'=IF({text}="","",IF({found}=0,"?",{found}))'
    # what NUMBERVALUE takes and the reader does not: 50%, 3e0, a comma at the end
    signs = ",".join(f'ISNUMBER(SEARCH("{sign}",{text}))' for sign in ("%", "e"))
    odd = f'OR({signs},RIGHT({text},1)=",",RIGHT({text},1)=".")'
    number = f'_xlfn.NUMBERVALUE(SUBSTITUTE({text},".",","),","," ")'
    return f'=IF(ISNUMBER({cell}),{cell},IF({text}="","",IF({odd},"?",IFERROR({number},"?"))))'


_DAY_WORDS = (("ngày", ""), ("tháng", "/"), ("năm", "/"), ("-", "/"), (".", "/"), (" ", ""))


def day_text(typed: Typed) -> str:
    """A day typed as text in its plainest form, day/month/year; empty for anything but text."""
    if not isinstance(typed, str):
        return ""
    text = typed.strip().lower()
    for old, new in _DAY_WORDS:
        text = text.replace(old, new)
    return text


def day_text_formula(cell: str) -> str:
    """The twin of `day_text`, in a cell of its own: the date's formula refers to it many times."""
    text = f"LOWER(TRIM({cell}))"
    for old, new in _DAY_WORDS:
        text = f'SUBSTITUTE({text},"{old}","{new}")'
    return f'=IF(ISNUMBER({cell}),"",{text})'


def _day_formula(text: str) -> str:
    """Serial of the day in a cell of `day_text`; `?` for any other text."""
    first = f'FIND("/",{text})'
    second = f'FIND("/",{text},{first}+1)'
    day, month = f"LEFT({text},{first}-1)", f"MID({text},{first}+1,{second}-{first}-1)"
    year = f"MID({text},{second}+1,9)"
    full_year = f"IF(LEN({year})=2,2000,0)+VALUE({year})"
    serial = f"DATE({full_year},VALUE({month}),VALUE({day}))"
    # DATE rolls 31/02 over to March: the parts must come back as they were typed
    sound = (
        f"AND(OR(LEN({year})=2,LEN({year})=4),LEN({day})<=2,LEN({month})<=2,"
        f"DAY({serial})=VALUE({day}),MONTH({serial})=VALUE({month}))"
    )
    return f'IFERROR(IF({sound},{serial},"?"),"?")'


def state_formula(leaf: Criterion, row: FormRow) -> str:
    """Whether the row is answered, not applicable, blank or faulty, by the rules of the checks."""
    inputs = leaf.rule.inputs
    values = [row["value1"], row["value2"]][: len(inputs)]
    none = "AND(" + ",".join(f'{cell}=""' for cell in values) + ")"
    tests = [test for wanted, cell in zip(inputs, values, strict=True) for test in _tests(wanted, cell)]
    tests += [f"{values[0]}<={values[1]}" for wanted in inputs if wanted.within]
    sound = f"IF(COUNT({','.join(values)})<{len(values)},FALSE,IFERROR(AND({','.join(tests)}),FALSE))"
    mark = f"LOWER(TRIM({row['na']}))"
    may = f'AND({none},OR({mark}="x",{mark}="kps",{mark}="không phát sinh"))'
    declared = "FALSE" if leaf.not_applicable == "forbidden" else may
    return (
        f'=IF(TRIM({row["na"]})<>"",IF({declared},"not_applicable","faulty"),'
        f'IF({none},"blank",IF({sound},"answered","faulty")))'
    )


def _tests(wanted: Input, cell: str) -> list[str]:
    """Excel conditions for a sound value of one input."""
    if wanted.type == "level":
        return [f"{cell}>=1"]
    if wanted.type == "date":
        return [f"OR({cell}=0,AND({cell}>={FIRST_SERIAL},{cell}<{LAST_SERIAL}))"]
    most = wanted.most if wanted.most is not None else LARGEST
    tests = [f"{cell}{'>' if wanted.positive else '>='}0", f"{cell}<={plain(most)}"]
    if wanted.step % UNIT == 0:
        tests.append(f"{cell}=INT({cell})")
    else:
        tests.append(f"ABS({cell}*{UNIT}-ROUND({cell}*{UNIT},0))<0.000001")
    if wanted.step not in (1, UNIT):
        tests.append(f"MOD(ROUND({cell}*{UNIT},0),{wanted.step})=0")
    return tests


def points_formula(leaf: Criterion, policy: Policy, row: FormRow) -> str:
    """The points of the row, rounded as the decision rounds them; nothing where there are none."""
    values = [row["value1"], row["value2"]][: len(leaf.rule.inputs)]
    exact = leaf.rule.formula(values)
    digits = policy.points_digits if policy.points_at == "criterion" else 3
    points = excel_divide(exact.num, exact.den, digits, policy.points_rounding)
    if leaf.loses_without_evidence:
        points = f'IF(TRIM({row["evidence"]})="",0,{points})'
    elsewhere = '""'
    if leaf.not_applicable == "full":
        elsewhere = f'IF({row["state"]}="not_applicable",{plain(leaf.top)},"")'
    return f'=IF({row["state"]}="answered",{points},{elsewhere})'


def status_formula(leaf: Criterion, row: FormRow) -> str:
    """What the unit reads about the row: complete, wrong, without evidence, not yet filled."""
    done = f'"{STATE_TEXTS["answered"]}"'
    if leaf.evidence == "required":
        done = f'IF(TRIM({row["evidence"]})="","{NO_EVIDENCE_TEXT}",{done})'
    state = row["state"]
    return (
        f'=IF({state}="answered",{done},IF({state}="not_applicable","{STATE_TEXTS["not_applicable"]}",'
        f'IF({state}="faulty","{STATE_TEXTS["faulty"]}","{blank_text(leaf)}")))'
    )


def exact_formula(leaf: Criterion, row: FormRow) -> str:
    """The points before any rounding, for decisions that round later than at the criterion."""
    values = [row["value1"], row["value2"]][: len(leaf.rule.inputs)]
    exact = leaf.rule.formula(values)
    live = f"({exact.num})/(({exact.den})*{UNIT})"
    if leaf.loses_without_evidence:
        live = f'IF(TRIM({row["evidence"]})="",0,{live})'
    return f'=IF({row["state"]}="answered",{live},N({row["points"]}))'


def percent_formula(policy: Policy, total: str, applicable: str) -> str:
    """The share of the applicable maximum, as the decision rounds it; nothing where none applies."""
    num, den = f"ROUND({total}*{UNIT},0)*{100 * UNIT}", f"ROUND({applicable}*{UNIT},0)"
    share = excel_divide(num, den, policy.percent_digits, policy.percent_rounding)
    return f'=IF({applicable}=0,"",{share})'


def grade_formula(
    criteria: CriteriaSet,
    block: str,
    total: str,
    applicable: str,
    leaves: dict[str, FormRow],
    groups: dict[str, FormRow],
) -> str:
    """Nested Excel condition for the grade, on whole thousandths, floors included."""
    text = '""'
    for grade in reversed(criteria.grades_of(block)):
        label = grade.label.replace('"', '""')
        tests = [_enough(criteria.policy, grade, total, applicable), *_floors(grade, leaves, groups)]
        text = f'IF(AND({",".join(tests)}),"{label}",{text})'
    return f'IF({applicable}=0,"",{text})'


def _enough(policy: Policy, grade: Grade, total: str, applicable: str) -> str:
    sign = ">" if grade.above else ">="
    if policy.grade_on == "points":
        return f"ROUND({total}*{UNIT},0){sign}{grade.start}"
    return f"ROUND({total}*{UNIT},0)*{100 * UNIT}{sign}{grade.start}*ROUND({applicable}*{UNIT},0)"


def _floors(grade: Grade, leaves: dict[str, FormRow], groups: dict[str, FormRow]) -> Sequence[str]:
    tests = []
    for floor in grade.floors:
        every = {"criterion": leaves, "group": groups}.get(floor.of)
        rows = (
            list(every.values())
            if every is not None
            else [table[floor.of] for table in (leaves, groups) if floor.of in table]
        )
        for row in rows:
            have, top = (f"ROUND(N({row[key]})*{UNIT},0)" for key in ("points", "applicable"))
            tests.append(f"{have}*{100 * UNIT}>={floor.percent}*{top}")
    return tests


def total_formula(criteria: CriteriaSet, groups: dict[str, FormRow], applicable: str) -> str:
    """The unit's total: groups of the scale, plus bonus, less penalty, rounded and held as decided."""
    policy = criteria.policy
    key = "points" if policy.points_at != "end" else "exact"
    signs = {"scale": "+", "bonus": "+", "penalty": "-"}
    terms = "".join(f"{signs[criteria.group_by_id[id_].kind]}{row[key]}" for id_, row in groups.items())
    digits = policy.points_digits if policy.points_at == "end" else 3
    total = f"MAX({excel_round(f'0{terms}', digits, policy.points_rounding)},0)"
    if policy.hold_to_scale and any(group.kind == "bonus" for group in criteria.groups):
        total = f"MIN({total},{applicable})"
    return f"={total}"


def group_formula(criteria: CriteriaSet, id_: str, key: str, first: int, last: int) -> str:
    """A group's sum over its rows (from 1): capped outside the scale, rounded where the decision says."""
    group, policy = criteria.group_by_id[id_], criteria.policy
    source = "points" if key == "points" and policy.points_at == "criterion" else key
    source = "exact" if key == "points" and policy.points_at != "criterion" else source
    letter = column_letter(AT[source])
    total = f"SUM({letter}{first}:{letter}{last})"
    if key != "applicable" and group.kind != "scale":
        total = f"MIN({total},{plain(group.top)})"
    if key == "exact":
        return f"={total}"
    digits = policy.points_digits if key == "points" and policy.points_at == "group" else 3
    return f"={excel_round(total, digits, policy.points_rounding)}"
