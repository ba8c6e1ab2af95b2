"""Documents and results in `ket-qua/` that are of an earlier run than what was just made beside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from criteria.catalogue import as_typed
from evidence.folders import RESULTS
from reports.official.writing import DOCUMENTS, NOTICES
from reports.outcome import Outcome
from reports.ranked.workbook import RANKED_NAME
from reports.record import results_json
from reports.runs import earlier_run
from reports.web.page import PAGE_NAME


def documents_to_renew(folder: Path) -> str:
    """That documents of a round's folder were made of the results before; empty where there are none."""
    results = folder / RESULTS
    drafts = any(next((results / name).glob("*.docx"), None) for name in (DOCUMENTS, NOTICES))
    made = {
        "văn bản Word": drafts,
        "trang kết quả": (results / PAGE_NAME).is_file(),
        "bản PDF": (results / RANKED_NAME).with_suffix(".pdf").is_file(),
    }
    names = [name for name, there in made.items() if there]
    if not names:
        return ""
    return (
        f"Lưu ý: {', '.join(names)} trong “{results}” còn theo kết quả trước; "
        f"soạn lại: danvan report {as_typed(folder)}"
    )


def results_to_renew(found: Outcome) -> str:
    """That the results kept in a round's folder are not those now; empty where they are, or none are."""
    folder = found.round.folder
    earlier = earlier_run(folder / RESULTS)
    if earlier is None or earlier.record == results_json(found.round, found.results):
        return ""
    return (
        f"Lưu ý: số liệu đã đổi sau lần chấm trước; sổ xếp hạng, sổ điểm trong “{folder / RESULTS}” "
        f"chưa theo kịp các văn bản này. Chạy: danvan score {as_typed(folder)}"
    )


def pdfs_to_renew(written: Sequence[Path]) -> str:
    """That PDFs beside documents written anew are of an earlier time; empty where there are none."""
    old = [path for path in written if path.with_suffix(".pdf").is_file()]
    if not old:
        return ""
    return f"Lưu ý: {len(old)} bản PDF cạnh các văn bản này là của lần trước; in lại: thêm --pdf."
