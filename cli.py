"""The front door: one command a job. Wires the rooms; each command imports only what it uses."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli_analysis import analyse
from cli_appraisal import appraise
from cli_check import check
from cli_criteria import AS_JSON, DONE, FOUND_MISTAKES, NOT_DONE, criteria, say_json
from cli_registers import decide, fact, object_, receive, status
from cli_report import report
from cli_round import FOLDER, end_undisturbed, heed_signals, reading_forms, shown, unit_named, writing
from cli_seal import close, compare, verify
from cli_upward import gather
from cli_vietnamese import VietnameseCommand, VietnameseGroup, mistake, no_text
from criteria.catalogue import Refusal, as_typed

if TYPE_CHECKING:
    from evidence.round import Round
    from reports.outcome import Outcome

USED_WRONGLY = 2
_MADE_BEFORE_GC = 50_000  # objects: a run makes many that stay, among which nothing is to be found


@click.group(cls=VietnameseGroup)
def app() -> None:
    """Chấm điểm, xếp loại, xếp hạng công tác dân vận chính quyền hằng năm của các đơn vị.

    Mã thoát: 0 xong; 1 xong và có lỗi trong hồ sơ gửi đến; 2 dùng lệnh chưa đúng; 3 không thực hiện được.
    """


@app.command(cls=VietnameseCommand)
@FOLDER
@click.option("--open", "open_", is_flag=True, help="Dừng khi đã có hồ sơ gửi đến, để tự làm các bước sau.")
def demo(folder: Path, open_: bool) -> int:
    """Chạy trọn đợt ví dụ TP Tây Ninh 2023 (số liệu tự tạo), từ phát biểu mẫu đến niêm phong.

    THƯ_MỤC là thư mục mới, sẽ được tạo; mỗi lệnh đã chạy được in ra kèm kết quả.
    """
    from demo.life import life
    from demo.tay_ninh import MARK, make_demo
    from demo.telling import play
    from evidence.folders import RESULTS
    from reports.ranked.workbook import RANKED_NAME

    if open_:
        round_ = make_demo(folder)
        _say(MARK)
        _say(f"Đã tạo đợt ví dụ với {len(round_.units)} đơn vị, biểu mẫu và hồ sơ trong “{folder}”.")
        _say(f"Tự làm các bước sau, bắt đầu bằng: danvan check {as_typed(folder)}")
        return DONE
    _say(MARK)
    code = play(life(folder), run, _say)
    if code == DONE:
        _say(f"\nSổ xếp hạng: {folder / RESULTS / RANKED_NAME}")
    return code


@app.command(cls=VietnameseCommand)
@FOLDER
@click.option("--plan", "plan_id", metavar="MÃ", help="Mã kế hoạch năm, ví dụ tay-ninh-city-2023.")
@click.option(
    "--corrects",
    metavar="ĐỢT_CŨ",
    type=click.Path(path_type=Path),
    help="Tạo đợt đính chính cho một đợt đã niêm phong (thay cho --plan).",
)
@click.option("--reason", metavar="LÝ_DO", default="", help="Lý do đính chính, được giữ trong dot.yaml.")
def new(folder: Path, plan_id: str | None, corrects: Path | None, reason: str) -> int:
    """Tạo thư mục cho một đợt mới theo kế hoạch năm, hoặc để đính chính một đợt đã niêm phong."""
    from evidence.folders import ROUND_FILE
    from evidence.round import new_round
    from evidence.sealing.correction import new_correction

    if (plan_id is None) == (corrects is None):
        raise Refusal("Cần đúng một trong hai: --plan MÃ (đợt mới) hoặc --corrects ĐỢT_CŨ (đính chính).")
    if corrects is not None:
        round_ = new_correction(folder, corrects, reason)
        _say(f"Đã tạo đợt “{round_.id}” đính chính đợt “{corrects.name}”, với {len(round_.units)} đơn vị.")
        there = as_typed(folder)
        _say(f"Sửa hồ sơ hoặc sổ trong “{folder}”, chạy danvan score {there}, rồi danvan close {there}")
        return DONE
    round_ = new_round(folder, str(plan_id))
    _say(f"Đã tạo đợt “{round_.title}” với {len(round_.units)} đơn vị.")
    for warning in round_.warnings:
        _say(f"Lưu ý: {warning}")
    then = "forms" if round_.scored_by else "status"
    there = as_typed(folder)
    _say(f"Kiểm tra danh sách đơn vị trong “{folder / ROUND_FILE}”, rồi chạy: danvan {then} {there}")
    return DONE


@app.command(cls=VietnameseCommand)
@FOLDER
@click.option(
    "--unit", "codes", metavar="MÃ", multiple=True, help="Chỉ tạo cho đơn vị này (dùng được nhiều lần)."
)
@writing
def forms(folder: Path, codes: Sequence[str]) -> int:
    """Tạo biểu mẫu tự chấm điểm cho từng đơn vị (thư mục bieu-mau)."""
    from evidence.folders import FORMS
    from evidence.form.blank import blank_forms
    from evidence.round import load_round

    round_ = load_round(folder)
    write = blank_forms(round_)
    units = [unit_named(round_, code) for code in codes] or round_.units
    for unit in shown(units, "Tạo biểu mẫu", len(units)):
        write(folder / FORMS / f"{unit.code}.xlsx", unit)
    _say(f"Đã tạo {len(units)} biểu mẫu trong “{folder / FORMS}”.")
    return DONE


for command in (receive, check, status, fact, appraise):
    app.add_command(command)


@app.command(cls=VietnameseCommand)
@FOLDER
@AS_JSON
@reading_forms
@writing
def score(folder: Path, as_json: bool) -> int:
    """Tính điểm, xếp loại, xếp hạng và chỉ tiêu; ghi kết quả vào thư mục ket-qua.

    So với lần chấm trước, nêu đơn vị nào đổi điểm, xếp loại, hạng và vì sao.
    """
    from evidence.folders import RESULTS
    from evidence.problems import has_errors
    from evidence.round import load_round

    round_ = load_round(folder)
    found = _outcome(round_)
    from reports.comparison.change_words import changes_text
    from reports.comparison.changes import changes_json, changes_since
    from reports.record import results_json
    from reports.runs import earlier_run
    from reports.tables import ranking_tables

    intake, results = found.intake, found.results
    record = results_json(round_, results)
    earlier = earlier_run(folder / RESULTS)
    changed = changes_since(earlier, record, found.history)
    written = _write_results(found)
    if as_json:
        say_json({**record, "changes": changes_json(changed)})
    else:
        _say(ranking_tables(round_, results))
        if earlier and earlier.record != record:
            from reports.outdated import documents_to_renew

            _say("\n" + changes_text(changed, "lần chấm trước"))
            if told := documents_to_renew(folder):
                _say(told)
        errors = sum(item.severity == "error" for item in intake.problems)
        if errors:
            where = "hồ sơ, phiếu thẩm định hoặc các sổ"
            _say(f"Còn {errors} lỗi phải sửa trong {where}; xem chi tiết: danvan check {as_typed(folder)}")
        _say_written(written)
    return FOUND_MISTAKES if has_errors(intake.problems) else DONE


@app.command(cls=VietnameseCommand)
@FOLDER
@click.argument("code", metavar="MÃ_ĐƠN_VỊ")
@AS_JSON
@reading_forms
def explain(folder: Path, code: str, as_json: bool) -> int:
    """Giải thích điểm và xếp loại của một đơn vị: số liệu, quy tắc, căn cứ, còn thiếu gì.

    Nêu từng tiêu chí đã kê khai gì, ở ô nào, ai thẩm định, ai quyết định, vì sao; và cách đạt loại cao hơn.
    """
    from evidence.round import load_round
    from reports.known import circumstances
    from reports.tables import explain_json, explain_text
    from scoring.distance import advice
    from scoring.trace import next_grade, trace

    round_ = load_round(folder)
    unit = unit_named(round_, code)
    found = _outcome(round_)
    intake, results = found.intake, found.results
    steps = trace(results, unit.code, intake.answers, intake.sources)
    above = next_grade(results, unit.code)
    advised = advice(results, unit.code, intake.answers, circumstances(round_, intake))
    own = [item for item in intake.problems if item.unit == unit.code]
    if as_json:
        explained = explain_json(round_, results, unit.code, steps, above, advised)
        say_json({**explained, "problems": [item.to_json() for item in own]})
    else:
        _say(explain_text(round_, results, unit.code, steps, above, advised))
        if own:
            told = (f"  {item.place}: {item.message} {item.fix}" for item in own)
            _say("\n".join(["\nVấn đề trong hồ sơ:", *told]))
    return DONE


def _outcome(round_: Round) -> Outcome:
    from evidence.intake import take_in

    intake = take_in(round_)  # first: while the forms are read, what computes is loaded
    from reports.outcome import outcome

    return outcome(round_, intake)


def _write_results(found: Outcome) -> list[Path]:
    from evidence.problems import has_errors
    from evidence.sealing import journal
    from reports.outputs import write_outputs

    written = write_outputs(found)
    details = {"provisional": found.results.provisional, "errors": has_errors(found.intake.problems)}
    journal.append(found.round.folder, "score", details)
    return written


def _say(text: str, end: str = "\n") -> None:
    click.echo(f"{text}{end}", nl=False)


def _say_written(paths: Iterable[Path]) -> None:
    _say("Đã ghi: " + ", ".join(str(path) for path in paths))


for command in (object_, decide, report, close, verify, compare, analyse, gather, criteria):
    app.add_command(command)


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
        return _fault(_of_the_disk(error), NOT_DONE)
    except UnicodeEncodeError as error:
        if error.reason != "surrogates not allowed":
            raise
        return _fault(no_text(error), NOT_DONE)


def _of_the_disk(error: OSError) -> str:
    from evidence.placing import is_full

    if is_full(error):
        return "Ổ đĩa đã đầy nên không ghi được; tệp cũ còn nguyên. Giải phóng chỗ trống rồi chạy lại lệnh."
    file = f" “{error.filename}”" if error.filename else ""
    return f"Không đọc hoặc ghi được tệp{file}: kiểm tra đường dẫn, quyền và chỗ trống trên ổ đĩa."


def _fault(text: str, code: int) -> int:
    click.echo(text, err=True)
    return code


def main() -> None:
    """Entry point of the command `danvan`."""
    gc.set_threshold(_MADE_BEFORE_GC, 20, 50)
    heed_signals()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # Windows consoles default to another code page
    code = run()
    end_undisturbed()
    sys.exit(code)


if __name__ == "__main__":
    main()
