"""A sealed round verified: hashes, journal and paper, then everything computed anew and compared."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from criteria.catalogue import Refusal, as_typed
from criteria.document import vietnamese_date
from evidence.folders import RESULTS
from evidence.round import load_round
from evidence.sealing.check import Difference, SealCheck, check_seal
from reports.comparison.change_words import FIELD_WORDS
from reports.ledger_file import LEDGER_NAME, LedgerLine, headings, ledger_lines, ledger_text
from reports.outcome import Outcome, outcome
from reports.ranked.basis import program_version
from reports.record import RECORD_NAME, record_text, results_json

RECORD_FILE, LEDGER_FILE = f"{RESULTS}/{RECORD_NAME}", f"{RESULTS}/{LEDGER_NAME}"
_MOST_NAMED = 5  # files beside the sealed ones that are named one by one
_WORDS = {"warnings", "text"}  # sentences, which a later version of the program may put otherwise


@dataclass(frozen=True)
class Verification:
    """What verifying came to: all differences in the order in which they were met, and what was checked."""

    folder: Path
    seal: SealCheck
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]
    units: int
    rows: int

    @property
    def sound(self) -> bool:
        """Whether nothing differs from what was sealed."""
        return not self.differences


def verify(folder: Path, paper: str = "") -> Verification:
    """A sealed round verified, against the hash on paper where given.

    Raises NotSealed where the round is not sealed, HeadUnreadable where the hash cannot be one.
    """
    check = check_seal(folder, paper)
    notes = [_beside_note(f"Tệp “{name}”") for name in check.notes]
    sealed_by = check.seal.get("program", program_version())
    same_program = sealed_by == program_version()
    if not same_program:
        notes.append(
            f"Đợt được niêm phong bằng danvan {sealed_by}, kiểm tra bằng danvan {program_version()}: "
            "không so lời văn của các câu giải thích, chỉ so số liệu."
        )
    try:
        found = outcome(load_round(folder))
    except (Refusal, OSError) as fault:
        unread = f"không đọc được tệp “{fault.filename}”." if isinstance(fault, OSError) else ""
        text = unread or str(fault).replace("\n", " ")
        return _verification(folder, check, [Difference("not-recomputed", "", found=text)], notes)
    differences = [
        *_record_differences(folder, found, same_program),
        *_ledger_differences(folder, found, same_program),
    ]
    return _verification(folder, check, differences, notes, found)


def _verification(
    folder: Path,
    check: SealCheck,
    differences: Sequence[Difference],
    notes: Sequence[str],
    found: Outcome | None = None,
) -> Verification:
    units = len(found.results.units) if found else 0
    rows = len(found.results.ledger) if found else 0
    return Verification(folder, check, (*check.differences, *differences), tuple(notes), units, rows)


def _record_differences(folder: Path, found: Outcome, same_program: bool) -> Iterator[Difference]:
    wanted = json.loads(record_text(results_json(found.round, found.results)))
    try:
        kept = json.loads((folder / RECORD_FILE).read_bytes().decode("utf-8"))
    except (OSError, ValueError):
        yield Difference("result-differs", RECORD_FILE, "toàn tệp", found="không đọc được", expected="…")
        return
    names = {unit.code: unit.name for unit in found.round.units}
    for path, was, now in _leaves(kept, wanted, ()):
        if same_program or not _WORDS & set(path):
            unit = path[1] if path[0] == "units" and len(path) > 1 else ""
            place = _place(path, names)
            yield Difference("result-differs", RECORD_FILE, place, unit, "", _told(was), _told(now))


def _leaves(kept: Any, wanted: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Where two records differ, as deep as possible; lists of units and the like are matched by code."""
    if kept == wanted and type(kept) is type(wanted):
        return
    pair = tuple(_keyed(side) for side in (kept, wanted))
    if pair[0] is None or pair[1] is None:
        yield path, kept, wanted
        return
    for key in dict.fromkeys([*pair[1], *pair[0]]):
        yield from _leaves(pair[0].get(key), pair[1].get(key), (*path, key))


def _keyed(value: Any) -> Mapping[str, Any] | None:
    """A mapping as it is; a list of mappings by code, id or block; None for what has no parts."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
        return None
    keys = [item.get("code") or item.get("id") or item.get("block") or item.get("grade") for item in value]
    if not all(isinstance(key, str) for key in keys) or len(set(keys)) < len(keys):
        return None
    return dict(zip(keys, value, strict=True))


def _place(path: tuple[str, ...], names: Mapping[str, str]) -> str:
    if path[:1] == ("units",) and len(path) > 1:
        unit = f"đơn vị {path[1]} ({names.get(path[1], 'không có trong danh sách')})"
        return ", ".join([unit, *(f"mục “{FIELD_WORDS.get(key, key)}”" for key in path[2:])])
    return "mục “" + " › ".join(path) + "”" if path else "toàn tệp"


def _told(value: Any) -> str:
    """A value of a record as people read it, cut where it is long."""
    if value is None:
        return "không có"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"“{text[:80]}{'…' if len(text) > 80 else ''}”"


def _ledger_differences(folder: Path, found: Outcome, same_program: bool) -> Iterator[Difference]:
    wanted_text = ledger_text(found.round, found.results, found.history)
    try:
        kept_text = (folder / LEDGER_FILE).read_bytes().decode("utf-8")
    except (OSError, ValueError):
        yield Difference("ledger-differs", LEDGER_FILE, "toàn tệp", found="không đọc được", expected="…")
        return
    if kept_text == wanted_text:
        return
    kept, wanted = ledger_lines(kept_text), ledger_lines(wanted_text)
    if not kept and not same_program:
        return  # another version's columns: the hash of the file speaks
    told = list(_line_differences(kept, wanted))
    yield from told
    if not told:
        yield Difference(
            "ledger-differs", LEDGER_FILE, "dòng tiêu đề", found="nội dung khác", expected="như mẫu"
        )


def _line_differences(kept: Sequence[LedgerLine], wanted: Sequence[LedgerLine]) -> Iterator[Difference]:
    by_key = {(line.unit, line.criterion): line for line in kept}
    for line in wanted:
        own = by_key.pop((line.unit, line.criterion), None)
        where = f"đơn vị {line.unit}, tiêu chí {line.criterion}"
        if own is None:
            yield _ledger_difference(line, where, "không có dòng này", "có")
            continue
        for head in headings().values():
            was, now = own.cells.get(head), line.cells[head]
            if was != now:
                place = f"dòng {own.number}, {where}, cột “{head}”"
                yield _ledger_difference(line, place, _told(was), _told(now))
    for extra in by_key.values():
        place = f"dòng {extra.number}, đơn vị {extra.unit}, tiêu chí {extra.criterion}"
        yield _ledger_difference(extra, place, "có dòng này", "không có")


def _ledger_difference(line: LedgerLine, place: str, found: str, expected: str) -> Difference:
    return Difference("ledger-differs", LEDGER_FILE, place, line.unit, line.criterion, found, expected)


def verification_text(done: Verification) -> str:
    """The verification for the terminal: sound, or the first difference and how many more."""
    closed = done.seal.seal.get("closed", {})
    lines = []
    if done.sound:
        lines.append(f"Đợt “{done.seal.seal['round']}” còn nguyên như lúc niêm phong.")
        lines.append(
            f"Đã kiểm tra {done.seal.files} tệp, {done.seal.entries} dòng nhật ký; tính lại "
            f"{done.units} đơn vị, {done.rows} dòng sổ điểm: không có khác biệt."
        )
    else:
        lines.append(f"KHÔNG còn như lúc niêm phong. {done.differences[0].message}")
        more = len(done.differences) - 1
        if more:
            lines.append(
                f"Còn {more} khác biệt nữa; liệt kê đủ: danvan verify {as_typed(done.folder)} --json"
            )
    if isinstance(closed, dict) and closed.get("on"):
        day = _day(str(closed["on"]))
        kind = "tạm thời " if closed.get("provisional") else ""
        why = f", lý do: {closed['reason']}" if closed.get("reason") else ""
        lines.append(f"Niêm phong {kind}ngày {day}, người thực hiện: {closed.get('by', 'không rõ')}{why}.")
    lines.append(f"Mã niêm phong: {done.seal.head.short}")
    if done.seal.on_paper is None:
        lines.append(
            "Chưa so với giấy: thêm --head MÃ_TRÊN_BIÊN_BẢN; chỉ mã trên giấy mới cho biết thư mục có bị "
            "sửa rồi niêm phong lại hay không."
        )
    elif done.seal.on_paper:
        lines.append("Mã trên giấy: khớp.")
    return "\n".join([*lines, *(f"Lưu ý: {note}" for note in _notes_told(done))])


def _beside_note(what: str) -> str:
    return f"{what} không thuộc niêm phong (không ảnh hưởng kết quả)."


def _notes_told(done: Verification) -> Iterator[str]:
    """The notes for the terminal: of many files beside the sealed ones, how many lie in which folder."""
    beside = done.seal.notes
    if len(beside) <= _MOST_NAMED:
        yield from done.notes
        return
    folders = Counter(str(PurePosixPath(name).parent) for name in beside)
    where = ", ".join(f"{count} trong “{folder}”" for folder, count in folders.items())
    command = f"danvan verify {as_typed(done.folder)} --json"
    yield f"{_beside_note(f'{len(beside)} tệp ({where})')} Liệt kê đủ: {command}"
    yield from done.notes[len(beside) :]


def _day(text: str) -> str:
    from datetime import datetime

    try:
        return vietnamese_date(datetime.fromisoformat(text).date())
    except ValueError:
        return text


def verification_json(done: Verification) -> dict[str, Any]:
    """The verification as `verify --json` gives it."""
    seal = done.seal.seal
    closed = seal.get("closed")
    closed = closed if isinstance(closed, dict) else {}
    return {
        "round": str(seal.get("round", done.folder.name)),
        "sound": done.sound,
        "head": done.seal.head.full,
        "head_short": done.seal.head.short,
        "paper_matches": done.seal.on_paper,
        "closed": {
            "on": str(closed.get("on", "")),
            "by": str(closed.get("by", "")),
            "provisional": bool(closed.get("provisional")),
            "reason": str(closed.get("reason", "")),
        },
        "program": {"sealed": str(seal.get("program", "")), "now": program_version()},
        "checked": {
            "files": done.seal.files,
            "entries": done.seal.entries,
            "units": done.units,
            "rows": done.rows,
        },
        "differences": [item.to_json() for item in done.differences],
        "notes": list(done.notes),
    }
