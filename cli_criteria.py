"""The commands about decisions: `danvan criteria ...`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli_vietnamese import VietnameseCommand, VietnameseGroup
from criteria.catalogue import Refusal, as_typed

if TYPE_CHECKING:
    from criteria.catalogue import Finding

DONE, FOUND_MISTAKES, NOT_DONE = 0, 1, 3
AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="In kết quả dạng JSON cho chương trình khác đọc."
)


def say_json(value: object) -> None:
    """Prints a value as JSON, letters as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@click.group(cls=VietnameseGroup)
def criteria() -> None:
    """Các bộ tiêu chí: liệt kê, xem, kiểm tra, nhập, xuất, so sánh."""


@criteria.command("list", cls=VietnameseCommand)
@AS_JSON
def list_(as_json: bool) -> int:
    """Liệt kê các bộ tiêu chí và kế hoạch có sẵn."""
    from criteria.library import Library
    from criteria.listing import library_json, library_tables

    library = Library()
    if as_json:
        say_json(library_json(library))
    else:
        click.echo(library_tables(library))
    return DONE


@criteria.command(cls=VietnameseCommand)
@click.argument("id_", metavar="MÃ_HOẶC_TỆP")
def show(id_: str) -> int:
    """In một bộ tiêu chí: nhóm, tiêu chí, điểm tối đa, cách chấm, căn cứ."""
    from criteria.library import Library
    from criteria.listing import criteria_text
    from criteria.loader import load_criteria

    path = Path(id_)
    click.echo(criteria_text(load_criteria(path) if path.is_file() else Library().criteria(id_)))
    return DONE


@criteria.command(cls=VietnameseCommand)
@click.argument("files", metavar="TỆP...", nargs=-1, required=True, type=click.Path(path_type=Path))
@AS_JSON
def lint(files: Sequence[Path], as_json: bool) -> int:
    """Kiểm tra tệp tiêu chí hoặc kế hoạch; mỗi lỗi kèm dòng, cột và cách sửa."""
    from criteria.catalogue import FileFaults, finding
    from criteria.library import examine_file

    for path in files:
        if not path.is_file():
            raise FileFaults([finding("file-missing", path.name, 1, 1, name=str(path))])
    findings = {str(path): [*examine_file(path), *_case_findings(path)] for path in files}
    if as_json:
        say_json({path: [vars(item) for item in found] for path, found in findings.items()})
    else:
        for path, found in findings.items():
            click.echo(f"{path}: " + (f"{len(found)} điểm cần xem" if found else "không có lỗi"))
            for item in found:
                click.echo(f"  {item}")
    errors = any(item.severity == "error" for found in findings.values() for item in found)
    return FOUND_MISTAKES if errors else DONE


@criteria.command("import", cls=VietnameseCommand)
@click.argument("annex", metavar="TỆP", type=click.Path(path_type=Path, exists=False))
@click.option("--id", "id_", metavar="MÃ", help="Mã đặt cho bộ tiêu chí; cần khi nhập phụ lục.")
@click.option(
    "--out",
    metavar="THƯ_MỤC",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Nơi ghi kết quả; mặc định là thư mục hiện tại.",
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
        _refuse_existing(path)
        write_text(path, text)
        click.echo(f"Đã ghi {path}. Kiểm tra bằng lệnh: danvan criteria lint {path}")
        return DONE
    if id_ is None:
        raise click.MissingParameter(
            ctx=click.get_current_context(), param=click.get_current_context().command.params[1]
        )
    path, review = out / f"{id_}.yaml", out / f"{id_}-doi-chieu.xlsx"
    _refuse_existing(path)
    draft = import_annex(annex, id_=id_)
    write_text(path, draft.yaml)
    write_review(review, draft)
    for title, remarks in (("Sai lệch trong phụ lục", draft.slips), ("Cần xem lại", draft.doubts)):
        if remarks:
            click.echo(f"{title}:\n" + "\n".join(f"  {remark}" for remark in remarks))
    click.echo(f"Đã ghi bản nháp {path} và sổ đối chiếu {review}. Đối chiếu xong, kiểm tra bằng lệnh: "
         f"danvan criteria lint {as_typed(path)}")  # fmt: skip
    return FOUND_MISTAKES if draft.slips else DONE


def _refuse_existing(path: Path) -> None:
    """Nothing that somebody may have worked on is overwritten."""
    if path.exists():
        raise Refusal(f"Tệp “{path}” đã có. Đổi tên tệp cũ hoặc chọn nơi ghi khác (--out) rồi chạy lại.")


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
    if sheet.suffix.lower() != ".xlsx":
        raise Refusal(f"Tên tệp “{sheet}” phải có đuôi .xlsx.")
    _refuse_existing(sheet)
    write_authoring(sheet, read_text(path if path.is_file() else Library().criteria_path(id_)))
    click.echo(f"Đã ghi {sheet}.")
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
        from reports.comparison.trial import trial

        moved = trial(folder, *sets)
    if as_json:
        say_json({"changes": [vars(item) for item in changes], "units": moved})
        return DONE
    click.echo("\n".join(str(item) for item in changes) or "Hai bộ tiêu chí không khác nhau về nội dung.")
    if folder is not None:
        from reports.comparison.trial import trial_text

        click.echo("\n" + trial_text(moved))
    return DONE


def _case_findings(path: Path) -> list[Finding]:
    """What is wrong with the worked examples beside a sound criteria file."""
    from criteria.case_file import cases_path
    from criteria.loader import examine_criteria

    examples = cases_path(path)
    if not examples.is_file():
        return []
    criteria_set, findings = examine_criteria(path)
    if criteria_set is None or any(item.severity == "error" for item in findings):
        return []  # the file's own faults come first
    from reports.cases import case_findings

    return case_findings(criteria_set, examples)
