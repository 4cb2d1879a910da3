"""Relations between bodies hold on the days that the rules give, and between bodies that are there."""

import pytest
from pyoxigraph import Store

from kg.namespaces import PREFIXES, iri
from kg.reference import OrganRelation, bodies_of, relations_of
from kg.reference.bodies import body_rules
from kg.reference.quads import reference_units
from kg.reference.tables import read_table
from kg.resources import tree

UNITS = {unit.slug: unit for unit in reference_units("full")}


def relations(slug: str, kind: str) -> list[OrganRelation]:
    unit = UNITS[slug]
    return [relation for relation in relations_of(unit, bodies_of(unit)) if relation.kind == kind]


def spans(slug: str, kind: str) -> set[tuple[str, str, str, str]]:
    return {(r.from_organ, r.to_organ, r.valid_from, r.valid_to) for r in relations(slug, kind)}


def test_first_officers_of_the_23_merged_provinces_were_named_in_2025() -> None:
    found = spans("tinh-thai-nguyen-2025", "appointment")
    year = ("2025-07-01", "2026-01-01")
    for leaf in ("thuong-truc-hdnd", "ban-phap-che-hoi-dong-nhan-dan", "doan-dbqh"):
        assert ("uy-ban-thuong-vu-quoc-hoi", f"{leaf}-tinh-thai-nguyen-2025", *year) in found
    assert ("thu-tuong-chinh-phu", "ubnd-tinh-thai-nguyen-2025", *year) in found
    named = {slug for slug, unit in UNITS.items() if unit.level == "province" and relations(slug, "appointment")}
    assert len(named) == 23 and "thanh-pho-ha-noi-2025" not in named


def test_merged_council_elects_beside_what_is_named_and_after_it() -> None:
    assert ("hdnd-tinh-thai-nguyen-2025", "ubnd-tinh-thai-nguyen-2025", "2025-07-01", "") in spans(
        "tinh-thai-nguyen-2025", "election"
    )


def test_police_are_under_the_ministry_and_under_the_party_at_once() -> None:
    police = "cong-an-tinh-bac-kan"
    assert spans("tinh-bac-kan", "command") == {("bo-cong-an", police, "", "2025-07-01")}
    assert ("cap-uy-tinh-bac-kan", police, "", "2025-07-01") in spans("tinh-bac-kan", "leadership")


def test_police_of_a_commune_changed_from_district_to_province_in_march_2025() -> None:
    unit, police = "thi-tran-bang-lung-cho-don-bac-kan", "cong-an-thi-tran-bang-lung-cho-don-bac-kan"
    assert spans(unit, "command") == {
        ("cong-an-huyen-cho-don-bac-kan", police, "", "2025-03-01"),
        ("cong-an-tinh-bac-kan", police, "2025-03-01", "2025-07-01"),
    }


def test_officers_of_a_new_commune_were_named_by_its_province_and_of_an_unchanged_one_were_not() -> None:
    unit = "xa-cho-don-thai-nguyen-2025"
    named = ("thuong-truc-hdnd-tinh-thai-nguyen-2025", f"ubnd-{unit}", "2025-07-01", "2026-01-01")
    assert named in spans(unit, "appointment")
    kept = next(u for u in UNITS.values() if u.level == "commune" and u.slug.endswith("-2025") and not u.merged)
    assert relations(kept.slug, "appointment") == []


def test_rules_name_bodies_that_are_there_and_their_legal_basis() -> None:
    rows = list(read_table(tree("ontology") / "reference" / "body-relations.tsv"))
    leaves = {rule.leaf for rule in body_rules()}
    central = {row["slug"] for row in read_table(tree("ontology") / "reference" / "organs.tsv")}
    assert len({row["rule"] for row in rows}) == len(rows) > 10
    for row in rows:
        start = row["from"].removeprefix("above:").removeprefix("province:")
        assert start in leaves or start.removeprefix("organ:") in central, row["rule"]
        assert set(row["to"].split()) <= leaves, row["rule"]
        assert row["legal_basis"], row["rule"]


def test_both_ends_of_every_relation_are_bodies_of_the_graph(full: Store) -> None:
    made = {quad.subject for quad in full.quads_for_pattern(None, iri("rdf:type"), iri("bm:OrganRelation"))}
    assert len(made) > 3_000
    for prop in ("bm:fromOrgan", "bm:toOrgan"):
        ends = {quad.object for quad in full.quads_for_pattern(None, iri(prop), None)}
        assert ends
        assert all(any(full.quads_for_pattern(end, iri("bm:kind"), None)) for end in ends)


@pytest.mark.parametrize(("prop", "sign"), [("bm:validFrom", "<"), ("bm:validTo", ">")])
def test_no_relation_reaches_beyond_its_bodies(full: Store, prop: str, sign: str) -> None:
    query = f"""SELECT ?relation {{ ?relation a bm:OrganRelation ; bm:fromOrgan|bm:toOrgan ?body .
      ?body {prop} ?bound . OPTIONAL {{ ?relation {prop} ?day }} FILTER(!BOUND(?day) || ?day {sign} ?bound) }}"""
    assert list(full.query(query, prefixes=PREFIXES)) == []
