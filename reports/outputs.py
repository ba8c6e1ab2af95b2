"""What `score` and `close` write into a round's `ket-qua/`."""

from __future__ import annotations

from pathlib import Path

from evidence.folders import RESULTS
from evidence.placing import write_together
from reports.ledger_file import LEDGER_NAME, write_ledger
from reports.outcome import Outcome
from reports.points_table import write_points_table
from reports.ranked.workbook import RANKED_NAME, write_ranked
from reports.record import RECORD_NAME, write_inputs, write_results

TABLE_NAME, INPUTS_NAME = "bang-diem.csv", "dau-vao.json"
# in the order of writing: what a person opens last, so that it stands beside a whole record
OUTPUT_NAMES = (RECORD_NAME, LEDGER_NAME, TABLE_NAME, INPUTS_NAME, RANKED_NAME)


def write_outputs(found: Outcome) -> list[Path]:
    """Writes the record, the ledger, the table of points, the inputs' hashes and the ranked workbook.

    They are moved into place together. Gives their paths; raises FileHeld.
    """
    round_, results = found.round, found.results
    folder = round_.folder / RESULTS
    with write_together(round_.folder):
        write_results(folder / RECORD_NAME, round_, results)
        write_ledger(folder / LEDGER_NAME, round_, results, found.history)
        write_points_table(folder / TABLE_NAME, round_, results, found.intake.answers)
        write_inputs(folder / INPUTS_NAME, round_, found.intake)
        write_ranked(folder / RANKED_NAME, round_, results, found.reasons)
    return [folder / name for name in OUTPUT_NAMES]
