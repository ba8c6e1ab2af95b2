"""What units might type: every edge of every rule, mistakes of every kind, and random sound answers."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from criteria.model import CriteriaSet, Criterion, Unit
from criteria.rules.choice import Choice
from criteria.rules.count import Count
from criteria.rules.imported import Imported
from criteria.rules.judged import Judged
from criteria.rules.ratio import Ratio
from criteria.rules.timely import Timely
from evidence.form.filling import Filling, FormDocument, FormEntry, Typed
from evidence.form.writer import write_form
from evidence.round import Round
from tests.workbooks.editing import of_another

Pair = tuple[Typed, Typed]

DOCUMENTS = (
    FormDocument("12/BC-UBND", "03/4/2023", "UBND phường", "Báo cáo công tác dân vận quý I", "bc.pdf"),
    FormDocument("07/KH-UBND", "10/01/2023", "UBND phường", "=1+1 & <kế hoạch> năm “2023”", ""),
    FormDocument("0045", "1-2", "Đảng ủy", "Quy chế phối hợp, dòng một\ndòng hai", "@quy-che.pdf"),
)


REPORT = FormDocument("12/BC-UBND", "03/4/2023", "UBND xã", "Báo cáo năm 2023")


def number(thousandths: int) -> int | float:
    """The number that a person types for so many thousandths."""
    return thousandths // 1000 if thousandths % 1000 == 0 else thousandths / 1000


def written(value: Typed, rng: random.Random) -> Typed:
    """The same as it stands, or as text: a number with comma, dot, blanks around it; a day day first."""
    if isinstance(value, date):
        return rng.choice([value, f"{value:%d/%m/%Y}", f" {value:%d/%m/%Y} "])
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    text = repr(value)
    ways = [value, value, text, text.replace(".", ","), f" {text} ", f"0{text}" if value >= 0 else text]
    return rng.choice(ways)


def sound(leaf: Criterion) -> list[Pair]:
    """Inputs that the rule takes: just below, at and just above each of its edges."""
    rule = leaf.rule
    if isinstance(rule, Imported):
        return [(None, None)]  # the office's to fill
    if isinstance(rule, Ratio):
        return list(dict.fromkeys(_ratio_edges(rule)))
    if isinstance(rule, Count):
        bound = rule.free + -(-(rule.cap - rule.floor) // rule.each)  # so many reach the bound
        near = {0, 1, rule.free, rule.free + 1, bound - 1, bound, bound + 1, 1_000_000}
        return [(n, None) for n in sorted(near) if n >= 0]
    if isinstance(rule, Timely):
        late = [-400, -1, 0, 1, *(rung.days + beside for rung in rule.ladder for beside in (0, 1))]
        if rule.per_day:
            nothing_left = -(-rule.top // rule.per_day)
            late += [nothing_left - 1, nothing_left]
        days = [rule.last_day + timedelta(days=n) for n in late]
        return [(day, None) for day in days] + [("Không gửi", None), (" chưa thực hiện ", None)]
    if isinstance(rule, Judged):
        steps = rule.top // rule.step
        return [(number(n * rule.step), None) for n in sorted({0, 1, steps // 2, steps - 1, steps})]
    assert isinstance(rule, Choice)
    levels = [(level, None) for level in rule.levels]
    return [*levels, (f"  {rule.levels[0].upper()} ", None)]


def _ratio_edges(rule: Ratio) -> Iterator[Pair]:
    step, of_step = rule.done.step, rule.of.step
    yield 0, number(7000)
    for band in rule.bands.bands:
        # a total at which the edge is itself a figure that can be typed, and one at which it is not
        for of in (100_000 * of_step, 7 * of_step):
            at = -(-band.start * of // (100_000 * step)) * step
            for done in (at - step, at, at + step):
                if 0 <= done <= of:
                    yield number(done), number(of)


def faulty(leaf: Criterion) -> list[Pair]:
    """Inputs that the rule must refuse: out of range, off the step, not a number, half filled."""
    rule = leaf.rule
    if isinstance(rule, Imported):
        return []
    if isinstance(rule, Ratio):
        off = number(rule.done.step // 10) if rule.done.step > 1 else 0.00005
        pairs: list[Pair] = [(6, 5), (1, 0), (0, 0), (None, 5), (5, None), (off, 5), (5, 5.00001)]
        return [*pairs, ("8 điểm", 9), (3, "chín"), (-1, 5), ("=1+1", 5), ("1/2", 3), (1_000_000_001,) * 2]
    if isinstance(rule, Count):
        return [(1.5, None), ("hai", None), (-1, None), ("3 vụ", None), (1_000_000_001, None), ("?", None)]
    if isinstance(rule, Timely):
        return [(text, None) for text in ("16/10", "hôm qua", 16, 99_999, "tháng 10", "30/02/2023")]
    if isinstance(rule, Judged):
        over = number(rule.top + rule.step)
        off = number(rule.step // 2) if rule.step > 1 else 0.0005
        return [(over, None), (off, None), (-1, None), ("8 điểm", None), ("tốt", None), ("1,2,3", None)]
    return [("không rõ", None), (1, None), ("x", None)]


def not_applicable(leaf: Criterion) -> list[FormEntry]:
    """Declarations that nothing of the kind arose, with and without a figure beside them."""
    figure = sound(leaf)[0]
    entries = [FormEntry(na=word) for word in ("x", " X ", "KPS", "Không phát sinh")]
    if isinstance(leaf.rule, Imported):
        return entries
    return [*entries, FormEntry(*figure, na="x"), FormEntry(na="có")]


def edges(leaf: Criterion, rng: random.Random) -> list[FormEntry]:
    """Everything above for one criterion, in one shuffled deck; with and without evidence."""
    deck = [FormEntry(written(a, rng), written(b, rng), "", "1; 2") for a, b in sound(leaf) + faulty(leaf)]
    deck += [replace(entry, evidence=blank) for entry, blank in zip(deck[:3], ("", "  ", ""), strict=False)]
    deck += not_applicable(leaf)
    deck.append(FormEntry())
    rng.shuffle(deck)
    return deck


def best(leaf: Criterion) -> FormEntry:
    """An entry that earns the maximum, as far as it is the unit's to give."""
    rule = leaf.rule
    if isinstance(rule, Imported):
        return FormEntry()
    if isinstance(rule, Ratio):
        return FormEntry(10, 10, "", "1")
    if isinstance(rule, Count):
        return FormEntry(0 if rule.take_off else rule.free + -(-rule.top // rule.each), None, "", "1")
    if isinstance(rule, Timely):
        return FormEntry(rule.last_day, None, "", "1")
    if isinstance(rule, Judged):
        return FormEntry(number(rule.top), None, "", "1")
    assert isinstance(rule, Choice)
    return FormEntry(rule.levels[rule.worth.index(max(rule.worth))], None, "", "1")


def dealt(criteria: CriteriaSet, units: Sequence[Unit], rng: random.Random) -> list[dict[str, FormEntry]]:
    """Entries of each unit, such that each criterion goes through its whole deck among the units."""
    dealt: list[dict[str, FormEntry]] = [{} for _ in units]
    for leaf in criteria.criteria:
        deck = edges(leaf, rng)
        takers = [
            entries for unit, entries in zip(units, dealt, strict=True) if unit.type in leaf.applies_to
        ]
        assert len(deck) <= len(takers), f"{leaf.id}: {len(deck)} edges, {len(takers)} units"
        for index, entries in enumerate(takers):
            entries[leaf.id] = deck[index % len(deck)]
    return dealt


def nearly_best(leaves: Sequence[Criterion], lapses: int, rng: random.Random) -> dict[str, FormEntry]:
    """The maximum everywhere but for a few sound lapses."""
    entries = {leaf.id: best(leaf) for leaf in leaves}
    for leaf in rng.sample(list(leaves), lapses):
        a, b = rng.choice(sound(leaf))
        entries[leaf.id] = FormEntry(written(a, rng), written(b, rng), "", "2")
    return entries


def receive_sound(round_: Round) -> None:
    """Has a sound form of each unit lie in the `nop/` of a round of `other_rules`."""
    folder = round_.folder / "nop"
    folder.mkdir()
    form = sound_form(round_, folder)
    first, *others = (unit.code for unit in round_.units)
    for code in others:
        (folder / f"{code}.xlsx").write_bytes(of_another(form, first, code))


def sound_form(round_: Round, folder: Path) -> bytes:
    """The form of the first unit of a round of `other_rules`: the maximum everywhere, one document."""
    entries = {leaf.id: best(leaf) for leaf in round_.criteria.criteria}
    entries |= {"4.1": FormEntry(0), "4.2": FormEntry(0)}  # nothing to take off
    path = folder / f"{round_.units[0].code}.xlsx"
    write_form(path, round_, round_.units[0], Filling(entries, documents=[REPORT]))
    return path.read_bytes()
