"""What two units share and both give as their own.

1. Each kind of copy is told to each unit concerned, once, naming the others.
2. Honest units are not accused: the same figures, the same plan of the level above, short or common words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

from evidence.form.filling import Filling, FormDocument, FormEntry
from evidence.form.writer import write_form
from evidence.intake import take_in
from evidence.problems import Problem
from evidence.round import Round
from tests.evidence.documents_made import JPEG, pdf
from tests.evidence.test_checks import OTHER, WARD, own_documents, sound_entries

THIRD = "25462"
WORDS = [
    "Đơn vị đã tổ chức hai buổi đối thoại với nhân dân tại nhà văn hóa khu phố.",
    "Do thiếu cán bộ chuyên trách từ tháng 5 nên việc tiếp công dân bị gián đoạn.",
    "Phường phối hợp với Mặt trận rà soát lại toàn bộ các mô hình đã đăng ký.",
    "Việc niêm yết công khai chậm do đang sửa chữa trụ sở làm việc.",
]
EXPLAINED = ("1.1", "2.1", "3.4", "4.2")


def send(
    round_: Round,
    code: str,
    documents: Sequence[FormDocument] | None = None,
    words: Sequence[str] = (),
    files: Mapping[str, bytes] | None = None,
    absent: bool = False,
) -> None:
    """A sound form with these documents, explanations and files."""
    documents = own_documents(round_, code) if documents is None else documents
    entries = sound_entries(round_, code)
    for id_, text in zip(EXPLAINED, words, strict=False):
        entry = entries[id_]
        entries[id_] = replace(entry, explanation=text)
    if absent:
        entries["2.3"] = FormEntry(na="x", explanation=WORDS[0])
    write_form(
        round_.folder / "nop" / f"{code}.xlsx",
        round_,
        round_.by_code[code],
        Filling(entries, documents=documents),
    )
    for name, content in (files or {}).items():
        target = round_.folder / "nop" / code / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)


def twins(round_: Round) -> list[Problem]:
    """The problems about what units share; there are no others."""
    problems = take_in(round_).problems
    assert {item.code.split("-")[0] for item in problems} <= {"twin"}
    return list(problems)


def named(documents: Sequence[FormDocument], *files: str) -> list[FormDocument]:
    """The documents with the names of their files."""
    return [
        replace(document, file=file) for document, file in zip(documents, (*files, *[""] * 9), strict=False)
    ]


# 1: told ----------------------------------------------------------------------------------------


def test_the_same_file_given_by_two_units_as_their_own(empty_round: Round) -> None:
    for code, name in ((WARD, "bc.pdf"), (OTHER, "bao-cao.pdf")):
        send(empty_round, code, named(own_documents(empty_round, code), name), files={name: pdf("một")})
    first, second = twins(empty_round)
    assert [(item.unit, item.code, item.found, item.expected) for item in (first, second)] == [
        (WARD, "twin-file", "bc.pdf", "UBND phường 3"),
        (OTHER, "twin-file", "bao-cao.pdf", "UBND phường 1"),
    ]
    assert (first.sheet, first.at) == ("Minh chứng", ("documents", "0", "file"))


def test_another_units_document_that_it_lists_itself(empty_round: Round) -> None:
    send(empty_round, WARD)
    theirs = own_documents(empty_round, WARD)[0]
    send(
        empty_round,
        OTHER,
        [replace(theirs, issuer="Ủy ban nhân dân phường 1"), *own_documents(empty_round, OTHER)[1:]],
    )
    (problem,) = twins(empty_round)
    assert (problem.code, problem.unit, problem.severity) == ("twin-document", OTHER, "warning")
    assert (
        problem.message
        == "Văn bản 1/BC-UBND ngày 08/3/2023 do đơn vị khác ban hành và đơn vị đó cũng kê khai: UBND phường 1."
    )


def test_a_list_copied_with_the_issuer_changed(empty_round: Round) -> None:
    copied = [replace(item, issuer="UBND phường 3") for item in own_documents(empty_round, WARD)]
    send(empty_round, WARD)
    send(empty_round, OTHER, copied)
    problems = twins(empty_round)
    assert [(item.code, item.unit, item.found) for item in problems] == [
        ("twin-list", WARD, "5"), ("twin-list", OTHER, "5"),
    ]  # fmt: skip


@pytest.mark.parametrize("change", [str, str.upper, lambda text: f"  {text.replace(' ', '  ')} "])
def test_explanations_copied_word_for_word(empty_round: Round, change: Callable[[str], str]) -> None:
    send(empty_round, WARD, words=WORDS[:3])
    send(empty_round, OTHER, words=[change(text) for text in WORDS[:3]])
    problems = twins(empty_round)
    assert [(item.code, item.unit, item.found) for item in problems] == [
        ("twin-explanations", WARD, "3"), ("twin-explanations", OTHER, "3"),
    ]  # fmt: skip
    assert problems[0].sheet == "Tự chấm"


def test_many_copies_are_one_problem_a_unit(empty_round: Round) -> None:
    codes = [unit.code for unit in empty_round.units if unit.type == "xa-phuong"][:6]
    for code in codes:
        send(empty_round, code, words=WORDS)
    problems = twins(empty_round)
    assert [item.unit for item in problems] == codes
    assert all(item.expected.endswith(" và 2 đơn vị khác") for item in problems)


def test_one_content_under_two_names_in_one_dossier(empty_round: Round) -> None:
    documents = named(own_documents(empty_round, WARD), "a.jpg", "b.jpg")
    send(empty_round, WARD, documents, files={"a.jpg": JPEG, "b.jpg": JPEG})
    (problem,) = take_in(empty_round).problems
    assert (problem.code, problem.found, problem.expected) == ("dossier-same-content", "b.jpg", "a.jpg")


# 2: honest --------------------------------------------------------------------------------------


def _city(round_: Round, code: str) -> list[FormDocument]:
    plan = FormDocument(
        "49/KH-UBND", "27/3/2023", "UBND thành phố Tây Ninh", "Kế hoạch năm 2023", "kh49.pdf"
    )
    return [plan, *own_documents(round_, code)[1:]]


HONEST: dict[str, Callable[[Round, str], None]] = {
    "all at the maximum": lambda round_, code: send(round_, code),
    "the plan of the level above": lambda round_, code: send(
        round_, code, _city(round_, code), files={"kh49.pdf": pdf("kế hoạch")}
    ),
    "two explanations alike": lambda round_, code: send(round_, code, words=WORDS[:2]),
    "short words alike": lambda round_, code: send(round_, code, words=["Đã thực hiện đầy đủ."] * 4),
    "the same thing did not arise": lambda round_, code: send(round_, code, words=WORDS[:2], absent=True),
    "one number and day by chance": lambda round_, code: send(
        round_, code,
        [replace(own_documents(round_, WARD)[0], issuer=round_.by_code[code].name),
         *own_documents(round_, code)[1:]],
    ),
    "the same name for other files": lambda round_, code: send(
        round_, code, named(own_documents(round_, code), "bc.pdf"), files={"bc.pdf": pdf(code)}
    ),
}  # fmt: skip


@pytest.mark.parametrize("sent", HONEST.values(), ids=HONEST)
def test_honest_units_are_not_accused(empty_round: Round, sent: Callable[[Round, str], None]) -> None:
    for code in (WARD, OTHER, THIRD):
        sent(empty_round, code)
    assert twins(empty_round) == []


def test_a_copy_among_much_of_its_own_is_no_copy(empty_round: Round) -> None:
    """Three sentences of an agreed text among four of one's own... less than half of what each wrote."""
    common = WORDS[:3]
    for code in (WARD, OTHER):
        entries = sound_entries(empty_round, code)
        ids = [id_ for id_ in entries if entries[id_].x1 is not None][:8]
        texts = [
            *common,
            *(f"Đơn vị {code} giải trình riêng về tiêu chí {id_} trong năm 2023." for id_ in ids[3:]),
        ]
        for id_, text in zip(ids, texts, strict=True):
            entries[id_] = replace(entries[id_], explanation=text)
        filling = Filling(entries, documents=own_documents(empty_round, code))
        write_form(
            empty_round.folder / "nop" / f"{code}.xlsx", empty_round, empty_round.by_code[code], filling
        )
    assert twins(empty_round) == []


CODES = {"twin-file", "twin-document", "twin-list", "twin-explanations", "dossier-same-content"}
