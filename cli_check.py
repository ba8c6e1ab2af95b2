"""The command `check`: what was received for a round, or one form, told cell by cell."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli_criteria import AS_JSON, DONE, FOUND_MISTAKES, NOT_DONE, say_json
from cli_round import reading_forms, shown
from cli_vietnamese import VietnameseCommand
from criteria.catalogue import as_typed

if TYPE_CHECKING:
    from datetime import date, datetime


@click.command(cls=VietnameseCommand)
@click.argument("path", metavar="THƯ_MỤC_HOẶC_TỆP", type=click.Path(path_type=Path))
@AS_JSON
@click.option("--full", is_flag=True, help="Liệt kê từng lỗi một dòng, không gộp lỗi giống nhau.")
@click.option(
    "--by",
    metavar="NGÀY",
    type=click.DateTime(["%d/%m/%Y", "%Y-%m-%d"]),
    help="Hạn gửi lại ghi trong phiếu trả, dạng 25/10/2023.",
)
@click.option("--all", "with_warnings", is_flag=True, help="Trả cả hồ sơ chỉ có cảnh báo.")
@click.option(
    "--return/--no-return",
    "give_back",
    default=None,
    help="Có ghi biểu mẫu trả lại hay không (mặc định: có với thư mục, không với một tệp).",
)
@click.option(
    "--round",
    "folder",
    metavar="THƯ_MỤC",
    type=click.Path(path_type=Path),
    help="Đợt đánh giá của tệp, khi tệp nằm ngoài thư mục của đợt.",
)
@reading_forms
def check(
    path: Path,
    as_json: bool,
    full: bool,
    by: datetime | None,
    with_warnings: bool,
    give_back: bool | None,
    folder: Path | None,
) -> int:
    """Kiểm tra hồ sơ đã nhận của một đợt, hoặc một tệp biểu mẫu; báo tất cả lỗi theo từng ô.

    Với một đợt: ghi biểu mẫu trả lại (đã đánh dấu lỗi) vào thư mục tra-lai cho đơn vị có lỗi.
    """
    from datetime import date

    day, today = by.date() if by else None, date.today()
    if path.is_file():
        return _check_file(path, folder, as_json, full, day, bool(give_back))
    from evidence.intake import take_in
    from evidence.lock import hold
    from evidence.placing import FileHeld
    from evidence.problems import has_errors
    from evidence.round import load_round
    from evidence.sealing.seal import refuse_sealed
    from evidence.summary import problems_text

    refuse_sealed(path)
    round_ = load_round(path)
    intake = take_in(round_)
    from reports.returns import Returns, returns_text, unwritten_text, write_returns

    returns, refused = Returns(), ""
    if give_back is not False:
        told = partial(shown, label="Ghi biểu mẫu trả lại", count=len(round_.units))
        try:
            with hold(path, "check"):
                returns = write_returns(
                    round_, intake, day, with_warnings=with_warnings, today=today, shown=told
                )
        except FileHeld as error:  # nothing can be written here: what was found is told all the same
            refused = str(error)
    if as_json:
        say_json(
            {
                "received": [unit.code for unit in round_.units if unit.code in intake.received],
                "missing": intake.missing(round_.units),
                "problems": [item.to_json() for item in intake.problems],
                "returned": list(returns.written),
                "warnings": [*round_.marks, *round_.warnings],
            }
        )
    else:
        click.echo(problems_text(round_, intake, full=full))
        click.echo(returns_text(round_, returns, day, today), nl=False)
    mistakes = has_errors(intake.problems)
    if returns.unwritten or (refused and mistakes):
        click.echo(refused or unwritten_text(round_, returns), err=True)
        return NOT_DONE
    return FOUND_MISTAKES if mistakes else DONE


def _check_file(
    path: Path, folder: Path | None, as_json: bool, full: bool, by: date | None, give_back: bool
) -> int:
    from evidence.problems import has_errors
    from evidence.single_file import check_file
    from reports.returns import write_return_beside
    from reports.single import single_json, single_text

    checked = check_file(path, folder)
    if as_json:
        say_json(single_json(checked))
    else:
        click.echo(single_text(checked, full=full))
    if give_back:
        beside = write_return_beside(path, checked, by)
        if not as_json:
            click.echo(f"Đã ghi: {beside}")
    elif checked.problems and not as_json:
        click.echo(f"Ghi biểu mẫu đã đánh dấu từng chỗ: danvan check {as_typed(path)} --return")
    return FOUND_MISTAKES if has_errors(checked.problems) else DONE
