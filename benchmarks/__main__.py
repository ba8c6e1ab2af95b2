"""One entry to all that is measured.

python -m benchmarks [UNITS ...]           the whole job beside its baselines, a table in Markdown
python -m benchmarks startup               `--help` and a city's `score` against an empty Python
python -m benchmarks reading [UNITS ...]   reading, guard and tidying against the floor
python -m benchmarks scoring [UNITS ...]   each stage of scoring a consolidated table
python -m benchmarks workbook [UNITS ...]  the ranked workbook against bare XlsxWriter
python -m benchmarks page [UNITS]          opening the page in Chromium
python -m benchmarks steady [UNITS]        damaged forms and killed readers: nothing else is lost
python -m benchmarks rounds FOLDER UNITS   makes a round and measures nothing
"""

from __future__ import annotations

import sys
from importlib import import_module

PARTS = ("startup", "reading", "scoring", "workbook", "page", "rounds", "steady", "whole")


def main() -> None:
    """Runs the part that is named, with the rest of the arguments; the whole job where none is."""
    named = sys.argv[1] if len(sys.argv) > 1 else "whole"
    if named in ("-h", "--help"):
        print(__doc__)
        return
    if named in PARTS:
        del sys.argv[1:2]
    import_module(f"benchmarks.{named if named in PARTS else 'whole'}").main()


if __name__ == "__main__":
    main()
