"""Closing a round: everything written, hashed and bound into the journal; the seal is put in place last."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from criteria.catalogue import Refusal, UnknownId, as_typed
from criteria.library import SEAL, SEALED_COPIES, SEALED_CRITERIA, SEALED_PLAN, SEALED_ROSTER, Library
from evidence.folders import RESULTS
from evidence.lock import person
from evidence.placing import write_aside, write_together
from evidence.registers.receipts import FILE_TIMES
from evidence.round import Round, load_round
from evidence.sealing import journal
from evidence.sealing.correction import previous_results
from evidence.sealing.fingerprint import Fingerprint, fingerprints, input_files
from evidence.sealing.seal import CLOSE, Head, refuse_sealed
from reports.comparison.change_words import CHANGES_NAME, write_changes
from reports.comparison.changes import UnitChange, changes
from reports.outcome import Outcome, closed_outcome, outcome
from reports.outputs import write_outputs
from reports.ranked.basis import program_version
from reports.record import results_json
from reports.runs import read_run
from reports.sealing.open_matters import OpenMatter, matter_lines, open_matters


class RoundOpen(Refusal):
    """A round that may not be sealed yet; `matters` says what is open."""

    exit_code = 3

    def __init__(self, text: str, matters: Sequence[OpenMatter] = ()) -> None:
        super().__init__(text)
        self.matters = tuple(matters)


@dataclass(frozen=True)
class Closing:
    """What closing came to: the hash for the record of the meeting, what was open, what it corrects.

    `changes`: against the round that this one corrects; None where it corrects none.
    """

    outcome: Outcome
    head: Head
    matters: tuple[OpenMatter, ...]
    reason: str
    written: tuple[Path, ...]
    changes: tuple[UnitChange, ...] | None


def close_round(
    folder: Path,
    by: str = "",
    reason: str = "",
    provisional: bool = False,
    now: datetime | None = None,
) -> Closing:
    """Seals the round in a folder, scored anew.

    Results, ledger and tables are written, then copies of criteria, plan and roster, then the closing
    entry of the journal, which holds the hash of the seal; the seal itself is moved into place last, so
    that a crash leaves a round that is not sealed. Raises SealedRound where it is sealed already,
    RoundOpen where anything is open and it is not closed as provisional with a reason.
    """
    refuse_sealed(folder)
    reason = " ".join(reason.split())
    if provisional and not reason:
        raise _without_reason()
    before = fingerprints(folder, input_files(folder))
    round_ = load_round(folder)
    found = outcome(round_)
    matters = open_matters(found)
    if matters and not provisional:
        raise RoundOpen(_open_text(round_, matters), matters)
    if not matters:
        found = closed_outcome(found)
    corrected = _against_corrected(found) if round_.corrects else None
    written = write_outputs(found)
    if corrected is not None:
        write_changes(folder / RESULTS / CHANGES_NAME, corrected)
        written.append(folder / RESULTS / CHANGES_NAME)
    copies = _copy_texts(round_)
    inputs = fingerprints(folder, input_files(folder))
    if inputs != before:
        raise RoundOpen(
            f"Có tệp của đợt “{folder.name}” bị thay đổi trong lúc niêm phong nên chưa niêm phong. "
            "Đóng các tệp đang mở rồi chạy lại lệnh."
        )
    closed = {
        "on": (now or datetime.now()).astimezone().isoformat(timespec="seconds"),
        "by": by or person(),
        "provisional": bool(matters),
        "reason": reason,
        "open": [matter.to_json() for matter in matters],
    }
    seal = _seal(round_, closed, corrected, (inputs, copies, fingerprints(folder, written)))
    head = _put_in_place(folder, seal, closed, now)
    return Closing(found, head, matters, reason, (*written, folder / SEAL), corrected)


def _against_corrected(found: Outcome) -> tuple[UnitChange, ...]:
    old = read_run(previous_results(found.round))
    record = results_json(found.round, found.results)
    return changes(old.record, record, old.ledger, found.history)


def _copy_texts(round_: Round) -> tuple[Fingerprint, ...]:
    """Copies the very files of plan, criteria and roster into the results, in place of older copies."""
    folder = round_.folder / SEALED_COPIES
    shutil.rmtree(folder, ignore_errors=True)  # of a closing that was broken off
    made = []
    for kind, path in _texts_of(round_):
        target = round_.folder / kind / path.name
        with write_aside(target) as aside:
            shutil.copyfile(path, aside)
        made.append(target)
    return fingerprints(round_.folder, made)


def _texts_of(round_: Round) -> Iterator[tuple[Path, Path]]:
    """The folder of each kind of text, and the file that the round was scored by."""
    library = Library.of_round(round_.folder)
    yield SEALED_PLAN, library.plan_path(round_.plan.id)
    yield SEALED_CRITERIA, library.criteria_path(round_.criteria.id)
    if round_.plan.roster:
        try:
            yield SEALED_ROSTER, library.roster_path(round_.plan.roster)
        except UnknownId:  # the units stand in dot.yaml: a roster file that is gone changes nothing
            return


def _seal(
    round_: Round,
    closed: Mapping[str, Any],
    corrected: Sequence[UnitChange] | None,
    files: tuple[Sequence[Fingerprint], Sequence[Fingerprint], Sequence[Fingerprint]],
) -> bytes:
    chain = journal.read_chain(round_.folder / RESULTS / journal.JOURNAL)
    corrects = None
    if round_.corrects and corrected is not None:
        corrects = {**asdict(round_.corrects), "units_changed": len(corrected)}
    names = ("inputs", "copies", "outputs")
    value = {
        "round": round_.id,
        "title": round_.title,
        "year": round_.year,
        "program": program_version(),
        "criteria": {"id": round_.criteria.id, "version": round_.criteria.version},
        "plan": {"id": round_.plan.id, "version": round_.plan.version},
        "closed": closed,
        "corrects": corrects,
        # by unit, when a dossier that nobody recorded came in: a copy of the folder has other times
        FILE_TIMES: {
            item.unit: item.moment.isoformat() for item in round_.receipts if item.source == "file"
        },
        "journal": {"entries": len(chain.entries), "head": chain.head},
        **{name: [item.to_json() for item in part] for name, part in zip(names, files, strict=True)},
    }
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _put_in_place(folder: Path, seal: bytes, closed: Mapping[str, Any], now: datetime | None) -> Head:
    # the seal with the journal's line or neither: a line without its seal tells of one that was lost
    with write_together(folder), write_aside(folder / SEAL) as aside:
        aside.write_bytes(seal)
        details = {
            "seal": hashlib.sha256(seal).hexdigest(),
            "provisional": closed["provisional"],
            "reason": closed["reason"],
            "open": {matter["code"]: matter["count"] for matter in closed["open"]},
        }
        entry = journal.append(folder, CLOSE, details, closed["by"], now)
    return Head(entry.hash)


def _open_text(round_: Round, matters: Sequence[OpenMatter]) -> str:
    return "\n".join(
        [
            f"Chưa niêm phong đợt “{round_.id}” vì còn việc chưa xong:",
            *matter_lines(matters),
            "Giải quyết các việc trên rồi chạy lại lệnh; hoặc, nếu có lý do, niêm phong tạm thời: "
            f'danvan close {as_typed(round_.folder)} --provisional --reason "LÝ DO"',
        ]
    )


def _without_reason() -> RoundOpen:
    refusal = RoundOpen('Niêm phong tạm thời phải ghi lý do: thêm --reason "LÝ DO".')
    refusal.exit_code = 2
    return refusal


def closing_text(closing: Closing) -> str:
    """What closing came to, for the terminal: the hash to copy into the record of the meeting."""
    round_ = closing.outcome.round
    lines = [f"Đã niêm phong đợt “{round_.id}”."]
    if closing.matters:
        lines.append(f"! Niêm phong TẠM THỜI, lý do: {closing.reason}. Còn việc chưa xong:")
        lines += matter_lines(closing.matters)
    lines += [
        "",
        "Mã niêm phong, ghi vào biên bản họp:",
        f"  {closing.head.short}",
        f"Mã đầy đủ: {closing.head.full}",
        f"Kiểm tra về sau: danvan verify {as_typed(round_.folder)} --head MÃ_TRÊN_BIÊN_BẢN",
    ]
    return "\n".join(lines)
