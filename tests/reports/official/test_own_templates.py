"""Templates of an office's own: what `--check-template` finds, and what becomes of them in a round.

1. Unknown fields, near names, fields of lists, branches that are not taken: each with its place and a fix.
2. Fields that the kind must have; lists and groups printed as text.
3. Broken tags, damaged files: a kind sentence, never a traceback.
4. A template can do no more than show fields: no markup, no Python, no endless numbers.
5. In a round `mau/` stands before the shipped ones; a faulty one stops the work before anything is written.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from evidence.problems import TEXTS
from reports.official.drafts import BY_NAME
from reports.official.template_check import check_template
from reports.official.template_file import TemplateFault, plain_text, read_template
from reports.official.writing import OWN_TEMPLATES, SHIPPED, NotATemplate, TemplateRefused, checked_template
from tests.reports.official.made import opened, parts_of, scored_by, texts, written
from tests.reports.rounds import tay_ninh

DECISION = BY_NAME["quyet-dinh"]
NEEDED = [
    "{%p for dong in luu_y %}",
    "{{ dong }}",
    "{%p endfor %}",
    "{{ noi_dung }}",
    "{%p for k in khoi %}",
    "{% for d in k.don_vi %}{{ d.ten }}: {{ d.diem }} ({{ d.xep_loai }}); {% endfor %}",
    "{%p endfor %}",
]


def docx(path: Path, lines: Sequence[str], cells: Sequence[Sequence[str]] = ()) -> Path:
    """A template as somebody types it in Word: paragraphs, then a table."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if cells:
        table = document.add_table(rows=len(cells), cols=len(cells[0]))
        for row, found in zip(table.rows, cells, strict=True):
            for cell, text in zip(row.cells, found, strict=True):
                cell.text = text
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))
    return path


def problems(path: Path) -> list[tuple[str, str]]:
    """Code and what was found, for a template of the decision."""
    return [(item.code, item.found) for item in check_template(path, DECISION.fields, DECISION.needed)]


# 1, 2 -------------------------------------------------------------------------------------------

UNKNOWN = "template-unknown-field"
FIELDS: dict[str, list[tuple[str, str]]] = {
    "{{ dia_danh }}": [],
    "{{ dia_dan }}": [(UNKNOWN, "dia_dan")],
    "{{ khong_co_dau_nay }}": [(UNKNOWN, "khong_co_dau_nay")],
    "{% if co_xep_loai %}{{ sai }}{% else %}{{ cung_sai }}{% endif %}": [
        (UNKNOWN, "sai"),
        (UNKNOWN, "cung_sai"),
    ],
    "{% for k in khoi %}{{ k.tenn }}{% endfor %}": [(UNKNOWN, "khoi.tenn")],
    "{% for k in khoi %}{% for d in k.don_vi %}{{ d.hangg }}{% endfor %}{% endfor %}": [
        (UNKNOWN, "khoi.don_vi.hangg")
    ],
    "{% for k in khoii %}{{ k.ten }}{% endfor %}": [(UNKNOWN, "khoii")],
    "{% for k in khoi %}{{ loop.index }}{% endfor %}": [],
    "{% for k in khoi %}{% endfor %}{{ k.ten }}": [(UNKNOWN, "k")],
    "{{ khoi[0].ten }} {{ khoi[0]['tem'] }}": [(UNKNOWN, "khoi.tem")],
    "{{ dia_danh.ten }}": [(UNKNOWN, "dia_danh.ten")],
    "{{ dia_danh|upper }} {{ luu_y|join('; ') }} {{ nam if co_xep_loai else noi }}": [(UNKNOWN, "noi")],
    "{% set x = khoi[0] %}{{ x.ten }} {{ x.teen }}": [(UNKNOWN, "khoi.teen")],
    "{{ khoi }}": [("template-not-text", "khoi")],
    "{{ khoi[0] }}": [("template-not-text", "khoi")],
    "{% for chu in dia_danh %}{{ chu }}{% endfor %}": [("template-not-list", "dia_danh")],
    "{{ “dia_danh” }} {{ dia_danh }}": [],  # Word's own quotes make it a text
}


@pytest.mark.parametrize("line", FIELDS)
def test_fields_are_held_against_the_catalogue(line: str, tmp_path: Path) -> None:
    assert problems(docx(tmp_path / "quyet-dinh.docx", [*NEEDED, line])) == FIELDS[line]


def test_a_problem_says_where_and_what_to_do(tmp_path: Path) -> None:
    path = docx(tmp_path / "quyet-dinh.docx", [*NEEDED, "Nơi ban hành: {{ dia_dan }}."])
    (found,) = check_template(path, DECISION.fields, DECISION.needed)
    assert found.place == "quyet-dinh.docx, thân văn bản, đoạn “Nơi ban hành: {{ dia_dan }}.”"
    assert found.fix == "Sửa lại tên trường: gần nhất là “dia_danh”."


def test_fields_in_tables_heads_and_feet_are_looked_at(tmp_path: Path) -> None:
    path = docx(
        tmp_path / "quyet-dinh.docx",
        NEEDED,
        [["{%tr for k in khoi %}"], ["{{ k.teen }}"], ["{%tr endfor %}"]],
    )
    document: Any = Document(str(path))
    document.sections[0].header.paragraphs[0].text = "{{ sai_dau }}"
    document.sections[0].footer.paragraphs[0].text = "{{ sai_chan }}"
    document.save(str(path))
    found = check_template(path, DECISION.fields, DECISION.needed)
    assert {(item.found, item.place.split(", ")[1]) for item in found} == {
        ("khoi.teen", "thân văn bản"),
        ("sai_dau", "đầu trang"),
        ("sai_chan", "chân trang"),
    }


def test_a_tag_that_word_split_into_pieces_is_one_tag(tmp_path: Path) -> None:
    path = docx(tmp_path / "quyet-dinh.docx", NEEDED)
    document: Any = Document(str(path))
    paragraph = document.add_paragraph("Nơi: ")
    for piece in ("{", "{ dia", "_da", "nh }", "} và {{ dia_", "dan }}"):
        paragraph.add_run(piece).bold = True
    document.save(str(path))
    assert problems(path) == [(UNKNOWN, "dia_dan")]


def test_what_a_kind_must_have_is_missed(tmp_path: Path) -> None:
    path = docx(tmp_path / "quyet-dinh.docx", NEEDED[3:])
    (found,) = check_template(path, DECISION.fields, DECISION.needed)
    assert (found.code, found.found) == ("template-missing-field", "luu_y")
    assert "{%p for dong in luu_y %}" in found.fix


# 3 ----------------------------------------------------------------------------------------------

BROKEN = {
    "{{ dia_danh": "sai cách viết",
    "{{ dia_danh }": "sai cách viết",
    "{% for k in khoi %}": "thiếu thẻ đóng",
    "{% if nam %}": "thiếu thẻ đóng",
    "{% endfor %}": "thẻ lạ “endfor”",
    "{% vong k in khoi %}": "thẻ lạ “vong”",
    "{{ nam|dao_nguoc }}": "bộ lọc lạ “dao_nguoc”",
    "{{ nam nam }}": "sai cách viết",
    "{{ }}": "sai cách viết",
}


@pytest.mark.parametrize("line", BROKEN)
def test_a_broken_tag_is_told_kindly(line: str, tmp_path: Path) -> None:
    (found,) = check_template(docx(tmp_path / "m.docx", [line]), DECISION.fields, DECISION.needed)
    assert found.code == "template-broken"
    assert BROKEN[line] in found.message
    assert line[:8] in found.place


def test_a_loop_that_opens_in_one_place_and_closes_in_another_is_told(tmp_path: Path) -> None:
    path = docx(tmp_path / "m.docx", ["{% for k in khoi %}{{ k.ten }}"], [["{% endfor %}"]])
    with pytest.raises(TemplateFault, match="không nằm cùng một chỗ"):
        read_template(path).fill({"khoi": [{"ten": "A"}, {"ten": "B"}]})


def damaged(tmp_path: Path) -> dict[str, Path]:
    """Files that are no templates."""
    good = docx(tmp_path / "good.docx", NEEDED).read_bytes()
    parts = parts_of(good)
    files = {
        "empty": b"",
        "text": b"{{ nam }}",
        "cut": good[: len(good) // 2],
        "old": b"\xd0\xcf\x11\xe0" + b"0" * 600,
    }
    paths = {name: tmp_path / f"{name}.docx" for name in (*files, "other", "xml", "doctype")}
    for name, content in files.items():
        paths[name].write_bytes(content)
    bomb = b'<!DOCTYPE a [<!ENTITY x "y">]>'
    body = parts["word/document.xml"]
    for name, document in (
        ("xml", body[: len(body) // 2]),
        ("doctype", body.replace(b"?>", b"?>" + bomb, 1)),
    ):
        with zipfile.ZipFile(paths[name], "w") as archive:
            for entry, content in {**parts, "word/document.xml": document}.items():
                archive.writestr(entry, content)
    with zipfile.ZipFile(paths["other"], "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    return paths


def test_damaged_files_are_told_kindly(tmp_path: Path) -> None:
    for name, path in damaged(tmp_path).items():
        found = check_template(path, DECISION.fields, DECISION.needed)
        assert [item.code for item in found] == ["template-unreadable"], name
        assert "lưu lại ở dạng" in found[0].fix


def test_every_code_about_templates_is_shown_by_a_case() -> None:
    shown = {code for found in FIELDS.values() for code, _ in found}
    shown |= {"template-broken", "template-unreadable", "template-missing-field"}
    assert shown == {code for code in TEXTS if code.startswith("template-")}


# 4 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ nam.__init__.__globals__ }}",
        "{{ self.__init__ }}",
        "{% for x in range(10) %}{% endfor %}",
        "{{ 10 ** 10 ** 10 ** 10 }}",
        "{{ nam * 10 }}",
        "{{ '%9999999999d' % 1 }}",
        "{{ nam / 0 }}",
        "{{ nam.format(1) }}" + "{{ 1 + nam }}",
        "{% include 'x' %}",
        "{{ cycler(1) }}",
    ],
)
def test_a_template_can_only_show_fields(line: str, tmp_path: Path) -> None:
    path = docx(tmp_path / "quyet-dinh.docx", [line])
    try:
        text = parts_of(read_template(path).fill({"nam": "2023"}))["word/document.xml"].decode()
    except TemplateFault as fault:
        assert fault.problem.code == "template-broken"
    else:
        assert not re.search(r"class|globals|function|object at", text)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("A & B <b>", "A & B <b>"),
        ("hai\tcột\r\nhai dòng", "hai cột hai dòng"),
        ("cấm \x00\x1f\ufffe\ud800.", "cấm ."),
        ("giữ \u00a0 \u200b 🏆", "giữ \u00a0 \u200b 🏆"),
    ],
)
def test_values_are_plain_text(value: str, shown: str, tmp_path: Path) -> None:
    path = docx(tmp_path / "m.docx", ["{{ ten }}", "{{ ten|safe }}"])
    (tmp_path / "out.docx").write_bytes(read_template(path).fill({"ten": value}))
    assert plain_text(value) == shown
    assert [paragraph.text for paragraph in opened(tmp_path / "out.docx").paragraphs] == [shown, shown]


# 5 ----------------------------------------------------------------------------------------------


def test_an_own_template_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    round_, results = tay_ninh()
    docx(tmp_path / OWN_TEMPLATES / "quyet-dinh.docx", ["MẪU RIÊNG", *NEEDED])
    made = written(tmp_path, round_, scored_by(results), [DECISION, BY_NAME["to-trinh"]])
    assert "MẪU RIÊNG" in texts(opened(made["quyet-dinh"]))
    assert "TỜ TRÌNH" in texts(opened(made["to-trinh"]))
    assert set(round_.marks) <= set(texts(opened(made["quyet-dinh"])))


@pytest.mark.parametrize("line", ["{{ dia_dan }}", "{{ nam", "{{ khoi }}"])
def test_a_faulty_own_template_stops_the_work_before_anything_is_written(line: str, tmp_path: Path) -> None:
    round_, results = tay_ninh()
    docx(tmp_path / OWN_TEMPLATES / "quyet-dinh.docx", [*NEEDED, line])
    with pytest.raises(TemplateRefused, match=r"(?s)chưa dùng được.*--check-template") as refused:
        written(tmp_path, round_, scored_by(results))
    assert refused.value.exit_code == 3
    assert not (tmp_path / "ket-qua").exists()


def test_a_template_without_the_marks_is_refused(tmp_path: Path) -> None:
    round_, results = tay_ninh()
    docx(tmp_path / OWN_TEMPLATES / "quyet-dinh.docx", NEEDED[3:])
    with pytest.raises(TemplateRefused, match="thiếu trường bắt buộc “luu_y”"):
        written(tmp_path, round_, scored_by(results), [DECISION])


def test_the_kind_of_a_template_is_told_by_its_name_or_by_hand(tmp_path: Path) -> None:
    shipped = (SHIPPED / "thong-bao.docx").read_bytes()
    (tmp_path / "thong-bao.docx").write_bytes(shipped)
    (tmp_path / "mau-cua-toi.docx").write_bytes(shipped)
    assert checked_template(tmp_path / "thong-bao.docx", None) == (BY_NAME["thong-bao"], [])
    assert checked_template(tmp_path / "mau-cua-toi.docx", "thong-bao") == (BY_NAME["thong-bao"], [])
    with pytest.raises(NotATemplate, match="không cho biết"):
        checked_template(tmp_path / "mau-cua-toi.docx", None)
    with pytest.raises(NotATemplate, match="Không có tệp"):
        checked_template(tmp_path / "to-trinh.docx", None)
