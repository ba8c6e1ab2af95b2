"""A new round that corrects a sealed one: a copy of what came in, and what the sealed one came to."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from criteria.catalogue import PlanNamed, Refusal, UnknownId, as_typed
from criteria.library import OWN_FOLDER, PREVIOUS, SEAL, Library
from evidence.folders import FOLDERS, RESULTS, ROUND_FILE
from evidence.round import Round, RoundFault, load_round, quoted, refuse_inside_round
from evidence.sealing.check import SealCheck, check_seal
from evidence.sealing.fingerprint import sha256_of
from evidence.sealing.journal import JOURNAL, MAIN_OUTPUTS, read_chain
from evidence.sealing.seal import CLOSE

_CARRIED = (*MAIN_OUTPUTS, SEAL.name, JOURNAL)  # of the sealed round, to tell the differences from
_CORRECTS = re.compile(r"^corrects:.*\n?(?:[ \t]+.*\n?)*", re.MULTILINE)
_ROUND = re.compile(r"^round:.*$", re.MULTILINE)


class CannotCorrect(Refusal):
    """A round that cannot be corrected by a new one; the text says why."""

    exit_code = 3


def new_correction(folder: Path, old: Path, reason: str = "") -> Round:
    """A new round's folder with all that came in for the sealed round `old`, which it names.

    Results, forms and returned files are not taken over; `dot-truoc/` holds what the old round came to.
    The folder appears whole or not at all. Raises NotSealed where the old round is not sealed,
    CannotCorrect where it is no longer as it was sealed, RoundFault where `folder` is not empty or lies
    in a round.
    """
    check = check_seal(old)
    if check.differences:
        raise CannotCorrect(
            f"Đợt “{old.name}” không còn như lúc niêm phong nên chưa đính chính được: "
            f"{check.differences[0].message} Xem đủ bằng lệnh: danvan verify {as_typed(old)}"
        )
    refuse_inside_round(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RoundFault(f"Thư mục “{folder}” đã có dữ liệu. Chọn một thư mục mới hoặc rỗng.")
    aside = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        _fill(aside, folder.name, old, check, reason)
        load_round(aside)
        if folder.exists():
            folder.rmdir()
        aside.replace(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return load_round(folder)


def _fill(aside: Path, name: str, old: Path, check: SealCheck, reason: str) -> None:
    for item in FOLDERS:
        (aside / item).mkdir(parents=True, exist_ok=True)
    for entry in check.seal["inputs"]:
        if not entry["file"].startswith(f"{PREVIOUS}/"):
            _copy(old / entry["file"], aside / entry["file"])
    for carried in _CARRIED:
        _copy(old / RESULTS / carried, aside / PREVIOUS / carried)
    _keep_texts(aside, old, check.seal)
    path = aside / ROUND_FILE
    text = _CORRECTS.sub("", path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    text, replaced = _ROUND.subn(lambda _: f"round: {quoted(name)}", text, count=1)
    if not replaced:
        raise CannotCorrect(f"Không tìm thấy mục “round” ở đầu dòng trong “{old / ROUND_FILE}”.")
    named = {"round": check.seal["round"], "folder": old.resolve().name, "head": check.head.full}
    if reason:
        named["reason"] = " ".join(reason.split())
    told = ", ".join(f"{key}: {quoted(value)}" for key, value in named.items())
    before = load_round(old).corrects
    if before:
        told += f", earlier: [{', '.join(map(quoted, (before.round, *before.earlier)))}]"
    text = f"{text.rstrip()}\ncorrects: {{{told}}}\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)  # with its time, which may tell when a dossier came in


def _keep_texts(aside: Path, old: Path, seal: Mapping[str, Any]) -> None:
    """Keeps the texts that the old round was scored by where the program has others by now."""
    library = Library((aside / OWN_FOLDER,))
    finders = (library.criteria_path, library.plan_path, library.roster_path)
    for entry in seal["copies"]:
        source = old / entry["file"]
        now = []
        for find in finders:
            try:
                now.append(find(source.stem).read_bytes())
            except (UnknownId, PlanNamed):
                continue
        if source.read_bytes() not in now:
            _copy(source, aside / OWN_FOLDER / source.name)


def previous_results(round_: Round) -> Path:
    """The folder in which a correcting round keeps what the corrected one came to, held against its hash.

    Raises CannotCorrect where a file is missing or is not the one that was sealed.
    """
    folder = round_.folder / PREVIOUS
    assert round_.corrects is not None
    try:
        chain = read_chain(folder / JOURNAL)
        whole = not chain.faults and chain.head == round_.corrects.head
        last = chain.entries[-1] if chain.entries else None
        if not whole or last is None or last.command != CLOSE:
            raise CannotCorrect(_not_the_sealed(JOURNAL))
        if last.details.get("seal") != sha256_of(folder / SEAL.name):
            raise CannotCorrect(_not_the_sealed(SEAL.name))
        for name in MAIN_OUTPUTS:
            if last.outputs.get(name) != sha256_of(folder / name):
                raise CannotCorrect(_not_the_sealed(name))
    except OSError as error:
        raise CannotCorrect(_not_the_sealed(Path(str(error.filename)).name)) from error
    return folder


def _not_the_sealed(name: str) -> str:
    return (
        f"Tệp “{PREVIOUS}/{name}” không phải tệp của đợt đã niêm phong mà đợt này đính chính. "
        "Chép lại tệp đó từ thư mục “ket-qua” của đợt cũ."
    )
