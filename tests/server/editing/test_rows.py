"""Terms as rows of a page and back: a law for whatever is said of a thing."""

from urllib.parse import urlencode

import pytest
from flask import Flask, render_template
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from kg.namespaces import ONTOLOGY, SHAPES, iri
from kg.store import StoreReader
from server.editing.merging import Step, merged
from server.editing.opened import base_terms, opened
from server.editing.page import edit_page, sent_as_opened
from server.editing.sent import said_by, sent_form
from server.forms import FORM
from server.service import held_by
from tests.server.editing.hand import rows_in

HOA = iri("person:dinh-thi-hoa-1")
PATH = "/edit/person/dinh-thi-hoa-1"
LETTERS = st.one_of(st.characters(exclude_categories=("Cs", "Cc", "Cn")), st.sampled_from("\r\n\t <>\"'&[]@"))
WORDS = st.text(LETTERS, max_size=12)
DAYS = st.sampled_from(["2022-02-28", "2022-02-29", "1999-12-31Z", "0001-01-01", "12345-01-01", "x"])
TERMS = st.one_of(
    st.builds(Literal, WORDS),
    st.builds(lambda words, tongue: Literal(words, language=tongue), WORDS, st.sampled_from(["vi", "en", "lo-la"])),
    st.builds(lambda words: Literal(words, datatype=NamedNode("urn:x:type")), WORDS),
    st.builds(lambda words: Literal(words, datatype=iri("xsd:date")), DAYS),
    st.sampled_from([HOA, iri("place:tinh-bac-kan"), NamedNode("urn:x:y"), NamedNode("http://x.example/a?b=(c)#d")]),
)
PROPERTIES = (
    "rdfs:label",
    "foaf:name",
    "skos:altLabel",
    "bm:birthEarliest",
    "bm:nativePlace",
    "dcterms:title",
    "bm:key",
)
SAID = st.sets(st.tuples(st.sampled_from(PROPERTIES), TERMS), max_size=8)


@pytest.fixture(scope="module")
def shapes(app: Flask) -> Store:
    made = Store()
    with held_by(app).graph.reader() as reader:
        made.extend(quad for graph in (SHAPES, ONTOLOGY) for quad in reader.quads(graph=graph))
    return made


def law(app: Flask, shapes: Store, said: set[tuple[str, Literal | NamedNode]]) -> None:
    """The page of a thing sent back as it is says what is in the graph; the rest is kept."""
    store = Store()
    store.extend(shapes)
    told = {Triple(HOA, iri(prop), term) for prop, term in said} | {Triple(HOA, iri("rdf:type"), iri("bm:Person"))}
    store.extend(Quad(*triple, DefaultGraph()) for triple in told)
    reader = StoreReader(store)
    with app.test_request_context(PATH):
        form = opened(reader, HOA)
        page = edit_page(reader, form, "person", sent_as_opened(form, reader))
        body = urlencode(rows_in(render_template("editing/form.html", page=page)))
    shown = {Triple(HOA, field.path, term) for field in form.fields for term in form.values[field.name]}
    assert shown | set(form.kept) == told and not shown & set(form.kept)
    with app.test_request_context(PATH, method="POST", data=body, content_type=FORM):
        sent = sent_form(form.fields)
        base = base_terms(sent.base, form)
        back = said_by(form, sent, base)
    assert base == form.values
    assert back.faults == ()
    assert merged(form.fields, base, back.terms, form.values).wanted == form.values


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SAID)
def test_a_page_sent_back_says_what_the_graph_says(app: Flask, shapes: Store, said: set[tuple[str, Literal]]) -> None:
    law(app, shapes, said)


@pytest.mark.slow
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SAID)
def test_many_a_page_sent_back_says_what_the_graph_says(
    app: Flask, shapes: Store, said: set[tuple[str, Literal]]
) -> None:
    law(app, shapes, said)


SETS = st.frozensets(st.sampled_from([Literal(letter) for letter in "abcd"]))


@given(SETS, SETS, SETS)
def test_steps_that_commute_come_to_the_same_in_either_order(
    base: frozenset[Literal], one: frozenset[Literal], other: frozenset[Literal]
) -> None:
    first, second = Step.between(base, one), Step.between(base, other)
    assert first.clashes(second, is_single=False) == second.clashes(first, is_single=False)
    if not first.clashes(second, is_single=True):
        after = {((base - a.remove) | a.add) - b.remove | b.add for a, b in ((first, second), (second, first))}
        assert len(after) == 1
    assert not first.clashes(Step.between(base, base), is_single=True)
