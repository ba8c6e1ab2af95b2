"""Imported for its effect: runs of commands, after which a process has everything imported and built.

What such a process forks (tests/test_killed.py) spends its time in the work and not in starting.
"""

from __future__ import annotations

import contextlib
import io
import tempfile
from pathlib import Path

import cli
from tests.reports.small_folder import CRITERIA, make_round

_OTHERS = "title: Tiếp dân,"  # the criterion that a second office appraises
_LEAD = "{id: noi-vu, name: Phòng Nội vụ, role: lead, cite: mục IV}"
_SECOND = "{id: thanh-tra, name: Thanh tra, role: co, cite: mục IV}"


def make_small_round(folder: Path) -> Path:
    """A round of three units whose claims stand in its table, with two appraisers."""
    own = CRITERIA.replace(_OTHERS, f"{_OTHERS} appraiser: thanh-tra,")
    make_round(folder, criteria=own, kind="Tự chấm")
    plan = folder / "tieu-chi" / "ke-hoach-2023.yaml"
    text = plan.read_text(encoding="utf-8")
    assert _LEAD in text
    plan.write_text(text.replace(_LEAD, f"{_LEAD}, {_SECOND}"), encoding="utf-8")
    return folder


with tempfile.TemporaryDirectory() as place, contextlib.redirect_stdout(io.StringIO()):
    folder = str(make_small_round(Path(place) / "dot"))
    for words in (["score"], ["appraise"], ["close", "--provisional", "--reason", "thử"]):
        assert cli.run([words[0], folder, *words[1:]]) == 0
