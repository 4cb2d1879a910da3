"""Keys of names follow the names, whichever way a change comes to the door."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad, RdfFormat, Store, parse

from kg.model.changes import ChangeSet
from kg.model.fold import key
from kg.model.naming import KEY, NAMES, OTHER_KEY
from kg.namespaces import iri, sparql_prologue
from kg.reference import reference_quads
from kg.store import create, open_graph
from kg.store.keyed import keyed

AGENT = iri("agent:test")
WHO = iri("person:x-1")
POOL = list(
    parse(
        sparql_prologue()
        + """
        person:x-1 a bm:Person ; rdfs:label "Lê Hòa"@vi , "Lê Hoa"@en , "Đỗ X"@vi ; foaf:name "Lê Hòa" , "Lê Văn Hòa" ;
            skos:altLabel "Anh Tám"@vi , "…"@vi ; bm:key "le hoa" , "do x" ; bm:otherKey "anh tam" , "made up" .
        person:x-2 a bm:Person ; rdfs:label "Lê Tư"@vi .
        organkind:Office skos:altLabel "VP"@vi ; rdfs:label "văn phòng"@vi .
        """,
        RdfFormat.TURTLE,
    )
)


def change(add: set[Quad], remove: set[Quad] | None = None) -> ChangeSet:
    return ChangeSet(frozenset(add), frozenset(remove or ()), AGENT, "")


def apply(store: Store, made: ChangeSet) -> None:
    for quad in made.remove:
        store.remove(quad)
    store.extend(made.add)


def words(store: Store, node: object, *properties: object) -> set[str]:
    told = store.quads_for_pattern(node, None, None)  # type: ignore[arg-type]
    return {quad.object.value for quad in told if quad.predicate in properties and isinstance(quad.object, Literal)}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sets(st.integers(0, len(POOL) - 1)), min_size=1, max_size=4))
def test_keys_are_those_of_the_names_after_any_change(changes: list[set[int]]) -> None:
    store = Store()
    for numbers in changes:
        quads = {POOL[number] for number in numbers}
        remove = {quad for quad in quads if quad in store}
        made = keyed(store, change(quads - remove, remove))
        assert not made.add & made.remove
        apply(store, made)
        for node in (WHO, iri("person:x-2")):
            names = {key(name) for name in words(store, node, *NAMES)} - {""} - words(store, node, KEY)
            is_person = Quad(node, iri("rdf:type"), iri("bm:Person")) in store
            touched = any(quad.subject == node for quad in quads)
            is_whole = is_person and bool(words(store, node, KEY))
            assert not touched or words(store, node, OTHER_KEY) == (names if is_whole else set())
        assert not words(store, iri("organkind:Office"), OTHER_KEY)


def test_the_key_of_a_label_follows_it() -> None:
    store = Store()
    label = Quad(WHO, iri("rdfs:label"), Literal("Lê Hòa", language="vi"))
    store.extend([label, Quad(WHO, KEY, Literal("le hoa")), Quad(WHO, iri("rdf:type"), iri("bm:Person"))])
    apply(store, keyed(store, change({Quad(WHO, iri("rdfs:label"), Literal("Lê Hải", language="vi"))}, {label})))
    assert words(store, WHO, KEY) == {"le hai"}
    assert words(store, WHO, OTHER_KEY) == set()


def test_a_key_that_is_given_is_left_alone() -> None:
    store = Store()
    given_key = Quad(WHO, KEY, Literal("12 qd tu"))
    rows = {Quad(WHO, iri("rdfs:label"), Literal("Quyết định 12", language="vi")), given_key}
    apply(store, keyed(store, change({*rows, Quad(WHO, iri("rdf:type"), iri("bm:Directive"))})))
    assert words(store, WHO, KEY) == {"12 qd tu"}
    assert words(store, WHO, OTHER_KEY) == {"quyet dinh 12"}


def test_the_reference_graph_has_the_keys_that_the_door_would_give_it() -> None:
    facts = frozenset(reference_quads("minimal"))
    assert any(quad.predicate == OTHER_KEY for quad in facts)
    assert keyed(Store(), change(set(facts))).add == facts


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for this file."""
    place = tmp_path_factory.mktemp("keyed") / "data"
    create(place, "minimal")
    yield place


def test_a_group_of_changes_and_an_update_store_the_keys_and_journal_them(data: Path) -> None:
    rows = (
        sparql_prologue()
        + """person:x-1 a bm:Person , foaf:Person ; rdfs:label "Lê Hòa"@vi ; foaf:name "Lê Hòa" ;
        bm:key "le hoa" ; skos:altLabel "Anh Tám"@vi ; bm:curatedBy agent:test ."""
    )
    with open_graph(data) as graph:
        (receipt,) = graph.submit_all([change(set(parse(rows, RdfFormat.TURTLE)))])
        assert receipt.added == 8
        graph.submit_update('INSERT DATA { person:x-1 skos:altLabel "Bà Năm"@vi }', agent=AGENT, reason="")
        with graph.reader() as reader:
            found = reader.select("SELECT ?key { person:x-1 bm:otherKey ?key }")
        assert {row["key"].value for row in found} == {"anh tam", "ba nam"}
