"""What came in and what is wrong with it, as text for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tabulate import tabulate

from evidence.intake import Intake
from evidence.problems import SEVERITY_WORDS, Problem
from evidence.round import Round

SHOWN_ALIKE = 3  # of the same mistake in one file, the rest is counted


def problems_text(round_: Round, intake: Intake) -> str:
    """Who sent, who did not, and a table of all problems by unit, repeated ones grouped."""
    missing = intake.missing(round_.units)
    counts = Counter(item.severity for item in intake.problems)
    lines = [
        *(f"! {text}" for text in round_.marks),
        f"Đã nhận {len(intake.received)}/{len(round_.units)} hồ sơ"
        + (f", trả lại {len(intake.rejected)}" if intake.rejected else "")
        + "; "
        + ", ".join(f"{counts[key]} {word.lower()}" for key, word in SEVERITY_WORDS.items())
        + ".",
    ]
    if missing:
        names = ", ".join(f"{round_.by_code[code].name} ({code})" for code in missing)
        lines.append(f"Chưa gửi: {names}.")
    if intake.problems:
        lines.append(_table(round_, intake.problems))
    return "\n".join(lines) + "\n"


def _table(round_: Round, problems: Sequence[Problem]) -> str:
    rows: list[tuple[str, str, str, str, str]] = []
    alike = Counter((item.file, item.code) for item in problems)
    seen: Counter[tuple[str, str]] = Counter()
    for item in problems:
        key = (item.file, item.code)
        seen[key] += 1
        if seen[key] > SHOWN_ALIKE:
            continue
        rest = alike[key] - SHOWN_ALIKE
        more = (
            f" (và {rest} chỗ khác cùng lỗi trong tệp này)" if rest > 0 and seen[key] == SHOWN_ALIKE else ""
        )
        name = round_.by_code[item.unit].name if item.unit in round_.by_code else ""
        place = item.file + (f"\n{f'{item.sheet} {item.cell}'.strip()}" if item.sheet or item.cell else "")
        rows.append((SEVERITY_WORDS[item.severity], name, place, item.message + more, item.fix))
    heads = ["Mức", "Đơn vị", "Vị trí", "Vấn đề", "Cách sửa"]
    widths = [9, 20, 18, 40, 44]
    return tabulate(rows, heads, tablefmt="simple_grid", maxcolwidths=widths, disable_numparse=True)
