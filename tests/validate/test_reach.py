"""Which predicates a SPARQL constraint looks at."""

import pytest

from kg.namespaces import iri
from kg.validate.reach import predicates_of

PREFIX = "PREFIX bm: <https://w3id.org/bomay/ontology#> "

BOUNDED = [
    ("SELECT $this ?a ?b WHERE { $this bm:p/bm:q* ?a . FILTER(?a != ?b && !bound(?c)) }", ["bm:p", "bm:q"]),
    (
        "SELECT $this { $this bm:p [ bm:q ?x ] ; ^bm:r ?y . FILTER NOT EXISTS { ?y a bm:T } }",
        ["bm:p", "bm:r", "rdf:type"],
    ),
    ("SELECT $this { $this <https://w3id.org/bomay/ontology#p> 4 FILTER(?x < ?y || ! (?x = ?y)) }", ["bm:p"]),
]

UNBOUNDED = [
    "SELECT $this { $this ?p ?o }",
    "SELECT $this { $this bm:p 1 ; ?p 5 }",
    "SELECT $this { [] ?p true }",
    "SELECT $this { $this !bm:p ?o }",
    "SELECT $this { $this !(bm:p|^bm:q) ?o }",
    "SELECT $this { $this $PATH ?o }",
    "SELECT $this { $this unknown:p ?o }",
]


@pytest.mark.parametrize(("query", "expected"), BOUNDED)
def test_every_predicate_of_the_patterns_is_among_those_found(query: str, expected: list[str]) -> None:
    found = predicates_of(PREFIX + query)
    assert found is not None
    assert {iri(name) for name in expected} <= found
    assert iri("rdfs:label") not in found


@pytest.mark.parametrize("query", UNBOUNDED)
def test_a_pattern_that_any_predicate_can_match_is_unbounded(query: str) -> None:
    assert predicates_of(PREFIX + query) is None
