"""Plays the acts of the example round: runs the commands, tells them and what matters of their words."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout

from demo.life import Act, Command, Title

Run = Callable[[Sequence[str]], int]
LEFT_OUT = "…"
_INDENT = "    "


def play(acts: Iterable[Act], run: Run, say: Callable[[str], object]) -> int:
    """Runs and tells acts one after the other; `run` gives the exit code of a command by its words.

    Gives 0, or the exit code of the first command that did not end as it should, all of whose words are
    then told; nothing comes after it.
    """
    step = 0
    for act in acts:
        if isinstance(act, Command):
            code, words = _heard(run, act.words)
            say(f"{_INDENT}$ {typed(act.words)}")
            for line in words.splitlines() if code != act.ends else abridged(words, act.shown):
                say(f"{_INDENT}  {line}")
            if code != act.ends:
                return code or 3
        elif isinstance(act, Title):
            step += 1
            say(f"\nBước {step}. {act.text}")
        else:
            say(f"{_INDENT}({act.text})")
    return 0


def typed(words: Sequence[str]) -> str:
    """A command as it is typed: words with blanks or brackets stand in quotation marks."""
    quoted = (f'"{word}"' if re.search(r"[^\w./\\:-]", word) else word for word in words)
    return " ".join(["danvan", *quoted])


def abridged(words: str, shown: Sequence[str]) -> Iterator[str]:
    """The lines in which one of the expressions is found; one sign for the lines left out between them."""
    left_out = False
    for line in filter(str.strip, words.splitlines()):
        if any(re.search(wanted, line) for wanted in shown):
            yield from [LEFT_OUT] if left_out else []
            yield line
            left_out = False
        else:
            left_out = True
    if left_out:
        yield LEFT_OUT


def _heard(run: Run, words: Sequence[str]) -> tuple[int, str]:
    """The exit code of a command and all that it says, in the order in which it says it."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = run(words)
    return code, said.getvalue()
