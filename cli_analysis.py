"""The command about the whole of a round: `danvan analyse`."""

from __future__ import annotations

from pathlib import Path

import click

from cli_criteria import AS_JSON, DONE, say_json
from cli_vietnamese import VietnameseCommand


@click.command(cls=VietnameseCommand)
@click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path))
@AS_JSON
def analyse(folder: Path, as_json: bool) -> int:
    """Phân tích cả đợt: tiêu chí không phân biệt được đơn vị, mất điểm nhiều, thứ hạng ổn định đến đâu."""
    from evidence.intake import take_in
    from evidence.round import RESULTS, load_round
    from reports.analysis_sheet import ANALYSIS_FILE, write_analysis
    from reports.analysis_text import analysis_json, analysis_text
    from reports.known import circumstances
    from scoring.analysis import analyse as analyse_results
    from scoring.results import score

    round_ = load_round(folder)
    intake = take_in(round_)
    known = circumstances(round_, intake)
    results = score(round_.criteria, round_.plan, round_.units, intake.answers, intake.rejected, known)
    analysis = analyse_results(results)
    path = folder / RESULTS / ANALYSIS_FILE
    write_analysis(path, round_, results, analysis)
    if as_json:
        say_json(analysis_json(round_, results, analysis))
    else:
        click.echo(analysis_text(round_, results, analysis))
        click.echo(f"Đã ghi: {path}")
    return DONE
