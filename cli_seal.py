"""The commands that end a round and look back: `close`, `verify`, `compare`."""

from __future__ import annotations

from pathlib import Path

import click

from cli_criteria import AS_JSON, DONE, FOUND_MISTAKES, say_json
from cli_round import FOLDER, writing
from cli_vietnamese import VietnameseCommand


@click.command(cls=VietnameseCommand)
@FOLDER
@click.option(
    "--provisional",
    is_flag=True,
    help="Niêm phong tạm thời dù còn việc chưa xong; phải kèm --reason.",
)
@click.option("--reason", metavar="LÝ_DO", default="", help="Lý do niêm phong tạm thời.")
@click.option("--by", metavar="HỌ_TÊN", default="", help="Người niêm phong; mặc định là tên đăng nhập máy.")
@writing
def close(folder: Path, provisional: bool, reason: str, by: str) -> int:
    """Niêm phong đợt: chấm lại lần cuối, ghi mã băm mọi tệp; sau đó không sửa được nữa.

    In ra mã niêm phong để ghi vào biên bản họp có chữ ký. Còn việc chưa xong thì lệnh
    từ chối và nêu từng việc.
    """
    from reports.comparison.change_words import changes_text
    from reports.sealing.seal import close_round, closing_text

    closing = close_round(folder, by, reason, provisional)
    if closing.changes is not None:
        click.echo(changes_text(closing.changes, "đợt được đính chính") + "\n")
    click.echo(closing_text(closing))
    return FOUND_MISTAKES if any(matter.code == "errors" for matter in closing.matters) else DONE


@click.command(cls=VietnameseCommand)
@FOLDER
@click.option("--head", metavar="MÃ", default="", help="Mã niêm phong ghi trên biên bản giấy.")
@AS_JSON
def verify(folder: Path, head: str, as_json: bool) -> int:
    """Kiểm tra đợt đã niêm phong: từng tệp, nhật ký, tính lại toàn bộ; nêu khác biệt đầu tiên."""
    from reports.sealing.verify import verification_json, verification_text
    from reports.sealing.verify import verify as verify_round

    done = verify_round(folder, head)
    if as_json:
        say_json(verification_json(done))
    else:
        click.echo(verification_text(done))
    return DONE if done.sound else FOUND_MISTAKES


@click.command(cls=VietnameseCommand)
@click.argument("old", metavar="ĐỢT_CŨ", type=click.Path(path_type=Path))
@click.argument("new", metavar="ĐỢT_MỚI", type=click.Path(path_type=Path))
@click.option(
    "--merged",
    metavar="TỆP",
    type=click.Path(path_type=Path),
    help="Bảng sáp nhập, chia tách, đổi tên; bỏ trống thì lấy sap-nhap.csv của đợt mới.",
)
@click.option("--out", metavar="TỆP.xlsx", type=click.Path(path_type=Path), help="Ghi thêm ra sổ tính này.")
@AS_JSON
def compare(old: Path, new: Path, merged: Path | None, out: Path | None, as_json: bool) -> int:
    """So sánh hai đợt, hai năm: điểm, xếp loại, hạng, tiêu chí; kể cả đơn vị sáp nhập, đổi tên."""
    from evidence.problems import has_errors
    from reports.comparison.compare import compare as compare_rounds
    from reports.comparison.sheet import write_comparison
    from reports.comparison.words import comparison_json, comparison_text

    done = compare_rounds(old, new, merged)
    if out:
        write_comparison(out, done)
    if as_json:
        say_json(comparison_json(done))
    else:
        click.echo(comparison_text(done))
        for item in done.problems:
            click.echo(f"{item.place}: {item.message} {item.fix}")
        if out:
            click.echo(f"Đã ghi: {out}")
    return FOUND_MISTAKES if has_errors(done.problems) else DONE
