"""A headless Chromium for tests of the HTML page; the system's own, so nothing is downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

_PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_chromium = pytest.mark.skipif(
    # where the run must have it (CI), its absence is a failure and no reason to skip
    _PROGRAM is None and not os.environ.get("DANVAN_NEEDS_CHROMIUM"),
    reason="Chromium is not installed: the HTML page cannot be opened here",
)


@contextmanager
def browser() -> Iterator[object]:
    """A running browser of Playwright."""
    from playwright.sync_api import sync_playwright

    assert _PROGRAM, "Chromium is not installed"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=_PROGRAM, args=["--no-sandbox"])
        try:
            yield running
        finally:
            running.close()
