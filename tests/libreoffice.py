"""LibreOffice for tests: recalculating stored formulas and printing to PDF.

By default LibreOffice shows a workbook's stored values and computes nothing, so a wrong formula
would pass: the private profile here forces recalculation on load.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

_PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
HAS_LIBREOFFICE = _PROGRAM is not None
needs_libreoffice = pytest.mark.skipif(
    # where the run must have it (CI), its absence is a failure and no reason to skip
    not HAS_LIBREOFFICE and not os.environ.get("DANVAN_NEEDS_LIBREOFFICE"),
    reason="LibreOffice (soffice) is not installed: formulas cannot be recalculated here",
)

_LOAD = "/org.openoffice.Office.Calc/Formula/Load"
_ALWAYS = 0
_SETTINGS = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="{_LOAD}"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>{_ALWAYS}</value></prop></item>
</oor:items>
"""


def recalculate(paths: Sequence[Path], out_dir: Path) -> list[Path]:
    """Recalculated copies in `out_dir`, in the order of `paths`, by one run of LibreOffice."""
    return _convert(paths, out_dir, "xlsx")


def to_pdf(path: Path, out_dir: Path) -> Path:
    """The workbook as it prints."""
    return _convert([path], out_dir, "pdf")[0]


def to_kind(path: Path, out_dir: Path, kind: str) -> Path:
    """The workbook in another format, by its extension: xls, ods."""
    return _convert([path], out_dir, kind)[0]


def _convert(paths: Sequence[Path], out_dir: Path, kind: str) -> list[Path]:
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        # numbered copies: files of the same name in different folders must not overwrite each other
        staged = [Path(folder) / f"{number:03}-{path.name}" for number, path in enumerate(paths)]
        for path, copy in zip(paths, staged, strict=True):
            shutil.copyfile(path, copy)
        said = run(["--convert-to", kind, "--outdir", str(out_dir), *map(str, staged)])
        made = [out_dir / copy.with_suffix(f".{kind}").name for copy in staged]
    missing = [path.name for path in made if not path.is_file()]
    assert not missing, f"LibreOffice made no {', '.join(missing)}: {said}"
    return made


def run(arguments: Sequence[str]) -> str:
    """What LibreOffice says when run with these arguments, in the private profile."""
    assert _PROGRAM, "LibreOffice is not installed"
    profile = f"-env:UserInstallation={_profile().as_uri()}"
    command = [_PROGRAM, profile, "--headless", "--norestore", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    return done.stderr or done.stdout


@cache
def _profile() -> Path:
    """A profile of this test process alone: two running at once would refuse to share one."""
    folder = Path(tempfile.mkdtemp(prefix="danvan-libreoffice-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    return folder
