"""The front door: one command a job. Wires the rooms; each command imports only what it uses."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cli_vietnamese import VietnameseCommand, VietnameseGroup, mistake
from criteria.catalogue import Refusal

if TYPE_CHECKING:
    from criteria.catalogue import Finding
    from evidence.intake import Intake
    from evidence.round import Round
    from scoring.results import Results

DONE, FOUND_MISTAKES, USED_WRONGLY, NOT_DONE = 0, 1, 2, 3
T = TypeVar("T")

FOLDER = click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path))
AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="In kết quả dạng JSON cho chương trình khác đọc."
)


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
        _say_json(
            {
                "received": [unit.code for unit in round_.units if unit.code in intake.received],
                "missing": intake.missing(round_.units),
                "problems": [item.to_json() for item in intake.problems],
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
        _say_json(status_json(round_, intake, date.today()))
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
        _say_json(results_json(round_, results))
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
    if as_json:
        _say_json(explain_json(round_, results, unit.code, steps, above))
    else:
        _say(explain_text(round_, results, unit.code, steps, above))
    return DONE


@app.group(cls=VietnameseGroup)
def criteria() -> None:
    """Các bộ tiêu chí: liệt kê, xem, kiểm tra tệp."""


@criteria.command("list", cls=VietnameseCommand)
@AS_JSON
def list_(as_json: bool) -> int:
    """Liệt kê các bộ tiêu chí và kế hoạch có sẵn."""
    from criteria.library import Library
    from criteria.listing import library_json, library_tables

    library = Library()
    if as_json:
        _say_json(library_json(library))
    else:
        _say(library_tables(library))
    return DONE


@criteria.command(cls=VietnameseCommand)
@click.argument("id_", metavar="MÃ_HOẶC_TỆP")
def show(id_: str) -> int:
    """In một bộ tiêu chí: nhóm, tiêu chí, điểm tối đa, cách chấm, căn cứ."""
    from criteria.library import Library
    from criteria.listing import criteria_text
    from criteria.loader import load_criteria

    path = Path(id_)
    _say(criteria_text(load_criteria(path) if path.is_file() else Library().criteria(id_)))
    return DONE


@criteria.command(cls=VietnameseCommand)
@click.argument("files", metavar="TỆP...", nargs=-1, required=True, type=click.Path(path_type=Path))
@AS_JSON
def lint(files: Sequence[Path], as_json: bool) -> int:
    """Kiểm tra tệp tiêu chí hoặc kế hoạch; mỗi lỗi kèm dòng, cột và cách sửa."""
    from criteria.library import examine_file

    findings = {str(path): [*examine_file(path), *_case_findings(path)] for path in files}
    if as_json:
        _say_json({path: [vars(item) for item in found] for path, found in findings.items()})
    else:
        for path, found in findings.items():
            _say(f"{path}: " + (f"{len(found)} điểm cần xem" if found else "không có lỗi"))
            _say_findings(found)
    errors = any(item.severity == "error" for found in findings.values() for item in found)
    return FOUND_MISTAKES if errors else DONE


@criteria.command("import", cls=VietnameseCommand)
@click.argument("annex", metavar="TỆP", type=click.Path(path_type=Path, exists=False))
@click.option("--id", "id_", metavar="MÃ", help="Mã đặt cho bộ tiêu chí; cần khi nhập phụ lục.")
@click.option(
    "--out", metavar="THƯ_MỤC", type=click.Path(path_type=Path), default=Path(), help="Nơi ghi kết quả."
)
def import_(annex: Path, id_: str | None, out: Path) -> int:
    """Nhập phụ lục (Word, Excel, PDF) hoặc phiếu soạn thảo Excel thành tệp tiêu chí.

    Phụ lục cho ra một bản nháp và một sổ đối chiếu: phải có người kiểm tra trước khi dùng.
    """
    from criteria.authoring import is_authoring, read_authoring
    from criteria.importer import import_annex, write_review
    from evidence.placing import write_text

    if annex.suffix.lower() == ".xlsx" and is_authoring(annex):
        text = read_authoring(annex)
        path = out / f"{_first_value(text)}.yaml"
        write_text(path, text)
        _say(f"Đã ghi {path}. Kiểm tra bằng lệnh: danvan criteria lint {path}")
        return DONE
    if id_ is None:
        raise click.UsageError("missing --id", click.get_current_context())
    draft = import_annex(annex, id_=id_)
    path, review = out / f"{id_}.yaml", out / f"{id_}-doi-chieu.xlsx"
    write_text(path, draft.yaml)
    write_review(review, draft)
    for title, remarks in (("Sai lệch trong phụ lục", draft.slips), ("Cần xem lại", draft.doubts)):
        if remarks:
            _say(f"{title}:\n" + "\n".join(f"  {remark}" for remark in remarks))
    _say(f"Đã ghi bản nháp {path} và sổ đối chiếu {review}. Đối chiếu xong, kiểm tra bằng lệnh: "
         f"danvan criteria lint {path}")  # fmt: skip
    return FOUND_MISTAKES if draft.slips else DONE


def _first_value(text: str) -> str:
    from criteria.text_yaml import parse

    value = parse(text).value
    return str(value["criteria"]) if isinstance(value, dict) else "bo-tieu-chi"


@criteria.command(cls=VietnameseCommand)
@click.argument("id_", metavar="MÃ_HOẶC_TỆP")
@click.argument("sheet", metavar="TỆP.xlsx", type=click.Path(path_type=Path))
def export(id_: str, sheet: Path) -> int:
    """Xuất một bộ tiêu chí ra phiếu soạn thảo Excel, sửa xong nhập lại bằng “criteria import”."""
    from criteria.authoring import write_authoring
    from criteria.library import Library
    from criteria.reading import read_text

    path = Path(id_)
    write_authoring(sheet, read_text(path if path.is_file() else Library().criteria_path(id_)))
    _say(f"Đã ghi {sheet}.")
    return DONE


@criteria.command(cls=VietnameseCommand)
@click.argument("old", metavar="CŨ")
@click.argument("new_", metavar="MỚI")
@click.option("--round", "folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path),
              help="Đợt đánh giá để tính thử: đơn vị nào đổi điểm, đổi xếp loại.")  # fmt: skip
@AS_JSON
def diff(old: str, new_: str, folder: Path | None, as_json: bool) -> int:
    """So sánh hai bộ tiêu chí (mã hoặc tệp): khác gì, và với một đợt thì đơn vị nào thay đổi."""
    from criteria.comparison import differences
    from criteria.library import Library
    from criteria.loader import load_criteria

    sets = [
        load_criteria(Path(item)) if Path(item).is_file() else Library().criteria(item)
        for item in (old, new_)
    ]
    changes = list(differences(*sets))
    moved: list[dict[str, Any]] = []
    if folder is not None:
        from reports.trial import trial

        moved = trial(folder, *sets)
    if as_json:
        _say_json({"changes": [vars(item) for item in changes], "units": moved})
        return DONE
    _say("\n".join(str(item) for item in changes) or "Hai bộ tiêu chí không khác nhau về nội dung.")
    if folder is not None:
        from reports.trial import trial_text

        _say("\n" + trial_text(moved))
    return DONE


def _case_findings(path: Path) -> list[Finding]:
    """What is wrong with the worked examples beside a sound criteria file."""
    from criteria.case_file import cases_path
    from criteria.loader import examine_criteria

    examples = cases_path(path)
    criteria_set = examine_criteria(path)[0] if examples.is_file() else None
    if criteria_set is None:
        return []
    from reports.cases import case_findings

    return case_findings(criteria_set, examples)


def _score(round_: Round) -> tuple[Intake, Results]:
    from evidence.intake import take_in
    from scoring.limits import Circumstances, Recorded
    from scoring.results import score as score_answers

    intake = take_in(round_)
    facts: dict[str, list[Recorded]] = {}
    for fact in round_.facts:
        facts.setdefault(fact.unit, []).append(Recorded(fact.fact, fact.text))
    known = Circumstances(facts, round_.late, intake.outside)
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
    write_inputs(folder / "dau-vao.json", round_)
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


def _say_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _say_written(paths: Iterable[Path]) -> None:
    _say("Đã ghi: " + ", ".join(str(path) for path in paths))


def _say_findings(findings: Iterable[Finding]) -> None:
    for item in findings:
        _say(f"  {item}")


def _say_problems(round_: Round, intake: Intake) -> None:
    from evidence.summary import problems_text

    _say(problems_text(round_, intake))


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
