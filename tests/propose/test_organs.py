"""Bodies that a report names are those of the rules: by kind, place and day."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.namespaces import PREFIXES, iri
from kg.reference import code_files, reference_quads
from tests.ontology.judge import default_quads
from tests.propose.factories import MemoryGraph, ingest, report

WARDS = """
place:thanh-pho-ha-noi a bm:Place ; rdfs:label "Thành phố Hà Nội"@vi ; bm:key "thanh pho ha noi" ;
    bm:unitType unittype:CentralCity ; bm:validTo "2025-07-01"^^xsd:date .
place:quan-ba-dinh-ha-noi a bm:Place ; rdfs:label "Quận Ba Đình"@vi ; bm:key "quan ba dinh" ;
    bm:unitType unittype:UrbanDistrict ; bm:within place:thanh-pho-ha-noi ; bm:validTo "2025-07-01"^^xsd:date .
place:phuong-phuc-xa-ba-dinh-ha-noi a bm:Place ; rdfs:label "Phường Phúc Xá"@vi ; bm:key "phuong phuc xa" ;
    bm:unitType unittype:Ward ; bm:within place:quan-ba-dinh-ha-noi ; bm:validTo "2025-07-01"^^xsd:date .
"""
WARD = "phường Phúc Xá"
CODES_OF_BODIES = list(default_quads(code_files()))


@pytest.fixture(scope="module")
def made_ahead() -> MemoryGraph:
    graph = MemoryGraph("")
    graph.store.bulk_extend([*default_quads(code_files()), *reference_quads("minimal")])
    return graph


@pytest.fixture
def wards() -> MemoryGraph:
    graph = MemoryGraph(WARDS)
    graph.store.bulk_extend(default_quads(code_files()))
    return graph


def named(graph: MemoryGraph, name: str, kind: str, place: str, day: str) -> tuple[set[str], set[str]]:
    """The organs that a report's naming a body makes anew, and those that its evidence supports."""
    change = ingest(graph, report(f"{name} họp.", day=day, organs=((name, kind, place),)))
    minted = {q.subject.value for q in change.add if q.predicate == iri("rdf:type") and q.object == iri("bm:Organ")}
    backed = {q.object.value for q in change.add if q.predicate == iri("bm:supports")}
    return _locals(minted), _locals(backed)


def _locals(values: set[str]) -> set[str]:
    return {value.rsplit("/", 1)[1] for value in values if "/organ/" in value}


@pytest.mark.parametrize(
    ("name", "kind", "day", "slug"),
    [
        ("Ban Tuyên giáo Tỉnh ủy Bắc Kạn", "PropagandaBoard", "2022-04-05", "ban-tuyen-giao"),
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy Bắc Kạn", "PropagandaMassBoard", "2025-04-05", "ban-tuyen-giao-va-dan-van"),
        ("Ban Thường vụ Tỉnh ủy Bắc Kạn", "StandingCommittee", "2022-04-05", "ban-thuong-vu"),
        ("Thường trực Tỉnh ủy Bắc Kạn", "StandingBoard", "2022-04-05", "thuong-truc-cap-uy"),
        ("Văn phòng Tỉnh ủy Bắc Kạn", "Office", "2022-04-05", "van-phong-cap-uy"),
        ("Sở Nội vụ tỉnh Bắc Kạn", "Department", "2022-04-05", "so-noi-vu"),
        ("Ban Pháp chế HĐND tỉnh Bắc Kạn", "PeoplesCouncilBoard", "2022-04-05", "ban-phap-che-hoi-dong-nhan-dan"),
        ("Tỉnh đoàn Bắc Kạn", "YouthUnion", "2022-04-05", "doan-thanh-nien"),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bắc Kạn", "FatherlandFront", "2022-04-05", "mttq"),
        ("Bộ Chỉ huy Quân sự tỉnh Bắc Kạn", "Military", "2022-04-05", "co-quan-quan-su"),
    ],
)
def test_report_lands_on_the_body_that_was_made_ahead(made_ahead, name, kind, day, slug):
    minted, backed = named(made_ahead, name, kind, "tỉnh Bắc Kạn", day)
    assert minted == set()
    assert backed == {f"{slug}-tinh-bac-kan"}


def test_bodies_after_the_merger_of_provinces_are_those_of_the_new_unit(made_ahead):
    name = "Ban Tuyên giáo và Dân vận Tỉnh ủy Thái Nguyên"
    _, backed = named(made_ahead, name, "PropagandaMassBoard", "tỉnh Thái Nguyên", "2025-08-05")
    assert backed == {"ban-tuyen-giao-va-dan-van-tinh-thai-nguyen-2025"}


def test_commune_body_is_minted_by_its_rule_with_what_it_belongs_to(wards):
    minted, _ = named(wards, f"Thường trực HĐND {WARD}", "PeoplesCouncilStanding", WARD, "2020-05-05")
    where = "phuong-phuc-xa-ba-dinh-ha-noi"
    assert minted == {f"thuong-truc-hdnd-{where}", f"hdnd-{where}", f"cap-uy-{where}"}
    rule = "council-ward-until-2021 (ontology/reference/body-rules.tsv)"
    assert wards.values(f"organ:hdnd-{where}", "bm:derivedByRule") == {rule}
    assert wards.values(f"organ:hdnd-{where}", "bm:validTo") == {"2021-07-01"}
    assert wards.values(f"organ:thuong-truc-hdnd-{where}", "org:subOrganizationOf") == {
        iri(f"organ:hdnd-{where}").value
    }
    assert wards.values(f"organ:cap-uy-{where}", "rdfs:label") == {"Đảng ủy phường Phúc Xá"}
    assert iri(f"organ:hdnd-{where}").value in wards.values(f"organ:cap-uy-{where}", "bm:leads")


def test_bodies_minted_one_after_the_other_are_related_as_the_rules_say(wards):
    where = "phuong-phuc-xa-ba-dinh-ha-noi"
    named(wards, f"Ủy ban nhân dân {WARD}", "PeoplesCommittee", WARD, "2020-05-05")
    named(wards, f"Hội đồng nhân dân {WARD}", "PeoplesCouncil", WARD, "2020-05-06")
    assert wards.values(f"organ:hdnd-{where}", "bm:elects") == {iri(f"organ:ubnd-{where}").value}


def test_council_that_the_rules_do_not_have_on_the_day_is_the_one_that_ended(wards):
    named(wards, f"Hội đồng nhân dân {WARD}", "PeoplesCouncil", WARD, "2023-05-05")
    organ = "organ:hdnd-phuong-phuc-xa-ba-dinh-ha-noi"
    assert wards.values(organ, "bm:derivedByRule") == {"council-ward-until-2021 (ontology/reference/body-rules.tsv)"}
    assert wards.values(organ, "bm:validTo") == {"2021-07-01"}


def test_board_that_communes_need_not_have_is_part_of_their_committee_when_named(wards):
    named(wards, f"Ban Tuyên giáo Đảng ủy {WARD}", "PropagandaBoard", WARD, "2020-05-05")
    where = "phuong-phuc-xa-ba-dinh-ha-noi"
    board = f"organ:ban-tuyen-giao-{where}"
    assert wards.values(board, "org:subOrganizationOf") == {iri(f"organ:cap-uy-{where}").value}
    assert wards.values(board, "bm:derivedByRule") == {"organ-on-first-mention (kg/propose/organs.py)"}


MENTIONS = [
    (name, kind, place, day)
    for name, kind, place in (
        (f"Hội đồng nhân dân {WARD}", "PeoplesCouncil", WARD),
        (f"HĐND {WARD.title()}", "PeoplesCouncil", WARD),
        (f"Thường trực HĐND {WARD}", "PeoplesCouncilStanding", WARD),
        (f"UBND {WARD}", "PeoplesCommittee", WARD),
        (f"Công an {WARD}", "Police", WARD),
        (f"Đảng ủy UBND {WARD}", "PartyCommittee", WARD),
        (f"Ban Tuyên giáo Đảng ủy {WARD}", "PropagandaBoard", WARD),
        (f"Tổ tuyên truyền {WARD}", "Other", WARD),
        (f"tổ Tuyên truyền {WARD}", "InspectionTeam", WARD),
        ("Tổ tuyên truyền", "Other", None),
        ("Phòng Y tế quận Ba Đình", "Division", "quận Ba Đình"),
        ("Phòng y tế quận Ba Đình", "Other", "quận Ba Đình"),
        ("UBND phường Hồng Hà", "PeoplesCommittee", "phường Hồng Hà"),
        ("Thường trực HĐND phường Hồng Hà", "PeoplesCouncilStanding", "phường Hồng Hà"),
        ("Đảng ủy UBND phường Hồng Hà", "PartyCommittee", "phường Hồng Hà"),
    )
    for day in ("2020-05-05", "2023-05-05", "2025-08-05")
]
NEW_WARD = """
place:thanh-pho-ha-noi-2025 a bm:Place ; rdfs:label "Thành phố Hà Nội"@vi ; bm:key "thanh pho ha noi" ;
    bm:unitType unittype:CentralCity ; bm:within place:viet-nam ; bm:validFrom "2025-07-01"^^xsd:date .
place:phuong-hong-ha-ha-noi-2025 a bm:Place ; rdfs:label "Phường Hồng Hà"@vi ; bm:key "phuong hong ha" ;
    bm:unitType unittype:Ward ; bm:within place:thanh-pho-ha-noi-2025 ; bm:validFrom "2025-07-01"^^xsd:date .
place:phuong-phuc-xa-ba-dinh-ha-noi bm:replacedBy place:phuong-hong-ha-ha-noi-2025 .
place:phuong-yen-phu-tay-ho-ha-noi a bm:Place ; bm:replacedBy place:phuong-hong-ha-ha-noi-2025 .
organ:thuong-truc-hdnd-thanh-pho-ha-noi-2025 a bm:Organ .
organ:cong-an-thanh-pho-ha-noi-2025 a bm:Organ .
"""


def bodies_after(mentions: list[tuple[str, str, str | None, str]]) -> set[str]:
    """What the graph says of bodies and of the relations between them, after reports have named these in turn."""
    graph = MemoryGraph(WARDS + NEW_WARD)
    graph.store.bulk_extend(CODES_OF_BODIES)
    for name, kind, place, day in mentions:
        ingest(graph, report(f"{name} họp, {day}.", day=day, organs=((name, kind, place),)))
    return {
        str(quad) for quad in graph.quads() if quad.subject.value.startswith((PREFIXES["organ"], PREFIXES["relation"]))
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(MENTIONS), min_size=2, max_size=6, unique=True), st.randoms(use_true_random=False))
def test_bodies_do_not_depend_on_the_order_in_which_reports_name_them(mentions, random):
    other = list(mentions)
    random.shuffle(other)
    assert bodies_after(mentions) == bodies_after(other)


def test_first_officers_of_a_new_commune_were_named_by_the_province_in_2025(wards):
    after = bodies_after([("UBND phường Hồng Hà", "PeoplesCommittee", "phường Hồng Hà", "2025-08-05")])
    relation = "province-names-commune-officers-2025-ubnd-phuong-hong-ha-ha-noi-2025"
    days = [line for line in after if relation in line and "/relation/" in line.split(" ")[0] and "valid" in line]
    assert len(days) == 2
    assert any('"2025-07-01"' in line for line in days) and any('"2026-01-01"' in line for line in days)
