"""What we ship, and how an id finds its file.

1. An id finds its file; an unknown one is refused with the nearest; a round's own files come first.
2. A plan that names what its criteria set has not is refused.
3. Rosters keep codes as text.
4. The set for 815/QĐ-UBND: six groups of 10, 10, 20, 20, 20, 20; each leaf with its basis and marked
   as illustrative; 100 points for each of the three kinds of unit.
5. The plans: the targets of 49/KH-UBND, and every deadline as its plan words it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from criteria.catalogue import FileFaults, PlanNamed, UnknownId
from criteria.document import DocumentRef
from criteria.library import OWN_FOLDER, SHIPPED, Library, examine_file
from criteria.loader import load_roster
from criteria.model import CriteriaSet, Plan, Provenance

CITY_SET, CITY_PLAN = "tay-ninh-city-815-2022", "tay-ninh-city-2023"
MINIMAL = Path(__file__).with_name("minimal.yaml")
PLAN_FILE = SHIPPED / "plans" / f"{CITY_PLAN}.yaml"


@pytest.fixture(scope="module")
def city() -> CriteriaSet:
    return Library().criteria(CITY_SET)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return Library().plan(CITY_PLAN)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of a round's own files."""
    (tmp_path / OWN_FOLDER).mkdir()
    return tmp_path / OWN_FOLDER


# ids


def test_the_ids_are_the_names_of_the_files() -> None:
    library = Library()
    assert {"quang-ngai-436-2019", CITY_SET} <= set(library.criteria_ids())
    assert {"duc-pho-2022", "nghia-ky-2023", CITY_PLAN} <= set(library.plan_ids())
    assert library.plan_ids() == sorted(path.stem for path in SHIPPED.glob("plans/*.yaml"))
    assert all(library.criteria(id_).id == id_ for id_ in library.criteria_ids())
    assert all(library.plan(id_).id == id_ for id_ in library.plan_ids())


@pytest.mark.parametrize("id_", sorted(path.stem for path in SHIPPED.glob("plans/*.yaml")))
def test_every_plan_fits_its_criteria_set(id_: str) -> None:
    plan, criteria = Library().plan_with_criteria(id_)
    assert plan.criteria == (criteria.id if criteria else None)


@pytest.mark.parametrize(
    ("wanted", "nearest"),
    [
        ("tay-ninh-city-2032", "tay-ninh-city-2023"),
        ("Duc-Pho-2022", "duc-pho-2022"),
        ("tracu-2023", "tra-cu-2023"),
        ("xyz", None),
        ("", None),
    ],
)
def test_an_unknown_plan_comes_with_the_nearest(wanted: str, nearest: str | None) -> None:
    with pytest.raises(UnknownId) as caught:
        Library().plan(wanted)
    assert caught.value.nearest == nearest
    assert caught.value.exit_code == 2
    assert ("Có phải ý bạn là" in str(caught.value)) == (nearest is not None)
    assert CITY_PLAN in str(caught.value)


def test_an_unknown_criteria_set_comes_with_the_nearest() -> None:
    with pytest.raises(UnknownId) as caught:
        Library().criteria("tay-ninh-815")
    assert (caught.value.kind, caught.value.nearest) == ("bộ tiêu chí", CITY_SET)


# a round's own files


def test_own_files_are_added_and_told_apart_by_their_keys(own: Path) -> None:
    (own / "minimal.yaml").write_bytes(MINIMAL.read_bytes())
    text = PLAN_FILE.read_text(encoding="utf-8").replace(f"plan: {CITY_PLAN}", "plan: cua-toi")
    (own / "cua-toi.yaml").write_text(text, encoding="utf-8-sig")
    library = Library.of_round(own.parent)
    assert set(library.criteria_ids()) - set(Library().criteria_ids()) == {"minimal"}
    assert set(library.plan_ids()) - set(Library().plan_ids()) == {"cua-toi"}
    assert library.criteria("minimal").scale == 10_000
    assert library.plan("cua-toi").criteria == CITY_SET


@pytest.mark.parametrize(("path", "id_"), [(MINIMAL, "minimal"), (PLAN_FILE, CITY_PLAN)])
def test_keys_may_stand_in_any_order(path: Path, id_: str, own: Path) -> None:
    text = path.read_text(encoding="utf-8")
    title = next(line for line in text.splitlines(keepends=True) if line.startswith("title:"))
    first = own / path.name
    first.write_text(title + text.replace(title, ""), encoding="utf-8")
    assert not [item for item in examine_file(first) if item.code == "schema-required"]
    library = Library((own,))
    wanted = library.criteria_path if path == MINIMAL else library.plan_path
    assert wanted(id_) == first


def test_own_files_come_before_those_we_ship(own: Path) -> None:
    for shipped, id_ in (("decisions", CITY_SET), ("plans", CITY_PLAN)):
        text = (SHIPPED / shipped / f"{id_}.yaml").read_text(encoding="utf-8")
        (own / f"{id_}.yaml").write_text(
            text.replace("\ntitle: ", "\ntitle: Bản của đợt. "), encoding="utf-8"
        )
    plan, criteria = Library.of_round(own.parent).plan_with_criteria(CITY_PLAN)
    assert criteria is not None
    assert plan.title.startswith("Bản của đợt. ")
    assert criteria.title.startswith("Bản của đợt. ")
    assert criteria.version != Library().criteria(CITY_SET).version


def test_a_round_without_own_files_sees_what_we_ship(tmp_path: Path) -> None:
    assert Library.of_round(tmp_path).plan_ids() == Library().plan_ids()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('criterion: "1.1"', 'criterion: "1.99"', "Tiêu chí “1.99”"),
        ("grade: Tốt", "grade: Giỏi", "Mức xếp loại “Giỏi”"),
        ('groups: ["2"]', 'groups: ["9"]', "Nhóm “9”"),
    ],
)
def test_a_plan_that_does_not_fit_its_criteria_set_is_refused(
    old: str, new: str, words: str, own: Path
) -> None:
    text = PLAN_FILE.read_text(encoding="utf-8")
    assert text.count(old) == 1
    (own / f"{CITY_PLAN}.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FileFaults, match=words):
        Library.of_round(own.parent).plan_with_criteria(CITY_PLAN)


def test_a_plan_of_an_unknown_criteria_set_is_refused(own: Path) -> None:
    text = PLAN_FILE.read_text(encoding="utf-8").replace(f"criteria: {CITY_SET}", "criteria: tay-ninh-815")
    (own / f"{CITY_PLAN}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UnknownId, match=CITY_SET):
        Library.of_round(own.parent).plan_with_criteria(CITY_PLAN)


# rosters


def test_the_roster_of_the_city(plan: Plan) -> None:
    units = Library().roster(plan)
    by_type = {
        kind: [unit.name for unit in units if unit.type == kind] for kind in {unit.type for unit in units}
    }
    assert {kind: len(names) for kind, names in by_type.items()} == {
        "phong-ban": 4,
        "don-vi-su-nghiep": 3,
        "xa-phuong": 10,
    }
    assert all(name.startswith(("UBND phường ", "UBND xã ")) for name in by_type["xa-phuong"])
    assert units[7].code == "25456"
    assert len({unit.code for unit in units}) == len(units) == 17
    assert all(unit.block == unit.type for unit in units)


def test_codes_are_text_that_keeps_its_zeros(tmp_path: Path, plan: Plan) -> None:
    path = tmp_path / "ds.csv"
    rows = "code,name,type,block\r\n00070,UBND xã A,xa-phuong,vùng cao\r\n1e3,UBND xã B,xa-phuong,\r\n"
    path.write_bytes(rows.encode("utf-8-sig"))
    units = load_roster(path)
    assert [(unit.code, unit.block) for unit in units] == [("00070", "vùng cao"), ("1e3", "xa-phuong")]


@pytest.mark.parametrize("parted", [";", "\t"])
def test_a_roster_saved_by_excel_is_read(parted: str, tmp_path: Path) -> None:
    rows = ["code,name,type,block", "001,UBND xã A ,xa-phuong,khoi-2", "002,Sở B,so,", ",,,"]
    path = tmp_path / "ds.csv"
    path.write_bytes("\r\n".join(row.replace(",", parted) for row in rows).encode("utf-8-sig"))
    found = [(unit.code, unit.name, unit.type, unit.block) for unit in load_roster(path)]
    assert examine_file(path) == []
    assert found == [("001", "UBND xã A", "xa-phuong", "khoi-2"), ("002", "Sở B", "so", "so")]


@pytest.mark.parametrize(
    "text",
    ["mã,tên,loại\n1,A,xa-phuong\n", "code,name\n1,A\n"],
    ids=["other headings", "columns missing"],
)
def test_a_roster_in_another_form_is_refused_and_no_crash(text: str, tmp_path: Path) -> None:
    path = tmp_path / "ds.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileFaults):
        load_roster(path)


def test_a_roster_of_the_round_comes_first_and_an_unknown_one_is_refused(own: Path) -> None:
    text = PLAN_FILE.read_text(encoding="utf-8")
    (own / f"{CITY_PLAN}.csv").write_text(
        "code,name,type,block\n01,UBND xã A,xa-phuong,\n", encoding="utf-8"
    )
    library = Library.of_round(own.parent)
    assert [unit.code for unit in library.roster(library.plan(CITY_PLAN))] == ["01"]
    (own / "khac.yaml").write_text(
        text.replace(f"plan: {CITY_PLAN}", "plan: khac").replace(
            f"roster: {CITY_PLAN}", "roster: tay-ninh"
        ),
        encoding="utf-8",
    )
    with pytest.raises(UnknownId, match="danh sách đơn vị"):
        library.roster(library.plan("khac"))


# 815/QĐ-UBND


def test_the_groups_of_815_are_those_of_1563(city: CriteriaSet) -> None:
    assert [(group.id, group.top) for group in city.groups] == [
        ("1", 10_000),
        ("2", 10_000),
        ("3", 20_000),
        ("4", 20_000),
        ("5", 20_000),
        ("6", 20_000),
    ]
    assert city.scale == 100_000
    assert all("qd1563" in group.cite for group in city.groups)
    assert [group.id for group in city.groups if group.unsourced] == ["6"]  # inferred, and marked so
    assert city.groups[5].unsourced == ("max", "title")


def test_815_is_known_only_from_the_plan_and_says_so(city: CriteriaSet) -> None:
    assert str(city.decision.document) == "815/QĐ-UBND ngày 19/8/2022 của Chủ tịch UBND thành phố Tây Ninh"
    assert city.provenance.status == "reconstructed"
    assert city.provenance.warning is not None
    assert city.provenance.warning.startswith("BỘ TIÊU CHÍ PHỤC DỰNG")
    assert "grades" in city.unsourced


OWN_KEYS = {
    "ratio": "bands",
    "imported": "bands",
    "choice": "options",
    "count": "each",
    "judged": "max",
    "timely": "late",
}


def test_the_leaves_of_815(city: CriteriaSet) -> None:
    assert 25 <= len(city.criteria) <= 40
    assert len(city.by_id) == len(city.criteria)
    for leaf in city.criteria:
        assert leaf.id.startswith(f"{leaf.group}.")
        assert leaf.cite
        assert all(item.startswith("kh49 ") for item in leaf.cite)  # a passage, not only a document
        assert "Kế hoạch số 49/KH-UBND ngày 27/3/2023" in city.basis(leaf.cite)
        assert "max" in leaf.unsourced
        own_key = OWN_KEYS[leaf.rule.KIND]
        assert own_key in leaf.unsourced


@pytest.mark.parametrize("unit_type", ["phong-ban", "don-vi-su-nghiep", "xa-phuong"])
def test_815_gives_each_kind_of_unit_100_points(unit_type: str, city: CriteriaSet) -> None:
    leaves = list(city.applying(unit_type))
    assert sum(leaf.top for leaf in leaves) == 100_000
    assert len(leaves) < len(city.criteria)  # some do not apply to it
    for group in city.groups:
        assert sum(leaf.top for leaf in leaves if leaf.group == group.id) == group.top


def test_815_uses_every_kind_of_rule(city: CriteriaSet) -> None:
    assert set(city.unit_types) == {"phong-ban", "don-vi-su-nghiep", "xa-phuong"}
    assert {leaf.rule.KIND for leaf in city.criteria} == set(OWN_KEYS)
    assert {leaf.not_applicable for leaf in city.criteria} == {"forbidden", "exclude", "full"}
    assert {leaf.evidence for leaf in city.criteria} == {"required", "optional", "none"}


# plans


def test_the_targets_of_49(plan: Plan) -> None:
    assert [(t.kind, t.at_least, t.grade, t.criterion, t.cite) for t in plan.targets] == [
        ("people_share", 100_000, None, "1.1", ("III.1",)),
        ("units_share", 100_000, None, "1.2", ("III.2",)),
        ("units_share", 100_000, None, "5.1", ("III.3",)),
        ("units_share", 100_000, None, "5.2", ("III.4",)),
        ("not_below_last_year", None, None, "4.1", ("III.5",)),
        ("grade_share", 60_000, "Tốt", None, ("III.6",)),
    ]
    assert plan.targets[5].of == "all"
    assert str(plan.document) == "49/KH-UBND ngày 27/3/2023 của UBND thành phố Tây Ninh"
    assert [str(item) for item in plan.under] == ["765/KH-UBND ngày 20/3/2023 của UBND tỉnh Tây Ninh"]


def test_the_appraisers_of_49(plan: Plan, city: CriteriaSet) -> None:
    by_group = {
        group.id: {appraiser.name for leaf in group.criteria if (appraiser := plan.appraiser_of(leaf))}
        for group in city.groups
    }
    lead = {"Phòng Nội vụ"}
    assert by_group == {
        "1": lead,
        "2": {"Thanh tra thành phố"},
        "3": lead,
        "4": {"Văn phòng HĐND và UBND thành phố"},
        "5": lead,
        "6": lead,
    }


@pytest.mark.parametrize(
    ("group", "named", "appraiser"),
    [
        # the one that the criterion names, else the co-appraiser of its group, else the lead
        ("2", None, "thanh-tra"),
        ("4", None, "van-phong"),
        ("1", None, "noi-vu"),
        ("1", "thanh-tra", "thanh-tra"),
        ("2", "noi-vu", "noi-vu"),
        ("4", "thanh-tra", "thanh-tra"),
        ("2", "van-phong", "van-phong"),
        ("1", "khong-co", "noi-vu"),
    ],
)
def test_who_appraises_a_criterion(
    group: str, named: str | None, appraiser: str, plan: Plan, city: CriteriaSet
) -> None:
    found = plan.appraiser_of(replace(city.criteria[0], group=group, appraiser=named))
    assert found is not None
    assert found.id == appraiser


@pytest.mark.parametrize(
    ("plan_id", "deadlines"),
    [
        (
            "tay-ninh-city-2023",
            [
                ("plan", "by", date(2023, 4, 4), "chậm nhất ngày 04/4/2023"),
                ("report", "by", date(2023, 10, 16), "chậm nhất ngày 16/10/2023"),
                ("dossier", "before", date(2023, 10, 16), "trước ngày 16/10/2023"),
                ("grading", "before", date(2023, 10, 20), "trước ngày 20/10/2023"),
            ],
        ),
        (
            "duc-pho-2022",
            [
                ("plan", "before", date(2022, 4, 5), "trước ngày 05/4/2022"),
                ("registration", "before", date(2022, 4, 5), "trước ngày 05/4/2022"),
                ("assignment", "before", date(2022, 4, 10), "trước ngày 10/4/2022"),
                ("report", "before", date(2022, 6, 10), "trước ngày 10/6/2022"),
                ("dossier", "before", date(2022, 10, 25), "trước ngày 25/10/2022"),
                ("report", "before", date(2022, 11, 10), "trước ngày 10/11/2022"),
            ],
        ),
        (
            "truong-quang-trong-2023",
            [
                ("report", "before", date(2023, 6, 15), "trước ngày 15/6/2023"),
                ("report", "before", date(2023, 11, 15), "trước ngày 15/11/2023"),
                ("dossier", "before", date(2023, 12, 1), "trước ngày 01/12/2023"),
            ],
        ),
        (
            "tra-cu-2023",
            [
                ("report", "before", date(2023, 6, 5), "trước ngày 05/6/2023"),
                ("report", "before", date(2023, 11, 30), "trước ngày 30/11/2023"),
            ],
        ),
        ("nghia-ky-2023", []),
    ],
)
def test_deadlines_as_the_plans_word_them(
    plan_id: str, deadlines: list[tuple[str, str, date, str]]
) -> None:
    found = sorted(Library().plan(plan_id).deadlines, key=lambda item: item.day)
    assert [(d.kind, "by" if d.inclusive else "before", d.day) for d in found] == [d[:3] for d in deadlines]
    assert [str(d).rpartition(": ")[2] for d in found] == [d[3] for d in deadlines]
    assert all(d.cite for d in found)


@pytest.mark.parametrize(
    ("plan_id", "scores"), [("tra-cu-2023", False), ("nghia-ky-2023", False), ("duc-pho-2022", True)]
)
def test_plans_that_only_report_have_no_criteria_set(plan_id: str, scores: bool) -> None:
    assert (Library().plan_with_criteria(plan_id)[1] is not None) == scores


# how documents are printed


@pytest.mark.parametrize(
    ("document", "printed"),
    [
        (DocumentRef("815/QĐ-UBND", date(2022, 8, 19), "A"), "815/QĐ-UBND ngày 19/8/2022 của A"),
        (DocumentRef("1/KH-UBND", date(2023, 1, 5)), "1/KH-UBND ngày 05/01/2023"),
        (DocumentRef("1/KH-UBND", date(2023, 2, 28)), "1/KH-UBND ngày 28/02/2023"),
        (DocumentRef("1/KH-UBND", date(2023, 3, 1)), "1/KH-UBND ngày 01/3/2023"),
        (DocumentRef("1/KH-UBND", date(2023, 12, 1)), "1/KH-UBND ngày 01/12/2023"),
        (DocumentRef(None, None, "UBND tỉnh"), "(chưa rõ số) của UBND tỉnh"),
    ],
)
def test_documents_as_printed(document: DocumentRef, printed: str) -> None:
    assert str(document) == printed


@pytest.mark.parametrize(
    ("status", "note", "warning"),
    [
        ("official", "đã đối chiếu", None),
        ("example", "", "BỘ TIÊU CHÍ VÍ DỤ, không phải văn bản của cơ quan có thẩm quyền."),
        (
            "reconstructed",
            "Thay trước khi dùng.",
            "BỘ TIÊU CHÍ PHỤC DỰNG, chưa đối chiếu với phụ lục của quyết định. Thay trước khi dùng.",
        ),
    ],
)
def test_what_every_print_must_carry(status: str, note: str, warning: str | None) -> None:
    assert Provenance(status, None, None, note, {}).warning == warning


@pytest.mark.parametrize(
    ("plan", "told"), [("duc-pho-2022", "quang-ngai-436-2019"), ("nghia-ky-2023", "không chấm điểm")]
)
def test_a_plan_in_the_place_of_a_criteria_set_tells_its_set(plan: str, told: str) -> None:
    with pytest.raises(PlanNamed, match=told):
        Library().criteria(plan)
