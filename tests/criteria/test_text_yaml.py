"""YAML read as text, with places, and the file around it.

1. Every scalar stays the text that was typed, marks joined to their letters; only a plain `null`, `~` or
   nothing is nothing.
2. Each value and each key knows its line and column, counted from 1.
3. What a person cannot read at a glance is refused where it stands: tabs, duplicate keys, anchors,
   aliases, tags, merge keys, keys that are not text, a second document.
4. A file may come from any editor: with a byte order mark, with Windows line ends; not in UTF-16.
5. With libyaml's quick parser or without it, a text is read alike: values, places, faults.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from criteria import text_yaml
from criteria.catalogue import FileFaults
from criteria.loader import load_roster, version
from criteria.reading import read_document, read_text
from criteria.text_yaml import Mark, YamlFault, parse


@pytest.mark.parametrize(
    ("written", "value"),
    [
        # what PyYAML's own loaders would change
        ("1.10", "1.10"),
        ("00070", "00070"),
        ("8,5", "8,5"),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        ("12:30:45", "12:30:45"),
        ("1_000", "1_000"),
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("true", "true"),
        (".inf", ".inf"),
        ("2022-08-19", "2022-08-19"),
        ("<<", "<<"),
        ("=", "="),
        # nothing
        ("null", None),
        ("~", None),
        ("", None),
        ("# chỉ có ghi chú", None),
        # text that only looks like nothing
        ('"null"', "null"),
        ("'~'", "~"),
        ('""', ""),
        ("Null", "Null"),
        ("không", "không"),
        # quoting and line ends of text
        ("'it''s'", "it's"),
        (r'"8\u002c5"', "8,5"),
        ("Tốt   # xếp loại", "Tốt"),
    ],
)
def test_scalars_stay_text(written: str, value: str | None) -> None:
    assert parse(f"a: {written}\n").value == {"a": value}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# chỉ có ghi chú\n", None),
        ("---\na: 1\n", {"a": "1"}),
        ("a: [1, 2.50, [x]]", {"a": ["1", "2.50", ["x"]]}),
        ("a: {b: 1, c: {d: ~}}", {"a": {"b": "1", "c": {"d": None}}}),
        ("a: []\nb: {}", {"a": [], "b": {}}),
        ("- x\n-\n- y", ["x", None, "y"]),
        ("a:\n  - b: 1\n    c: 2\n  - b: 3\n", {"a": [{"b": "1", "c": "2"}, {"b": "3"}]}),
        ("1.10: x\nno: y\nnull: z", {"1.10": "x", "no": "y", "null": "z"}),
        # folded and literal blocks; the last line end kept, dropped
        ("a: >\n  một\n  hai\nb: 1", {"a": "một hai\n", "b": "1"}),
        ("a: >-\n  một\n  hai\n\n  ba\n", {"a": "một hai\nba"}),
        ("a: |-\n  8,5\n    00070\n", {"a": "8,5\n  00070"}),
        ("a: |-\n  null\n", {"a": "null"}),
    ],
)
def test_shapes(text: str, value: object) -> None:
    assert parse(text).value == value


# marks apart from their letters: all of them (macOS), only the tone (a Vietnamese keyboard's "tổ hợp")
APART = [unicodedata.normalize("NFD", "Phòng Nội vụ"), "Pho\u0300ng Nô\u0323i vu\u0323"]


@pytest.mark.parametrize("typed", APART)
def test_marks_apart_from_their_letters_are_joined(typed: str, tmp_path: Path) -> None:
    assert typed != "Phòng Nội vụ"
    document = parse(f"{typed}: [{typed}, '{typed} 1']")
    assert document.value == {"Phòng Nội vụ": ["Phòng Nội vụ", "Phòng Nội vụ 1"]}
    assert document.mark(("Phòng Nội vụ", 1)).column == len(typed) * 2 + 6
    with pytest.raises(YamlFault) as twice:
        parse(f"{typed}: 1\nPhòng Nội vụ: 2")
    assert twice.value.code == "yaml-duplicate"
    roster = tmp_path / "ds.csv"
    roster.write_text(f"code,name,type\n01,{typed},phong\n", encoding="utf-8")
    assert [unit.name for unit in load_roster(roster)] == ["Phòng Nội vụ"]


def test_every_value_and_key_knows_its_place() -> None:
    document = parse(
        """\
criteria: a
policy: {percent: {digits: 2}, ties: dense}
groups:
  - id: "1"
    criteria:
      - max: 3
      -   max: 4,5
"""
    )
    leaves = ("groups", 0, "criteria")
    values = {
        (): Mark(1, 1),
        ("criteria",): Mark(1, 11),
        ("policy", "percent", "digits"): Mark(2, 28),
        ("policy", "ties"): Mark(2, 38),
        ("groups",): Mark(4, 3),
        ("groups", 0, "id"): Mark(4, 9),
        (*leaves, 0): Mark(6, 9),
        (*leaves, 1, "max"): Mark(7, 16),
    }
    keys = {
        ("criteria",): Mark(1, 1),
        ("policy", "ties"): Mark(2, 32),
        ("groups", 0, "criteria"): Mark(5, 5),
        (*leaves, 1, "max"): Mark(7, 11),
    }
    assert {path: document.marks[path] for path in values} == values
    assert {path: document.key_marks[path] for path in keys} == keys


def test_the_place_of_something_missing_is_that_of_its_nearest_parent() -> None:
    document = parse("a:\n  - b: 1\n")
    assert document.mark(("a", 0, "c", "d")) == Mark(2, 5)
    assert document.mark(("z",)) == Mark(1, 1)
    assert parse("").mark(("z",)) == Mark(1, 1)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        # tabs
        ("a:\n\tb: 1", "yaml-tab", 2, 1),
        ("a:\n  b:\n  \t- 1", "yaml-tab", 3, 3),
        ("a:\n  - b: 1\n\t\t# ghi chú", "yaml-tab", 3, 1),
        ("a:\t1", "yaml-tab", 1, 3),
        # the same key twice, at any depth
        ("a: 1\nb: 2\na: 3", "yaml-duplicate", 3, 1),
        ("a:\n  - {id: 1, max: 2, id: 3}", "yaml-duplicate", 2, 21),
        ('a: 1\n"a": 2', "yaml-duplicate", 2, 1),
        # tricks
        ("a: &x 1", "yaml-trick", 1, 4),
        ("a: &x 1\nb: *x", "yaml-trick", 1, 4),
        ("a: !!str 1", "yaml-trick", 1, 4),
        ("a: !!python/object/apply:os.system [x]", "yaml-trick", 1, 4),
        ("a: !diem 8,5", "yaml-trick", 1, 4),
        ("a:\n  <<: {b: 1}", "yaml-trick", 2, 3),
        ("? [a, b]\n: 1", "yaml-trick", 1, 3),
        ("? {a: 1}\n: 1", "yaml-trick", 1, 3),
        # what is no YAML
        ("a: [1, 2", "yaml-syntax", 1, 9),
        ("a: 1\n b: 2", "yaml-syntax", 2, 3),
        ('a: "8,5', "yaml-syntax", 1, 8),
        ("a: 1\n- b", "yaml-syntax", 2, 1),
        ("a: @b", "yaml-syntax", 1, 4),
        ("a: *khong-co", "yaml-syntax", 1, 4),
        ("title: Kế hoạch: năm 2023", "yaml-syntax", 1, 16),
        ("a: 1\n---\na: 2", "yaml-syntax", 2, 1),
        ("a: 1\nb: \x07", "yaml-syntax", 2, 1),
    ],
)
def test_refused_where_it_stands(text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(YamlFault) as caught:
        parse(text)
    assert (caught.value.code, caught.value.mark) == (code, Mark(line, column))


def test_a_duplicate_key_names_both_lines() -> None:
    with pytest.raises(YamlFault) as caught:
        parse("title: a\nscale: 100\n\nscale: 10\n")
    assert caught.value.mark.line == 4
    assert caught.value.detail == {"key": "scale", "line": "2"}
    with pytest.raises(FileFaults) as shown:
        read_document("title: a\nscale: 100\n\nscale: 10\n", "x.yaml", {})
    assert str(shown.value.findings[0]).startswith("x.yaml, dòng 4, cột 1: Khóa “scale” bị lặp lại")
    assert "đã có ở dòng 2" in shown.value.findings[0].message


def test_brackets_without_end_are_a_syntax_fault_and_no_crash() -> None:
    with pytest.raises(YamlFault, match="yaml-syntax"):
        parse("a: " + "[" * 2000)


PLAIN = st.text("aăâđêôơưáàảãạ019.,:;-_/ ", max_size=8)
VALUES = st.recursive(
    PLAIN | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PLAIN.filter(bool), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(PLAIN.filter(bool), VALUES, max_size=4), st.booleans())
def test_what_yaml_writes_is_read_back_as_text(value: dict[str, object], flow: bool) -> None:
    text = yaml.dump(
        value,
        Dumper=Unaliased,
        default_flow_style=flow,
        allow_unicode=True,
        sort_keys=False,
        default_style='"',
    )
    text = text.replace('!!null "null"', "null")  # the dumper tags nothing when told to quote
    assert parse(text).value == value


class Unaliased(yaml.SafeDumper):
    """Writes a value that occurs twice twice, not as an alias."""

    def ignore_aliases(self, data: object) -> bool:
        return True


ROWS = 'criteria: a\ntitle: "Tiêu chí"\nlist:\n  - Tốt\n'


@pytest.mark.parametrize(
    "stored",
    [
        ROWS.encode(),
        ROWS.encode("utf-8-sig"),
        ROWS.replace("\n", "\r\n").encode(),
        ROWS.replace("\n", "\r\n").encode("utf-8-sig"),
    ],
    ids=["as we write it", "byte order mark", "Windows line ends", "Notepad: both"],
)
def test_a_file_of_any_editor_reads_the_same(stored: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(stored)
    text = read_text(path)
    document = read_document(text, path.name, {})
    assert document.value == {"criteria": "a", "title": "Tiêu chí", "list": ["Tốt"]}
    assert document.marks["list", 0] == Mark(4, 5)
    assert version(text) == version(ROWS)  # the fingerprint does not depend on the editor


@pytest.mark.parametrize("encoding", ["utf-16", "cp1258"])
def test_a_file_in_another_encoding_is_refused(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("title: Đơn vị\n".encode(encoding, errors="replace"))
    with pytest.raises(FileFaults) as caught:
        read_text(path)
    assert [found.code for found in caught.value.findings] == ["file-encoding"]


@pytest.mark.parametrize("name", ["khong-co.yaml", "."])
def test_a_file_that_cannot_be_opened_is_a_finding(name: str, tmp_path: Path) -> None:
    with pytest.raises(FileFaults) as caught:
        read_text(tmp_path / name)
    assert [found.code for found in caught.value.findings] == ["file-missing"]
    assert caught.value.exit_code == 3


# 5. one reading, whichever parser

_ODD = [
    *":#-[]{}'\"|>!&*?%@`\t\n, ~<=.\\\ufeff\u2028\x85\x07",
    ": ",
    "\n  ",
    "- ",
    "? ",
    " #",
    "---\n",
    "🙂",
]
_LINES = (Path(__file__).parent / "minimal.yaml").read_text(encoding="utf-8").splitlines()


def _read(text: str) -> object:
    try:
        document = parse(text)
    except YamlFault as fault:
        return fault.code, fault.mark, fault.detail
    return document.value, document.marks, document.key_marks


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML without libyaml has one parser only")
@given(
    st.integers(0, len(_LINES) - 1),
    st.integers(1, 12),
    st.lists(st.tuples(st.integers(0, 400), st.sampled_from(_ODD) | st.just("")), max_size=4),
)
def test_both_parsers_read_alike(first: int, count: int, slips: list[tuple[int, str]]) -> None:
    text = "\n".join(_LINES[first : first + count])
    for at, slip in slips:
        at %= len(text) + 1
        text = text[:at] + (slip + text[at:] if slip else text[at + 1 :])
    found = _read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_yaml, "_QUICK", None)
        assert _read(text) == found
