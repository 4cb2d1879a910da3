"""The ontology page is made by pyLODE: it says all that the ontology says, and lands on each term by its name."""

import os
import re
import subprocess
import sys
from html import escape, unescape

import pytest
from flask.testing import FlaskClient
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, serialize
from rdflib import Graph, URIRef

from kg.namespaces import PREFIXES, curie, iri
from kg.read import load_rdf
from kg.reference import ontology_files
from server.documentation import documented
from server.documentation.feed import anchors, fed

TERM_TYPES = [
    iri(name)
    for name in (
        *("owl:Class", "rdfs:Class", "rdf:Property"),
        *("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty"),
    )
]
TEXTS = [
    iri(name)
    for name in (
        *("rdfs:label", "skos:definition", "skos:scopeNote", "skos:example"),
        *("bm:domainReason", "bm:rangeReason"),
    )
]
SMALL = """
bm:Thing a owl:Class ; rdfs:label "thing"@en , "vật"@vi ; skos:definition "An *empty* <b>_thing_</b> & more."@en .
bm:leads a owl:ObjectProperty ; rdfs:label "leads"@en ; owl:inverseOf bm:ledBy ; owl:deprecated true ;
    rdfs:domain bm:Thing .
bm:ledBy a owl:ObjectProperty ; rdfs:label "led by"@en .
<https://w3id.org/bomay/ontology> a owl:Ontology ; rdfs:label "Small"@en .
"""


@pytest.fixture(scope="module")
def ontology() -> Store:
    store = Store()
    for file in ontology_files():
        store.extend(load_rdf(file))
    return store


def terms(ontology: Store) -> list[NamedNode]:
    found = {quad.subject for kind in TERM_TYPES for quad in ontology.quads_for_pattern(None, iri("rdf:type"), kind)}
    named = [term for term in found if isinstance(term, NamedNode)]
    assert len(named) > 150
    return named


def small_graph() -> Graph:
    prologue = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items())
    return Graph(bind_namespaces="none").parse(data=prologue + SMALL, format="turtle")


def small() -> bytes:
    return small_graph().serialize(format="nt", encoding="utf-8")


@pytest.fixture(scope="module", params=["vi", "en"])
def body(request: pytest.FixtureRequest, ontology: Store) -> str:
    text = serialize([quad.triple for quad in ontology], format=RdfFormat.N_TRIPLES)
    assert text is not None
    return documented(text, request.param).body


def test_every_term_has_its_local_name_as_anchor(body: str, ontology: Store) -> None:
    wanted = {curie(term).removeprefix("bm:") for term in terms(ontology)}
    assert {"Tenure", "post", "org:member"} <= wanted
    assert wanted - set(re.findall(r'<div class="property entity" id="([^"]+)"', body)) == set()


def test_every_text_of_every_term_is_there_in_each_of_its_languages(body: str, ontology: Store) -> None:
    shown, missing = unescape(body), []
    for term in terms(ontology):
        for predicate in TEXTS:
            for quad in ontology.quads_for_pattern(term, predicate, None):
                assert isinstance(quad.object, Literal)
                lang = f' lang="{quad.object.language}"' if quad.object.language else ""
                if f"{lang}>{quad.object.value}</" not in shown:
                    missing.append((curie(term), curie(predicate), quad.object.value))
    assert missing == []


def test_every_statement_with_a_named_object_links_to_it(body: str, ontology: Store) -> None:
    names = {term.value: curie(term).removeprefix("bm:") for term in terms(ontology)}
    entities = dict(re.findall(r'<div class="property entity" id="([^"]+)">(.*?)</table>', body, re.DOTALL))
    missing = []
    for term in terms(ontology):
        for quad in ontology.quads_for_pattern(term, None, None):
            assert not isinstance(quad.object, BlankNode)
            if not isinstance(quad.object, NamedNode) or quad.predicate in (iri("rdf:type"), iri("rdfs:isDefinedBy")):
                continue
            inside = f'href="#{names.get(quad.object.value)}"'
            of_a_code_list = f">{quad.object.value}</a>"
            outside = f'href="{escape(quad.object.value)}"'
            if not any(mark in entities[names[term.value]] for mark in (inside, of_a_code_list, outside)):
                missing.append((curie(term), curie(quad.predicate), quad.object.value))
    assert missing == []


def test_every_link_into_the_page_lands_in_it(page: FlaskClient) -> None:
    text = page.get("/ontology").text
    ids = set(re.findall(r'\sid="([^"]+)"', text))
    links = set(re.findall(r'href="#([^"]*)"', text))
    assert len(links) > 150
    assert links - ids == set()


def test_the_page_loads_nothing_from_elsewhere(page: FlaskClient) -> None:
    text = page.get("/ontology").text
    loaded = re.findall(r'(?:<link[^>]*href|<(?:img|script|iframe|source)[^>]*src)="([^"]+)"', text)
    assert "/static/ontology.css" in loaded
    assert [address for address in loaded if not address.startswith("/")] == []
    assert page.get("/static/ontology.css").status_code == 200


def test_the_page_names_the_tool_that_made_it(page: FlaskClient) -> None:
    assert re.search(r">pyLODE \d+\.\d+\.\d+</a>", page.get("/ontology").text)


def test_the_words_between_are_of_the_language_of_the_page(page: FlaskClient) -> None:
    for language, definition, domain in (("vi", "Định nghĩa", "Miền"), ("en", "Definition", "Domain")):
        text = page.get(f"/ontology?lang={language}").text
        headers = set(re.findall(r'<a class="hover_property"[^>]*>([^<]*)</a>', text))
        assert {definition, domain} <= headers
        assert not headers & {"In Domain Of", "In Range Of", "Super Class Of", "Scope Note"}


def test_the_texts_of_the_pages_language_come_first(page: FlaskClient) -> None:
    for language, first, second in (("vi", "nhiệm kỳ giữ chức", "tenure"), ("en", "tenure", "nhiệm kỳ giữ chức")):
        text = page.get(f"/ontology?lang={language}").text
        assert text.index(f">{first}</span>") < text.index(f">{second}</span>")


def test_the_page_is_made_once_and_apart_from_the_service(page: FlaskClient) -> None:
    documented.cache_clear()
    for _ in range(2):
        assert page.get("/ontology?lang=vi").status_code == 200
    assert documented.cache_info().misses <= 1
    assert "pylode" not in sys.modules


def test_text_is_shown_as_it_is_written() -> None:
    assert '<p lang="en">An *empty* &lt;b&gt;_thing_&lt;/b&gt; &amp; more.</p>' in documented(small(), "en").body


def test_a_statement_that_pylode_does_not_know_becomes_a_note() -> None:
    graph = small_graph()
    names = anchors(graph)
    assert names[PREFIXES["bm"] + "leads"] == "leads"
    notes = {
        str(note) for note in fed(graph, names, "en").objects(URIRef(PREFIXES["bm"] + "leads"), iri_of("skos:note"))
    }
    assert any("owl:inverseOf" in note and 'href="#ledBy"' in note for note in notes)
    assert any("owl:deprecated" in note and "true" in note for note in notes)


def iri_of(name: str) -> URIRef:
    return URIRef(iri(name).value)


def test_what_cannot_be_read_is_an_error_that_says_why() -> None:
    with pytest.raises(RuntimeError, match="status 1"):
        documented(b"this is no RDF", "vi")


def test_nobody_outside_is_asked() -> None:
    """Neither when pyLODE is imported nor when it works: every way out raises."""
    script = """
import socket, sys
def refused(*_): raise OSError("asked somebody outside")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refused
from server.documentation import child
from rdflib import Graph
print(len(child.made(Graph(bind_namespaces="none").parse(data=sys.stdin.buffer.read(), format="nt"), "vi")["body"]))
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        input=small(),
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert int(done.stdout) > 1000
