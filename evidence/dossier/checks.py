"""The documents that units send beside their forms: whether they are there, can be opened, are their own.

A round whose offices collect workbooks only is left alone, also where reports and plans that the office
recorded lie in `nop/CODE/`: those are no evidence, and no unit lists them. Nothing outside `nop/CODE/` is
touched: names in the list are only compared with the names of files found there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from criteria.catalogue import closest
from evidence.dossier.content import EXTENSIONS, content_of
from evidence.dossier.digest import Digest, Listed
from evidence.dossier.folder import (
    LONGEST_NAME,
    MOST_FILES,
    Dossier,
    DossierFile,
    folded,
    is_forbidden,
    is_reparse,
    leads_outside,
    read_dossier,
)
from evidence.folders import EARLIER, RECEIVED
from evidence.problems import Place, Problem, problem
from evidence.registers.receipts import DOSSIER
from evidence.round import Round


@dataclass(frozen=True)
class CitedFiles:
    """A unit's dossier and the rows of its list that name each file (`by_file`: by the file's name)."""

    digest: Digest
    dossier: Dossier
    by_file: Mapping[str, Listed]


def dossier_problems(
    round_: Round, digests: Sequence[Digest], cited: list[CitedFiles] | None = None
) -> Iterator[Problem]:
    """Problems of all dossiers, by unit; what was found in each is added to `cited`."""
    folders = dict(_folders(round_))
    naming = [digest for digest in digests if digest.naming]
    codes = {unit.code.casefold(): unit.code for unit in round_.units}
    known = {codes[name.casefold()]: path for name, path in folders.items() if name.casefold() in codes}
    unknown = set(folders) - {path.name for path in known.values()}
    recorded = {item.file for item in round_.receipts if item.kind != DOSSIER and item.file}
    known = {code: path for code, path in known.items() if not _only_recorded(path, recorded)}
    for name in sorted(unknown):
        nearest = closest(name, codes.values()) or round_.units[0].code
        yield problem("dossier-folder-unknown", Place("", f"{RECEIVED}/{name}"), name, nearest)
    yield from _without_form(round_, known, recorded)
    if not known:
        if naming:
            yield problem("dossier-none", Place("", RECEIVED), "", f"{RECEIVED}/{naming[0].unit}")
        return
    for digest in digests:
        folder = known.get(digest.unit)
        if folder is not None:
            yield from _unit_problems(digest, folder, recorded, cited)
        elif digest.naming:
            place = Place(digest.unit, digest.file)
            yield problem("dossier-folder-missing", place, digest.naming, f"{RECEIVED}/{digest.unit}")


def _folders(round_: Round) -> Iterator[tuple[str, Path]]:
    """The folders in `nop/`; links, our own of earlier files and what programs leave behind excepted."""
    received = round_.folder / RECEIVED
    if not received.is_dir():
        return
    for path in sorted(received.iterdir(), key=lambda path: path.name):
        left_behind = path.name.startswith((".", "~", "__")) or path.name == EARLIER
        if left_behind or path.is_symlink() or not path.is_dir():
            continue
        if not is_reparse(path.lstat()):
            yield path.name, path


def _without_form(
    round_: Round, folders: Mapping[str, Path], recorded: Collection[str]
) -> Iterator[Problem]:
    """Units whose evidence lies there without a form beside it: they have not sent nothing."""
    there = {path.stem.casefold() for path in (round_.folder / RECEIVED).glob("*") if path.is_file()}
    for code, folder in folders.items():
        if code.casefold() in there:
            continue
        files = [item.name for item in read_dossier(folder).files]
        count = sum(f"{RECEIVED}/{folder.name}/{name}" not in recorded for name in files)
        if count:
            place = Place(code, f"{RECEIVED}/{folder.name}")
            yield problem("dossier-without-form", place, count, f"{RECEIVED}/{code}.xlsx")


def _only_recorded(folder: Path, recorded: Collection[str]) -> bool:
    """Whether all that lies in a unit's folder are reports, plans and the like of the register."""
    own = f"{RECEIVED}/{folder.name}/"
    files = read_dossier(folder).files if any(name.startswith(own) for name in recorded) else ()
    return bool(files) and all(own + file.name in recorded for file in files)


def _unit_problems(
    digest: Digest, folder: Path, recorded: Collection[str], cited: list[CitedFiles] | None
) -> Iterator[Problem]:
    dossier = read_dossier(folder)
    place = Place(digest.unit, f"{RECEIVED}/{dossier.folder}")
    if dossier.cut:
        yield problem("dossier-too-many", place, min(len(dossier.files), MOST_FILES))
    for name in dossier.links:
        yield problem("dossier-link", place, name)
    by_file: dict[str, Listed] = {}
    yield from _named(digest, dossier, by_file)
    for file in dossier.files:
        listed = by_file.get(file.name)
        yield from _name_problems(file, place)
        if listed:
            yield from _content_problems(file, listed.file_place)
        elif f"{place.file}/{file.name}" not in recorded:
            yield problem("dossier-file-unused", place, file.name)
    if cited is not None:
        cited.append(CitedFiles(digest, dossier, by_file))


def _named(digest: Digest, dossier: Dossier, by_file: dict[str, Listed]) -> Iterator[Problem]:
    """Names in the list that no file has; the files found go to `by_file`."""
    finder = _Finder(dossier)
    for item in digest.documents:
        for typed in _typed_names(item.file, finder):
            if leads_outside(typed):
                yield problem("dossier-name-outside", item.file_place, typed)
                continue
            found = finder.find(typed)
            if len(found) == 1:
                by_file.setdefault(found[0].name, item)
            elif found:
                names = "; ".join(file.name for file in found[:3])
                by_file.update({file.name: item for file in found if file.name not in by_file})
                yield problem("dossier-file-ambiguous", item.file_place, typed, names)
            elif near := finder.near(typed):
                by_file.setdefault(near.name, item)
                yield problem("dossier-file-misspelt", item.file_place, typed, near.name)
            else:
                folder = f"{RECEIVED}/{dossier.folder}"
                yield problem("dossier-file-missing", item.file_place, typed, folder)


def _typed_names(typed: str, finder: _Finder) -> list[str]:
    """The names in one cell, one a line or parted by semicolons, unless a file is called all of it."""
    if not typed or finder.find(typed):
        return [typed] if typed else []
    return [name.strip() for line in typed.splitlines() for name in line.split(";") if name.strip()]


class _Finder:
    """Files of one dossier by what people type for them: path, bare name, name without extension."""

    def __init__(self, dossier: Dossier) -> None:
        self._by_name: dict[str, list[DossierFile]] = defaultdict(list)
        self._names: dict[str, DossierFile] = {}
        for file in dossier.files:
            path = PurePosixPath(folded(file.name))
            self._names[path.name] = file
            for name in {str(path), path.name, path.stem}:
                self._by_name[name].append(file)

    def find(self, typed: str) -> list[DossierFile]:
        """The files that a typed name means; a name in full goes before the same without extension."""
        name = folded(typed).removeprefix("./")
        found = self._by_name.get(name, [])
        exact = [file for file in found if folded(file.name) == name]
        named = [file for file in found if PurePosixPath(folded(file.name)).name == name]
        return exact or named or found

    def near(self, typed: str) -> DossierFile | None:
        """The file with the name most like the typed one; None where none is near."""
        nearest = closest(PurePosixPath(folded(typed)).name, self._names)
        return self._names[nearest] if nearest else None


def _name_problems(file: DossierFile, place: Place) -> Iterator[Problem]:
    if is_forbidden(file.name):
        yield problem("dossier-name-forbidden", place, file.name)
    elif len(file.name) > LONGEST_NAME:
        yield problem("dossier-name-long", place, len(file.name), str(LONGEST_NAME))


def _content_problems(file: DossierFile, place: Place) -> Iterator[Problem]:
    content = content_of(file.path)
    if content.fault:
        yield problem(content.fault, place, file.name)
        return
    wanted = EXTENSIONS[content.kind]
    if PurePosixPath(file.name).suffix.lower() not in wanted:
        yield problem("dossier-file-extension", place, file.name, f"“{wanted[0]}”")
