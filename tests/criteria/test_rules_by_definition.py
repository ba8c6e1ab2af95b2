"""The rule kinds held against their definition, with random rules and figures.

1. Points are exact fractions, each kind equal to a second computation with Python's fractions.
2. Points lie between 0 and the maximum; denominators are positive.
3. Where the bands rise, points never fall when more is done.
4. The sentence that explains a ratio names the band that gave the points.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from criteria.exact import LARGEST, thousandths
from criteria.rules import Rule, kinds

STEP = 250  # of points that a person gives
PEOPLE = {"done": "Số người học", "of": "Tổng số người"}

TOPS = st.sampled_from([500, 1000, 3000, 4250, 20_000, 100_000])
FIGURES = st.one_of(st.integers(0, 50), st.integers(0, LARGEST // 1000)).map(lambda n: n * 1000)


def points_of(rule: Rule, *inputs: int) -> Fraction:
    """Exact thousandths of a point for one unit's inputs."""
    exact = rule.points([np.array([value], dtype=np.int64) for value in inputs])
    assert exact.den[0] > 0
    return Fraction(int(exact.num[0]), int(exact.den[0]))


def written(value: int) -> str:
    """Thousandths as a file writes them."""
    return f"{value // 1000}.{value % 1000:03d}"


@st.composite
def ratios(draw: st.DrawFn) -> tuple[int, list[tuple[int, int | None]], Rule]:
    """A maximum, bands from high to low (start, points or None for proportional), and their rule."""
    top = draw(TOPS)
    starts = draw(st.sets(st.integers(1, 100_000), max_size=4)) | {0}
    worth = st.none() | st.integers(0, top)
    bands = [(start, draw(worth)) for start in sorted(starts, reverse=True)]
    raw = {
        "kind": "ratio",
        "inputs": PEOPLE,
        "bands": [
            {"from": written(start), "points": "proportional" if points is None else written(points)}
            for start, points in bands
        ],
    }
    return top, bands, kinds()["ratio"].parse(raw, top, STEP)


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    """What was done of a positive total, in thousandths."""
    of = draw(st.one_of(st.integers(1, 200), st.integers(1, LARGEST // 1000))) * 1000
    return draw(st.integers(0, of // 1000)) * 1000, of


@given(ratios(), st.lists(shares(), min_size=1, max_size=6))
def test_ratio_equals_the_definition(
    ratio: tuple[int, list[tuple[int, int | None]], Rule], units: list[tuple[int, int]]
) -> None:
    top, bands, rule = ratio
    exact = rule.points([np.array(column) for column in zip(*units, strict=True)])
    assert (exact.den > 0).all()
    for num, den, (done, of) in zip(exact.num, exact.den, units, strict=True):
        percent = Fraction(100 * done, of)
        points = next(points for start, points in bands if percent >= Fraction(start, 1000))
        expected = top * Fraction(done, of) if points is None else Fraction(points)
        assert Fraction(int(num), int(den)) == expected
        assert 0 <= expected <= top


@st.composite
def rising_ratios(draw: st.DrawFn) -> Rule:
    """A rule none of whose bands is worth less than what the band below it comes to."""
    top = draw(TOPS)
    starts = sorted(draw(st.sets(st.integers(1, 100_000), max_size=4)) | {0})
    bands: list[dict[str, str]] = []
    reached = 0
    for start, above in zip(starts, [*starts[1:], 100_000], strict=True):
        if top * start >= reached * 100_000 and draw(st.booleans()):
            worth, reached = "proportional", -(-top * above // 100_000)
        else:
            reached = draw(st.integers(reached, top))
            worth = written(reached)
        bands.insert(0, {"from": written(start), "points": worth})
    return kinds()["ratio"].parse({"kind": "ratio", "inputs": PEOPLE, "bands": bands}, top, STEP)


@given(rising_ratios(), st.integers(1, 60) | st.integers(1, 10**9))
def test_ratio_never_falls_while_its_bands_rise(rule: Rule, of: int) -> None:
    done = np.unique(np.linspace(0, of, 61, dtype=np.int64)) * 1000
    exact = rule.points([done, np.full_like(done, of * 1000)])
    values = [Fraction(int(n), int(d)) for n, d in zip(exact.num, exact.den, strict=True)]
    assert values == sorted(values)


@given(TOPS, st.integers(0, 2_000), FIGURES, st.booleans())
def test_count_equals_the_definition(top: int, each: int, count: int, take_off: bool) -> None:
    raw = {
        "kind": "count",
        "inputs": {"count": "Số vụ"},
        "each": written(each),
        "direction": "take_off" if take_off else "add",
    }
    moved = min(Fraction(each) * Fraction(count, 1000), Fraction(top))
    points = points_of(kinds()["count"].parse(raw, top, STEP), count)
    assert points == (top - moved if take_off else moved)
    assert 0 <= points <= top


@given(TOPS, st.lists(st.integers(0, 100_000), min_size=2, max_size=6), st.data())
def test_choice_equals_the_definition(top: int, worths: list[int], data: st.DataObject) -> None:
    kind = data.draw(st.lists(st.booleans(), min_size=len(worths), max_size=len(worths)))
    options = [
        {"label": str(i), "share": written(w)} if by_share else {"label": str(i), "points": written(w)}
        for i, (w, by_share) in enumerate(zip(worths, kind, strict=True))
    ]
    rule = kinds()["choice"].parse({"kind": "choice", "options": options}, top, STEP)
    for index, (worth, by_share) in enumerate(zip(worths, kind, strict=True)):
        expected = Fraction(worth, 100_000) * top if by_share else Fraction(worth)
        assert points_of(rule, index) == expected


@given(TOPS, st.data())
def test_judged_gives_what_was_typed(top: int, data: st.DataObject) -> None:
    typed = data.draw(st.integers(0, top))
    assert points_of(kinds()["judged"].parse({"kind": "judged"}, top, STEP), typed) == typed


@given(ratios(), shares())
def test_the_sentence_names_the_band_that_gave_the_points(
    ratio: tuple[int, list[tuple[int, int | None]], Rule], unit: tuple[int, int]
) -> None:
    top, _, rule = ratio
    points = points_of(rule, *unit)
    sentence = rule.explain(unit)
    if sentence.endswith("tỷ lệ"):
        assert points == top * Fraction(*unit)
    else:
        assert points == thousandths(sentence.rsplit(": ", 1)[1].removesuffix(" điểm"))
