"""What the reader of a comparison must know: what was left out, and why."""

from __future__ import annotations

from collections.abc import Iterator

from reports.comparison.compare import Comparison, UnitThenAndNow, grade_labels_agree
from reports.comparison.criteria import same_words


def notes(done: Comparison) -> Iterator[str]:
    """The sentences that go with a comparison, gravest first."""
    old, new = done.old, done.new
    for side, which in ((old, "cũ"), (new, "mới")):
        if side.run.record.get("provisional"):
            yield f"Kết quả đợt {which} ({side.round.id}) là tạm tính."
        if side.run.ledger is None:
            yield f"Đợt {which} ({side.round.id}) không có sổ điểm đọc được nên không so từng tiêu chí."
    if old.round.year > new.round.year:
        yield "Đợt cũ có năm sau đợt mới; kiểm tra lại thứ tự hai đợt."
    left_out = done.comparable.left_out
    if left_out:
        named = "; ".join(f"{id_} ({why})" for id_, why in left_out.items())
        count, total = len(done.comparable.ids), len(new.criteria.criteria)
        yield (
            f"Bộ tiêu chí hai đợt khác nhau: chỉ so {count}/{total} tiêu chí giống nhau về mã, tên, "
            f"điểm tối đa và cách chấm; tổng điểm chỉ so bằng tỷ lệ và xếp loại. Không so: {named}."
        )
    elif not done.comparable.totals:
        yield "Thang điểm hoặc cách cộng điểm hai đợt khác nhau: tổng điểm chỉ so bằng tỷ lệ và xếp loại."
    yield from _grade_notes(done)
    yield from _unit_notes(done)


def _grade_notes(done: Comparison) -> Iterator[str]:
    old, new = done.old.criteria, done.new.criteria
    titles = done.new.round.blocks
    for block in dict.fromkeys(unit.now.block for unit in done.units):
        title = titles.get(block, block).removeprefix("Khối ")
        if not grade_labels_agree(old, new, block, block):
            yield f"Khối {title}: tên các mức xếp loại hai đợt khác nhau nên không so xếp loại."
        elif old.grades_of(block) != new.grades_of(block):
            yield f"Khối {title}: ngưỡng xếp loại hai đợt khác nhau; cùng tên mức nhưng khác điều kiện đạt."


def _unit_notes(done: Comparison) -> Iterator[str]:
    kinds = {unit.relation for unit in done.units}
    if "merged" in kinds:
        yield "Đơn vị sáp nhập: nêu kết quả từng đơn vị cũ, không lấy bình quân và không tính tăng, giảm."
    if "split" in kinds:
        yield "Đơn vị chia tách: nêu kết quả của đơn vị cũ, không tính tăng, giảm."
    renamed = [
        f"{unit.before[0].name} → {unit.now.name} ({unit.now.code})"
        for unit in done.units
        if unit.relation == "same" and _other_name(unit)
    ]
    if renamed:
        yield (
            f"{len(renamed)} đơn vị cùng mã nhưng khác tên, không có trong bảng sáp nhập, được coi là một "
            f"đơn vị; kiểm tra lại: {'; '.join(renamed)}."
        )


def _other_name(unit: UnitThenAndNow) -> bool:
    return not same_words(unit.before[0].name, unit.now.name)
