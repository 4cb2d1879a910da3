"""What the terms, codes and shapes say of themselves can be read by machines."""

import re

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse
from rdflib import OWL, SH, Graph, URIRef

from kg.namespaces import BASE, CODE_SCHEMES, PREFIXES, iri, sparql_prologue
from kg.reference import code_files, ontology_files
from tests.ontology.judge import default_quads, shapes_graph

HEAD = URIRef(f"{BASE}ontology")


def ontology() -> Store:
    store = Store()
    store.bulk_extend(default_quads(ontology_files()))
    return store


def test_examples_in_use_are_turtle_with_the_prefixes_of_the_project() -> None:
    prologue = "".join(f"PREFIX {name}: <{base}>\n" for name, base in PREFIXES.items())
    texts = [quad.object.value for quad in ontology().quads_for_pattern(None, iri("skos:example"), None)]
    assert len(texts) > 100
    for text in texts:
        assert list(parse(prologue + text, format=RdfFormat.TURTLE)), text


def test_prefixes_of_constraints_are_those_of_the_namespaces_module() -> None:
    graph = shapes_graph()
    declared = {
        str(graph.value(d, SH.prefix)): str(graph.value(d, SH.namespace)) for d in graph.objects(HEAD, SH.declare)
    }
    assert declared == PREFIXES


def test_queries_of_shapes_are_sparql() -> None:
    graph, empty = shapes_graph(), Store()
    texts = [
        str(text)
        for text in (*graph.objects(None, SH.select), *graph.objects(None, URIRef(PREFIXES["bm"] + "affectedFocus")))
    ]
    assert len(texts) > 60
    for text in texts:
        empty.query(sparql_prologue() + text.replace("$this", "?this"))


def test_constraints_begin_with_the_focus_node_and_use_declared_terms_only() -> None:
    declared = {q.subject.value for q in ontology().quads_for_pattern(None, iri("rdfs:isDefinedBy"), None)}
    selects = [str(text) for text in shapes_graph().objects(None, SH.select)]
    assert selects
    for text in selects:
        first = re.split(r"WHERE\s*\{", text, maxsplit=1)[1].lstrip(" \n{")
        assert first.startswith(("$this", "FILTER NOT EXISTS")), text
        for prefix, local in re.findall(r"\b([a-z]+):([A-Za-z]+)", re.sub(r"<[^>]*>|\"[^\"]*\"", "", text)):
            if prefix not in ("rdf", "xsd", "skos"):
                assert PREFIXES[prefix] + local in declared, (prefix, local)


def test_every_scheme_of_the_namespaces_module_has_its_file_and_codes() -> None:
    assert {file.stem for file in code_files()} == set(CODE_SCHEMES)
    store = ontology()
    for scheme in CODE_SCHEMES:
        node = NamedNode(f"{BASE}code/{scheme}")
        assert list(store.quads_for_pattern(None, iri("skos:inScheme"), node)), scheme


def test_kinds_of_body_state_their_ladder_and_ranks_their_type_of_post() -> None:
    store = ontology()
    for scheme, prop in (("organkind", "bm:ladder"), ("rank", "bm:postType"), ("unittype", "bm:level")):
        codes = [
            q.subject for q in store.quads_for_pattern(None, iri("skos:inScheme"), NamedNode(f"{BASE}code/{scheme}"))
        ]
        assert codes
        for code in codes:
            assert len(list(store.quads_for_pattern(code, iri(prop), None))) == 1, code


def test_head_imports_every_topic_and_states_its_version() -> None:
    graph = Graph()
    for quad in default_quads(ontology_files()[:1]):
        if not isinstance(quad.object, Literal):
            graph.add((URIRef(quad.subject.value), URIRef(quad.predicate.value), URIRef(quad.object.value)))
    topics = {file.stem for file in ontology_files() if file.stem == file.parent.name}
    assert {str(topic).removeprefix(f"{HEAD}/") for topic in graph.objects(HEAD, OWL.imports)} == topics
    assert graph.value(HEAD, OWL.versionIRI) == URIRef(f"{HEAD}/0.1.0")
