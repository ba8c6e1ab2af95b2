"""The files of a unit's dossier as they lie in its folder; nothing outside the folder is ever touched."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MOST_FILES, DEEPEST = 2_000, 6
LONGEST_NAME = 180  # characters with subfolders: Windows stops at 260 with the folders above
_LEFT_BEHIND = {"thumbs.db", "desktop.ini", "__macosx"}
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\\]|[. ]$')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class DossierFile:
    """A file of a dossier: its path below the folder with `/` between (`name`), where it is, its size."""

    name: str
    path: Path
    size: int


@dataclass(frozen=True)
class Dossier:
    """What lies in a unit's folder: files, links that are not followed, whether there was more."""

    folder: str
    files: tuple[DossierFile, ...]
    links: tuple[str, ...]
    cut: bool


def read_dossier(folder: Path) -> Dossier:
    """All files of a folder and its subfolders, in the order of their names."""
    files: list[DossierFile] = []
    links: list[str] = []
    cut = False
    for name, entry, deep in _walk(folder, "", 0):
        if deep or len(files) >= MOST_FILES:
            cut = True
            break
        if _is_link(entry):
            links.append(name)
        else:
            files.append(DossierFile(name, Path(entry.path), _size(entry)))
    return Dossier(folder.name, tuple(files), tuple(links), cut)


def _walk(folder: Path, above: str, depth: int) -> Iterator[tuple[str, os.DirEntry[str], bool]]:
    """(name below the dossier, entry, whether it is too deep to be looked into), links unfollowed."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(("~$", ".")) or entry.name.casefold() in _LEFT_BEHIND:
            continue
        name = f"{above}{entry.name}"
        if _is_link(entry) or entry.is_file(follow_symlinks=False):
            yield name, entry, False
        elif entry.is_dir(follow_symlinks=False):
            if depth + 1 >= DEEPEST:
                yield name, entry, True
            else:
                yield from _walk(Path(entry.path), f"{name}/", depth + 1)


def _is_link(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_symlink() or is_reparse(entry.stat(follow_symlinks=False))
    except OSError:  # gone meanwhile, or not to be looked at: its content will say so
        return False


def is_reparse(found: os.stat_result) -> bool:
    """Whether Windows keeps only a pointer here: a junction is a folder elsewhere, and no symlink."""
    attributes = getattr(found, "st_file_attributes", 0)
    tag = getattr(found, "st_reparse_tag", 0)
    junction = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)
    return bool(attributes & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0)) and tag == junction


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat(follow_symlinks=False).st_size
    except OSError:
        return 0


def is_forbidden(name: str) -> bool:
    """Whether Windows refuses one of the names in a path with `/` between."""
    return any(_FORBIDDEN.search(part) or _RESERVED.fullmatch(part) for part in name.split("/"))


def folded(name: str) -> str:
    """A path as Windows and people compare it: NFC, no case, `/` between, single blanks."""
    text = unicodedata.normalize("NFC", name).replace("\\", "/")
    return "/".join(" ".join(part.split()) for part in text.split("/")).casefold()


def leads_outside(typed: str) -> bool:
    """Whether a typed name is not a path below the folder: absolute, a drive, a share, an address, `..`."""
    text = typed.strip().replace("\\", "/")
    if text.startswith(("/", "~")) or re.match(r"[A-Za-z]:|\w{2,12}://|mailto:|www\.", text):
        return True
    return ".." in (part.strip() for part in text.split("/"))
