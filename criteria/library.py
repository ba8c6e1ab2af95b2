"""Where criteria sets, plans and rosters are kept, and how an id finds its file.

A round may carry its own files in its folder `tieu-chi/`; they come before those we ship.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from criteria.catalogue import FileFaults, Finding, PlanNamed, UnknownId, finding
from criteria.loader import (
    examine_criteria,
    examine_plan,
    load_criteria,
    load_plan,
    load_plan_document,
    load_roster,
)
from criteria.model import CriteriaSet, Plan, Unit
from criteria.plan_linter import fit_findings
from criteria.reading import read_document, read_text
from criteria.schema import plan_schema

SHIPPED = Path(__file__).parent
OWN_FOLDER = "tieu-chi"
PREVIOUS = "dot-truoc"  # in a round that corrects another: what the other one came to
# The seal of a closed round, and beside it the texts that it was scored by, a folder a kind: plan and
# criteria may have the same name.
SEAL, SEALED_COPIES = Path("ket-qua", "niem-phong.json"), Path("ket-qua", "niem-phong")
SEALED_PLAN, SEALED_CRITERIA, SEALED_ROSTER = (
    SEALED_COPIES / kind for kind in ("ke-hoach", "tieu-chi", "danh-sach")
)


@dataclass(frozen=True)
class Library:
    """Files by kind and id: those of `own` folders first, then the shipped ones."""

    own: Sequence[Path] = ()

    @classmethod
    def of_round(cls, folder: Path) -> Library:
        """The library as a round sees it: its own files first; a sealed round by the texts sealed in it.

        So a sealed round can be verified by a program whose shipped files have changed since.
        """
        own = [folder / OWN_FOLDER]
        if (folder / SEAL).is_file():
            own += [folder / kind for kind in (SEALED_PLAN, SEALED_CRITERIA, SEALED_ROSTER)]
        return cls(own)

    def criteria_ids(self) -> list[str]:
        """Ids of all criteria sets."""
        return sorted(self._files("criteria", "decisions"))

    def plan_ids(self) -> list[str]:
        """Ids of all plans."""
        return sorted(self._files("plan", "plans"))

    def criteria_path(self, id_: str) -> Path:
        """File of a criteria set; raises UnknownId with the nearest id, PlanNamed for a plan's."""
        known = self._files("criteria", "decisions")
        if id_ not in known and id_ in self._files("plan", "plans"):
            raise PlanNamed(id_, self.plan(id_).criteria)
        return _pick("bộ tiêu chí", id_, known)

    def plan_path(self, id_: str) -> Path:
        """File of a plan; raises UnknownId with the nearest id."""
        return _pick("kế hoạch", id_, self._files("plan", "plans"))

    def criteria(self, id_: str) -> CriteriaSet:
        """Criteria set by id; raises UnknownId or FileFaults."""
        return load_criteria(self.criteria_path(id_))

    def plan(self, id_: str) -> Plan:
        """Plan by id; raises UnknownId or FileFaults."""
        return load_plan(self.plan_path(id_))

    def plan_with_criteria(self, id_: str) -> tuple[Plan, CriteriaSet | None]:
        """Plan and its criteria set, held against each other; None where the plan does not score."""
        path = self.plan_path(id_)
        plan, document = load_plan_document(path)
        if plan.criteria is None:
            return plan, None
        criteria = self.criteria(plan.criteria)
        misfits = list(fit_findings(path, document, criteria, plan.limits))
        if any(item.severity == "error" for item in misfits):
            raise FileFaults(misfits)
        return plan, criteria.on_plan(plan)

    def roster(self, plan: Plan) -> tuple[Unit, ...]:
        """Units of the plan's roster; empty where it names none; raises UnknownId."""
        return () if plan.roster is None else load_roster(self.roster_path(plan.roster))

    def roster_path(self, id_: str) -> Path:
        """File of a roster; raises UnknownId with the nearest id."""
        files = {path.stem: path for path in (SHIPPED / "rosters").glob("*.csv")}
        files |= {path.stem: path for folder in self.own for path in folder.glob("*.csv")}
        return _pick("danh sách đơn vị", id_, files)

    def _files(self, kind: str, shipped: str) -> dict[str, Path]:
        files = {path.stem: path for path in (SHIPPED / shipped).glob("*.yaml") if "." not in path.stem}
        for folder in self.own:
            for path in folder.glob("*.yaml"):
                if _is_of(path, kind):
                    files[path.stem] = path
        return files


def examine_file(path: Path) -> list[Finding]:
    """Every finding about a criteria or plan file, told apart by its keys; of a .csv, as a roster."""
    if path.suffix.lower() == ".csv":
        try:
            load_roster(path)
        except FileFaults as faults:
            return list(faults.findings)
        return []
    if not path.is_file() or not _is_of(path, "plan"):
        return examine_criteria(path)[1]
    plan, findings = examine_plan(path)
    if plan is None or plan.criteria is None:
        return findings
    library = Library((path.parent, path.parent.parent / "decisions"))
    document = read_document(read_text(path), path.name, plan_schema())
    try:
        criteria = library.criteria(plan.criteria)
    except UnknownId as unknown:
        mark = document.mark(("criteria",))
        detail = {"found": plan.criteria, "nearest": unknown.nearest or ""}
        return [*findings, finding("criteria-unknown", path.name, mark.line, mark.column, **detail)]
    except FileFaults:
        return findings  # the criteria file has findings of its own
    return [*findings, *fit_findings(path, document, criteria, plan.limits)]


def _is_of(path: Path, kind: str) -> bool:
    """Whether a file is a plan or a criteria set (`kind` is its key); they share a round's folder.

    Keys may stand in any order; a plan names its criteria set, so it has both.
    """
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    keys = {line.partition(":")[0].strip("\"' ") for line in lines if line[:1].strip()}
    return kind in keys and (kind == "plan" or "plan" not in keys)


def _pick(kind: str, id_: str, files: dict[str, Path]) -> Path:
    if id_ not in files:
        raise UnknownId(kind, id_, files)
    return files[id_]
