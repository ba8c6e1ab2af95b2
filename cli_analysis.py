"""The command about the whole of a round: `danvan analyse`."""

from __future__ import annotations

from pathlib import Path

import click

from cli_criteria import AS_JSON, DONE, say_json
from cli_round import FOLDER, reading_forms
from cli_vietnamese import VietnameseCommand


@click.command(cls=VietnameseCommand)
@FOLDER
@AS_JSON
@reading_forms
def analyse(folder: Path, as_json: bool) -> int:
    """Phân tích cả đợt: tiêu chí không phân biệt được đơn vị, mất điểm nhiều, thứ hạng ổn định đến đâu."""
    from evidence.round import RESULTS, load_round
    from reports.analysis.sheet import ANALYSIS_FILE, write_analysis
    from reports.analysis.text import analysis_json, analysis_text
    from reports.known import scored
    from scoring.analysis import analyse as analyse_results

    round_ = load_round(folder)
    _, results = scored(round_)
    analysis = analyse_results(results)
    path = folder / RESULTS / ANALYSIS_FILE
    write_analysis(path, round_, results, analysis)
    if as_json:
        say_json(analysis_json(round_, results, analysis))
    else:
        click.echo(analysis_text(round_, results, analysis))
        click.echo(f"Đã ghi: {path}")
    return DONE
