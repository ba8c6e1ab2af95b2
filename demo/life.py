"""The whole life of the example round, as the commands that an officer types and what they say.

Forms, receipts, checks, returned forms, appraisal, a conflict, an objection that changes a grade, the
seal and its check. What people do between the commands is done here, and told as what it is: invented.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from criteria.exact import vietnamese
from demo.appraisers import SECOND_COPY, return_workbooks
from demo.receipts import RECORDER, came, record_receipts
from demo.story import CLOSED_BY, LOWERED, OBJECTION, RETURNED, WHY_PROVISIONAL, mended
from demo.tay_ninh import NO_DOSSIER, PLAN, fillings, mark_invented, write_index, write_sent
from evidence.appraisal.layout import FOLDER as APPRAISED
from evidence.registers.receipts import DOSSIER, dossier_deadline
from evidence.round import load_round
from evidence.sealing.seal import head_hash

INBOX = "thu-den"  # what units and appraisers sent, before the office puts it into its place


@dataclass(frozen=True)
class Title:
    """The heading of a step."""

    text: str


@dataclass(frozen=True)
class Told:
    """What people did between two commands."""

    text: str


@dataclass(frozen=True)
class Command:
    """A command to run: its words, the exit code that it must end with, what to show of what it says.

    `shown`: regular expressions; a line that none of them is found in is left out.
    """

    words: tuple[str, ...]
    shown: tuple[str, ...] = ("",)
    ends: int = 0


Act = Title | Told | Command


def life(folder: Path) -> Iterator[Act]:
    """The acts of a round in a new folder, in their order.

    Each is to be run or told before the next one is asked for: what people do between the commands is
    done on the way.
    """
    yield from _begun(folder)
    yield from _received(folder)
    yield from _returned(folder)
    yield from _appraised(folder)
    yield from _objected(folder)
    yield from _closed(folder)


def _begun(folder: Path) -> Iterator[Act]:
    yield Title("Lập đợt và phát biểu mẫu")
    yield Command(("new", str(folder), "--plan", PLAN), ("^Đã tạo",))
    mark_invented(folder)
    yield Told("Ghi trong dot.yaml rằng mọi số liệu của đợt là minh họa; mọi trang in đều nhắc lại.")
    yield Command(("forms", str(folder)))


def _received(folder: Path) -> Iterator[Act]:
    round_ = load_round(folder)
    inbox = folder / INBOX
    write_sent(round_, fillings(round_), inbox)
    record_receipts(round_, inbox, without=(DOSSIER,))
    write_index(round_)
    yield Title("Tiếp nhận hồ sơ")
    yield Told(
        f"16 đơn vị gửi biểu mẫu đã điền (số liệu tự tạo), để ở {INBOX}. Kế hoạch, báo cáo bản giấy đã "
        "vào sổ từ trước; chỉ số cải cách hành chính đã chép vào chi-so/cchc.csv."
    )
    due = dossier_deadline(round_.plan)
    assert due is not None, "the example's plan has a deadline for dossiers"
    sent = sorted(
        (came(due, unit, place).date(), str(inbox / f"{unit.code}.xlsx"))
        for place, unit in enumerate(round_.units)
        if unit.code != NO_DOSSIER
    )
    for day, files in groupby(sent, key=lambda pair: pair[0]):
        paths = [path for _, path in files]
        yield Command(
            ("receive", str(folder), *paths, "--at", f"{day:%d/%m/%Y}", "--by", RECORDER), ("^Hồ sơ",)
        )
    yield Command(("status", str(folder)), ("^Gửi chậm .*, nhận", "^Chưa gửi"))


def _returned(folder: Path) -> Iterator[Act]:
    yield Title("Kiểm tra; trả hai hồ sơ để đơn vị sửa")
    yield Command(
        ("check", str(folder), "--all", "--by", "20/10/2023"),
        ("^Đã nhận", "^Chưa gửi", "^│ (Lỗi|Cảnh báo)", "^Đã ghi"),
        ends=1,
    )
    round_ = load_round(folder)
    sent = fillings(round_)
    again = {code: mended(round_, round_.by_code[code], sent[code]) for code in RETURNED}
    place = folder / INBOX / "gui-lai"
    write_sent(round_, again, place)
    yield Told("Hai đơn vị sửa theo phiếu và gửi lại. Ngày gửi lần đầu vẫn là ngày tính hạn.")
    files = (str(place / f"{code}.xlsx") for code in RETURNED)
    yield Command(("receive", str(folder), *files, "--at", "19/10/2023", "--by", RECORDER))
    yield Command(("check", str(folder)), ("^Đã nhận", "^Chưa gửi", "^Đã chuyển"))


def _appraised(folder: Path) -> Iterator[Act]:
    yield Title("Thẩm định")
    yield Command(("appraise", str(folder)), ("phiếu “",))
    return_workbooks(load_round(folder), ("noi-vu", "thanh-tra"))
    yield Told(
        "Phòng Nội vụ gửi lại phiếu đã chấm; Thanh tra thành phố có hai người chấm, gửi hai phiếu. "
        "Điểm và lý do là minh họa."
    )
    yield Command(("appraise", str(folder)), ("đã chấm", "khác"), ends=1)
    shutil.move(folder / APPRAISED / SECOND_COPY, folder / INBOX / SECOND_COPY)
    yield Told(
        f"Thanh tra thành phố thống nhất theo phiếu thứ nhất; phiếu thứ hai bỏ khỏi {APPRAISED}, "
        f"giữ ở {INBOX}."
    )
    yield Command(("appraise", str(folder)), ("đã chấm",))
    yield Title("Chấm lần thứ nhất: tạm tính, vì Văn phòng chưa gửi phiếu")
    yield Command(("score", str(folder)), ("^! Kết quả tạm tính", "^Khối", "^(Tốt|Chỉ tiêu: 60%)"))
    return_workbooks(load_round(folder), ("van-phong",))
    yield Told("Văn phòng HĐND và UBND thành phố gửi phiếu đã chấm; đủ ba cơ quan.")
    yield Command(("score", str(folder)), ("^Khối", "^Tốt", "^So với", "^  .*Vì:", "^  Chỉ đổi"))


def _objected(folder: Path) -> Iterator[Act]:
    item = OBJECTION
    lowered = LOWERED[item.unit, item.criterion]
    yield Title("Kiến nghị và quyết định lại")
    given = vietnamese(lowered.points)
    yield Told(f"UBND phường 4 kiến nghị về tiêu chí {item.criterion}, được chấm {given} điểm.")
    yield Command(
        ("object", str(folder), item.unit, item.criterion, "--text", item.text, "--document", item.document,
         "--on", item.on, "--by", RECORDER)
    )  # fmt: skip
    yield Command(
        ("decide", str(folder), item.unit, item.criterion, "--points", item.points, "--reason", item.reason,
         "--document", item.ruling, "--by", item.decided_by, "--on", item.decided_on, "--objection"),
        ("^Đã ghi", "^Giải quyết"),
    )  # fmt: skip
    yield Command(("score", str(folder)), ("^So với", "^  .*Vì:", "^  Chỉ đổi", "^Chỉ tiêu: 60%"))
    yield Command(
        ("explain", str(folder), item.unit), (f"^ *{item.criterion} ", "Thẩm định: 0", "Quyết định: ")
    )


def _closed(folder: Path) -> Iterator[Act]:
    yield Title("Niêm phong và kiểm tra lại")
    yield Command(("close", str(folder), "--by", CLOSED_BY), ends=3)
    yield Command(
        ("close", str(folder), "--provisional", "--reason", WHY_PROVISIONAL, "--by", CLOSED_BY),
    )
    head = head_hash(folder)
    assert head is not None, "the round was sealed just now"
    yield Command(("verify", str(folder), "--head", head.short))
    yield Title("Văn bản trình ký (bản thảo)")
    yield Command(("report", str(folder)), ("^Đã soạn",))
