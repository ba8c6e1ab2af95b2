"""What is wrong in a round's registers as a whole, and the files they are, for the intake."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from evidence.folders import ROUND_FILE
from evidence.problems import Place, Problem, problem
from evidence.registers.decisions import DECISIONS
from evidence.registers.facts import FACTS
from evidence.registers.objections import OBJECTIONS, read_objections
from evidence.registers.receipts import RECEIPTS, Receipt, forms_by_unit
from evidence.round import Round

REGISTERS = (RECEIPTS, FACTS, OBJECTIONS, DECISIONS)


def register_problems(round_: Round, taken: Collection[str]) -> list[Problem]:
    """Mistakes in the registers of receipts, facts and objections of a round that scores.

    `taken`: codes of the units whose answers are at hand. Mistakes of the decisions are found where
    judgements are read (`decisions.read_decisions`).
    """
    problems = list(round_.problems)
    read_objections(round_, problems)
    for unit, receipt in unfiled(round_, taken).items():
        file = ROUND_FILE if receipt.source == "round" else RECEIPTS.file
        cell = f"dòng {receipt.line}" if receipt.line else ""
        problems.append(problem("receipt-without-file", Place(unit, file, "", cell), receipt.text, unit))
    return problems


def unfiled(round_: Round, taken: Collection[str]) -> dict[str, Receipt]:
    """The units whose dossier was recorded, but is not at hand: neither taken nor in `nop/`."""
    forms = forms_by_unit(round_.folder, round_.units)
    return {
        unit: receipt
        for unit, receipt in round_.dossiers.items()
        if receipt.source != "file" and unit not in taken and unit not in forms
    }


def register_files(folder: Path) -> list[Path]:
    """The registers that a round has; results rest on them."""
    return [path for path in (folder / register.file for register in REGISTERS) if path.is_file()]
