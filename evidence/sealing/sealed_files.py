"""Files that no command may write any more, because they belong to a sealed round."""

from __future__ import annotations

from pathlib import Path

from criteria.catalogue import Refusal
from criteria.library import SEAL
from evidence.sealing.fingerprint import may_change_results, name_in
from evidence.sealing.seal import SealedRound, read_seal

_LISTS = ("inputs", "copies", "outputs")


def refuse_sealed_file(path: Path) -> None:
    """Raises SealedRound where a file is one of a sealed round, or would be read as one.

    What is made of a round after it was sealed, such as drafts and PDF, may still be written beside.
    """
    whole = path.absolute()
    folder = next((place for place in whole.parents if (place / SEAL).is_file()), None)
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
    try:
        seal = read_seal(folder)
        return {entry["file"] for name in _LISTS for entry in seal[name]}
    except (Refusal, KeyError, TypeError):
        return set()
