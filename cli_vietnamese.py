"""Click with its own words in Vietnamese: help, usage and mistakes in the command line."""

from __future__ import annotations

import difflib
import re

import click

# what the arguments mean, by the name that help shows; the same name means the same everywhere
ARGUMENTS = {
    "THƯ_MỤC": "Thư mục của đợt đánh giá.",
    "[THƯ_MỤC]": "Thư mục của đợt đánh giá; không cần khi chỉ kiểm tra mẫu.",
    "THƯ_MỤC...": "Thư mục của một hay nhiều đợt đánh giá.",
    "THƯ_MỤC_HOẶC_TỆP": "Thư mục của đợt đánh giá, hoặc một tệp biểu mẫu.",
    "ĐỢT_CŨ": "Thư mục của đợt trước.",
    "ĐỢT_MỚI": "Thư mục của đợt sau.",
    "MÃ_ĐƠN_VỊ": "Mã đơn vị, như trong dot.yaml.",
    "MÃ_TIÊU_CHÍ": "Mã tiêu chí, ví dụ 3.7.",
    "SỰ_VIỆC": "Tên sự việc mà phần khống chế của bộ tiêu chí dùng.",
    "TỆP": "Tệp cần nhập: phụ lục Word, Excel, PDF hoặc phiếu soạn thảo.",
    "TỆP...": "Một hay nhiều tệp cần kiểm tra.",
    "[TỆP...]": "Các tệp nhận được; bản giấy thì không có tệp, chỉ cần --unit.",
    "TỆP.xlsx": "Sổ Excel sẽ được ghi.",
    "MÃ_HOẶC_TỆP": "Mã bộ tiêu chí, hoặc đường dẫn tệp.",
    "CŨ": "Bộ tiêu chí cũ: mã, hoặc đường dẫn tệp.",
    "MỚI": "Bộ tiêu chí mới: mã, hoặc đường dẫn tệp.",
}


class VietnameseCommand(click.Command):
    """A command whose help speaks Vietnamese."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("options_metavar", "[TÙY CHỌN]")
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = "Hiện trợ giúp này rồi thoát."
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        arguments, options = [], []
        for item in self.get_params(ctx):
            if isinstance(item, click.Argument):
                name = item.make_metavar(ctx)
                arguments.append((name, ARGUMENTS.get(name, "")))
            elif record := item.get_help_record(ctx):
                options.append((record[0], record[1].replace("[required]", "[bắt buộc]")))
        for title, records in (("Tham số", arguments), ("Tùy chọn", options)):
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)


class VietnameseGroup(VietnameseCommand, click.Group):
    """A group whose help speaks Vietnamese."""

    command_class = VietnameseCommand
    group_class = type

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("subcommand_metavar", "LỆNH ...")
        super().__init__(*args, **kwargs)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [
            (name, self.commands[name].get_short_help_str(limit=120)) for name in self.list_commands(ctx)
        ]
        with formatter.section("Các lệnh"):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order of the work, not of the alphabet


def mistake(error: click.UsageError) -> str:
    """What was wrong with the command line, in Vietnamese, with the way to the help."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and error.ctx:
        return error.ctx.get_help()
    path = error.ctx.command_path if error.ctx else "danvan"
    return f"{_sentence(error)}\nXem cách dùng: {path} --help"


def _sentence(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"Không có tùy chọn “{error.option_name}”.{_near(error.option_name, error.possibilities)}"
    if isinstance(error, click.MissingParameter):
        if isinstance(error.param, click.Option):
            return f"Thiếu tùy chọn {error.param.opts[0]} {error.param.metavar or ''}".rstrip() + "."
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else "?"
        return f"Thiếu tham số {name}."
    if isinstance(error, click.BadParameter):
        return f"Giá trị của {_named(error)} không dùng được.{_wanted(error.param)}"
    if isinstance(error, click.BadOptionUsage):
        return f"Tùy chọn “{error.option_name}” dùng chưa đúng."
    known = list(error.ctx.command.commands) if _names_a_command(error) else []
    if known:
        wanted = error.message.split("'")[1]
        return f"Không có lệnh “{wanted}”.{_near(wanted, known)} Các lệnh: {', '.join(known)}."
    return "Thừa hoặc thiếu tham số."


def _named(error: click.BadParameter) -> str:
    if isinstance(error.param, click.Option):
        return error.param.opts[0]
    return error.param.make_metavar(error.ctx) if error.param and error.ctx else "?"


def _wanted(param: click.Parameter | None) -> str:
    kind = param.type if param else None
    if isinstance(kind, click.Choice):
        return f" Dùng một trong: {', '.join(map(str, kind.choices))}."
    if isinstance(kind, click.IntRange):
        return f" Ghi một số từ {kind.min} đến {kind.max}."
    if isinstance(kind, click.DateTime):
        return " Ghi ngày như 25/10/2023."
    return ""


def no_text(error: UnicodeEncodeError) -> str:
    """What to do about a name or an argument with bytes that are no UTF-8, which Linux lets through."""
    found = _BROKEN.search(error.object, max(0, error.start - 60))
    shown = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", found[0] if found else "")
    return (
        f"“{shown}” có ký tự hỏng (không phải UTF-8), thường ở tên tệp giải nén hoặc chép từ máy khác. "
        "Đổi tên tệp, hoặc gõ lại chữ đó, rồi chạy lại lệnh."
    )


_SURROGATE = re.compile("[\ud800-\udfff]")
# as far as a name or a cell goes in what was being written: JSON, CSV or a line
_BROKEN = re.compile('[^";\\n]{0,60}[\ud800-\udfff][^";\\n]{0,60}')


def _names_a_command(error: click.UsageError) -> bool:
    in_group = error.ctx is not None and isinstance(error.ctx.command, click.Group)
    return in_group and error.message.startswith("No such command")


def _near(word: str, options: object) -> str:
    near = difflib.get_close_matches(word, list(options or ()), n=1)  # type: ignore[call-overload]
    return f" Có phải ý bạn là “{near[0]}”?" if near else ""
