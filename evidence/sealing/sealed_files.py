"""The seal's file and the files that no command may write any more because of it.

What writes asks here before each file; so nothing here imports what reads or writes rounds.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from criteria.catalogue import Refusal
from criteria.library import SEAL
from evidence.sealing.fingerprint import may_change_results, name_in

_LISTS = ("inputs", "copies", "outputs")


class SealedRound(Refusal):
    """A round that is sealed and may not be changed any more."""

    exit_code = 3


def is_sealed(folder: Path) -> bool:
    """Whether the round in this folder is sealed; the seal is the last file that closing puts in place."""
    return (folder / SEAL).is_file()


def seal_of(folder: Path) -> dict[str, Any] | None:
    """What a round's seal says; None where there is none or it cannot be read."""
    try:
        seal = json.loads((folder / SEAL).read_bytes().decode("utf-8"))
    except (OSError, ValueError):
        return None
    return seal if isinstance(seal, dict) else None


def refuse_sealed_file(path: Path) -> None:
    """Raises SealedRound where a file is one of a sealed round, or would be read as one.

    What is made of a round after it was sealed, such as drafts and PDF, may still be written beside.
    """
    whole = path.absolute()
    folder = next((place for place in whole.parents if is_sealed(place)), None)
    if folder is None:
        return
    name = name_in(folder, whole)
    if name in _sealed(folder) or may_change_results(name):
        raise SealedRound(
            f"Không ghi tệp “{name}” vì đợt “{folder.name}” đã niêm phong: tệp này thuộc niêm phong hoặc "
            "sẽ bị coi là hồ sơ thêm vào. Chọn tên hoặc thư mục khác, ngoài thư mục của đợt."
        )


def _sealed(folder: Path) -> set[str]:
    """The files that a seal lists; none where it cannot be read."""
    seal = seal_of(folder) or {}
    try:
        return {entry["file"] for name in _LISTS for entry in seal[name]}
    except (KeyError, TypeError):
        return set()
