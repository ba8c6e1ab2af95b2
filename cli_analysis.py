"""The command about the whole of a round: `danvan analyse`."""

from __future__ import annotations

from pathlib import Path

import click

from cli_criteria import AS_JSON, DONE, say_json
from cli_round import FOLDER, PDF, reading_forms, written_with_pdf
from cli_vietnamese import VietnameseCommand


@click.command(cls=VietnameseCommand)
@FOLDER
@AS_JSON
@PDF
@reading_forms
def analyse(folder: Path, as_json: bool, pdf: bool) -> int:
    """Phân tích cả đợt (ghi ket-qua/phan-tich.xlsx) để soạn tiêu chí năm sau.

    Tiêu chí nào không phân biệt được đơn vị, mất nhiều điểm nhất; tự chấm so với thẩm định; đơn vị
    sát ngưỡng; thứ hạng ổn định đến đâu. Chỉ để tham khảo, không đổi điểm và xếp loại.
    """
    from evidence.folders import RESULTS
    from evidence.round import load_round
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
    written = written_with_pdf(path, pdf)
    if not as_json:
        click.echo("Đã ghi: " + ", ".join(map(str, written)))
    return DONE
