"""The front door: one command a job. Wires the rooms; each command imports only what it uses."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cli_criteria import AS_JSON, DONE, FOUND_MISTAKES, criteria, say_json
from cli_vietnamese import VietnameseCommand, VietnameseGroup, mistake
from criteria.catalogue import Refusal

if TYPE_CHECKING:
    from datetime import date, datetime

    from evidence.intake import Intake
    from evidence.round import Round
    from scoring.results import Results

USED_WRONGLY, NOT_DONE = 2, 3
T = TypeVar("T")

FOLDER = click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path))


@click.group(cls=VietnameseGroup)
def app() -> None:
    """Chấm điểm, xếp loại, xếp hạng công tác dân vận chính quyền hằng năm của các đơn vị.

    Mã thoát: 0 xong; 1 xong và có lỗi trong hồ sơ gửi đến; 2 dùng lệnh chưa đúng; 3 không thực hiện được.
    """


@app.command(cls=VietnameseCommand)
@FOLDER
def demo(folder: Path) -> int:
    """Tạo đợt ví dụ TP Tây Ninh 2023 (số liệu tự tạo) và chạy toàn bộ các bước."""
    from demo.tay_ninh import make_demo
    from reports.returns import write_returns
    from reports.tables import ranking_tables

    round_ = make_demo(folder)
    _say(f"Đã tạo đợt ví dụ với {len(round_.units)} đơn vị, biểu mẫu và hồ sơ giả định trong “{folder}”.\n")
    intake, results = _score(round_)
    _say_problems(round_, intake)
    write_returns(round_, intake)
    _say(ranking_tables(round_, results))
    _say_written(_write_results(round_, intake, results))
    return DONE


@app.command(cls=VietnameseCommand)
@FOLDER
@click.option(
    "--plan", "plan_id", metavar="MÃ", required=True, help="Mã kế hoạch năm, ví dụ tay-ninh-city-2023."
)
def new(folder: Path, plan_id: str) -> int:
    """Tạo thư mục cho một đợt đánh giá mới theo kế hoạch năm, kèm danh sách đơn vị."""
    from evidence.round import ROUND_FILE, new_round

    round_ = new_round(folder, plan_id)
    _say(f"Đã tạo đợt “{round_.title}” với {len(round_.units)} đơn vị.")
    for warning in round_.warnings:
        _say(f"Lưu ý: {warning}")
    then = "forms" if round_.scored_by else "status"
    _say(f"Kiểm tra danh sách đơn vị trong “{folder / ROUND_FILE}”, rồi chạy: danvan {then} {folder}")
    return DONE


@app.command(cls=VietnameseCommand)
@FOLDER
@click.option(
    "--unit", "codes", metavar="MÃ", multiple=True, help="Chỉ tạo cho đơn vị này (dùng được nhiều lần)."
)
def forms(folder: Path, codes: Sequence[str]) -> int:
    """Tạo biểu mẫu tự chấm điểm cho từng đơn vị (thư mục bieu-mau)."""
    from evidence.form import write_form
    from evidence.round import FORMS, load_round

    round_ = load_round(folder)
    units = [_unit(round_, code) for code in codes] or round_.units
    for unit in _progress(units, "Tạo biểu mẫu"):
        write_form(folder / FORMS / f"{unit.code}.xlsx", round_, unit)
    _say(f"Đã tạo {len(units)} biểu mẫu trong “{folder / FORMS}”.")
    return DONE


@app.command(cls=VietnameseCommand)
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
    day = by.date() if by else None
    if path.is_file():
        return _check_file(path, folder, as_json, full, day, bool(give_back))
    from evidence.intake import take_in
    from evidence.problems import has_errors
    from evidence.round import load_round
    from reports.returns import Returns, returns_text, write_returns

    round_ = load_round(path)
    intake = take_in(round_)
    returns = Returns()
    if give_back is not False:
        shown = partial(_progress, label="Ghi biểu mẫu trả lại")
        returns = write_returns(round_, intake, day, with_warnings=with_warnings, shown=shown)
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
        _say_problems(round_, intake, full=full)
        _say(returns_text(round_, returns, day), end="")
    return FOUND_MISTAKES if has_errors(intake.problems) else DONE


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
        _say(single_text(checked, full=full))
    if give_back:
        beside = write_return_beside(path, checked, by)
        if not as_json:
            _say_written([beside])
    return FOUND_MISTAKES if has_errors(checked.problems) else DONE


@app.command(cls=VietnameseCommand)
@FOLDER
@AS_JSON
def status(folder: Path, as_json: bool) -> int:
    """Xem tình hình đợt đánh giá: thời hạn, ai đã gửi, ai chậm, ai chưa gửi."""
    from datetime import date

    from evidence.intake import take_in
    from evidence.round import load_round
    from evidence.status import status_json, status_text

    round_ = load_round(folder)
    intake = take_in(round_) if round_.scored_by else None
    if as_json:
        say_json(status_json(round_, intake, date.today()))
    else:
        _say(status_text(round_, intake, date.today()))
    return DONE


@app.command(cls=VietnameseCommand)
@FOLDER
@AS_JSON
def score(folder: Path, as_json: bool) -> int:
    """Tính điểm, xếp loại, xếp hạng và chỉ tiêu; ghi kết quả vào thư mục ket-qua."""
    from evidence.problems import has_errors
    from evidence.round import load_round
    from reports.record import results_json
    from reports.tables import ranking_tables

    round_ = load_round(folder)
    intake, results = _score(round_)
    written = _write_results(round_, intake, results)
    if as_json:
        say_json(results_json(round_, results))
    else:
        _say(ranking_tables(round_, results))
        errors = sum(item.severity == "error" for item in intake.problems)
        if errors:
            _say(f"Hồ sơ còn {errors} lỗi phải sửa; xem chi tiết: danvan check {folder}")
        _say_written(written)
    return FOUND_MISTAKES if has_errors(intake.problems) else DONE


@app.command(cls=VietnameseCommand)
@FOLDER
@click.argument("code", metavar="MÃ_ĐƠN_VỊ")
@AS_JSON
def explain(folder: Path, code: str, as_json: bool) -> int:
    """Giải thích điểm và xếp loại của một đơn vị: số liệu, quy tắc, căn cứ, còn thiếu gì."""
    from evidence.round import load_round
    from reports.tables import explain_json, explain_text
    from scoring.trace import next_grade, trace

    round_ = load_round(folder)
    unit = _unit(round_, code)
    intake, results = _score(round_)
    steps = trace(results, unit.code, intake.answers, intake.sources)
    above = next_grade(results, unit.code)
    own = [item for item in intake.problems if item.unit == unit.code]
    if as_json:
        explained = explain_json(round_, results, unit.code, steps, above)
        say_json({**explained, "problems": [item.to_json() for item in own]})
    else:
        _say(explain_text(round_, results, unit.code, steps, above))
        if own:
            told = (f"  {item.place}: {item.message} {item.fix}" for item in own)
            _say("\n".join(["\nVấn đề trong hồ sơ:", *told]))
    return DONE


def _score(round_: Round) -> tuple[Intake, Results]:
    from evidence.intake import take_in
    from reports.known import circumstances
    from scoring.results import score as score_answers

    intake = take_in(round_)
    known = circumstances(round_, intake)
    results = score_answers(
        round_.criteria, round_.plan, round_.units, intake.answers, intake.rejected, known
    )
    return intake, results


def _write_results(round_: Round, intake: Intake, results: Results) -> list[Path]:
    from evidence.round import RESULTS
    from reports.points_table import write_points_table
    from reports.ranked import write_ranked
    from reports.record import write_inputs, write_results

    folder = round_.folder / RESULTS
    ranked, record, table = (folder / name for name in ("xep-hang.xlsx", "results.json", "bang-diem.csv"))
    write_ranked(ranked, round_, results)
    write_results(record, round_, results)
    write_points_table(table, round_, results, intake.answers)
    write_inputs(folder / "dau-vao.json", round_, intake)
    return [ranked, record, table]


def _unit(round_: Round, code: str) -> Any:
    from criteria.catalogue import UnknownId

    by_code = {unit.code.casefold(): unit for unit in round_.units}
    if code.casefold() not in by_code:
        raise UnknownId("đơn vị có mã", code, [unit.code for unit in round_.units])
    return by_code[code.casefold()]


def _progress(items: Sequence[T], label: str) -> Iterable[T]:
    """The items, with a progress bar on a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label=label, file=sys.stderr) as bar:
        yield from bar


def _say(text: str, end: str = "\n") -> None:
    click.echo(f"{text}{end}", nl=False)


def _say_written(paths: Iterable[Path]) -> None:
    _say("Đã ghi: " + ", ".join(str(path) for path in paths))


def _say_problems(round_: Round, intake: Intake, *, full: bool = False) -> None:
    from evidence.summary import problems_text

    _say(problems_text(round_, intake, full=full))


app.add_command(criteria)


def run(arguments: Sequence[str] | None = None) -> int:
    """Exit code of one run of the command line; every foreseen fault is one Vietnamese sentence."""
    try:
        code = app.main(args=list(arguments) if arguments is not None else None,
                        prog_name="danvan", standalone_mode=False)  # fmt: skip
        return int(code or DONE)
    except click.UsageError as error:
        return _fault(mistake(error), USED_WRONGLY)
    except (click.Abort, KeyboardInterrupt):
        return _fault("Đã dừng theo yêu cầu.", NOT_DONE)
    except Refusal as refusal:
        return _fault(str(refusal), refusal.exit_code)
    except OSError as error:
        told = "kiểm tra đường dẫn, quyền và chỗ trống trên ổ đĩa"
        return _fault(f"Không đọc hoặc ghi được tệp “{error.filename}”: {told}.", NOT_DONE)


def _fault(text: str, code: int) -> int:
    click.echo(text, err=True)
    return code


def main() -> None:
    """Entry point of the command `danvan`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # Windows consoles default to another code page
    sys.exit(run())


if __name__ == "__main__":
    main()
