"""Units have the bodies that their level, place and day give them, and no others."""

import pytest
from pyoxigraph import Literal

from kg.namespaces import iri
from kg.reference.bodies import Body, Days, bodies_of, body_rules, find_body, rule_of_kind, rule_of_name
from kg.reference.changes import body_changes
from kg.reference.quads import reference_quads, reference_units
from kg.reference.tables import read_table
from kg.reference.units import Unit
from kg.resources import tree

UNITS = {unit.slug: unit for unit in reference_units("full")}


def bodies(slug: str) -> dict[str, Body]:
    return {body.slug.removesuffix(f"-{slug}"): body for body in bodies_of(UNITS[slug])}


def there(slug: str, day: str) -> set[str]:
    return {leaf for leaf, body in bodies(slug).items() if body.is_there(day)}


def targets(body: Body, relation: str) -> set[str]:
    return {slug for name, slug in body.relations if name == relation}


def test_province_of_2022_has_its_party_state_and_front_bodies() -> None:
    found = there("tinh-bac-kan", "2022-04-05")
    party = {"cap-uy", "ban-thuong-vu", "thuong-truc-cap-uy", "ban-to-chuc", "ban-tuyen-giao", "ban-dan-van"}
    assert party | {"ban-noi-chinh", "uy-ban-kiem-tra", "van-phong-cap-uy", "ban-can-su-dang-uy-ban-nhan-dan"} <= found
    assert {"hdnd", "thuong-truc-hdnd", "ubnd", "so-noi-vu", "so-ke-hoach-va-dau-tu", "cong-an", "mttq"} <= found
    assert not {"ban-tuyen-giao-va-dan-van", "so-nong-nghiep-va-moi-truong", "dang-uy-uy-ban-nhan-dan"} & found


def test_names_follow_the_type_of_the_unit() -> None:
    assert bodies("tinh-bac-kan")["ban-tuyen-giao"].label == "Ban Tuyên giáo Tỉnh ủy Bắc Kạn"
    assert bodies("thanh-pho-ha-noi")["cap-uy"].label == "Thành ủy Hà Nội"
    assert bodies("thanh-pho-bac-kan-bac-kan")["ubnd"].label == "Ủy ban nhân dân thành phố Bắc Kạn"
    assert bodies("quan-ba-dinh-ha-noi")["ban-thuong-vu"].label == "Ban Thường vụ Quận ủy Ba Đình"
    assert bodies("quan-2-ho-chi-minh")["cap-uy"].label == "Quận ủy Quận 2"
    assert bodies("phuong-ba-dinh-ha-noi-2025")["cap-uy"].label == "Đảng ủy phường Ba Đình"


def test_boards_merged_early_in_2025_and_both_days_of_the_span_are_possible() -> None:
    assert {"ban-tuyen-giao", "ban-dan-van"} <= there("tinh-bac-kan", "2024-12-31")
    assert {"ban-tuyen-giao", "ban-tuyen-giao-va-dan-van"} <= there("tinh-bac-kan", "2025-02-10")
    after = there("tinh-bac-kan", "2025-04-01")
    assert "ban-tuyen-giao-va-dan-van" in after
    assert not {"ban-tuyen-giao", "ban-dan-van", "ban-can-su-dang-uy-ban-nhan-dan"} & after
    assert "ban-tuyen-giao" not in bodies("tinh-thai-nguyen-2025")


def test_span_of_2025_says_until_and_from_when_a_body_was_there_for_certain() -> None:
    of_province = bodies("tinh-bac-kan")
    assert of_province["ban-tuyen-giao"].days == Days("", "", "2025-01-01", "2025-03-01")
    assert of_province["ban-tuyen-giao-va-dan-van"].days == Days("2025-01-01", "2025-03-01", "", "2025-07-01")
    assert bodies("tinh-thai-nguyen-2025")["ban-tuyen-giao-va-dan-van"].days == Days(valid_from="2025-07-01")


def test_bounds_are_stated_of_bodies_by_rule_and_of_central_ones() -> None:
    stated = {
        (quad.subject.value.rsplit("/", 1)[1], quad.predicate.value.rsplit("#", 1)[1], quad.object.value)
        for quad in reference_quads("minimal")
        if isinstance(quad.object, Literal) and quad.predicate in {iri("bm:validFromLatest"), iri("bm:validToEarliest")}
    }
    assert ("ban-dan-van-tinh-bac-kan", "validToEarliest", "2025-01-01") in stated
    assert ("ban-tuyen-giao-va-dan-van-tinh-bac-kan", "validFromLatest", "2025-03-01") in stated
    assert ("bo-chinh-tri", "validFromLatest", "1951-12-31") in stated


def test_level_that_has_no_such_board_gets_none() -> None:
    district = bodies("huyen-cho-don-bac-kan")
    assert not {"ban-noi-chinh", "doan-dbqh", "so-noi-vu"} & set(district)
    assert not {"ban-to-chuc", "ban-dan-van", "ban-noi-chinh"} & set(bodies("xa-cho-don-thai-nguyen-2025"))


@pytest.mark.parametrize(
    ("slug", "before", "after"),
    [
        ("phuong-phuc-xa-ba-dinh-ha-noi", True, False),
        ("phuong-ben-nghe-quan-1-ho-chi-minh", True, False),
        ("quan-1-ho-chi-minh", True, False),
        ("quan-hai-chau-da-nang", True, False),
        ("quan-ba-dinh-ha-noi", True, True),
        ("huyen-hoa-vang-da-nang", True, True),
        ("phuong-song-cau-bac-kan-bac-kan", True, True),
    ],
)
def test_no_council_where_urban_government_had_none_in_2021_to_2026(slug: str, before: bool, after: bool) -> None:
    for day, has in (("2021-06-30", before), ("2021-07-01", after), ("2024-01-01", after)):
        found = there(slug, day)
        assert ("hdnd" in found) is has
        assert ("thuong-truc-hdnd" in found) is has
        assert "ubnd" in found


@pytest.mark.parametrize(
    ("slug", "pilot"),
    [
        ("huyen-muong-khuong-lao-cai", True),
        ("quan-1-ho-chi-minh", True),
        ("quan-hai-chau-da-nang", True),
        ("quan-le-chan-hai-phong", True),
        ("thanh-pho-nam-dinh-nam-dinh", False),
        ("thi-xa-quang-tri-quang-tri", False),
        ("huyen-con-cuong-nghe-an", False),
        ("quan-ba-dinh-ha-noi", False),
    ],
)
def test_no_council_of_huyen_and_quan_in_the_ten_provinces_of_the_pilot_of_2009_to_2016(slug: str, pilot: bool) -> None:
    for day, has in (("2009-04-24", True), ("2009-04-25", not pilot), ("2012-01-01", not pilot), ("2016-05-22", True)):
        found = {leaf.removesuffix("-truoc-2009") for leaf in there(slug, day)}
        assert ("hdnd" in found) is has, day
        assert ("thuong-truc-hdnd" in found) is has, day
        assert "ubnd" in found


def test_city_under_the_city_kept_its_council_and_new_wards_have_theirs() -> None:
    assert "hdnd" in there("thanh-pho-thu-duc-ho-chi-minh", "2022-01-01")
    assert "hdnd" in there("phuong-ba-dinh-ha-noi-2025", "2025-08-01")


def test_people_committee_without_a_council_is_elected_by_none() -> None:
    assert targets(bodies("tinh-bac-kan")["ubnd"], "elected_by") == {"hdnd-tinh-bac-kan"}
    ward = [body for body in bodies_of(UNITS["phuong-ba-dinh-ha-noi-2025"]) if body.rule.kind == "PeoplesCommittee"]
    assert targets(ward[0], "elected_by") == {"hdnd-phuong-ba-dinh-ha-noi-2025"}


def test_party_leads_the_state_and_boards_advise_the_party() -> None:
    found = bodies("tinh-bac-kan")
    assert targets(found["ubnd"], "led_by") == {"cap-uy-tinh-bac-kan"}
    assert targets(found["ubnd"], "part_of") == set()
    assert targets(found["ban-to-chuc"], "advises") == {"cap-uy-tinh-bac-kan"}
    assert targets(found["ban-to-chuc"], "counterpart") == {"so-noi-vu-tinh-bac-kan"}
    assert targets(found["cong-an"], "part_of") == {"bo-cong-an"}


def test_district_police_ended_on_1_march_2025_and_provincial_police_did_not() -> None:
    assert "cong-an" in there("huyen-cho-don-bac-kan", "2025-02-28")
    assert "cong-an" not in there("huyen-cho-don-bac-kan", "2025-03-01")
    assert "cong-an" in there("tinh-bac-kan", "2025-03-01")


def test_no_unit_has_two_bodies_of_one_slug() -> None:
    for unit in (unit for unit in UNITS.values() if unit.level != "country"):
        slugs = [body.slug for body in bodies_of(unit)]
        assert slugs, unit.slug
        assert len(slugs) == len(set(slugs)), unit.slug


def test_every_rule_states_its_legal_basis_and_refers_to_leaves_or_central_bodies() -> None:
    rows = list(read_table(tree("ontology") / "reference" / "body-rules.tsv"))
    central = {row["slug"] for row in read_table(tree("ontology") / "reference" / "organs.tsv")}
    leaves = {rule.leaf for rule in body_rules()}
    assert len({row["rule"] for row in rows}) == len(rows) > 60
    assert [row["rule"] for row in rows if not row["legal_basis"]] == []
    for rule in body_rules():
        for _, other in rule.relations:
            assert other in leaves or other.removeprefix("organ:") in central, (rule.name, other)


def test_places_that_rules_name_are_there() -> None:
    named = {place for rule in body_rules() for place in rule.scope.places | rule.scope.excluded}
    assert named - {"*merged"} <= set(UNITS)


def test_body_is_found_by_name_or_slug_and_only_on_its_days() -> None:
    made = bodies_of(UNITS["tinh-bac-kan"])
    by_name = find_body(made, name="ban tuyên giáo tỉnh ủy bắc kạn", slug="", day="2022-04-05")
    assert by_name is not None and by_name.slug == "ban-tuyen-giao-tinh-bac-kan"
    assert find_body(made, name="x", slug="hdnd-tinh-bac-kan", day="2022-04-05") is not None
    assert find_body(made, name="x", slug="ban-tuyen-giao-tinh-bac-kan", day="2025-04-05") is None


def test_kind_without_a_rule_by_name_still_says_what_it_belongs_to() -> None:
    unit = Unit("xa-x", "Xã X", "Commune")
    rule = rule_of_kind("PropagandaBoard", unit)
    assert rule is not None and ("part_of", "cap-uy") in rule.relations
    assert rule_of_kind("Press", unit) is None
    department = rule_of_kind("Department", UNITS["tinh-bac-kan"])
    assert department is not None and department.name == "department-by-name"


def test_a_district_without_people_has_a_peoples_committee_alone() -> None:
    assert set(bodies("huyen-hoang-sa-da-nang")) == {"ubnd"}


def changes_of(slug: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    made = body_changes(UNITS[slug], bodies_of(UNITS[slug], ahead_only=True))
    return {change.slug.removesuffix(f"-{slug}"): (change.originals, change.results) for change in made}


def test_new_party_committee_of_party_offices_is_an_event_where_the_province_was_there_before() -> None:
    assert changes_of("tinh-bac-kan")["party-offices-committee-2025"] == (
        (),
        ("dang-uy-cac-co-quan-dang-tinh-bac-kan",),
    )
    assert "party-offices-committee-2025" not in changes_of("tinh-thai-nguyen-2025")
    assert "party-offices-committee-2025" not in changes_of("tinh-ha-tay")


def test_military_commands_of_districts_end_in_an_event_with_the_districts_of_2025_alone() -> None:
    assert changes_of("huyen-cho-don-bac-kan")["district-military-ended-2025"][0]
    assert "district-military-ended-2025" not in changes_of("quan-2-ho-chi-minh")


def test_mass_organisations_are_part_of_the_front_since_july_2025() -> None:
    assert targets(bodies("tinh-thai-nguyen-2025")["hoi-nong-dan"], "part_of") == {"mttq-tinh-thai-nguyen-2025"}
    assert not targets(bodies("tinh-bac-kan")["hoi-nong-dan"], "part_of")


def test_party_committees_that_are_no_committee_of_a_place_have_kinds_of_their_own() -> None:
    province = bodies("tinh-bac-kan").values()
    assert {body.slug for body in province if body.rule.kind == "PartyCommittee"} == {"cap-uy-tinh-bac-kan"}


def test_department_of_a_province_that_merged_two_is_there_only_while_they_were_apart() -> None:
    assert {"so-giao-thong-van-tai", "so-xay-dung-truoc-2019"} <= there("tinh-lao-cai", "2018-07-14")
    for day, in_force in (("2018-07-15", "so-giao-thong-van-tai-xay-dung"), ("2025-04-01", "so-xay-dung")):
        found = {leaf for leaf in there("tinh-lao-cai", day) if leaf.startswith(("so-giao-thong", "so-xay-dung"))}
        assert found == {in_force}
    apart = {"so-giao-duc-va-dao-tao", "so-khoa-hoc-va-cong-nghe", "so-thong-tin-va-truyen-thong"}
    assert apart <= there("tinh-bac-lieu", "2024-01-01") and not apart & there("tinh-bac-lieu", "2022-01-01")
    assert "so-giao-duc-khoa-hoc-va-cong-nghe" in there("tinh-bac-lieu", "2022-01-01")


def test_province_that_ended_in_2008_has_no_board_that_was_set_up_later() -> None:
    found = set(bodies("tinh-ha-tay"))
    assert {"so-cong-thuong", "so-y-te", "hdnd"} <= found
    assert not {"ban-noi-chinh", "so-nong-nghiep-va-moi-truong", "ban-tuyen-giao-va-dan-van"} & found


@pytest.mark.parametrize(
    ("slug", "leaf", "before", "on"),
    [
        ("huyen-cho-don-bac-kan", "dang-uy-uy-ban-nhan-dan", "2024-12-31", "2025-03-15"),
        ("huyen-cho-don-bac-kan", "dang-uy-cac-co-quan-dang", "2025-07-01", "2025-03-15"),
        ("xa-cho-don-thai-nguyen-2025", "dang-uy-uy-ban-nhan-dan", "2025-06-30", "2025-07-01"),
        ("xa-cho-don-thai-nguyen-2025", "dang-uy-cac-co-quan-dang", "2025-06-30", "2025-07-01"),
        ("huyen-cho-don-bac-kan", "dang-uy-cong-an", "2025-03-01", "2025-02-28"),
        ("huyen-cho-don-bac-kan", "dang-uy-quan-su", "2025-07-01", "2025-06-30"),
    ],
)
def test_party_committees_of_offices_are_there_on_their_days(slug: str, leaf: str, before: str, on: str) -> None:
    assert leaf not in there(slug, before)
    assert leaf in there(slug, on)


def test_bodies_of_which_a_province_has_several_are_known_by_how_their_names_begin() -> None:
    unit = UNITS["tinh-thai-nguyen-2025"]
    for name, kind in (
        ("Ban chỉ huy phòng thủ khu vực 3 - Chợ Đồn", "DefenceAreaCommand"),
        ("Tòa án nhân dân khu vực 1", "RegionalCourt"),
        ("Viện kiểm sát nhân dân khu vực 1", "RegionalProcuracy"),
    ):
        rule = rule_of_name(name, unit)
        assert rule is not None and rule.kind == kind
    assert rule_of_name("Ban Chỉ huy Phòng thủ khu vựcx", unit) is None
    assert rule_of_name("Tòa án nhân dân khu vực 1", UNITS["xa-cho-don-thai-nguyen-2025"]) is None
