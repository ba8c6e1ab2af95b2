"""Writes the page of codes, `ma-loi.md`, from the catalogue of messages and its examples.

Run from the project's folder: python docs/make_codes.py
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from evidence.messages import SEVERITY_WORDS, SUBJECTS, TEXTS  # noqa: E402
from evidence.messages.examples import EXAMPLES  # noqa: E402
from evidence.problems import Place, Problem, problem  # noqa: E402

PAGE = ROOT / "docs" / "ma-loi.md"
HEAD = """# Mã lỗi khi kiểm tra hồ sơ

Trang này liệt kê mọi điều mà `danvan check` có thể báo, mỗi điều kèm một ví dụ đúng như khi hiện trên
màn hình: vị trí, vấn đề, cách sửa. Số liệu, tên tệp trong ví dụ là giả định.

| Mức | Nghĩa |
|---|---|
| Lỗi | phải sửa; số liệu không dùng được thì không tính, tệp không nhận được thì trả lại |
| Cảnh báo | nên xem lại; số liệu vẫn được tính như đã ghi |
| Gợi ý | để tham khảo |

Mã (khóa `code` của `danvan check --json`) dành cho chương trình khác; người dùng chỉ cần đọc câu báo.
Trang này do `python docs/make_codes.py` viết ra từ danh mục câu báo; không sửa tay.
"""


def example(code: str) -> Problem:
    """The example of a code as a problem."""
    shown = EXAMPLES[code]
    return problem(
        code, Place(shown.unit, shown.file, shown.sheet, shown.cell), shown.found, shown.expected
    )


def page() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield HEAD
    for subject in SUBJECTS:
        yield f"## {subject.SUBJECT}"
        yield ""
        for code in subject.TEXTS:
            yield from _entry(example(code))


def _entry(shown: Problem) -> Iterator[str]:
    yield f"### {SEVERITY_WORDS[TEXTS[shown.code].severity]}: `{shown.code}`"
    yield ""
    yield f"- Vị trí: {shown.place}"
    yield f"- Vấn đề: {_plain(shown.message)}"
    yield f"- Cách sửa: {_plain(shown.fix)}"
    yield ""


def _plain(text: str) -> str:
    """The text as it is, whatever signs of Markdown it holds."""
    return "".join(f"\\{char}" if char in "\\`*_<>[]" else char for char in text)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
