"""The command about what is signed and sent: `danvan report`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli_criteria import DONE, FOUND_MISTAKES
from cli_round import reading_forms, shown, unit_named
from cli_vietnamese import VietnameseCommand
from criteria.catalogue import Refusal, UnknownId

if TYPE_CHECKING:
    from evidence.round import Round
    from reports.official.writing import Scored
    from reports.outcome import Outcome

_NOTICE, _REPORT = "thong-bao", "bao-cao"


class Kind(click.ParamType[str]):
    """A kind of document; the list is read when the command runs, so that help loads nothing."""

    name = "kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The kind as typed; raises UnknownId with what is near."""
        from reports.official.drafts import BY_NAME, KINDS

        if value not in KINDS and value not in BY_NAME:
            raise UnknownId("loại văn bản", str(value), KINDS)
        return str(value)


@click.command(cls=VietnameseCommand)
@click.argument("folder", metavar="[THƯ_MỤC]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--kind",
    "kinds",
    metavar="LOẠI",
    multiple=True,
    type=Kind(),
    help="Chỉ soạn loại này: to-trinh, quyet-dinh, bien-ban, thong-bao, bao-cao (dùng được nhiều lần).",
)
@click.option(
    "--unit",
    "codes",
    metavar="MÃ",
    multiple=True,
    help="Chỉ soạn thông báo cho đơn vị này (dùng được nhiều lần).",
)
@click.option(
    "--html/--no-html",
    "page",
    default=None,
    help="Có ghi trang ket-qua.html hay không (mặc định: có, trừ khi đã chọn --kind hoặc --unit).",
)
@click.option("--pdf", is_flag=True, help="Tạo thêm bản PDF, kể cả sổ xếp hạng (cần LibreOffice).")
@click.option(
    "--check-template",
    "template",
    metavar="TỆP",
    type=click.Path(path_type=Path),
    help="Kiểm tra một mẫu Word riêng: trường lạ, trường thiếu, thẻ hỏng.",
)
@reading_forms
@click.pass_context  # fmt: skip
def report(
    ctx: click.Context,
    folder: Path | None,
    kinds: Sequence[str],
    codes: Sequence[str],
    page: bool | None,
    pdf: bool,
    template: Path | None,
) -> int:
    """Soạn văn bản trình ký, thông báo cho từng đơn vị (Word, PDF) và trang kết quả.

    Gồm tờ trình, quyết định, biên bản họp, báo cáo 6 tháng và báo cáo năm, một thông báo cho mỗi đơn vị;
    trang kết quả ket-qua.html mở bằng trình duyệt. Mẫu riêng của cơ quan để trong thư mục con “mau”
    của đợt.
    """
    if template is not None:
        return _check(template, kinds)
    if folder is None:
        raise click.MissingParameter(ctx=ctx, param=ctx.command.params[0])
    from evidence.problems import has_errors
    from evidence.round import load_round
    from reports.official.drafts import drafts_of
    from reports.official.writing import write_drafts

    round_ = load_round(folder)
    wanted = tuple(kinds) or ((_NOTICE,) if codes else ())
    if codes and _NOTICE not in wanted:
        raise Refusal(f"--unit chỉ dùng để soạn thông báo. Bỏ --kind, hoặc thêm --kind {_NOTICE}.")
    units = [unit_named(round_, code).code for code in codes] or [unit.code for unit in round_.units]
    found = _outcome(round_, wanted)
    scored = _told(found) if found else None
    drafts = drafts_of(wanted, scored is not None)
    due = sum(len(units) if draft.each_unit else 1 for draft in drafts)
    written = list(shown(write_drafts(round_, scored, drafts, units), "Soạn văn bản", due))
    _say_written(round_, written)
    if found and (page if page is not None else not (kinds or codes)):
        _write_page(found)
    if pdf:
        _write_pdfs(round_, found, written)
    _say_outdated(found, () if pdf else written)
    return FOUND_MISTAKES if found and has_errors(found.intake.problems) else DONE


def _say_outdated(found: Outcome | None, without_pdf: Sequence[Path]) -> None:
    from reports.outdated import pdfs_to_renew, results_to_renew

    for told in (results_to_renew(found) if found else "", pdfs_to_renew(without_pdf)):
        if told:
            click.echo(told)


def _check(path: Path, kinds: Sequence[str]) -> int:
    from reports.official.fields import field_lines
    from reports.official.writing import checked_template

    draft, problems = checked_template(path, kinds[0] if kinds else None)
    told = f"{len(problems)} lỗi:" if problems else "dùng được."
    click.echo(f"Mẫu “{path.name}” ({draft.title}): {told}")
    for item in problems:
        click.echo(f"  {item.place}: {item.message} {item.fix}")
    click.echo(
        "\n".join(["", "Các trường dùng được:", *(f"  {line}" for line in field_lines(draft.fields))])
    )
    return FOUND_MISTAKES if problems else DONE


def _outcome(round_: Round, kinds: Sequence[str]) -> Outcome | None:
    """What the round comes to; None where nothing is scored and only reports are wanted."""
    from reports.outcome import outcome

    only_reports = round_.scored_by is None and all(kind.startswith(_REPORT) for kind in kinds)
    return None if only_reports else outcome(round_)


def _told(found: Outcome) -> Scored:
    """What the drafts tell of the results."""
    from evidence.sealing.seal import head_hash
    from reports.official.writing import Scored

    head = head_hash(found.round.folder)
    return Scored(found.results, found.steps, found.advice_lines, head.short if head else None)


def _write_page(found: Outcome) -> None:
    from reports.web.sections import write_outcome_page

    click.echo(f"Đã ghi trang kết quả, mở bằng trình duyệt: “{write_outcome_page(found)}”.")


def _write_pdfs(round_: Round, found: Outcome | None, written: Sequence[Path]) -> None:
    from evidence.folders import RESULTS
    from evidence.sealing.sealed_files import is_sealed
    from reports.pdf import write_pdfs
    from reports.ranked.workbook import RANKED_NAME, write_ranked

    paths = list(written)
    if found is not None:
        paths.append(round_.folder / RESULTS / RANKED_NAME)
        if not is_sealed(round_.folder):  # a sealed workbook is what was signed: it is only converted
            # written anew, so that the workbook's PDF and the drafts are of the same results
            write_ranked(paths[-1], round_, found.results, found.reasons)
    made = list(shown(write_pdfs(paths), "Chuyển sang PDF", len(paths)))
    click.echo(f"Đã tạo {len(made)} tệp PDF cạnh các tệp Word, Excel.")


def _say_written(round_: Round, written: Sequence[Path]) -> None:
    by_folder: dict[Path, int] = {}
    for path in written:
        by_folder[path.parent] = by_folder.get(path.parent, 0) + 1
    for folder, count in by_folder.items():
        click.echo(f"Đã soạn {count} văn bản trong “{folder}”.")
    for mark in round_.marks:
        click.echo(f"Lưu ý, có in trên từng văn bản: {mark}")
