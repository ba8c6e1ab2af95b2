"""Row heights: how many lines a text takes, against what a spreadsheet shows in Times New Roman."""

from __future__ import annotations

import pytest

from reports.sheet.measure import line_count, text_width


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 50, 1),
        ("một", 50, 1),
        ("một hai", 30, 2),
        ("một\nhai", 500, 2),
        ("Sở Nông nghiệp và Phát triển nông thôn", 250, 1),
        ("Sở Nông nghiệp và Phát triển nông thôn", 150, 2),
        ("x" * 100, 60, 11),  # no space to wrap at: broken inside the word
    ],
)
def test_lines(text: str, room: float, lines: int) -> None:
    assert line_count(text, room, 12) == lines


def test_marks_over_letters_take_no_width_but_the_horn_does() -> None:
    assert text_width("ấ", 12) == text_width("a", 12) < text_width("ư", 12)
    assert text_width("Đ", 12) == text_width("D", 12)
    assert text_width("a", 12, bold=True) > text_width("a", 12)
