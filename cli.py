"""The front door: one command a job. Wires the rooms; each command imports only what it uses."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cli_criteria import AS_JSON, DONE, FOUND_MISTAKES, criteria, say_json
from cli_vietnamese import VietnameseCommand, VietnameseGroup, mistake
from criteria.catalogue import Refusal

if TYPE_CHECKING:
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
    from reports.tables import ranking_tables

    round_ = make_demo(folder)
    _say(f"Đã tạo đợt ví dụ với {len(round_.units)} đơn vị, biểu mẫu và hồ sơ giả định trong “{folder}”.\n")
    intake, results = _score(round_)
    _say_problems(round_, intake)
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
@FOLDER
@AS_JSON
def check(folder: Path, as_json: bool) -> int:
    """Kiểm tra hồ sơ đã nhận, báo tất cả lỗi theo từng ô."""
    from evidence.intake import take_in
    from evidence.problems import has_errors
    from evidence.round import load_round

    round_ = load_round(folder)
    intake = take_in(round_)
    if as_json:
        say_json(
            {
                "received": [unit.code for unit in round_.units if unit.code in intake.received],
                "missing": intake.missing(round_.units),
                "problems": [item.to_json() for item in intake.problems],
                "warnings": [*round_.marks, *round_.warnings],
            }
        )
    else:
        _say_problems(round_, intake)
    return FOUND_MISTAKES if has_errors(intake.problems) else DONE


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

    round_ = load_round(folder)
    intake, results = _score(round_)
    from reports.record import results_json
    from reports.tables import ranking_tables

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


def _say(text: str) -> None:
    click.echo(text)


def _say_written(paths: Iterable[Path]) -> None:
    _say("Đã ghi: " + ", ".join(str(path) for path in paths))


def _say_problems(round_: Round, intake: Intake) -> None:
    from evidence.summary import problems_text

    _say(problems_text(round_, intake))


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
