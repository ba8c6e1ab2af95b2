"""The kinds of documents that are drafted: template, fields, what a template must show, subject line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.official import fields
from reports.official.fields import Shape


@dataclass(frozen=True)
class Draft:
    """A document: `name` of its template and of what is written, the `kind` by which it is asked for.

    `about` is the subject line, with `{noi_dung}` for the work assessed and `{don_vi}` for the unit.
    `needed` are fields without which a template is refused: what makes the document what it is, and the
    marks, which may be missing from no print.
    """

    name: str
    kind: str
    title: str
    about: str
    fields: Mapping[str, Shape]
    needed: tuple[str, ...]
    each_unit: bool = False
    without_scores: bool = False  # whether a plan that only asks for reports has it too


DRAFTS = (
    Draft(
        "to-trinh",
        "to-trinh",
        "Tờ trình",
        "Về việc đề nghị công nhận kết quả đánh giá, xếp loại {noi_dung}",
        fields.PROPOSAL_FIELDS,
        ("luu_y", "tong_so_chu"),
    ),
    Draft(
        "quyet-dinh",
        "quyet-dinh",
        "Quyết định công nhận kết quả",
        "Về việc công nhận kết quả đánh giá, xếp loại {noi_dung}",
        fields.DECISION_FIELDS,
        ("luu_y", "noi_dung", "khoi.don_vi.ten", "khoi.don_vi.diem", "khoi.don_vi.xep_loai"),
    ),
    Draft(
        "bien-ban",
        "bien-ban",
        "Biên bản họp",
        "Họp thống nhất kết quả đánh giá, xếp loại {noi_dung}",
        fields.MINUTES_FIELDS,
        ("luu_y", "niem_phong"),
    ),
    Draft(
        "thong-bao",
        "thong-bao",
        "Thông báo kết quả",
        "Kết quả đánh giá, xếp loại {noi_dung} đối với {don_vi}",
        fields.NOTICE_FIELDS,
        ("luu_y", "don_vi.ten", "don_vi.diem", "don_vi.xep_loai", "diem_mat.ly_do", "diem_mat.can_cu"),
        each_unit=True,
    ),
    Draft(
        "bao-cao-6-thang",
        "bao-cao",
        "Báo cáo 6 tháng",
        "Kết quả 6 tháng đầu năm thực hiện {noi_dung}",
        fields.REPORT_FIELDS,
        ("luu_y", "nam"),
        without_scores=True,
    ),
    Draft(
        "bao-cao-nam",
        "bao-cao",
        "Báo cáo năm",
        "Kết quả thực hiện {noi_dung}",
        fields.REPORT_FIELDS,
        ("luu_y", "nam"),
        without_scores=True,
    ),
)
KINDS = tuple(dict.fromkeys(draft.kind for draft in DRAFTS))
BY_NAME = {draft.name: draft for draft in DRAFTS}


def drafts_of(kinds: Sequence[str], scored: bool) -> tuple[Draft, ...]:
    """The drafts of these kinds or names, all where none is named, as far as the round has them."""
    wanted = set(kinds or KINDS)
    return tuple(
        draft for draft in DRAFTS if wanted & {draft.kind, draft.name} and (scored or draft.without_scores)
    )
