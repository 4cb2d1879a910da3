"""Journal entries as PROV-O in the history graph."""

import datetime as dt
from dataclasses import replace

from pyoxigraph import Literal, Quad, Store

from kg.history import Entry, head
from kg.model.changes import Approval
from kg.namespaces import HISTORY, iri

WHEN = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


def entry(generation: int, after: Entry | None = None) -> Entry:
    """An entry that follows another."""
    previous = after.change if after else None
    return Entry(generation, f"{generation:064x}", iri("agent:lan"), "vì sao", WHEN, 2, 1, iri("source:s"), previous)


def test_an_entry_says_who_when_why_and_how_much() -> None:
    made = entry(1)
    quads = set(made.quads())
    assert all(quad.graph_name == HISTORY for quad in quads)
    said = {quad.predicate: quad.object for quad in quads if quad.subject == made.change}
    assert said[iri("prov:wasAssociatedWith")] == iri("agent:lan")
    assert said[iri("prov:used")] == iri("source:s")
    assert said[iri("bm:reason")] == Literal("vì sao")
    assert said[iri("bm:added")] == Literal("2", datatype=iri("xsd:integer"))
    assert said[iri("bm:removed")] == Literal("1", datatype=iri("xsd:integer"))
    assert said[iri("prov:endedAtTime")] == Literal("2026-01-02T03:04:05.000+00:00", datatype=iri("xsd:dateTime"))
    assert Quad(made.change, iri("rdf:type"), iri("prov:Activity"), HISTORY) in quads


def test_the_head_moves_from_change_to_change() -> None:
    store = Store()
    assert head(store) == (None, 0)
    first, second = entry(1), entry(2, entry(1))
    store.extend(first.quads())
    assert head(store) == (first.change, 1)
    moved = second.head_before()
    assert moved is not None
    store.remove(moved)
    store.extend(second.quads())
    assert head(store) == (second.change, 2)
    assert Quad(second.change, iri("prov:wasRevisionOf"), first.change, HISTORY) in store


def test_the_first_entry_replaces_no_head() -> None:
    assert entry(1).head_before() is None


def test_an_accepted_proposal_names_who_accepted_it() -> None:
    made = replace(entry(1), approval=Approval("4f1c09a2b7d3", iri("agent:mai")))
    quads = set(made.quads())
    said = {quad.predicate: quad.object for quad in quads if quad.subject == made.change}
    assert said[iri("prov:wasAssociatedWith")] == iri("agent:lan")
    assert said[iri("bm:acceptedBy")] == iri("agent:mai")
    assert said[iri("bm:proposalId")] == Literal("4f1c09a2b7d3")
    assert Quad(iri("agent:mai"), iri("rdf:type"), iri("prov:Agent"), HISTORY) in quads
