"""A unit that lay in an older parent before is another version, with days and name of its own."""

from collections.abc import Callable

import pytest
from pyoxigraph import Store

from kg.model.sparql_bind import bind_terms
from kg.namespaces import PREFIXES, iri, sparql_prologue
from kg.query import Library
from kg.reference.quads import reference_units
from kg.reference.tables import read_table
from kg.reference.versions import earlier_versions
from kg.resources import tree

UNITS = {unit.slug: unit for unit in reference_units("full")}
Ask = Callable[..., list[tuple[str, ...]]]


@pytest.fixture(scope="module")
def ask(full: Store) -> Ask:
    library = Library.load()

    def answer(name: str, **values: str) -> list[tuple[str, ...]]:
        query = library[name]
        rows = full.query(sparql_prologue() + bind_terms(query.text, query.bind(values)))
        return [
            tuple("" if cell is None else cell.value.removeprefix(PREFIXES["place"]) for cell in row) for row in rows
        ]

    return answer


def test_no_unit_is_older_than_what_it_lies_in_or_outlives_it() -> None:
    for unit in UNITS.values():
        for above in (UNITS[slug] for slug in unit.ancestors):
            assert unit.valid_from >= above.valid_from, unit.slug
            assert not above.valid_to or (unit.valid_to and unit.valid_to <= above.valid_to), unit.slug


def test_every_parent_whose_first_day_is_known_says_where_its_units_lay_before() -> None:
    parents = {row["parent"] for row in read_table(tree("ontology") / "reference" / "earlier-versions.tsv")}
    around = {unit.ancestors[0] for unit in UNITS.values() if unit.ancestors}
    begun = {slug for slug in around if "" < UNITS[slug].valid_from < "2025-07-01"}
    assert len(begun) > 40
    assert begun - parents == set()
    assert all(row["legal_basis"] for row in read_table(tree("ontology") / "reference" / "earlier-versions.tsv"))


def test_version_in_the_older_parent_ends_when_the_younger_one_begins() -> None:
    before, after = UNITS["huyen-a-luoi-thua-thien-hue"], UNITS["huyen-a-luoi-hue"]
    assert (before.valid_to, before.successors) == ("2025-01-01", ("huyen-a-luoi-hue",))
    assert after.valid_from == "2025-01-01"
    assert UNITS["xa-dac-son-thi-xa-pho-yen-thai-nguyen"].successors == ("phuong-dac-son-pho-yen-thai-nguyen",)


def test_district_of_a_province_that_became_a_city_has_its_bodies_under_both() -> None:
    assert UNITS["huyen-phong-dien-thua-thien-hue"].unit_type == "RuralDistrict"
    assert UNITS["thi-xa-phong-dien-hue"].unit_type == "Town"


def test_table_that_does_not_fit_its_parent_is_refused() -> None:
    rows = [row for row in _rows() if row["slug"] != "phuong-long-ho-phu-xuan-hue"]
    with pytest.raises(ValueError, match=r"earlier-versions\.tsv: quan-phu-xuan-hue has other units"):
        list(earlier_versions(rows))


def test_unit_without_a_first_day_has_nothing_that_ended_before_it() -> None:
    rows = [{**row, "valid_from": ""} if row["slug"] == "huyen-ba-vi-ha-noi" else row for row in _rows()]
    with pytest.raises(ValueError, match=r"huyen-ba-vi-ha-noi has no first day"):
        list(earlier_versions(rows))


def test_version_that_would_take_the_slug_of_another_place_is_refused() -> None:
    taken = {**next(row for row in _rows() if row["slug"] == "huyen-ba-vi-ha-noi"), "slug": "huyen-ba-vi-ha-tay"}
    with pytest.raises(ValueError, match=r"a place of the slug 'huyen-ba-vi-ha-tay' already"):
        list(earlier_versions([{**taken, "within": "viet-nam"}, *_rows()]))


def test_versions_whose_names_fold_to_one_slug_carry_their_codes() -> None:
    both = {unit.name for slug, unit in UNITS.items() if slug.startswith("phuong-huong-van-thi-xa-huong-tra-thua")}
    assert both == {"Phường Hương Vân", "Phường Hương Văn"}


def test_every_version_ends_in_an_event_with_its_day_and_legal_basis(full: Store) -> None:
    versions = list(earlier_versions(_rows()))
    assert len(versions) > 700
    for row in versions:
        events = list(full.quads_for_pattern(None, iri("bm:originalPlace"), iri(f"place:{row['slug']}")))
        assert len(events) == 1, row["slug"]
        assert any(full.quads_for_pattern(events[0].subject, iri("bm:legalBasisWording"), None))
        days = {quad.object.value for quad in full.quads_for_pattern(events[0].subject, iri("bm:day"), None)}
        assert days == {row["valid_to"]}, row["slug"]


@pytest.mark.parametrize(
    ("place", "kind", "day", "results"),
    [
        ("huyen-ba-vi-ha-tay", "Transfer", "2008-08-01", {"huyen-ba-vi-ha-noi"}),
        ("xa-phu-lam-thanh-pho-ha-dong-ha-noi", "Conversion", "2009-05-08", {"phuong-phu-lam-ha-dong-ha-noi"}),
        ("xa-tan-hong-ba-vi-ha-noi", "Merger", "2025-01-01", {"xa-phu-hong-ba-vi-ha-noi"}),
        ("xa-van-yen-me-linh-ha-noi", "Absorption", "2025-01-01", {"xa-lien-mac-me-linh-ha-noi"}),
        (
            *("phuong-phuong-lien-dong-da-ha-noi", "Merger", "2025-01-01"),
            {"phuong-phuong-lien-trung-tu-dong-da-ha-noi"},
        ),
        (
            *("xa-me-tri-tu-liem-ha-noi", "Division", "2013-12-27"),
            {"phuong-me-tri-nam-tu-liem-ha-noi", "phuong-phu-do-nam-tu-liem-ha-noi"},
        ),
        ("huyen-tu-liem-ha-noi", "Division", "2013-12-27", {"quan-bac-tu-liem-ha-noi", "quan-nam-tu-liem-ha-noi"}),
    ],
)
def test_end_of_a_unit_is_an_event_of_its_kind(full: Store, place: str, kind: str, day: str, results: set[str]) -> None:
    (event,) = {quad.subject for quad in full.quads_for_pattern(None, iri("bm:originalPlace"), iri(f"place:{place}"))}
    objects = {quad.predicate: quad.object.value for quad in full.quads_for_pattern(event, None, None)}
    assert (objects[iri("bm:changeKind")], objects[iri("bm:day")]) == (iri(f"changekind:{kind}").value, day)
    found = {quad.object.value for quad in full.quads_for_pattern(event, iri("bm:resultingPlace"), None)}
    assert found == {PREFIXES["place"] + slug for slug in results}


def test_unit_of_which_nobody_says_what_it_went_into_has_no_event(full: Store) -> None:
    unknown = iri("place:xa-thu-phu-thuong-tin-ha-noi")
    assert any(full.quads_for_pattern(unknown, iri("bm:validTo"), None))
    assert not any(full.quads_for_pattern(None, iri("bm:originalPlace"), unknown))


def _rows() -> list[dict[str, str]]:
    names = ("provinces-former", "provinces-until-2025-06", "districts-former", "districts-until-2025-06")
    folder = tree("ontology") / "reference"
    return [
        row
        for name in (*names, "communes-former", "communes-until-2025-06")
        for row in read_table(folder / f"{name}.tsv")
    ]


def test_units_of_a_province_and_of_a_district_that_ended_are_found_on_a_day_of_theirs(ask: Ask) -> None:
    districts = ask("units-of-place-on-day", place="place:tinh-thua-thien-hue", day="2020-06-01")
    assert {row[1] for row in districts} == {
        *("Thành phố Huế", "Thị xã Hương Thủy", "Thị xã Hương Trà", "Huyện A Lưới", "Huyện Nam Đông"),
        *("Huyện Phong Điền", "Huyện Phú Lộc", "Huyện Phú Vang", "Huyện Quảng Điền"),
    }
    wards = ask("units-of-place-on-day", place="place:quan-2-ho-chi-minh", day="2020-06-01")
    assert len(wards) == 11 and {row[2] for row in wards} == {iri("unittype:Ward").value}
    assert ask("units-of-place-on-day", place="place:quan-2-ho-chi-minh", day="2021-01-01") == []
    assert ask("units-of-place-on-day", place="place:thanh-pho-hue", day="2020-06-01") == []
    assert len(ask("units-of-place-on-day", place="place:thanh-pho-hue", day="2025-01-01")) == 9


def test_district_leads_to_the_units_of_today_through_its_communes(ask: Ask) -> None:
    rows = ask("place-successor", place="place:huyen-cho-don-bac-kan")
    assert {row[4] for row in rows} == {"through communes"}
    assert ("xa-cho-don-thai-nguyen-2025", "4", "0") in {(row[0], row[5], row[6]) for row in rows}
    divided = ask("place-successor", place="place:quan-ba-dinh-ha-noi")
    assert ("phuong-ba-dinh-ha-noi-2025", "6", "4") in {(row[0], row[5], row[6]) for row in divided}


def test_commune_that_merged_within_its_district_is_counted_with_what_it_went_into(ask: Ask) -> None:
    after = {(row[0], row[5], row[6]) for row in ask("place-successor", place="place:huyen-thach-that-ha-noi")}
    assert ("xa-tay-phuong-ha-noi-2025", "5", "1") in after
    before = {(row[0], row[5], row[6]) for row in ask("place-predecessors", place="place:xa-tay-phuong-ha-noi-2025")}
    assert ("huyen-thach-that-ha-noi", "5", "1") in before


def test_every_district_that_ended_leads_somewhere() -> None:
    leads = {unit.ancestors[0] for unit in UNITS.values() if unit.level == "commune" and unit.successors}
    districts = [unit for unit in UNITS.values() if unit.level == "district"]
    assert len(districts) > 700
    assert [unit.slug for unit in districts if not unit.successors and unit.slug not in leads] == []


def test_commune_of_today_names_the_districts_from_which_it_draws(ask: Ask) -> None:
    rows = ask("place-predecessors", place="place:phuong-hong-ha-ha-noi-2025")
    districts = {(row[0], row[5], row[6]) for row in rows if row[4] == "through communes"}
    assert ("quan-ba-dinh-ha-noi", "1", "0") in districts
    assert ("quan-long-bien-ha-noi", "2", "2") in districts
    assert len(districts) == 5


def test_what_has_no_successor_is_unknown_still(ask: Ask) -> None:
    rows = ask("place-successor", place="place:thi-tran-phong-dien-phong-dien-thua-thien-hue")
    assert rows == [("", "", "", "Thành phố Huế", "unknown", "", "")]
