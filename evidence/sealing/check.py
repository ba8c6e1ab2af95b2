"""A sealed round held against its seal: journal, every file's hash, paper; nothing is computed anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from criteria.catalogue import Refusal
from criteria.library import SEAL
from evidence.folders import RESULTS
from evidence.messages.seal import TEXTS
from evidence.sealing.fingerprint import fingerprints, input_files, may_change_results, name_in
from evidence.sealing.journal import JOURNAL, Chain, read_chain
from evidence.sealing.seal import CLOSE, SHORT, Head, NotSealed, read_seal
from evidence.sealing.sealed_files import is_sealed

JOURNAL_FILE = f"{RESULTS}/{JOURNAL}"
LISTS = ("inputs", "copies", "outputs")  # of a seal, in the order in which differences are told


class HeadUnreadable(Refusal):
    """A hash copied from paper that cannot be one."""


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was sealed: which file, where in it, of which unit and criterion."""

    code: str
    file: str
    place: str = ""
    unit: str = ""
    criterion: str = ""
    found: str = ""
    expected: str = ""

    @property
    def message(self) -> str:
        """The difference as a Vietnamese sentence."""
        return TEXTS[self.code].format_map(asdict(self))

    def to_json(self) -> dict[str, str]:
        """The difference as `verify --json` gives it."""
        return {**asdict(self), "message": self.message}


@dataclass(frozen=True)
class SealCheck:
    """What came of holding a round against its seal.

    `notes`: files beside the sealed ones that no command reads. `files`, `entries`: how many were held
    against their hashes.
    """

    seal: Mapping[str, Any]
    head: Head
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()
    files: int = 0
    entries: int = 0
    on_paper: bool | None = field(
        default=None
    )  # whether the hash on paper is this one; None where not given


def check_seal(folder: Path, paper: str = "") -> SealCheck:
    """A round held against its seal and, where given, against the hash on paper.

    Raises NotSealed where the round is not sealed, HeadUnreadable where the hash cannot be one.
    """
    wanted = read_head(paper) if paper else ""
    if not is_sealed(folder):
        read_seal(folder)  # says why
    chain = read_chain(folder / RESULTS / JOURNAL)
    head = Head(chain.head)
    found = list(_paper_differences(wanted, head))
    try:
        seal = read_seal(folder)
    except NotSealed:
        seal = {}
        found.append(Difference("seal-unreadable", SEAL.as_posix()))
    found += _journal_differences(folder, chain)
    held = _listed(seal)
    found += _file_differences(folder, held)
    added = sorted(name for name in _present(folder) | _outputs(folder) if name not in held)
    found += [Difference("file-added", name) for name in added if seal and may_change_results(name)]
    beside = [name for name in added if not may_change_results(name)]
    return SealCheck(
        seal,
        head,
        tuple(found),
        tuple(beside),
        len(held),
        len(chain.entries),
        None if not wanted else head.full.startswith(wanted),
    )


def read_head(text: str) -> str:
    """The hex digits of a hash as copied from paper, 32 or 64 of them; raises HeadUnreadable."""
    digits = re.sub(r"[\s.,:–-]+", "", text).casefold()
    wrong = re.search(r"[^0-9a-f]", digits)
    if wrong:
        raise HeadUnreadable(
            f"Mã trên giấy chỉ gồm chữ số 0-9 và chữ a-f; không dùng được “{wrong[0]}”. "
            "Gõ lại mã, ví dụ số 0, không phải chữ o."
        )
    if len(digits) not in (SHORT, 64):
        raise HeadUnreadable(
            f"Mã trên giấy phải đủ 32 ký tự (8 nhóm, mỗi nhóm 4) hoặc 64 ký tự; đã gõ {len(digits)} ký tự."
        )
    return digits


def _paper_differences(wanted: str, head: Head) -> Iterator[Difference]:
    if wanted and not head.full.startswith(wanted):
        groups = range(0, SHORT, 4)
        wrong = [f"nhóm {at // 4 + 1}" for at in groups if wanted[at : at + 4] != head.full[at : at + 4]]
        told = f"{head.short}; khác ở {', '.join(wrong) or 'các nhóm sau'}"
        yield Difference("head-differs", JOURNAL_FILE, found=told, expected=wanted)


def _journal_differences(folder: Path, chain: Chain) -> Iterator[Difference]:
    if not (folder / RESULTS / JOURNAL).is_file():
        yield Difference("journal-missing", JOURNAL_FILE)
        return
    for line, fault in sorted(chain.faults.items()):
        yield Difference("journal-broken", JOURNAL_FILE, place=str(line), found=fault)
    if not chain.entries or chain.entries[-1].command != CLOSE:
        yield Difference("journal-no-close", JOURNAL_FILE)
        return
    sealed = chain.entries[-1].details
    (now,) = fingerprints(folder, [folder / SEAL])
    if not isinstance(sealed, Mapping) or sealed.get("seal") != now.sha256:
        yield Difference("seal-changed", SEAL.as_posix())


def _listed(seal: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The sealed files by path; what a damaged seal does not hold in its form is left out."""
    lists: Sequence[Any] = [seal.get(name) for name in LISTS]
    entries = [entry for found in lists if isinstance(found, list) for entry in found]
    shaped = [entry for entry in entries if isinstance(entry, dict) and isinstance(entry.get("file"), str)]
    return {str(entry["file"]): entry for entry in shaped}


def _file_differences(folder: Path, held: Mapping[str, Mapping[str, Any]]) -> Iterator[Difference]:
    present = _present(folder) | _outputs(folder)
    for name, entry in held.items():
        if name not in present:
            yield Difference("file-missing", name)
            continue
        (now,) = fingerprints(folder, [present[name]])
        if now.sha256 != entry.get("sha256"):
            was, size = entry.get("size"), now.size
            told = ("", "") if was == size else (f"{size} byte", f"{was} byte")
            found, expected = told if any(told) else ("nội dung khác", f"{was} byte")
            yield Difference("file-changed", name, found=found, expected=expected)


def _present(folder: Path) -> dict[str, Path]:
    return {name_in(folder, path): path for path in input_files(folder)}


def _outputs(folder: Path) -> dict[str, Path]:
    """What stands in `ket-qua/` but for the seal and the journal, which hold each other."""
    paths = (path for path in (folder / RESULTS).rglob("*") if path.is_file())
    shown = (path for path in paths if not path.name.startswith((".", "~$")))
    named = {name_in(folder, path): path for path in shown}
    return {name: path for name, path in named.items() if name not in (SEAL.as_posix(), JOURNAL_FILE)}
