"""Several rounds gathered into one: wards of a city, cities of a province, for the report upward."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from criteria.catalogue import as_typed
from criteria.model import Unit
from evidence.folders import RESULTS
from evidence.round import Round, load_round
from evidence.sealing.fingerprint import sha256_of
from reports.record import RECORD_NAME
from reports.runs import RunUnreadable, read_run
from reports.wording import NOT_GRADED

DOUBT_WORDS = {"error": "Lỗi", "warning": "Lưu ý"}
INPUTS = "dau-vao.json"


@dataclass(frozen=True)
class Gathered:
    """One round with its results as `score` wrote them."""

    round: Round
    record: dict[str, Any]

    @property
    def graded(self) -> Counter[str]:
        """How many units hold each grade; units without one do not count."""
        grades = (unit["grade"] for unit in self.record["units"])
        # a limit may put the very words in a grade's place that head the column of those without one
        return Counter(grade for grade in grades if grade and grade != NOT_GRADED)


@dataclass(frozen=True)
class Doubt:
    """What is wrong with a round or between rounds; an error keeps the table from being written."""

    severity: str  # error | warning
    round: str  # the round's folder, empty where it is about several
    text: str
    fix: str

    def to_json(self) -> dict[str, str]:
        """The doubt as plain values."""
        return vars(self)


def gather(folders: Sequence[Path], roster: Sequence[Unit] = ()) -> tuple[list[Gathered], list[Doubt]]:
    """The rounds of these folders, and all that is wrong with them.

    `roster` are the units that the superior level expects; none means that nothing is expected. Raises
    RoundFault, UnknownId or FileFaults for a folder that is no round.
    """
    found: list[Gathered] = []
    doubts: list[Doubt] = []
    for folder in folders:
        round_ = load_round(folder)
        round_.criteria  # noqa: B018 - refuses a plan that does not score
        try:
            own = Gathered(round_, read_run(folder / RESULTS).record)
        except RunUnreadable as fault:
            there = (folder / RESULTS / RECORD_NAME).is_file()
            text = str(fault) if there else "Đợt này chưa có kết quả."
            doubts.append(Doubt("error", str(folder), text, f"Chạy lệnh: danvan score {as_typed(folder)}"))
            continue
        found.append(own)
        doubts += _own_doubts(folder, own)
    return found, [*doubts, *_between(found), *_missing(found, roster)]


def _own_doubts(folder: Path, own: Gathered) -> Iterator[Doubt]:
    """What is wrong with one round by itself."""
    name = str(folder)
    roster, scored = {unit.code for unit in own.round.units}, {unit["code"] for unit in own.record["units"]}
    for codes, text in (
        (roster - scored, "có trong danh sách của đợt nhưng không có trong kết quả"),
        (scored - roster, "có trong kết quả nhưng không còn trong danh sách của đợt"),
    ):
        if codes:
            told = f"{len(codes)} đơn vị {text}: {', '.join(sorted(codes))}."
            yield Doubt("error", name, told, f"Chạy lại lệnh: danvan score {as_typed(folder)}")
    changed = list(_changed(folder))
    if changed:
        text = f"Kết quả cũ hơn hồ sơ: {', '.join(changed[:5])} đã thay đổi sau khi tính điểm."
        yield Doubt("error", name, text, f"Chạy lại lệnh: danvan score {as_typed(folder)}")
    if own.record["provisional"]:
        yield Doubt(
            "warning",
            name,
            "Kết quả còn tạm tính, chưa thẩm định xong.",
            "Chờ thẩm định xong rồi tổng hợp.",
        )


def _changed(folder: Path) -> Iterator[str]:
    """Files that the results rest on and that are not what they were."""
    path = folder / RESULTS / INPUTS
    if not path.is_file():
        return
    try:
        files = {item["file"]: item["sha256"] for item in json.loads(path.read_bytes())["files"]}
        changed = [name for name, hash_ in files.items() if not _is(folder / name, hash_)]
    except (ValueError, KeyError, TypeError):
        changed = [f"{RESULTS}/{INPUTS}"]
    yield from changed


def _is(path: Path, sha256: str) -> bool:
    return path.is_file() and sha256_of(path) == sha256


def _between(found: Sequence[Gathered]) -> Iterator[Doubt]:
    """What does not fit between rounds: years, units counted twice, criteria that differ."""
    years = Counter(own.round.year for own in found)
    if len(years) > 1:
        usual = years.most_common(1)[0][0]
        for own in found:
            if own.round.year != usual:
                text = f"Đợt của năm {own.round.year}, các đợt khác của năm {usual}."
                yield Doubt("error", str(own.round.folder), text, "Chỉ tổng hợp các đợt của cùng một năm.")
    names: dict[str, set[str]] = {}
    for own in found:
        for unit in own.record["units"]:
            names.setdefault(unit["code"], set()).add(unit["name"])
    times = Counter(unit["code"] for own in found for unit in own.record["units"])
    for code, count in times.items():
        if count > 1:
            text = f"Đơn vị {code} ({' / '.join(sorted(names[code]))}) có trong {count} đợt."
            fix = "Bỏ bớt đợt bị trùng, hoặc đặt lại mã để mỗi đơn vị có một mã riêng."
            yield Doubt("error", "", text, fix)
    sets = {(own.round.criteria.id, own.round.criteria.version) for own in found}
    if len(sets) > 1:
        text = f"Các đợt dùng {len(sets)} bộ tiêu chí khác nhau nên không so điểm giữa các đợt."
        yield Doubt("warning", "", text, "Chỉ dùng số lượng và tỷ lệ xếp loại khi báo cáo.")


def _missing(found: Sequence[Gathered], roster: Sequence[Unit]) -> Iterator[Doubt]:
    """Units of the superior's roster that no round has."""
    if not roster:
        return
    have = {unit["code"] for own in found for unit in own.record["units"]}
    lacking = [unit for unit in roster if unit.code not in have]
    if lacking:
        names = "; ".join(f"{unit.name} ({unit.code})" for unit in lacking[:10])
        more = f" và {len(lacking) - 10} đơn vị khác" if len(lacking) > 10 else ""
        text = f"{len(lacking)} đơn vị trong danh sách cấp trên chưa có ở đợt nào: {names}{more}."
        yield Doubt("warning", "", text, "Bổ sung đợt của các đơn vị này, hoặc nêu rõ trong báo cáo.")
    expected = {unit.code for unit in roster}
    extra = sorted(have - expected)
    if extra:
        text = f"{len(extra)} đơn vị không có trong danh sách cấp trên: {', '.join(extra[:10])}."
        yield Doubt("warning", "", text, "Kiểm tra lại mã đơn vị hoặc danh sách.")


def labels_of(found: Sequence[Gathered]) -> list[str]:
    """All grades of all rounds, best first as far as the rounds agree, then what stands in their place."""
    merged: list[str] = []
    for own in found:
        labels = list(own.round.criteria.labels)
        for index, label in enumerate(labels):
            if label not in merged:
                below = (merged.index(other) for other in labels[index + 1 :] if other in merged)
                merged.insert(next(below, len(merged)), label)
    others = (label for own in found for label in own.graded if label not in merged)
    return [*merged, *dict.fromkeys(others)]


def counts_of(own: Gathered, labels: Sequence[str]) -> Mapping[str, int]:
    """Units of a round by grade, and under the empty label those without one."""
    graded = own.graded
    counts = {label: graded[label] for label in labels}
    return counts | {"": len(own.record["units"]) - sum(graded.values())}


def gathered_json(found: Sequence[Gathered], doubts: Sequence[Doubt]) -> dict[str, Any]:
    """The gathered rounds for a program."""
    labels = labels_of(found)
    return {
        "rounds": [
            {
                "round": own.round.id,
                "folder": str(own.round.folder),
                "locality": own.round.plan.locality,
                "year": own.round.year,
                "criteria": own.record["criteria"],
                "provisional": own.record["provisional"],
                "units": len(own.record["units"]),
                "grades": {label: count for label, count in counts_of(own, labels).items() if label},
                "not_graded": counts_of(own, labels)[""],
            }
            for own in found
        ],
        "problems": [doubt.to_json() for doubt in doubts],
    }
