"""How long the page of a round takes to open in headless Chromium, as a ratio to an empty page.

Pairs of runs one after the other, so that a machine that slows down slows both. No figure is anybody's.

    python -m benchmarks page [UNITS]
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.rounds import make_table
from evidence.round import load_round
from reports.outcome import outcome
from reports.web.sections import write_outcome_page

UNITS, PAIRS, BAR = 4_000, 5, 3.0


def seconds(browser: Any, address: str) -> float:
    """From asking for a page until it has been laid out and drawn once, in a fresh tab."""
    tab = browser.new_page()
    start = time.perf_counter()
    tab.goto(address, wait_until="load", timeout=120_000)
    tab.evaluate("new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))")
    taken = time.perf_counter() - start
    tab.close()
    return taken


def _program() -> str | None:
    """The system's Chromium; None leaves it to Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def main() -> None:
    """Prints how long the page takes to write and to open, and the ratio to an empty page."""
    units = int(sys.argv[1]) if len(sys.argv) > 1 else UNITS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_table(folder / "dot", units)
        found = outcome(load_round(folder / "dot"))
        start = time.perf_counter()
        page = write_outcome_page(found)
        print(f"written in      {time.perf_counter() - start:7.1f} s, {page.stat().st_size / 1e6:.1f} MB")
        empty = folder / "trong.html"
        empty.write_text("<!DOCTYPE html><title>Trang trống</title>", encoding="utf-8")
        with sync_playwright() as playing:
            browser = playing.chromium.launch(executable_path=_program(), args=["--no-sandbox"])
            seconds(browser, empty.as_uri())
            pairs = [
                (seconds(browser, page.as_uri()), seconds(browser, empty.as_uri())) for _ in range(PAIRS)
            ]
            browser.close()
    ours, base = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"page of {units:6} {ours:7.2f} s (bar: under {BAR:g} s)")
    print(f"empty page      {base:7.2f} s")
    print(f"ratio           {statistics.median(a / b for a, b in pairs):7.1f}")


if __name__ == "__main__":
    main()
