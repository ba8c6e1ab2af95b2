"""Where a round stands, as tables and sentences for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tabulate import tabulate

from criteria.catalogue import as_typed
from criteria.document import vietnamese_date
from criteria.exact import vietnamese
from evidence.problems import SEVERITY_WORDS
from evidence.registers.receipts import KIND_WORDS
from evidence.status import Duty, Standing, Status, status_json

NAMED = 12  # so many units are named; of more, only the first


def status_text(status: Status) -> str:
    """The status of a round for the terminal."""
    round_ = status.round
    lines = [f"{round_.title} ({round_.id}), tính đến ngày {vietnamese_date(status.today)}", ""]
    lines.append(_duties(status) if status.duties else "Kế hoạch không ghi thời hạn cụ thể.")
    if status.scored:
        lines += ["", _blocks(status)]
        if round_.plan.appraisers:
            lines += ["", _appraisers(status)]
    lines += ["", *_sentences(status)]
    if not status.scored:
        lines.append("Kế hoạch không chấm điểm: chỉ theo dõi báo cáo và thời hạn.")
    for item in round_.problems:
        words = SEVERITY_WORDS[item.severity]
        lines.append(f"{words} trong sổ: {item.place}: {item.message} {item.fix}")
    lines += [f"Lưu ý: {text}" for text in (*round_.marks, *round_.warnings)]
    return "\n".join(lines)


def when_words(duty: Duty, status: Status) -> str:
    """How far off a duty's last day is."""
    left = (duty.deadline.last_day - status.today).days
    return f"còn {left} ngày" if left > 0 else "hôm nay" if left == 0 else f"đã qua {-left} ngày"


def progress_words(done: int, due: int) -> str:
    """So many of so many criteria; a dash where none is due yet."""
    return f"{done}/{due}" if due else "-"


def _duties(status: Status) -> str:
    rows = []
    for item in status.duties:
        deadline = item.deadline
        done = len(item.concerned) - len(item.missing)
        counts = (f"{done}/{len(item.concerned)}", len(item.late)) if item.concerned else ("-", "-")
        day = vietnamese_date(deadline.last_day)
        what = f"{deadline.what} [{deadline.id}]"
        rows.append((KIND_WORDS[deadline.kind], what, day, when_words(item, status), *counts,
                     ", ".join(deadline.cite)))  # fmt: skip
    heads = ["Loại", "Việc [mã]", "Hết ngày", "", "Đã nhận", "Chậm", "Mục của kế hoạch"]
    widths = [12, 44, 12, 16, 8, 6, 22]
    return tabulate(rows, heads, tablefmt="simple_grid", maxcolwidths=widths, disable_numparse=True)


def _blocks(status: Status) -> str:
    whole = status_json(status)
    rows = []
    for row in (*whole["blocks"], {"title": "Tổng số", "average": None, **whole["totals"]}):
        average = status.so_far.averages.get(row.get("block", ""))
        rows.append((
            row["title"], row["units"], row["sent"], row["late"], row["returned"], row["recorded"],
            row["not_sent"], progress_words(row["appraised"], row["due"]),
            "" if average is None else f"{vietnamese(average)}%",
        ))  # fmt: skip
    heads = ["Khối", "Số đơn vị", "Đã gửi", "Gửi chậm", "Trả lại", "Chưa có tệp", "Chưa gửi",
             "Tiêu chí đã thẩm định", "Tỷ lệ bình quân hiện tại"]  # fmt: skip
    widths = [32, 7, 6, 6, 6, 8, 6, 12, 12]
    return tabulate(rows, heads, tablefmt="simple_grid", maxcolwidths=widths, maxheadercolwidths=widths,
                    disable_numparse=True)  # fmt: skip


def _appraisers(status: Status) -> str:
    rows = [
        (item.name, progress_words(*status.by_appraiser[item.id]), _left(*status.by_appraiser[item.id]))
        for item in status.round.plan.appraisers
    ]
    heads = ["Cơ quan thẩm định", "Đã thẩm định", "Còn lại"]
    return tabulate(rows, heads, tablefmt="simple_grid", maxcolwidths=[44, 14, 10], disable_numparse=True)


def _left(done: int, due: int) -> str:
    return str(due - done) if due else "-"


def _sentences(status: Status) -> Iterator[str]:
    """A line for each kind of unit that somebody must write to, and for each duty not all have done."""
    if status.scored:
        yield from _told(status, "Chưa gửi hồ sơ", lambda item: item.state == "not_sent")
        yield from _told(status, "Bị trả lại", lambda item: item.state == "returned")
        yield from _told(status, "Đã ghi nhận nhưng chưa có tệp trong nop", lambda u: u.state == "recorded")
        yield from _late(status)
        for item in status.units:
            for objection in item.objections:
                yield f"Kiến nghị chưa giải quyết: {_name(item)}, {objection.words}."
    for duty in status.duties:
        yield from _duty_sentence(duty, status)
    yield from _undated(status)
    for duty in status.coming:
        day = vietnamese_date(duty.deadline.last_day)
        yield f"Thời hạn sắp tới: {duty.deadline.what}, hết ngày {day} ({when_words(duty, status)})."


def _late(status: Status) -> Iterator[str]:
    """Who sent the dossier late by what was recorded; of whom only the time of the file is known."""
    by_file = []
    for item in status.units:
        if item.receipt and item.receipt.source == "file":
            by_file.append(item)
        elif item.receipt and item.late:
            yield f"Gửi chậm {item.late} ngày: {_name(item)}, {item.receipt.text}."
    late = sum(item.late > 0 for item in by_file)
    if by_file:
        yield (
            f"{len(by_file)} hồ sơ chưa vào sổ tiếp nhận: ngày nhận lấy theo giờ của tệp"
            + (f", theo đó {late} hồ sơ gửi chậm" if late else "")
            + ". Ghi sổ bằng lệnh: "
            + f"danvan receive {as_typed(status.round.folder)} TỆP... --at “ngày giờ nhận”"
        )


def _duty_sentence(duty: Duty, status: Status) -> Iterator[str]:
    """Who is missing or late with a duty that is not the dossier, which has its own lines."""
    if duty.deadline.of_some:
        yield (
            f"Chỉ yêu cầu với “{duty.deadline.who}”: {duty.deadline.what} [{duty.deadline.id}]; "
            f"đã nhận của {len(duty.concerned)} đơn vị, không tính ai là thiếu."
        )
    if not duty.concerned or (status.scored and duty.deadline.kind == "dossier"):
        return
    names = status.round.by_code
    if len(duty.missing) == len(duty.concerned):
        yield f"Chưa nhận của đơn vị nào: {duty.deadline.what} [{duty.deadline.id}]."
    elif duty.missing:
        units = [f"{names[code].name} ({code})" for code in duty.missing]
        yield f"Chưa có “{duty.deadline.what}” [{duty.deadline.id}]: {_listed(units)}."
    if duty.late:
        units = [f"{names[code].name} ({code}) chậm {days} ngày" for code, days in duty.late.items()]
        yield f"Gửi chậm “{duty.deadline.what}” [{duty.deadline.id}]: {_listed(units)}."


def _undated(status: Status) -> Iterator[str]:
    """What was received that the plan asks for without a date."""
    names = status.round.by_code
    for item in status.undated:
        unit = f"{names[item.unit].name} ({item.unit})"
        yield f"Đã nhận {KIND_WORDS[item.kind]} (kế hoạch không ghi thời hạn): {unit}, {item.text}."


def _told(status: Status, words: str, which: Callable[[Standing], bool]) -> Iterator[str]:
    units = [_name(item) for item in status.units if which(item)]
    if units:
        yield f"{words}: {_listed(units)}."


def _listed(names: list[str]) -> str:
    more = f" và {len(names) - NAMED} đơn vị khác" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _name(item: Standing) -> str:
    return f"{item.unit.name} ({item.unit.code})"
