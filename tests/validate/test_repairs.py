"""Repairs: offered where the right value can be known, and only after they were tried."""

from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.errors import BomayError
from kg.model.changes import ChangeSet
from kg.namespaces import PREFIXES, iri
from kg.validate import Repair, RepairBounds, Report, validate_graph, with_repairs_of_change, with_repairs_of_data
from kg.validate.case import facts_of
from kg.validate.repairing import FINDERS, registry
from tests.validate.told import INVALID, report_on, shapes, with_codes


def offered(data: str) -> list[Repair]:
    """The repairs of all findings on the data (SPARQL triples)."""
    store = with_codes()
    store.update(f"INSERT DATA {{ {data} }}", prefixes=PREFIXES)
    report = with_repairs_of_data(validate_graph(store, shapes()), shapes(), store)
    return [repair for finding in report.findings for repair in finding.repairs]


def person(more: str) -> str:
    return f"""person:a a bm:Person , foaf:Person ; rdfs:label "Lê A"@vi ; foaf:name "Lê A" ; bm:key "le a" ;
        bm:curatedBy agent:lan ; {more} ."""


def post(more: str) -> str:
    return f"""post:p a bm:Post , org:Post ; rdfs:label "Bí thư"@vi ; bm:title "Bí thư" ; bm:key "bi thu" ;
        bm:curatedBy agent:lan ; {more} ."""


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_any_repair_offered_takes_its_finding_away_and_brings_none(file: Path) -> None:
    report = report_on(file)
    assert report.unsought == 0
    for finding in report.findings:
        for repair in finding.repairs:
            store = with_codes(file)
            add, remove = repair.quads
            assert all(quad in store for quad in remove)
            for quad in remove:
                store.remove(quad)
            store.extend(add)
            after = validate_graph(store, shapes()).findings
            assert finding not in after
            assert set(after) <= set(report.findings)
            assert len(after) == repair.left


def test_examples_of_many_shapes_can_be_repaired() -> None:
    kinds = {repair.kind for file in INVALID for finding in report_on(file).findings for repair in finding.repairs}
    assert len(kinds) >= 8


@pytest.mark.parametrize(
    ("kind", "data", "new"),
    [
        ("datatype", person('bm:birthEarliest "2020-05-01"'), '"2020-05-01"^^<'),
        ("datatype", person('bm:birthEarliest "31/5/1960"'), '"1960-05-31"^^<'),
        ("datatype", person('bm:birthEarliest "1960-05-31T00:00:00"^^xsd:dateTime'), '"1960-05-31"^^<'),
        ("language", person('skos:altLabel "Lê Ấ"'), '"Lê Ấ"@vi'),
        ("code_by_name", post('bm:postType posttype:head ; bm:rank "Bí thư"'), "rank/Secretary>"),
        ("code_by_name", post("bm:postType posttype:head ; bm:rank rank:secretary"), "rank/Secretary>"),
        ("node_for_text", post('bm:postType posttype:head ; bm:rank "rank:Secretary"'), "rank/Secretary>"),
        ("of_its_code", post("bm:rank rank:Secretary"), "posttype/head>"),
        (
            "successor",
            post("bm:postType posttype:head ; bm:rank rank:Old") + "rank:Old dcterms:isReplacedBy rank:Secretary .",
            "rank/Secretary>",
        ),
        (
            "successor",
            person("bm:nativePlace place:c")
            + "place:c dcterms:isReplacedBy place:d . place:d dcterms:isReplacedBy place:b . place:b a bm:Place .",
            "place/b>",
        ),
        ("itself", person("owl:differentFrom person:a"), ""),
    ],
)
def test_a_repair_that_can_be_known_is_offered(kind: str, data: str, new: str) -> None:
    found = [repair for repair in offered(data) if repair.kind == kind]
    assert found
    assert all(new in repair.add for repair in found)
    assert all(repair.sentence_vi != repair.sentence_en for repair in found)


@pytest.mark.parametrize(
    "data",
    [
        person('bm:birthEarliest "5/4/1960"'),
        person('bm:birthEarliest "1960"^^xsd:gYear'),
        person('bm:birthEarliest "1960-05-31T08:00:00"^^xsd:dateTime'),
        person('bm:birthEarliest "1960-02-31"'),
        person('bm:birthEarliest "1960-05-01"^^xsd:date , "1960-05-02"^^xsd:date'),
        person('skos:altLabel "Ho"'),
        person("bm:nativePlace place:khong-co"),
        post("bm:postType posttype:head ; bm:rank rank:Old")
        + "rank:Old dcterms:isReplacedBy rank:Secretary , rank:Chair .",
        post("bm:postType posttype:head ; bm:rank rank:Old")
        + "rank:Old dcterms:isReplacedBy rank:Older . rank:Older dcterms:isReplacedBy rank:Old .",
        person('bm:birthEarliest "1960-05-02"^^xsd:date ; bm:birthLatest "1960-05-01"^^xsd:date'),
    ],
)
def test_what_cannot_be_known_is_left_to_a_person(data: str) -> None:
    assert offered(data) == []


def test_of_two_spellings_of_one_day_the_typed_one_is_kept() -> None:
    twice = person('bm:birthEarliest "1960-05-01"^^xsd:date , "1960-05-01"')
    found = {repair.kind: repair for repair in offered(twice)}
    assert "xsd:date" not in found["same_twice"].remove
    assert found["same_twice"].remove.endswith('"1960-05-01" .\n')


def test_bounds_are_exchanged_where_claims_with_evidence_say_so() -> None:
    data = (
        person('bm:birthEarliest "1960-05-02"^^xsd:date ; bm:birthLatest "1960-05-01"^^xsd:date')
        + """
      claim:c bm:about person:a ; bm:property bm:birthEarliest ; bm:value "1960-05-01"^^xsd:date .
      claim:d bm:about person:a ; bm:property bm:birthLatest ; bm:value "1960-05-02"^^xsd:date .
      evidence:c bm:supports claim:c . evidence:d bm:supports claim:d ."""
    )
    (repair,) = offered(data)
    assert (repair.kind, len(repair.quads[0]), len(repair.quads[1])) == ("bounds_exchanged", 2, 2)


def check(store: Store, change: ChangeSet) -> Report:
    after = Store()
    after.extend(store)
    for quad in change.remove:
        after.remove(quad)
    after.extend(change.add)
    there = set(validate_graph(store, shapes()).findings)
    return Report.of(set(validate_graph(after, shapes()).findings) - there)


def changed(store: Store, add: str, remove: str = "") -> ChangeSet:
    quads = []
    for text in (add, remove):
        part = Store()
        part.update(f"INSERT DATA {{ {text} }}", prefixes=PREFIXES)
        quads.append(frozenset(part))
    return ChangeSet(*quads, iri("agent:lan"), "test")


def test_a_reference_to_a_node_that_the_change_removes_can_go_with_it() -> None:
    store = with_codes()
    gone = person("").replace("person:a", "person:b").replace("Lê A", "Lê B").replace("le a", "le b")
    store.update(f"INSERT DATA {{ {person('owl:differentFrom person:b')} {gone} }}", prefixes=PREFIXES)
    change = changed(store, "", gone)
    report = check(store, change)
    found = with_repairs_of_change(report, shapes(), facts_of(store), change, lambda one: check(store, one))
    repairs = {repair.kind for finding in found.findings for repair in finding.repairs}
    assert repairs == {"removed_node"}


def test_a_repair_may_take_out_what_the_change_alone_brings() -> None:
    store = with_codes()
    store.update(f"INSERT DATA {{ {person('')} }}", prefixes=PREFIXES)
    change = changed(store, 'person:a bm:otherKey "Lê"')
    report = check(store, change)
    found = with_repairs_of_change(report, shapes(), facts_of(store), change, lambda one: check(store, one))
    (repair,) = found.findings[0].repairs
    assert (repair.kind, repair.left) == ("computed", 0)
    assert repair.patch.startswith("D <")


def test_no_more_is_tried_than_the_bound_allows_and_the_report_says_so() -> None:
    store = with_codes()
    many = " ".join(person('bm:otherKey "Lê"').replace("person:a", f"person:p{n}") for n in range(6))
    change = changed(store, many)
    report = check(store, change)
    tried: list[ChangeSet] = []

    def dry_run(one: ChangeSet) -> Report:
        tried.append(one)
        return check(store, one)

    bounds = RepairBounds(dry_runs=2)
    found = with_repairs_of_change(report, shapes(), facts_of(store), change, dry_run, bounds)
    assert found.tried == len(tried) == 2
    assert found.unsought == len(found.findings) - sum(bool(f.repairs) for f in found.findings) > 0
    assert found.to_json()["repairs"] == {"tried": 2, "unsought": found.unsought}
    none = with_repairs_of_change(report, shapes(), facts_of(store), change, dry_run, RepairBounds(seconds=-1.0))
    assert (none.tried, none.unsought) == (0, len(report.findings))


def test_a_fault_of_a_dry_run_is_not_swallowed() -> None:
    store = with_codes()
    change = changed(store, person('bm:otherKey "Lê"'))

    def dry_run(one: ChangeSet) -> Report:
        raise BomayError("The folder is gone.")

    with pytest.raises(BomayError, match="gone"):
        with_repairs_of_change(check(store, change), shapes(), facts_of(store), change, dry_run)


def test_every_kind_in_the_registry_is_known_and_speaks_both_languages() -> None:
    for kind, options in registry().items():
        assert options.get("by", kind) in FINDERS
        assert options["vi"] and options["en"]
        assert options.get("components") or options.get("shapes")
    assert {options.get("by", kind) for kind, options in registry().items()} == set(FINDERS)
    known = {str(name).rpartition("#")[2] for name in shapes().engine.graph.subjects()}
    named = {each.removeprefix("bms:") for options in registry().values() for each in options.get("shapes", ())}
    assert named <= known
