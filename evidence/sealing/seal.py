"""The seal of a round: whether it is closed, what its seal says, the hash that stands on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from criteria.catalogue import Refusal, as_typed
from criteria.document import vietnamese_date
from criteria.library import SEAL
from evidence.folders import RESULTS, ROUND_FILE
from evidence.placing import MOVES_NAME
from evidence.round import load_round
from evidence.sealing.journal import JOURNAL, read_chain
from evidence.sealing.sealed_files import SealedRound, is_sealed, seal_of

CLOSE = "close"  # the command of the journal's entry that seals
_GROUP, SHORT = 4, 32


class NotSealed(Refusal):
    """A round that is not sealed, where a sealed one is needed."""

    exit_code = 3


@dataclass(frozen=True)
class Head:
    """The hash that stands for all of a sealed round: in full, and short in groups to copy by hand."""

    full: str

    @property
    def short(self) -> str:
        """The first 32 hex digits in groups of four."""
        return " ".join(self.full[at : at + _GROUP] for at in range(0, SHORT, _GROUP))


def closed_for_good(folder: Path) -> bool:
    """Whether the round is sealed with nothing left open, so that its points are final.

    A seal that cannot be read counts as one: what `verify` says of it must not hang on the points.
    """
    if not is_sealed(folder):
        return False
    seal = seal_of(folder) or {}
    try:
        return not seal["closed"]["provisional"]
    except (KeyError, TypeError):
        return True


def refuse_sealed(folder: Path) -> None:
    """Raises SealedRound where the round is sealed: called first by every command that writes.

    As well where its seal was lost: what is written then would make the lost one worthless.
    """
    if not is_sealed(folder):
        if lost := _lost(folder):
            raise SealedRound(lost)
        return
    seal = seal_of(folder) or {}
    try:
        closed = datetime.fromisoformat(seal["closed"]["on"])
        when = f" ngày {vietnamese_date(closed.date())}"
    except (KeyError, TypeError, ValueError):  # a damaged seal is still a seal
        when = ""
    raise SealedRound(
        f"Đợt “{folder.name}” đã niêm phong{when} nên không sửa được nữa. Xem lại bằng lệnh explain, "
        "status, verify; nếu phải đính chính, tạo đợt mới: "
        f"danvan new THƯ_MỤC_MỚI --corrects {as_typed(folder)}"
    )


def read_seal(folder: Path) -> dict[str, Any]:
    """What a round's seal says; raises NotSealed where there is none or it cannot be read.

    Raises RoundFault where the folder is no round.
    """
    if not is_sealed(folder):
        if not (folder / ROUND_FILE).is_file():
            load_round(folder)  # says that this is no round at all
        raise NotSealed(_not_sealed(folder))
    seal = seal_of(folder)
    if seal is None:
        raise NotSealed(_damaged(folder))
    return seal


def head_hash(folder: Path) -> Head | None:
    """The hash of a sealed round's closing entry, for the record of the meeting; None where not sealed."""
    if not is_sealed(folder):
        return None
    chain = read_chain(folder / RESULTS / JOURNAL)
    return Head(chain.head) if chain.entries else None


def _not_sealed(folder: Path) -> str:
    text = (
        f"Đợt “{folder.name}” chưa được niêm phong. Niêm phong bằng lệnh: danvan close {as_typed(folder)}"
    )
    return _lost(folder) or text


def _lost(folder: Path) -> str:
    """What to do where the journal ends with a seal that is not there; empty where none is missed.

    A closing that was killed has not written into the journal, or the next run finishes its moves.
    """
    chain = read_chain(folder / RESULTS / JOURNAL)
    if not chain.entries or chain.entries[-1].command != CLOSE or (folder / MOVES_NAME).is_file():
        return ""
    return (
        f"Đợt “{folder.name}” đã niêm phong lúc {chain.entries[-1].time} theo nhật ký, nhưng không còn tệp "
        f"“{SEAL.as_posix()}”. Khôi phục tệp từ bản sao lưu. Nếu không còn bản sao mà phải làm tiếp, đổi "
        f"tên “{RESULTS}/{JOURNAL}” (giữ lại để đối chiếu); đợt khi đó coi như chưa niêm phong."
    )


def _damaged(folder: Path) -> str:
    name = SEAL.as_posix()
    return f"Không đọc được niêm phong “{name}” của đợt “{folder.name}”. Khôi phục tệp từ bản sao lưu."
