"""An annex as a draft criteria file, with everything in it that a person still has to decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath

from criteria.catalogue import Refusal
from criteria.exact import plain, vietnamese
from criteria.importer.drafting import Drafting, Matched, matched_rows
from criteria.importer.head import head
from criteria.importer.opening import read_source
from criteria.importer.outline import Branch, outline
from criteria.importer.rows import no_table, read_rows
from criteria.importer.slips import Remark, Sum, group_points, slips, sums, whole
from criteria.importer.source import Source
from criteria.importer.tree import Tree, build_tree
from criteria.importer.yaml_writer import dump
from criteria.linter import UNDECIDED
from criteria.schema import ID
from criteria.text_yaml import Path

MARK = UNDECIDED


@dataclass(frozen=True)
class Draft:
    """A draft criteria file: its YAML text, each row of the annex with its result, what to look at.

    `doubts` are what the importer could not decide (marked in the text too), `slips` what does not
    agree within the annex itself, `sums` all printed sums beside the sums of their parts.
    """

    id: str
    file: str
    yaml: str
    rows: tuple[Matched, ...]
    doubts: tuple[Remark, ...]
    slips: tuple[Remark, ...]
    sums: tuple[Sum, ...]


def import_annex(path: FilePath, *, id_: str, title: str | None = None) -> Draft:
    """Draft of the annex in a .docx, .xlsx or .pdf file; raises UnusableAnnex, or Refusal for a bad id.

    Points are taken as printed, never made up: a criterion without points gets 0 and a doubt.
    """
    if not re.search(ID["pattern"], id_):
        raise Refusal(
            f"Mã “{id_}” không dùng được: mã chỉ gồm chữ không dấu, chữ số, dấu chấm, gạch ngang."
        )
    return draft_of(read_source(path), path.name, id_=id_, title=title)


def draft_of(source: Source, file: str, *, id_: str, title: str | None = None) -> Draft:
    """Draft of what a file holds; `file` is its name, for the sources and the review."""
    annex = read_rows(source, file)
    tree = build_tree(annex.rows)
    branches = outline(tree, title or "")
    if not any(branch.leaves for branch in branches):
        raise no_table(file)
    points, at_scale = _scale(tree, branches)
    value, remarks = head(id_, title, file, annex, plain(points), at_scale)
    doubts = [Remark(None, "", "", f"{'.'.join(map(str, at))}: {said}.") for at, said in remarks.items()]
    drafting = Drafting(remarks, doubts)
    value["groups"] = [drafting.group(branch, ("groups", order)) for order, branch in enumerate(branches)]
    joined = ((index, said) for index, said in tree.joined.items() if said.startswith("nối"))
    for index, said in joined:
        doubts.append(Remark(index, annex.rows[index].place, "", f"Dòng này được {said}; xin kiểm tra."))
    comments = {at: f"{MARK} {said}" for at, said in remarks.items()}
    top = f"# Bản nháp do danvan nhập từ tệp {file}; mỗi chỗ ghi “{MARK}” cần một người quyết định.\n"
    return Draft(
        id=id_,
        file=file,
        yaml=top + dump(value, comments),
        rows=tuple(matched_rows(annex.rows, tree, drafting.fates)),
        doubts=tuple(doubts),
        slips=tuple(slips(tree, branches)),
        sums=tuple(sums(tree, branches)),
    )


def _scale(tree: Tree, branches: Sequence[Branch]) -> tuple[int, list[tuple[Path, str]]]:
    """The scale in thousandths: the printed total where there is one, else the sum of the groups."""
    printed = [t.row.points.value for t in tree.totals if t.of is None and t.row.points.value is not None]
    added = whole(branches)
    extra = sum(group_points(branch) for branch in branches if branch.kind == "bonus")
    if not printed:
        return added, [(("scale",), "không có dòng tổng cộng; thang điểm là tổng của các nhóm")]
    if printed[-1] == added + extra:
        return added, []
    if printed[-1] != added:
        said = (
            f"dòng tổng cộng ghi {vietnamese(printed[-1])} nhưng các nhóm cộng lại được {vietnamese(added)}"
        )
        return printed[-1], [(("scale",), said)]
    return added, []
