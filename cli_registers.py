"""The commands that keep a round's registers and say where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli_criteria import AS_JSON, DONE, FOUND_MISTAKES, say_json
from cli_round import FOLDER, PDF, reading_forms, unit_named, writing, written_with_pdf
from cli_vietnamese import VietnameseCommand
from criteria.catalogue import Refusal, as_typed

if TYPE_CHECKING:
    from datetime import date

    from criteria.model import Criterion, Unit
    from evidence.round import Round

UNIT = click.argument("code", metavar="MÃ_ĐƠN_VỊ")
CRITERION = click.argument("criterion", metavar="MÃ_TIÊU_CHÍ")
ON = click.option(
    "--on", "day", metavar="NGÀY", help="Ngày của văn bản, ví dụ 14/10/2023; mặc định hôm nay."
)
DOCUMENT = click.option("--document", metavar="SỐ", required=True, help="Số, ký hiệu văn bản làm căn cứ.")


@click.command(cls=VietnameseCommand)
@FOLDER
@click.argument("files", metavar="[TỆP...]", nargs=-1, type=click.Path(path_type=Path))
@click.option("--kind", metavar="LOẠI",
              help="Loại văn bản: dossier (hồ sơ chấm điểm), report (báo cáo), plan (kế hoạch), "
                   "registration (đăng ký), assignment (phân công).")  # fmt: skip
@click.option(
    "--unit",
    "codes",
    metavar="MÃ",
    multiple=True,
    help="Mã đơn vị gửi; không có tệp thì dùng được nhiều lần.",
)
@click.option(
    "--duty",
    metavar="MÃ_VIỆC",
    help="Mã việc có thời hạn trong kế hoạch (trong ngoặc vuông ở danvan status).",
)
@click.option(
    "--at", "moment", metavar="LÚC", help="Lúc nhận, ví dụ “14/10/2023 16:05”; mặc định là lúc này."
)
@click.option("--by", metavar="TÊN", help="Người ghi sổ; mặc định là tên đăng nhập máy.")
@writing
def receive(
    folder: Path,
    files: Sequence[Path],
    kind: str | None,
    codes: Sequence[str],
    duty: str | None,
    moment: str | None,
    by: str | None,
) -> int:
    """Ghi sổ tiếp nhận hồ sơ, báo cáo; chép tệp vào thư mục nop, giữ lại bản trước."""
    from datetime import datetime

    from evidence.lock import person
    from evidence.registers.receiving import Receiving, duty_named, receive_files, receive_paper
    from evidence.round import load_round

    round_ = load_round(folder)
    units = [unit_named(round_, code) for code in codes]
    if not files and not units:
        raise Refusal("Ghi tên tệp nhận được, hoặc --unit MÃ nếu nhận bản giấy không có tệp.")
    if files and len(units) > 1:
        raise Refusal("Có tệp thì chỉ dùng --unit một lần; mỗi đơn vị nhận bằng một lệnh riêng.")
    now = datetime.now().replace(microsecond=0)
    at = _moment(moment, now) if moment else None
    receiving = Receiving(round_, *duty_named(round_.plan, kind, duty), at, by or person(), now)
    if not files:
        for unit in units:
            click.echo(receive_paper(unit, receiving).text)
        return DONE
    faults = 0
    for outcome in receive_files(files, units[0] if units else None, receiving):
        faults += isinstance(outcome, Refusal)
        click.echo(str(outcome) if isinstance(outcome, Refusal) else outcome.text)
    return FOUND_MISTAKES if faults else DONE


@click.command(cls=VietnameseCommand)
@FOLDER
@click.option("--sheet", is_flag=True, help="Ghi thêm sổ Excel ket-qua/tinh-hinh.xlsx.")
@PDF
@AS_JSON
@reading_forms
def status(folder: Path, sheet: bool, pdf: bool, as_json: bool) -> int:
    """Xem tình hình: thời hạn, ai đã gửi, gửi chậm, chưa gửi, thẩm định đến đâu.

    Dùng được cả cho địa phương chỉ báo cáo, không chấm điểm.
    """
    from datetime import date

    from evidence.folders import RESULTS
    from evidence.lock import hold
    from evidence.round import load_round
    from evidence.status import status_json, status_of
    from evidence.status_text import status_text
    from reports.known import points_so_far, scored

    round_ = load_round(folder)
    if round_.scored_by:
        intake, results = scored(round_)
        now = status_of(round_, intake, date.today(), points_so_far(results))
    else:
        now = status_of(round_, None, date.today())
    if as_json:
        say_json(status_json(now))
    else:
        click.echo(status_text(now))
    if sheet or pdf:
        from reports.status_sheet import SHEET_NAME, write_status

        path = folder / RESULTS / SHEET_NAME
        with hold(folder, "status"):
            write_status(path, now)
            written = written_with_pdf(path, pdf)
        if not as_json:
            click.echo("Đã ghi: " + ", ".join(map(str, written)))
    return DONE


@click.command("object", cls=VietnameseCommand)
@FOLDER
@UNIT
@CRITERION
@click.option("--text", metavar="NỘI_DUNG", required=True, help="Nội dung kiến nghị của đơn vị.")
@DOCUMENT
@ON
@click.option("--by", metavar="TÊN", help="Người ghi sổ; mặc định là tên đăng nhập máy.")
@writing
def object_(
    folder: Path, code: str, criterion: str, text: str, document: str, day: str | None, by: str | None
) -> int:
    """Ghi kiến nghị (phúc tra) của đơn vị về điểm của một tiêu chí."""
    from datetime import datetime

    from evidence.lock import person
    from evidence.registers.objections import Objection, record_objection
    from evidence.round import load_round

    round_ = load_round(folder)
    unit = unit_named(round_, code)
    leaf = _leaf(round_, unit, criterion)
    now = datetime.now()
    objection = Objection("", unit.code, leaf.id, _said(text, "--text"), _said(document, "--document"),
                          _day(day, now), by or person())  # fmt: skip
    number = record_objection(round_, unit, leaf, objection, now)
    click.echo(
        f"Đã ghi kiến nghị {number} của {unit.name} ({unit.code}) về tiêu chí {leaf.id} {leaf.title}."
    )
    return DONE


@click.command(cls=VietnameseCommand)
@FOLDER
@UNIT
@CRITERION
@click.option("--points", metavar="ĐIỂM", required=True,
              help="Điểm quyết định, ví dụ 4,5; KPS nếu không phát sinh; "
                   "keep để giữ nguyên điểm.")  # fmt: skip
@click.option("--reason", metavar="LÝ_DO", required=True, help="Vì sao quyết định như vậy.")
@DOCUMENT
@click.option("--by", metavar="TÊN", required=True, help="Người hoặc hội đồng quyết định.")
@ON
@click.option(
    "--objection", is_flag=True, help="Đây là kết quả giải quyết kiến nghị: phải có kiến nghị đang mở."
)
@writing
def decide(
    folder: Path,
    code: str,
    criterion: str,
    points: str,
    reason: str,
    document: str,
    by: str,
    day: str | None,
    objection: bool,
) -> int:
    """Ghi quyết định (phúc tra, hội đồng) về điểm một tiêu chí; giải quyết kiến nghị đang mở."""
    from datetime import datetime

    from evidence.registers.decisions import Ruling, decision_points, open_objections, record_decision
    from evidence.round import load_round
    from reports.known import standing_points

    round_ = load_round(folder)
    unit = unit_named(round_, code)
    leaf = _leaf(round_, unit, criterion)
    now = datetime.now()
    ruling = Ruling(_said(reason, "--reason"), _said(document, "--document"), _said(by, "--by"),
                    _day(day, now))  # fmt: skip
    waiting = [item for item in open_objections(round_).get(unit.code, ()) if item.criterion == leaf.id]
    if objection and not waiting:
        raise Refusal(
            f"{unit.name} không có kiến nghị nào đang mở về tiêu chí {leaf.id}. "
            "Ghi kiến nghị trước bằng lệnh danvan object, hoặc bỏ --objection."
        )
    text = decision_points(
        points, round_.criteria, leaf, lambda: standing_points(round_, unit.code, leaf.id)
    )
    settled = record_decision(round_, unit, leaf, text, ruling, now)
    click.echo(f"Đã ghi quyết định về tiêu chí {leaf.id} của {unit.name} ({unit.code}): {text}.")
    for item in settled:
        click.echo(f"Giải quyết kiến nghị {item.words}.")
    if round_.dossiers and unit.code not in round_.dossiers:
        click.echo(
            f"Lưu ý: {unit.name} chưa gửi hồ sơ; có điểm quyết định thì đơn vị vẫn được tính điểm, "
            "xếp loại và xếp hạng, các tiêu chí chưa chấm không có điểm."
        )
    click.echo(f"Tính lại kết quả bằng lệnh: danvan score {as_typed(folder)}")
    return DONE


@click.command(cls=VietnameseCommand)
@FOLDER
@UNIT
@click.argument("fact_", metavar="SỰ_VIỆC")
@DOCUMENT
@click.option("--on", "day", metavar="NGÀY", required=True, help="Ngày của văn bản, ví dụ 14/10/2023.")
@click.option("--by", metavar="TÊN", required=True, help="Người ghi nhận.")
@click.option("--note", metavar="GHI_CHÚ", default="", help="Mô tả ngắn sự việc; khi rút thì là lý do rút.")
@click.option("--withdraw", is_flag=True, help="Rút sự việc đã ghi: thêm một dòng rút, dòng cũ vẫn còn.")
@writing
def fact(
    folder: Path, code: str, fact_: str, document: str, day: str, by: str, note: str, withdraw: bool
) -> int:
    """Ghi, hoặc rút, sự việc làm căn cứ khống chế xếp loại (kỷ luật, khiếu kiện ...)."""
    from datetime import datetime

    from evidence.registers.facts import Fact, record_fact, withdraw_fact
    from evidence.round import load_round

    round_ = load_round(folder)
    unit = unit_named(round_, code)
    known = round_.scored_by.facts if round_.scored_by else frozenset()
    now = datetime.now()
    item = Fact(
        unit.code, fact_, _said(document, "--document"), _day(day, now), _said(by, "--by"), note.strip()
    )
    if withdraw:
        for gone in withdraw_fact(folder, unit, item, round_.facts, now):
            click.echo(f"Đã rút của {unit.name} ({unit.code}): {gone.text}.")
        return DONE
    record_fact(folder, unit, item, known, now)
    click.echo(f"Đã ghi nhận của {unit.name} ({unit.code}): {item.text}.")
    if not item.note:
        click.echo(
            f"Chưa có mô tả nên tờ trình, thông báo sẽ in nguyên tên “{fact_}”. Muốn in bằng lời: rút "
            "(--withdraw) rồi ghi lại, thêm --note."
        )
    if not known:
        click.echo("Lưu ý: không có khống chế nào của bộ tiêu chí, kế hoạch xét đến sự việc này.")
    return DONE


def _leaf(round_: Round, unit: Unit, id_: str) -> Criterion:
    from criteria.catalogue import UnknownId

    leaves = {leaf.id: leaf for leaf in round_.criteria.applying(unit.type)}
    if id_ not in leaves:
        raise UnknownId(f"tiêu chí áp dụng cho {unit.name}", id_, leaves)
    return leaves[id_]


def _moment(text: str, now: Any) -> Any:
    from datetime import datetime, time

    from evidence.registers.values import NoMoment, moment_of

    try:
        day, hour = moment_of(text)
    except NoMoment as error:
        raise Refusal(f"Không hiểu thời điểm “{text}”. Ghi ví dụ “14/10/2023 16:05”.") from error
    if datetime.combine(day, hour or time()) > now:
        raise Refusal(f"Thời điểm “{text}” ở sau lúc này. Kiểm tra lại ngày giờ (ngày trước, tháng sau).")
    return day, hour


def _day(text: str | None, now: Any) -> date:
    day: date = _moment(text, now)[0] if text else now.date()
    return day


def _said(text: str, option: str) -> str:
    if not text.strip():
        raise Refusal(f"{option} không được để trống.")
    return text.strip()
