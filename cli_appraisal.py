"""The command of the appraisal: `danvan appraise`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from cli_criteria import DONE, FOUND_MISTAKES
from cli_round import FOLDER, reading_forms, writing
from cli_vietnamese import VietnameseCommand
from criteria.catalogue import as_typed

SHOWN = 20  # problems that are printed here


@click.command(cls=VietnameseCommand)
@FOLDER
@click.option(
    "--by",
    "mode",
    type=click.Choice(["criterion", "unit"]),
    default="criterion",
    help="criterion: mỗi tiêu chí một trang (mặc định); unit: mỗi đơn vị một trang.",
)
@click.option(
    "--appraiser", "ids", metavar="MÃ", multiple=True,
    help="Chỉ tạo cho cơ quan thẩm định này (dùng được nhiều lần).",
)  # fmt: skip
@reading_forms
@writing
def appraise(folder: Path, mode: str, ids: Sequence[str]) -> int:
    """Tạo phiếu thẩm định cho từng cơ quan và đọc các phiếu đã gửi về.

    Phiếu mới ở bieu-mau/tham-dinh; phiếu đã điền để vào tham-dinh. Chạy lại bất cứ lúc nào: phiếu
    mới có sẵn điểm và lý do đã gửi về.
    """
    from evidence.appraisal.handing_out import appraisers_named, hand_out
    from evidence.appraisal.layout import FOLDER, MODES
    from evidence.intake import take_in
    from evidence.problems import has_errors
    from evidence.round import load_round

    round_ = load_round(folder)
    chosen_mode = next(item for item in MODES if item == mode)
    chosen = appraisers_named(round_, ids)
    intake = take_in(round_)
    idle = {item.id: item.name for item in chosen}
    for item in hand_out(round_, intake, chosen, chosen_mode):
        click.echo(f"{item.appraiser.name}: đã chấm {item.done}/{item.asked} dòng; phiếu “{item.path}”.")
        del idle[item.appraiser.id]
    for name in idle.values():
        click.echo(f"{name}: không có phiếu, vì bộ tiêu chí không giao cơ quan này thẩm định tiêu chí nào.")
    own = [item for item in intake.problems if item.file.startswith(f"{FOLDER}/")]
    for problem in own[:SHOWN]:
        click.echo(f"  {problem.place}: {problem.message} {problem.fix}")
    if len(own) > SHOWN:
        click.echo(f"  … và {len(own) - SHOWN} vấn đề khác; xem tất cả: danvan check {as_typed(folder)}")
    click.echo(f"Phiếu điền xong đặt vào “{folder / FOLDER}”, rồi chạy: danvan score {as_typed(folder)}")
    return FOUND_MISTAKES if has_errors(own) else DONE
