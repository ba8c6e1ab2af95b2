"""Writes the drafts of a round: `ket-qua/van-ban/`, notices to `ket-qua/thong-bao/`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from criteria.catalogue import Refusal
from evidence.folders import RESULTS
from evidence.placing import write_aside
from evidence.problems import Problem
from evidence.round import Round
from reports.official.drafts import BY_NAME, Draft
from reports.official.notice_fields import Notices
from reports.official.office_fields import office_fields
from reports.official.report_fields import report_fields
from reports.official.result_fields import no_result_fields, result_fields
from reports.official.template_check import check_template, template_problems
from reports.official.template_file import Template, TemplateFault, read_template
from reports.wording import lower_first, sentences_for_every_sheet, subject
from scoring.results import Results
from scoring.trace import Step

OWN_TEMPLATES = "mau"  # folder of the round with the office's own templates
DOCUMENTS, NOTICES = "van-ban", "thong-bao"
NOT_SEALED = "chưa niêm phong"
SHIPPED = Path(__file__).parents[1] / "templates"
_MOST_TOLD = 10  # problems of a template told when it is refused


class TemplateRefused(Refusal):
    """An office's template that cannot be used; the text lists its problems."""

    exit_code = 3


class NotATemplate(Refusal):
    """A file whose name says of no kind of document; the text says how to tell."""


@dataclass(frozen=True)
class Scored:
    """What drafts tell of a scored round: results, and by code a unit's trace and advice.

    `advice` gives lines on how the next grade could be won; None leaves it to what the points lack.
    `head_hash` is the seal of the round; None where it is not sealed.
    """

    results: Results
    trace: Callable[[str], Sequence[Step]]
    advice: Callable[[str], Sequence[str]] | None = None
    head_hash: str | None = None


def write_drafts(
    round_: Round, scored: Scored | None, drafts: Sequence[Draft], units: Sequence[str]
) -> Iterator[Path]:
    """Writes the drafts, notices for these codes, and yields each path once it is there.

    `scored` is None where the plan only asks for reports. The same round and results give the same bytes.
    Raises TemplateRefused before anything is written where an own template cannot be used, FileHeld where
    an old file is open elsewhere.
    """
    templates = {draft.name: template_of(round_, draft) for draft in drafts}
    folder = round_.folder / RESULTS
    for draft in drafts:
        template = templates[draft.name]
        if draft.each_unit and scored is not None:
            for code, fields in _notices(round_, scored, draft, units):
                yield _write(folder / NOTICES / f"{code}.docx", template, fields)
        else:
            fields = document_fields(round_, scored, draft)
            yield _write(folder / DOCUMENTS / f"{draft.name}.docx", template, fields)


def document_fields(round_: Round, scored: Scored | None, draft: Draft) -> dict[str, Any]:
    """All fields of a draft that is not a unit's."""
    about = draft.about.format(noi_dung=lower_first(subject(round_)))
    found = office_fields(round_, _marks(round_, scored), about)
    found |= result_fields(round_, scored.results) if scored else no_result_fields()
    if draft.kind == "bao-cao":
        found |= report_fields(round_)
    if draft.kind == "bien-ban":
        found["niem_phong"] = (scored and scored.head_hash) or NOT_SEALED
        found["tham_gia"] = [item.name for item in round_.plan.appraisers]
    return found


def notice_fields(
    round_: Round, scored: Scored, draft: Draft, notices: Notices, code: str
) -> dict[str, Any]:
    """All fields of a unit's notice."""
    name = round_.by_code[code].name
    about = draft.about.format(noi_dung=lower_first(subject(round_)), don_vi=name)
    advice = scored.advice(code) if scored.advice else None
    return {
        **office_fields(round_, _marks(round_, scored), about),
        **notices.fields(code, scored.trace(code), advice),
    }


def template_of(round_: Round, draft: Draft) -> Template:
    """The office's own template of a draft, else the shipped one; raises TemplateRefused."""
    own = round_.folder / OWN_TEMPLATES / f"{draft.name}.docx"
    try:
        template = read_template(own if own.is_file() else SHIPPED / own.name)
    except TemplateFault as fault:
        raise _refused(own, [fault.problem]) from fault
    if own.is_file():
        problems = list(template_problems(template, draft.fields, draft.needed))
        if problems:
            raise _refused(own, problems)
    return template


def checked_template(path: Path, name: str | None) -> tuple[Draft, list[Problem]]:
    """The kind of document that a template file is for, and its problems.

    `name` says which where the file's own name does not; raises NotATemplate where neither does.
    """
    known = name or path.stem
    if known not in BY_NAME:
        raise NotATemplate(
            f"Tên tệp “{path.name}” không cho biết đây là mẫu của văn bản nào. Đặt tên theo một trong: "
            f"{', '.join(f'{item}.docx' for item in BY_NAME)}; hoặc ghi rõ bằng --kind."
        )
    if not path.is_file():
        raise NotATemplate(f"Không có tệp “{path}”. Kiểm tra lại đường dẫn.")
    draft = BY_NAME[known]
    return draft, check_template(path, draft.fields, draft.needed)


def _notices(
    round_: Round, scored: Scored, draft: Draft, units: Sequence[str]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    notices = Notices(round_, scored.results)
    for code in units:
        yield code, notice_fields(round_, scored, draft, notices, code)


def _marks(round_: Round, scored: Scored | None) -> Sequence[str]:
    return sentences_for_every_sheet(round_, scored.results) if scored else round_.marks


def _write(path: Path, template: Template, fields: Mapping[str, Any]) -> Path:
    try:
        content = template.fill(fields)
    except TemplateFault as fault:
        raise _refused(Path(template.name), [fault.problem]) from fault
    with write_aside(path) as aside:
        aside.write_bytes(content)
    return path


def _refused(path: Path, problems: Sequence[Problem]) -> TemplateRefused:
    told = [f"  {item.place}: {item.message} {item.fix}" for item in problems[:_MOST_TOLD]]
    more = [f"  ... và {len(problems) - _MOST_TOLD} lỗi khác"] if len(problems) > _MOST_TOLD else []
    lead = f"Mẫu riêng “{path}” chưa dùng được:"
    way = (
        f"Sửa mẫu rồi kiểm tra bằng lệnh: danvan report --check-template {path}; hoặc bỏ tệp này đi để "
        "dùng mẫu có sẵn."
    )
    return TemplateRefused("\n".join([lead, *told, *more, way]))
