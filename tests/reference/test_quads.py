"""The reference graph says what the tables say, with one node for each version of a unit."""

from collections import Counter

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.namespaces import PREFIXES, iri
from kg.reference import code_files, reference_files, reference_quads
from kg.reference.tables import read_table
from kg.reference.units import LEVEL_OF_UNIT
from tests.ontology.judge import default_quads, store_with_codes, violated


def values(store: Store, subject: str, predicate: str) -> set[str]:
    return {quad.object.value for quad in store.quads_for_pattern(iri(subject), iri(predicate), None)}


def places(store: Store, unit_level: str, ends: bool) -> int:
    """How many units of a level have an end, or have none."""
    found = [q.subject for q in store.quads_for_pattern(None, iri("bm:level"), iri(f"level:{unit_level}"))]
    return sum(any(store.quads_for_pattern(place, iri("bm:validTo"), None)) is ends for place in found)


def test_no_two_rows_have_one_slug() -> None:
    rules = (
        *("terms", "term-calendars", "unit-starts", "earlier-versions"),
        *("body-rules", "body-changes", "body-relations"),
    )
    tables = [file for file in reference_files() if file.stem not in rules]
    kinds = {"organs": "organ", "change-events": "event"}
    slugs = Counter((kinds.get(file.stem, "place"), row["slug"]) for file in tables for row in read_table(file))
    assert len(slugs) > 14_000
    assert [slug for slug, rows in slugs.items() if rows > 1] == []


def test_both_divisions_are_there_in_full(full: Store) -> None:
    assert places(full, "province", ends=False) == 34
    assert places(full, "commune", ends=False) == 3321
    assert places(full, "province", ends=True) == 63 + 2
    assert places(full, "district", ends=True) == 696 + 27 + 20
    assert places(full, "commune", ends=True) == 10_035 + 131 + 692


def test_unit_of_the_new_division_is_a_new_node_that_ends_in_2025(full: Store) -> None:
    day = Literal("2025-07-01", datatype=iri("xsd:date"))
    all_places = {quad.subject for quad in full.quads_for_pattern(None, iri("rdf:type"), iri("bm:Place"))}
    begun = {quad.subject for quad in full.quads_for_pattern(None, iri("bm:validFrom"), day)} & all_places
    assert begun
    assert begun == {place for place in all_places if str(place).endswith("-2025>")}


def test_province_says_which_one_it_was_merged_into(full: Store) -> None:
    assert values(full, "place:tinh-bac-kan", "bm:replacedBy") == {PREFIXES["place"] + "tinh-thai-nguyen-2025"}
    assert values(full, "place:tinh-bac-kan", "bm:validTo") == {"2025-07-01"}
    assert values(full, "place:tinh-bac-kan", "bm:validFrom") == set()
    assert values(full, "place:thanh-pho-ha-noi", "bm:replacedBy") == {PREFIXES["place"] + "thanh-pho-ha-noi-2025"}


def test_commune_that_was_divided_has_all_its_successors(full: Store) -> None:
    assert len(values(full, "place:phuong-cong-vi-ba-dinh-ha-noi", "bm:replacedBy")) == 2


def test_island_district_without_communes_became_a_special_zone(full: Store) -> None:
    assert values(full, "place:huyen-con-co-quang-tri", "bm:replacedBy") == {
        PREFIXES["place"] + "dac-khu-con-co-quang-tri-2025"
    }


def test_units_whose_names_fold_to_one_slug_carry_their_codes(full: Store) -> None:
    assert values(full, "place:xa-van-lang-thai-nguyen-02143-2025", "rdfs:label") == {"Xã Văn Lang"}
    assert values(full, "place:xa-van-lang-thai-nguyen-05665-2025", "rdfs:label") == {"Xã Văn Lăng"}
    assert values(full, "place:xa-van-lang-thai-nguyen-2025", "rdfs:label") == set()


def test_levels_are_those_of_the_codes_of_unit_types() -> None:
    codes = store_with_codes()
    for unit, level in LEVEL_OF_UNIT.items():
        assert values(codes, f"unittype:{unit}", "bm:level") == {iri(f"level:{level}").value}


def test_every_node_that_is_named_is_there(full: Store) -> None:
    full_and_codes = Store()
    full_and_codes.bulk_extend([*full, *default_quads(code_files())])
    subjects = {quad.subject for quad in full_and_codes}
    ours = tuple(
        PREFIXES[kind] for kind in ("place", "organ", "term", "level", "unittype", "organkind", "ladder", "changekind")
    )
    named = {q.object for q in full if isinstance(q.object, NamedNode) and q.object.value.startswith(ours)}
    assert named
    assert named - subjects == set()


def test_minimal_profile_leaves_out_what_lies_below_the_province() -> None:
    levels = {q.object.value for q in reference_quads("minimal") if q.predicate == iri("bm:level")}
    assert levels == {iri("level:country").value, iri("level:province").value}


def test_a_profile_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="'some' is no profile"):
        list(reference_quads("some"))  # type: ignore[arg-type]  # the error is the point


def test_terms_of_one_body_follow_each_other_without_a_gap(full: Store) -> None:
    query = """SELECT ?term ?next { ?term bm:termOf ?organ ; bm:ordinal ?n ; bm:lastDay ?last .
      ?next bm:termOf ?organ ; bm:ordinal ?m ; bm:firstDay ?first .
      FILTER(?m = ?n + 1 && ?first - ?last != "P1D"^^xsd:dayTimeDuration) }"""
    assert list(full.query(query, prefixes=PREFIXES)) == []
    assert values(full, "term:ban-chap-hanh-trung-uong-dang-khoa-13", "bm:firstDay") == {"2021-02-02"}


def test_merged_board_of_the_centre_names_its_successor(full: Store) -> None:
    assert values(full, "organ:ban-tuyen-giao-trung-uong", "bm:validTo") == {"2025-02-03"}
    assert values(full, "organ:ban-tuyen-giao-trung-uong", "bm:replacedBy") == {
        PREFIXES["organ"] + "ban-tuyen-giao-va-dan-van-trung-uong"
    }


def conforming(quads: list[Quad]) -> dict[str, set[str]]:
    store = store_with_codes()
    store.bulk_extend(quads)
    return violated(store)


def test_minimal_reference_graph_conforms_to_the_shapes() -> None:
    assert conforming(list(reference_quads("minimal"))) == {}


@pytest.mark.slow
def test_full_reference_graph_conforms_to_the_shapes() -> None:
    assert conforming(list(reference_quads("full"))) == {}
