"""A round: one folder that a person can read, copy and mail; `dot.yaml` says who is scored.

What loads its files is loaded itself when that is asked for: the processes that read forms are handed a
round, and start sooner without.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from criteria.catalogue import Refusal, UnknownId, as_typed
from criteria.model import Condition, CriteriaSet, Plan, Unit
from evidence.folders import FOLDERS, ROUND_FILE
from evidence.problems import Problem
from evidence.registers.facts import Fact, facts_of_round, with_register
from evidence.registers.receipts import DOSSIER, Receipt, dossier_deadline, first_of, read_receipts


class RoundFault(Refusal):
    """A folder that cannot be used as a round; the text says why and what to do, in Vietnamese."""


def heading_of_block(title: str) -> str:
    """`Khối: UBND xã, phường`, and `Khối 1: UBND xã, phường` as it is."""
    return title if title.casefold().startswith("khối ") else f"Khối: {title}"


@dataclass(frozen=True)
class Corrects:
    """The sealed round that a round corrects: its id, its folder's name, the hash of its seal, and why.

    `earlier`: ids of the rounds that it corrects in turn.
    """

    round: str
    folder: str
    head: str
    reason: str
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True)
class Round:
    """A round's folder with its plan, criteria set and units; `mark` is printed on everything."""

    folder: Path
    id: str
    title: str
    year: int
    mark: str | None
    plan: Plan
    scored_by: CriteriaSet | None  # None where the plan only asks for reports
    units: tuple[Unit, ...]
    blocks: dict[str, str]
    facts: tuple[Fact, ...] = ()  # of dot.yaml and the register, less those withdrawn
    receipts: tuple[Receipt, ...] = ()  # of dot.yaml, the register, and times of files not recorded
    problems: tuple[Problem, ...] = ()  # what is wrong in these two registers
    corrects: Corrects | None = None
    previous: str = ""  # the folder of the round before, seen from this one's; empty where none is named

    @property
    def criteria(self) -> CriteriaSet:
        """The criteria set; raises RoundFault where the plan does not score."""
        if self.scored_by is None:
            raise RoundFault(
                f"Kế hoạch “{self.plan.id}” không chấm điểm (chỉ có báo cáo và thời hạn) nên không có biểu "
                "mẫu và kết quả xếp hạng. Theo dõi thời hạn bằng lệnh: "
                f"danvan status {as_typed(self.folder)}"
            )
        return self.scored_by

    def block_line(self, block: str) -> str:
        """A block as a heading; offices that name theirs “Khối 1: ...” need the word no second time."""
        return heading_of_block(self.blocks.get(block, block))

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What is doubtful about the decision, the plan and the receipts for this year, in Vietnamese."""
        from criteria.currency import currency_warnings

        return (*currency_warnings(self.scored_by, self.plan, self.year), *self._unrecorded())

    @property
    def unrecorded(self) -> tuple[str, ...]:
        """Codes of units of whose dossier only the file's time is known, where a limit looks to lateness.

        Any copy may change such a time, and with it the grade.
        """
        limits = self.scored_by.limits if self.scored_by else ()
        if not dossier_deadline(self.plan) or not any(_looks_to_late(limit.when) for limit in limits):
            return ()
        return tuple(unit for unit, receipt in self.dossiers.items() if receipt.source == "file")

    def _unrecorded(self) -> Iterator[str]:
        """Said wherever results are, where they hang on the times of files."""
        units = [unit for unit in self.unrecorded if unit in self.late]
        if units:
            yield (
                f"{len(units)} đơn vị bị tính gửi hồ sơ chậm theo giờ của tệp vì chưa vào sổ tiếp nhận: "
                f"{', '.join(units)}. Ghi sổ bằng lệnh danvan receive trước khi chốt kết quả."
            )

    @cached_property
    def dossiers(self) -> dict[str, Receipt]:
        """By unit, the receipt of its dossier that counts against the plan's deadline."""
        due = dossier_deadline(self.plan)
        return first_of(self.receipts, DOSSIER, due.id if due else "")

    @property
    def late(self) -> dict[str, int]:
        """Days past the plan's deadline for dossiers, of units that were late."""
        due = dossier_deadline(self.plan)
        if due is None:
            return {}
        days = {unit: receipt.days_late(due) for unit, receipt in self.dossiers.items()}
        return {unit: late for unit, late in days.items() if late}

    @cached_property
    def by_code(self) -> dict[str, Unit]:
        """Unit by code."""
        return {unit.code: unit for unit in self.units}

    @property
    def marks(self) -> tuple[str, ...]:
        """The sentences that every output must carry: invented figures, unofficial criteria."""
        provenance = self.scored_by.provenance.warning if self.scored_by else None
        return tuple(text for text in (self.mark, provenance) if text)


def load_round(folder: Path) -> Round:
    """Round of a folder; raises RoundFault, UnknownId or FileFaults."""
    from criteria.library import OWN_FOLDER, Library
    from criteria.reading import read_document, read_text
    from criteria.schema import round_schema

    path = folder / ROUND_FILE
    if not folder.is_dir():
        kind = "tệp" if folder.suffix else "thư mục"
        raise RoundFault(f"Không có {kind} “{folder}”. Kiểm tra lại đường dẫn.")
    if not path.is_file():
        raise RoundFault(
            f"Thư mục “{folder}” không có tệp “{ROUND_FILE}” nên không phải một đợt đánh giá. "
            "Chọn đúng thư mục, hoặc tạo đợt mới bằng lệnh: "
            f"danvan new {as_typed(folder)} --plan MÃ_KẾ_HOẠCH"
        )
    raw: Any = read_document(read_text(path), ROUND_FILE, round_schema()).value
    try:
        plan, criteria = Library.of_round(folder).plan_with_criteria(raw["plan"])
    except UnknownId as error:
        raise RoundFault(
            f"{error} Đợt “{folder.name}” dùng mục này: chép lại tệp của cơ quan vào thư mục "
            f"“{folder / OWN_FOLDER}”, hoặc sửa mã ghi ở phần “plan” của {ROUND_FILE}."
        ) from error
    units = tuple(
        Unit(item["code"], item["name"], item["type"], item.get("block", item["type"]))
        for item in raw["units"]
    )
    types = criteria.unit_types if criteria else plan.unit_types
    _check_units(units, criteria)
    facts = facts_of_round(raw.get("facts", ()))
    received = {
        item["unit"]: (date.fromisoformat(item["on"]), item["recorded_by"])
        for item in raw.get("received", ())
    }
    for code in (*(fact.unit for fact in facts), *received):
        if code not in {unit.code for unit in units}:
            raise UnknownId(f"đơn vị (ở phần “facts”, “received” của {ROUND_FILE}) có mã", code,
                            [unit.code for unit in units])  # fmt: skip
    known = criteria.facts if criteria else frozenset()
    for fact in facts:
        if known and fact.fact not in known:  # a slip of the pen here would switch a limit off
            raise UnknownId(f"sự việc (ghi ở phần “facts” của {ROUND_FILE})", fact.fact, known)
    problems: list[Problem] = []
    return Round(
        folder=folder,
        id=raw["round"],
        title=raw.get("title") or plan.title,
        year=int(raw["year"]),
        mark=raw.get("mark"),
        plan=plan,
        scored_by=criteria,
        units=units,
        blocks={unit.block: types.get(unit.block, unit.block) for unit in units} | raw.get("blocks", {}),
        facts=with_register(facts, folder, units, known, problems),
        receipts=read_receipts(folder, units, plan, received, problems),
        problems=tuple(problems),
        corrects=_corrects(raw.get("corrects")),
        previous=raw.get("previous", ""),
    )


def _looks_to_late(when: Condition) -> bool:
    return (when.kind, when.name) == ("dossier", "late") or any(map(_looks_to_late, when.parts))


def _corrects(raw: dict[str, Any] | None) -> Corrects | None:
    if not raw:
        return None
    earlier = tuple(raw.get("earlier", ()))
    return Corrects(raw["round"], raw["folder"], raw["head"], raw.get("reason", ""), earlier)


def _check_units(units: tuple[Unit, ...], criteria: CriteriaSet | None, file: str = ROUND_FILE) -> None:
    for code, times in Counter(unit.code.casefold() for unit in units).items():
        if times > 1:
            raise RoundFault(
                f"“{file}”: mã đơn vị “{code}” bị dùng {times} lần. Mỗi đơn vị cần một mã riêng."
            )
    for unit in units:
        if criteria and unit.type not in criteria.unit_types:
            raise UnknownId(f"loại đơn vị (của “{unit.name}”)", unit.type, criteria.unit_types)


def new_round(folder: Path, plan_id: str) -> Round:
    """A new round's folder with `dot.yaml` of the plan's roster; RoundFault if not empty, or in a round."""
    from criteria.library import OWN_FOLDER, Library

    library = Library.of_round(folder)
    try:
        plan, criteria = library.plan_with_criteria(plan_id)
    except UnknownId as unknown:
        raise RoundFault(
            f"{unknown} Kế hoạch, bộ tiêu chí, danh sách đơn vị riêng của cơ quan thì đặt vào "
            f"“{folder / OWN_FOLDER}” (tạo thư mục này trước) rồi chạy lại."
        ) from unknown
    refuse_inside_round(folder)
    if folder.exists() and any(item.name != OWN_FOLDER for item in folder.iterdir()):
        raise RoundFault(f"Thư mục “{folder}” đã có dữ liệu. Chọn một thư mục mới hoặc rỗng.")
    units = library.roster(plan)
    # before anything is written: the way is to try again
    _check_units(units, criteria, f"{plan.roster}.csv")
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    text = "\n".join(_round_text(folder.name, plan, units)) + "\n"
    (folder / ROUND_FILE).write_text(text, encoding="utf-8", newline="\n")
    return load_round(folder)


def refuse_inside_round(folder: Path) -> None:
    """Raises RoundFault where a new round would lie in another one's folder, and be sealed with it."""
    for outer in folder.resolve().parents:
        if (outer / ROUND_FILE).is_file():
            raise RoundFault(
                f"“{folder}” nằm trong thư mục của đợt “{outer.name}”. Mỗi đợt cần một thư mục riêng, "
                f"ví dụ: {as_typed(outer.with_name(folder.name))}"
            )


def _round_text(name: str, plan: Plan, units: tuple[Unit, ...]) -> Iterator[str]:
    yield "# Đợt đánh giá: sửa danh sách đơn vị ở dưới cho đúng thực tế trước khi phát biểu mẫu."
    yield f"round: {quoted(name)}"
    yield f"title: {quoted(plan.title)}"
    yield f"plan: {plan.id}"
    yield f'year: "{plan.year}"'
    yield "units:"
    for unit in units:
        values = {"code": unit.code, "name": unit.name, "type": unit.type, "block": unit.block}
        yield "  - {" + ", ".join(f"{key}: {quoted(text)}" for key, text in values.items()) + "}"


def quoted(text: str) -> str:
    """A text as a quoted scalar of `dot.yaml`."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
