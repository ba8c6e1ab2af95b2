"""How large a file from a unit may be: generous for honest ones, in one place.

A form of 60 criteria and 150 documents has 55 rows, 17 columns, 5 sheets and 0,2 MB inflated.
"""

from __future__ import annotations

MOST_FILE = 50 * 2**20  # bytes; photographs pasted into a form make it some 20 MB
MOST_ENTRIES = 5_000  # parts of the zip
MOST_INFLATED = 128 * 2**20  # bytes of the parts that are read; a million formatted rows are some 90 MB
MOST_RATIO, RATIO_FROM = 400, 16 * 2**20  # inflated to packed, of parts from this size on
MOST_SHEETS = 200
MOST_ROWS, MOST_COLUMNS = 20_000, 500  # as far as something is typed; formats alone do not count
MOST_AREA = 1_000_000  # cells between A1 and the last one typed, over all sheets
MOST_STRINGS = 200_000
MOST_MERGED = 20_000
MOST_DEPTH = 100  # elements within elements; Excel's own files stay under 20

SECONDS = 6.0  # a file; killing a reader that does not answer takes up to 3 more
MEMORY = 320 * 2**20  # bytes that a reading process may take beyond what it has at its start
