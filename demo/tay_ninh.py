"""Makes the example round: the roster of TP Tây Ninh 2023, forms, and filled forms with invented figures.

The figures come from a fixed seed and the table below; no unit ever reported them.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from criteria.exact import plain
from criteria.model import Criterion, Unit
from demo.receipts import record_receipts
from evidence.csv_text import as_csv_text
from evidence.folders import FORMS, OUTSIDE, RECEIVED, ROUND_FILE
from evidence.form.filling import Filling, FormDocument, FormEntry, Typed
from evidence.form.writer import write_form
from evidence.intake import take_in
from evidence.layout import TABLE_CODE, TABLE_NAME
from evidence.outside import LAST_YEAR, VALUE
from evidence.round import Round, load_round, new_round
from reports.worth import form_results, with_worth

PLAN = "tay-ninh-city-2023"
SEED = 2023
MARK = (
    "SỐ LIỆU MINH HỌA do phần mềm tự tạo để hướng dẫn sử dụng, "
    "không phải kết quả thật của bất kỳ đơn vị nào."
)
NO_DOSSIER = "25477"  # UBND xã Bình Minh sends nothing

X, NO_EVIDENCE = "x", "no evidence"
# Where a unit does not reach the maximum: the level's index, the points or count, or (a, b); X for not
# applicable. Elsewhere it does. Text is typed as it stands, mistakes included.
LAPSES: Mapping[str, Mapping[str, object]] = {
    "703-NV": {"3.3": X, "3.8": 3.5},
    "703-TP": {"1.5": 2, "2.3": X, "3.6": 3, "4.6": 1, "5.3": (11, 12), "6.2": 4.25},
    "703-TTR": {"1.4": 1, "2.4": X, "3.4": 3, "4.2": (18, 20), "5.4": 1, "6.1": 1, "6.4": 1},
    "703-VP": {
        "1.1": (47, 52), "1.6": 1, "3.2": 1, "4.3": (1210, 1258), "4.5": (148, 180), "6.2": 4, "6.1": 1,
        "2.6": 1, "5.4": 1,
    },
    "703-VHTT": {"1.2": 1, "3.3": (7, 9), "4.4": 3.25, "4.6": 1, "5.5": "2,5", "5.7": X, "6.2": 4.5},
    "703-SN1": {
        "1.1": (58, 70), "1.3": "07/04/2023", "2.2": 1, "3.6": 2, "5.1": 1, "6.1": 1,
        "6.3": (15, 16),
    },
    "703-SN2": {
        "1.1": (30, 41), "2.6": 1, "3.2": 2, "3.8": 2, "4.2": (9, 12), "4.4": 2.5, "5.1": 1, "5.3": (7, 10),
        "6.1": 1, "6.2": 3.5, "6.4": 2,
    },
    "25456": {"3.4": 3.5, "4.5": (92, 109), "6.2": 4.5},
    # two wards with the same total by different ways: a tie
    "25459": {"1.5": 2, "3.1": 1, "4.6": 1, "5.4": 1, "6.2": 4},
    "25462": {"2.6": 1, "3.5": 1, "5.5": 2.5, "6.4": 1, "3.4": 2},
    # within one point under “Tốt”
    "25465": {
        "1.1": (38, 40), "2.1": (44, 48), "2.6": 1, "3.4": 3.25, "4.6": 1, "5.2": 1, "5.5": 2.25, "6.1": 1,
        "6.4": 2,
    },
    # decimal commas typed as text
    "25468": {
        "1.2": 1, "2.4": (17, 20), "3.4": "3,25", "4.2": (13, 15), "4.6": 1, "5.1": 1, "5.5": "2,25",
        "6.1": 1, "6.2": "3,75", "6.4": 2,
    },
    # nothing of two kinds arose here this year
    "25471": {"2.3": X, "5.6": X, "3.1": 1, "6.2": 4},
    # mistakes that `check` finds: words in a number, more done than there was
    "25474": {"1.1": (33, 36), "3.4": "3 điểm", "4.3": (512, 498), "6.1": 1},
    # a claim without evidence
    "25480": {
        "2.5": 1, "4.2": NO_EVIDENCE, "4.3": (1430, 1490), "5.1": 1, "5.4": 1, "5.6": (2, 3), "6.2": 3.5,
        "2.6": 1, "6.3": (17, 18),
    },
    "25483": {
        "1.1": (29, 37), "1.4": 1, "2.1": (30, 48), "2.3": (11, 14), "3.1": 2, "3.3": (4, 7), "3.7": (3, 5),
        "4.5": (80, 110), "4.6": 2, "5.2": 2, "5.4": 1, "5.5": 1.5, "6.1": 1, "6.2": 3,
        "6.3": (14, 17),
    },
}  # fmt: skip
# this year's index of administrative reform, below what earns the maximum; elsewhere a figure above it
INDEX: Mapping[str, float] = {"703-NV": 86.4, "703-SN1": 71.25, "25471": 82.15}


def make_demo(folder: Path) -> Round:
    """The example round in a new folder: `dot.yaml`, a blank form for each unit, what units sent.

    Raises RoundFault where the folder is not empty.
    """
    new_round(folder, PLAN)
    mark_invented(folder)
    round_ = load_round(folder)
    for unit in round_.units:
        write_form(folder / FORMS / f"{unit.code}.xlsx", round_, unit)
    write_sent(round_, fillings(round_), folder / RECEIVED)
    write_index(round_)
    record_receipts(round_, folder / RECEIVED)
    return load_round(folder)


def fillings(round_: Round) -> dict[str, Filling]:
    """What each unit that sends a dossier fills in, by code."""
    return {unit.code: _filling(round_, unit) for unit in round_.units if unit.code != NO_DOSSIER}


def write_sent(round_: Round, filled: Mapping[str, Filling], place: Path) -> None:
    """The forms of these units, filled in, as `CODE.xlsx` in a folder.

    Each is written twice: what an entry comes to is the engine's to say, and the engine reads forms.
    The office's own tables stay out of it: what a form shows is what its own cells come to.
    """
    with TemporaryDirectory() as trial:
        tried = replace(round_, folder=Path(trial))
        for code, filling in filled.items():
            write_form(tried.folder / RECEIVED / f"{code}.xlsx", tried, tried.by_code[code], filling)
        results = form_results(tried, take_in(tried).answers)
    for code, filling in filled.items():
        unit = round_.by_code[code]
        write_form(place / f"{code}.xlsx", round_, unit, with_worth(filling, unit, results))


def mark_invented(folder: Path) -> None:
    """Says in the round's `dot.yaml` that its figures are invented, so that every sheet says it."""
    path = folder / ROUND_FILE
    text = path.read_text(encoding="utf-8")
    text = text.replace("units:\n", f'mark: "{MARK}"\nsource: "Số liệu tự tạo, hạt giống {SEED}"\nunits:\n')
    path.write_text(text, encoding="utf-8", newline="\n")


def write_index(round_: Round) -> None:
    """The office's table of the index, this year's and last year's, for every unit."""
    path = round_.folder / OUTSIDE / "cchc.csv"
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.writer(stream)
        table.writerow([TABLE_CODE, TABLE_NAME, VALUE, LAST_YEAR])
        for unit in round_.units:
            rng = random.Random(f"{SEED} {unit.code} cchc")
            last = rng.randint(7000, 9600) / 100
            now = INDEX.get(unit.code, rng.randint(9050, 9640) / 100)
            values = (f"{value:.2f}".replace(".", ",") for value in (now, last))
            table.writerow([unit.code, as_csv_text(unit.name), *values])


def _filling(round_: Round, unit: Unit) -> Filling:
    """Entries, documents and details of one unit, the same at every run."""
    rng = random.Random(f"{SEED} {unit.code}")
    entries: dict[str, FormEntry] = {}
    documents: list[FormDocument] = []
    for leaf in round_.criteria.applying(unit.type):
        lapse = LAPSES[unit.code].get(leaf.id)
        if leaf.rule.inputs[0].table and lapse != X:
            continue  # not the unit's to declare
        if lapse == X:
            entries[leaf.id] = FormEntry(na=X, explanation="Trong năm không phát sinh nội dung này.")
            continue
        x1, x2 = _typed(leaf, lapse, rng)
        reference = ""
        if leaf.evidence != "none" and lapse != NO_EVIDENCE:
            document = document_of(leaf, unit, rng)
            if leaf.rule.inputs[0].type == "date" and isinstance(x1, str):
                document = replace(document, date=x1)  # what was sent on a day is of that day
            documents.append(document)
            reference = str(len(documents))
        entries[leaf.id] = FormEntry(x1, x2, "", reference, "")
    details = {
        "head": "(minh họa)",
        "officer": "(minh họa)",
        "contact": "(minh họa)",
        "assessed_on": f"{rng.randint(2, 13):02d}/10/2023",
    }
    return Filling(entries, documents=documents, details=details)


def _typed(leaf: Criterion, lapse: object, rng: random.Random) -> tuple[Typed, Typed]:
    """What the unit types: its lapse, or a figure that earns the maximum."""
    wanted = leaf.rule.inputs[0]
    if wanted.type == "date" and lapse is None:
        return f"{rng.randint(22, 31)}/03/2023", None  # before every deadline of the plan
    if wanted.type == "level":
        return wanted.levels[lapse if isinstance(lapse, int) else 0], None
    if isinstance(lapse, tuple):
        return lapse[0], lapse[1]
    if isinstance(lapse, (int, float, str)) and lapse != NO_EVIDENCE:
        return lapse, None
    return next(_best(leaf, rng))


def _best(leaf: Criterion, rng: random.Random) -> Iterator[tuple[Typed, Typed]]:
    """Figures that earn the maximum, found by asking the rule itself."""
    import numpy as np

    inputs = leaf.rule.inputs
    if len(inputs) == 2:
        of = 100 if inputs[0].step < 1000 else rng.randint(12, 60)
        done = of if inputs[0].step >= 1000 else rng.randint(9050, 9640) / 100
        yield done, of
        return
    most = inputs[0].most
    tries = [most] if most is not None else [n * 1000 for n in range(12)]
    for value in tries:
        exact = leaf.rule.points([np.array([value], dtype=np.int64)])
        if exact.num[0] == leaf.top * exact.den[0]:
            yield float(plain(value)) if value % 1000 else value // 1000, None


def document_of(leaf: Criterion, unit: Unit, rng: random.Random) -> FormDocument:
    """A document, invented, that a unit cites on a criterion."""
    kind, word = rng.choice(
        [("BC", "Báo cáo"), ("KH", "Kế hoạch"), ("QĐ", "Quyết định"), ("TB", "Thông báo")]
    )
    sign = "UBND" if unit.type == "xa-phuong" else unit.code.partition("-")[2]
    return FormDocument(
        number=f"{rng.randint(5, 480)}/{kind}-{sign}",
        date=f"{rng.randint(1, 28):02d}/{rng.randint(3, 9):02d}/2023",
        issuer=unit.name,
        summary=f"{word} (minh họa) về: {leaf.title[0].lower()}{leaf.title[1:]}",
        file=f"{leaf.id}.pdf",
    )
