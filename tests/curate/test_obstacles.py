"""What a merge of other kinds than persons finds in its way, and which of two values stands."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.curate import CurationRefused, Foreseen, foresee, merge
from kg.namespaces import curie, iri
from tests.curate.kinds import graph_of_kind, two_of
from tests.curate.world import WHY, date
from tests.propose.factories import CLERK, MemoryGraph

Said = NamedNode | Literal


def seen(kind: str, *changed: tuple[str, str, Said]) -> tuple[MemoryGraph, Foreseen]:
    """Two of a kind that say the same but for these (whom, property, value)."""
    two = two_of(kind)
    whom = {"kept": two.kept, "gone": two.gone}
    props = {iri(prop) for _, prop, _ in changed}
    graph = graph_of_kind(kind, *two.facts)
    for quad in [*graph.quads(two.kept), *graph.quads(two.gone)]:
        if quad.predicate in props:
            graph.store.remove(quad)
    graph.store.extend(Quad(whom[who], iri(prop), value) for who, prop, value in changed)
    return graph, foresee(graph, two.kept, two.gone, CLERK, WHY)


def codes(foreseen: Foreseen) -> list[tuple[str, str]]:
    return [(o.code, curie(o.property) if o.property else "") for o in foreseen.obstacles]


@pytest.mark.parametrize(
    ("kind", "prop", "kept", "gone", "code"),
    [
        ("Directive", "bm:number", Literal(238), Literal(239), "values"),
        ("Directive", "bm:symbol", Literal("238-QĐ/TW"), Literal("239-QĐ/TW"), "values"),
        ("Directive", "bm:documentType", iri("doctype:Decision"), iri("doctype:Directive"), "values"),
        ("Organ", "bm:kind", iri("organkind:PeoplesCommittee"), iri("organkind:PeoplesCouncil"), "values"),
        ("Organ", "bm:jurisdiction", iri("place:tinh-bac-kan"), iri("place:tinh-nghe-an"), "values"),
        ("Organ", "bm:validFrom", date("2020-01-01"), date("2021-01-01"), "bounds"),
        ("Post", "org:postIn", iri("organ:a"), iri("organ:b"), "values"),
        ("Place", "bm:code", Literal("006"), Literal("007"), "values"),
        ("Place", "bm:validTo", date("2025-03-01"), date("2025-07-01"), "values"),
        ("Term", "bm:ordinal", Literal(12), Literal(13), "values"),
        ("Meeting", "bm:day", date("2022-04-05"), date("2022-05-05"), "days"),
        ("Source", "bm:textDigest", Literal("a" * 64), Literal("b" * 64), "text"),
        ("Tenure", "org:member", iri("person:a"), iri("person:b"), "values"),
    ],
)
def test_what_a_thing_has_once_must_agree(kind: str, prop: str, kept: Said, gone: Said, code: str) -> None:
    graph, found = seen(kind, ("kept", prop, kept), ("gone", prop, gone))
    assert (code, prop) in codes(found)
    for sentence in found.sentences():
        assert curie(found.kept) in sentence and curie(found.gone) in sentence
    with pytest.raises(CurationRefused, match=r"cannot be one|correct one|two texts"):
        merge(graph, found.kept, found.gone, CLERK, WHY)


def test_another_spelling_of_a_symbol_is_another_name() -> None:
    _, found = seen("Directive", ("kept", "bm:symbol", Literal("72-NQ/TW")), ("gone", "bm:symbol", Literal("72-NQ-TW")))
    assert codes(found) == []
    assert [(e.code, e.gone) for e in found.effects if e.property == iri("bm:symbol")] == [
        ("name", (Literal("72-NQ-TW"),))
    ]


@pytest.mark.parametrize(
    ("kept", "gone", "stands"),
    [
        ("organkind:Other", "organkind:PeoplesCommittee", "organkind:PeoplesCommittee"),
        ("organkind:PeoplesCommittee", "organkind:Other", "organkind:PeoplesCommittee"),
    ],
)
def test_of_two_codes_the_one_that_says_more_stands_with_what_it_brings(kept: str, gone: str, stands: str) -> None:
    ladders = {"organkind:Other": iri("ladder:Other"), "organkind:PeoplesCommittee": iri("ladder:State")}
    told = [(who, "bm:ladder", ladders[kind]) for who, kind in (("kept", kept), ("gone", gone))]
    graph, found = seen("Organ", ("kept", "bm:kind", iri(kept)), ("gone", "bm:kind", iri(gone)), *told)
    assert codes(found) == []
    graph.apply(found.change)
    assert [q.object for q in graph.quads(found.kept, iri("bm:kind"))] == [iri(stands)]
    assert [q.object for q in graph.quads(found.kept, iri("bm:ladder"))] == [iri("ladder:State")]


def test_of_a_broader_and_a_finer_code_the_finer_stands() -> None:
    broader = {q.subject: q.object for q in graph_of_kind("Organ").quads(None, iri("skos:broader"))}
    fine, wide = next((one, other) for one, other in broader.items() if "organkind" in one.value)
    graph, found = seen("Organ", ("kept", "bm:kind", wide), ("gone", "bm:kind", fine))  # type: ignore[arg-type]  # codes are IRIs
    assert codes(found) == []
    graph.apply(found.change)
    assert [q.object for q in graph.quads(found.kept, iri("bm:kind"))] == [fine]


def test_a_day_within_the_span_of_the_other_is_what_is_known() -> None:
    graph, found = seen(
        "Organ",
        ("kept", "bm:validFrom", date("2025-01-01")),
        ("kept", "bm:validFromLatest", date("2025-03-01")),
        ("gone", "bm:validFrom", date("2025-02-03")),
    )
    assert codes(found) == []
    graph.apply(found.change)
    assert [q.object for q in graph.quads(found.kept, iri("bm:validFrom"))] == [date("2025-02-03")]
    assert not [*graph.quads(found.kept, iri("bm:validFromLatest"))]


@pytest.mark.parametrize("prop", ["bm:replacedBy", "org:subOrganizationOf", "bm:leads"])
def test_bodies_that_are_related_are_two(prop: str) -> None:
    two = two_of("Organ")
    graph = graph_of_kind("Organ", *two.facts, Quad(two.gone, iri(prop), two.kept))
    assert ("linked", prop) in codes(foresee(graph, two.kept, two.gone, CLERK))


def test_both_ends_of_a_change_or_a_relation_are_two() -> None:
    two, event = two_of("Organ"), iri("event:doi-ten")
    ends = (("org:originalOrganization", two.kept), ("org:resultingOrganization", two.gone))
    graph = graph_of_kind("Organ", *two.facts, *(Quad(event, iri(prop), node) for prop, node in ends))
    found = foresee(graph, two.kept, two.gone, CLERK)
    assert ("linked", "org:resultingOrganization") in codes(found)
    assert any("event:doi-ten" in sentence for sentence in found.sentences())


def test_what_a_rule_of_the_reference_data_makes_cannot_go() -> None:
    basis = Literal("ubnd (ontology/reference/body-rules.tsv)")
    graph, found = seen("Organ", ("gone", "bm:derivedByRule", basis))
    assert codes(found) == [("derived", "bm:derivedByRule")]
    assert "keep that one" in found.sentences()[0]
    assert foresee(graph, found.gone, found.kept, CLERK).obstacles == ()


def test_a_claim_of_both_is_one_with_the_sentences_of_both() -> None:
    two, title = two_of("Directive"), Literal("Tên", language="vi")
    claims = [
        Quad(iri(f"claim:{at}"), iri(prop), value)
        for at, about in ((1, two.kept), (2, two.gone))
        for prop, value in (
            ("rdf:type", iri("bm:Claim")),
            ("bm:about", about),
            ("bm:property", iri("bm:issuer")),
            ("bm:value", title),
        )
    ]
    sentence = Quad(iri("evidence:e"), iri("bm:supports"), iri("claim:2"))
    graph = graph_of_kind("Directive", *two.facts, *claims, sentence)
    graph.apply(merge(graph, two.kept, two.gone, CLERK, WHY))
    assert [q.object for q in graph.quads(iri("evidence:e"), iri("bm:supports"))] == [iri("claim:1")]
    assert [(q.predicate, q.object) for q in graph.quads(iri("claim:2"))] == [
        (iri("dcterms:isReplacedBy"), iri("claim:1"))
    ]


def test_conflicts_of_both_on_one_property_are_one_and_open_where_the_values_differ() -> None:
    two, prop = two_of("Directive"), iri("dcterms:title")
    said = {"kept": Literal("Một", language="vi"), "gone": Literal("Hai", language="vi")}
    facts = [q for q in two.facts if q.predicate != prop]
    for who, node in (("kept", two.kept), ("gone", two.gone)):
        claims = [iri(f"claim:{who}-{at}") for at in (1, 2)]
        for claim, value in zip(claims, (said[who], Literal(f"{who} khác", language="vi")), strict=True):
            told = {"rdf:type": iri("bm:Claim"), "bm:about": node, "bm:property": prop, "bm:value": value}
            facts += [Quad(claim, iri(name), term) for name, term in told.items()]
        conflict = iri(f"conflict:{who}")
        told = {"rdf:type": iri("bm:Conflict"), "bm:about": node, "bm:property": prop}
        told |= {"bm:state": iri("conflictstate:settled"), "bm:preferred": claims[0], "bm:reason": Literal("vì thế")}
        facts += [Quad(conflict, iri(name), term) for name, term in told.items()]
        facts += [Quad(conflict, iri("bm:claim"), claim) for claim in claims]
    graph = graph_of_kind("Directive", *facts, Quad(two.gone, prop, said["gone"]))
    own = [*graph.quads(two.kept, prop)]
    for quad in own:
        graph.store.remove(quad)
    graph.store.add(Quad(two.kept, prop, said["kept"]))
    graph.apply(merge(graph, two.kept, two.gone, CLERK, WHY))
    assert [q.object for q in graph.quads(two.kept, prop)] == [said["kept"]]
    assert graph.values("conflict:kept", "bm:state") == {iri("conflictstate:open").value}
    assert graph.values("conflict:kept", "bm:preferred") == graph.values("conflict:kept", "bm:reason") == set()
    assert len(graph.values("conflict:kept", "bm:claim")) == 4
    assert graph.values("conflict:gone", "dcterms:isReplacedBy") == {iri("conflict:kept").value}
    assert graph.values("conflict:gone", "rdf:type") == set()
