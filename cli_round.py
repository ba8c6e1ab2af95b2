"""What the commands share: a round's folder, a unit by its code, how it is written into, PDF; their end."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from criteria.model import Unit
    from evidence.round import Round

FOLDER = click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path))
T = TypeVar("T")
PDF = click.option("--pdf", is_flag=True, help="Tạo thêm bản PDF của sổ tính (cần LibreOffice).")
SHOWN_AFTER = 1.0  # seconds: what ends before is not worth a bar
_TELL_THEMSELVES = ("score", "close")  # these add their own line to the journal, with what came out


def heed_signals() -> None:
    """Has the system's other ways to end a command do what Ctrl-C does: all is put in order first.

    They are asking it to end (a shutdown, a service) and closing its terminal, unless `nohup` was there.
    """
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):  # the last is what Windows sends where a console closes
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


def end_undisturbed() -> None:
    """Has Ctrl-C do nothing any more: the command is done, and somebody who pressed it presses it twice."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def writing(command: Callable[..., int]) -> Callable[..., int]:
    """The command as one that writes into the round of its `folder`.

    It is refused on a sealed round or one whose journal takes no line, holds the round's lock while it
    runs, and leaves a line in the round's journal when it ends well.
    """

    @wraps(command)
    def written(*, folder: Path, **options: Any) -> int:
        from evidence.lock import hold
        from evidence.sealing import journal
        from evidence.sealing.seal import refuse_sealed

        name, told = click.get_current_context().command.name or "", _plain(options)
        with hold(folder, name):
            refuse_sealed(folder)  # within the lock: somebody may have sealed it while this one waited
            journal.must_take(folder, told)  # or a line would stand in a register that is told as refused
            code = command(folder=folder, **options)
            if name not in _TELL_THEMSELVES:
                journal.append(folder, name, told)
        return code

    return written


def reading_forms(command: Callable[..., int]) -> Callable[..., int]:
    """The command as one that reads forms: takes `--workers` and `--cluster`, tells how far it is, keeps
    what it read.
    """

    @click.option(
        "--workers",
        metavar="SỐ",
        type=click.IntRange(1, 64),
        help="Số tiến trình đọc biểu mẫu cùng lúc (mặc định: tùy số tệp và số nhân của máy).",
    )
    @click.option(
        "--cluster",
        metavar="ĐỊA_CHỈ",
        help="Đọc hồ sơ trên cụm máy Dask ở địa chỉ này, ví dụ tcp://10.0.0.5:8786 (mạng nội bộ tin cậy).",
    )
    @wraps(command)
    def reading(*, workers: int | None, cluster: str | None, **options: Any) -> int:
        from evidence.readings import Way, expect, reading_by

        way = Way(workers, True, _as_it_is if options.get("as_json") else shown)
        if cluster is None:
            with reading_by(way):
                if place := options.get("folder") or options.get("path"):
                    expect(place)
                return command(**options)
        from evidence.reading.cluster import reading_at

        with reading_at(cluster) as executor, reading_by(replace(way, executor=executor)):
            return command(**options)

    return reading


def _as_it_is(items: Iterable[T], label: str, count: int) -> Iterable[T]:
    return items


def shown(items: Iterable[T], label: str, count: int) -> Iterator[T]:
    """The `count` items; on a terminal, with a bar and the time left when it takes longer than a moment."""
    coming, begun, done = iter(items), time.monotonic(), 0
    if sys.stderr.isatty():
        while (spent := time.monotonic() - begun) < SHOWN_AFTER:
            try:
                item = next(coming)
            except StopIteration:
                return
            yield item
            done += 1
        with click.progressbar(coming, count, label, show_pos=True, file=sys.stderr) as bar:
            bar.start -= spent
            bar.update(done)
            yield from bar
    yield from coming


def _plain(options: dict[str, Any]) -> dict[str, Any]:
    """The options that were given, as a journal keeps them."""
    given = {key: value for key, value in options.items() if value not in (None, "", (), False)}
    return {
        key: [str(item) for item in value] if isinstance(value, tuple) else str(value)
        for key, value in sorted(given.items())
    }


def unit_named(round_: Round, code: str) -> Unit:
    """The unit of a round by its code, letters of either case; raises UnknownId with what is near."""
    from criteria.catalogue import UnknownId
    from evidence.registers.values import find_unit

    found = find_unit(code, round_.units)
    if found is None:
        raise UnknownId("đơn vị có mã", code, [unit.code for unit in round_.units])
    return found


def written_with_pdf(path: Path, pdf: bool) -> list[Path]:
    """The workbook, and its PDF beside it where one is wanted; raises NoPdf without LibreOffice."""
    if not pdf:
        return [path]
    from reports.pdf import write_pdfs

    return [path, *write_pdfs([path])]
