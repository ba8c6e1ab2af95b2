"""Imported for its effect: a run of `score`, after which a process has everything imported and built.

What such a process forks (tests/test_killed.py) spends its time in the work and not in starting.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from pathlib import Path

import cli

EXAMPLE = Path(__file__).parents[1] / "examples" / "binh-duong-cchc-2017"

with tempfile.TemporaryDirectory() as place, contextlib.redirect_stdout(io.StringIO()):
    cli.run(["score", str(shutil.copytree(EXAMPLE, Path(place) / "dot"))])
