"""The command that gathers several rounds for the report upward: `danvan gather`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from cli_criteria import AS_JSON, DONE, FOUND_MISTAKES, say_json
from cli_round import PDF, written_with_pdf
from cli_vietnamese import VietnameseCommand

PATH = click.Path(path_type=Path)


@click.command(cls=VietnameseCommand)
@click.argument("out", metavar="TỆP.xlsx", type=PATH)
@click.argument("folders", metavar="THƯ_MỤC...", nargs=-1, required=True, type=PATH)
@click.option(
    "--roster",
    metavar="TỆP.csv",
    type=PATH,
    help="Danh sách đơn vị của cấp trên (CSV: code, name, type), để biết còn thiếu ai.",
)
@AS_JSON
@PDF
def gather(out: Path, folders: Sequence[Path], roster: Path | None, as_json: bool, pdf: bool) -> int:
    """Tổng hợp kết quả nhiều đợt (các phường của thành phố, các thành phố của tỉnh) thành một sổ tính.

    Không so điểm giữa các đợt, chỉ cộng số đơn vị và tỷ lệ theo xếp loại. Còn lỗi thì không ghi sổ.
    """
    from criteria.catalogue import Refusal
    from criteria.loader import load_roster
    from reports.upward.gathering import gather as gather_rounds
    from reports.upward.gathering import gathered_json
    from reports.upward.workbook import write_upward

    if out.suffix.lower() != ".xlsx":
        raise Refusal(
            f"Tên tệp “{out}” phải có đuôi .xlsx. Ghi tên tệp kết quả trước, rồi đến các thư mục đợt."
        )
    found, doubts = gather_rounds(folders, load_roster(roster) if roster else ())
    written: list[Path] = []
    wrong = any(doubt.severity == "error" for doubt in doubts)
    if not wrong:
        write_upward(out, found, doubts)
        written = written_with_pdf(out, pdf)
    if as_json:
        say_json(gathered_json(found, doubts) | {"written": None if wrong else str(out)})
    else:
        for doubt in doubts:
            where = f"{doubt.round}: " if doubt.round else ""
            click.echo(
                f"{'Lỗi' if doubt.severity == 'error' else 'Lưu ý'}: {where}{doubt.text} {doubt.fix}"
            )
        units = sum(len(own.record["units"]) for own in found)
        named = ", ".join(f"“{path}”" for path in written)
        click.echo("Chưa ghi sổ tổng hợp vì còn lỗi ở trên." if wrong
                   else f"Đã tổng hợp {len(found)} đợt, {units} đơn vị vào {named}.")  # fmt: skip
    return FOUND_MISTAKES if wrong else DONE
