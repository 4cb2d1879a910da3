"""`/queries` as RDF: what the library holds, by the vocabulary of SIB's examples, each to be run as it stands."""

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Quad, RdfFormat, Store, parse
from pyshacl import validate
from rdflib import SH, Graph

from kg.namespaces import iri
from kg.query import Library
from server.negotiate import ANY_GRAPHS

SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
[] a sh:NodeShape ; sh:targetClass sh:SPARQLExecutable ; sh:nodeKind sh:IRI ;
    sh:class sh:SPARQLSelectExecutable ;
    sh:property [ sh:path sh:select ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] ,
        [ sh:path rdfs:comment ; sh:minCount 2 ; sh:uniqueLang true ; sh:datatype rdf:langString ] ,
        [ sh:path sh:prefixes ; sh:minCount 1 ; sh:maxCount 1 ; sh:property [ sh:path sh:declare ; sh:minCount 1 ] ] ,
        [ sh:path ( sh:prefixes sh:declare sh:prefix ) ; sh:minCount 1 ; sh:datatype xsd:string ] ,
        [ sh:path ( sh:prefixes sh:declare sh:namespace ) ; sh:minCount 1 ; sh:datatype xsd:anyURI ] ,
        [ sh:path schema:keywords ; sh:minCount 1 ; sh:datatype xsd:string ] ,
        [ sh:path schema:target ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] .
"""


def stored(client: FlaskClient, path: str = "/queries", accept: str = "text/turtle") -> Store:
    response = client.get(path, headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, accept)
    form = RdfFormat.from_media_type(accept)
    assert form is not None
    store = Store()
    store.extend(Quad(*quad.triple) for quad in parse(response.data, form))
    return store


def test_each_question_is_there_and_conforms_to_the_shape(client: FlaskClient) -> None:
    store = stored(client)
    names = {quad.object.value for quad in store.quads_for_pattern(None, iri("rdfs:label"), None)}
    assert names == set(Library.load())
    data = Graph().parse(data=client.get("/queries?format=ttl").data, format="turtle")
    conforms, _, text = validate(data, shacl_graph=Graph().parse(data=SHAPE, format="turtle"))
    assert conforms, text


def test_the_shape_finds_a_question_without_its_query(client: FlaskClient) -> None:
    data = Graph().parse(data=client.get("/queries/conflicts", headers={"Accept": "text/turtle"}).data, format="turtle")
    data.remove((None, SH.select, None))
    assert not validate(data, shacl_graph=Graph().parse(data=SHAPE, format="turtle"))[0]


def test_each_runs_with_the_prefixes_that_are_declared_beside_it(client: FlaskClient) -> None:
    store = stored(client)
    declared = {
        next(store.quads_for_pattern(quad.object, iri("sh:prefix"), None)).object.value: next(
            store.quads_for_pattern(quad.object, iri("sh:namespace"), None)
        ).object.value
        for quad in store.quads_for_pattern(None, iri("sh:declare"), None)
    }
    prologue = "".join(f"PREFIX {name}: <{base}>\n" for name, base in declared.items())
    queries = [quad.object.value for quad in store.quads_for_pattern(None, iri("sh:select"), None)]
    assert len(queries) == len(Library.load())
    for query in queries:
        Store().query(prologue + query)


@pytest.mark.parametrize("offer", ANY_GRAPHS, ids=lambda offer: offer.key)
def test_every_form_says_the_same(client: FlaskClient, offer) -> None:
    assert set(stored(client, accept=offer.media_type)) == set(stored(client))


def test_one_question_alone_is_a_part_of_all(client: FlaskClient) -> None:
    one = stored(client, "/queries/conflicts")
    assert set(one) < set(stored(client))
    assert len(list(one.quads_for_pattern(None, iri("rdf:type"), iri("sh:SPARQLExecutable")))) == 1
    assert client.get("/queries", headers={"Accept": "image/png"}).status_code == 406
