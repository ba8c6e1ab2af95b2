"""Findings about criteria and plan files, and what stops the work: each with its text in Vietnamese."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from criteria.finding_texts import TEXTS, Severity


@dataclass(frozen=True)
class Finding:
    """One mistake in a criteria or plan file: where, what, and what to do (in Vietnamese)."""

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    message: str
    fix: str

    def __str__(self) -> str:
        return f"{self.file}, dòng {self.line}, cột {self.column}: {self.message} {self.fix}"


class Refusal(Exception):
    """Something foreseen that stops the work; its text is for the user, in Vietnamese."""

    exit_code = 2  # used wrongly; 3 where the work could not be done


def as_typed(path: object) -> str:
    """A path as it is typed in a command: in quotes where a shell would take it apart."""
    text = str(path)
    return f'"{text}"' if _TAKEN_APART.search(text) else text


_TAKEN_APART = re.compile(r"[\s&()'`;^$]")


class FileFaults(Refusal):
    """A criteria or plan file that cannot be used; `findings` says why, errors first."""

    exit_code = 3

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(["Tệp có lỗi:", *map(str, self.findings)]))


class UnknownId(Refusal):
    """An id that names nothing we have; `kind` is the Vietnamese noun, `nearest` a suggestion."""

    def __init__(self, kind: str, wanted: str, known: Iterable[str]) -> None:
        self.kind, self.wanted, self.known = kind, wanted, sorted(known)
        self.nearest = closest(wanted, self.known)
        hint = f" Có phải ý bạn là “{self.nearest}”?" if self.nearest else ""
        listed = ", ".join(self.known) or "chưa có mục nào"
        super().__init__(f"Không tìm thấy {kind} “{wanted}”.{hint} Hiện có: {listed}.")


class PlanNamed(Refusal):
    """A plan's id where a criteria set's is wanted; tells the set that the plan scores by, if any."""

    def __init__(self, plan: str, criteria: str | None) -> None:
        scored = (
            f"; bộ tiêu chí của kế hoạch này: {criteria}" if criteria else ", kế hoạch này không chấm điểm"
        )
        super().__init__(f"“{plan}” là mã kế hoạch, không phải bộ tiêu chí{scored}.")


def closest(word: str, options: Iterable[str]) -> str | None:
    """The option most like `word`, or None where none is near."""
    options = list(options)
    folded = {option.casefold(): option for option in options}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def finding(code: str, file: str, line: int, column: int, /, **detail: str) -> Finding:
    """Finding of the catalogue's `code` with its texts filled in; KeyError for an unknown code."""
    severity, message, fix = TEXTS[code]
    near = detail.pop("nearest", "")
    detail["hint"] = f"Có phải ý bạn là “{near}”? " if near else ""
    return Finding(code, severity, file, line, column, message.format(**detail), fix.format(**detail))
