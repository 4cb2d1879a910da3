"""A graph in memory, asked through the Reader protocol."""

from collections.abc import Iterator

import pytest
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
)

from kg.model.graph import DEFAULT_GRAPH, Row, Term
from kg.model.sparql_bind import bind_terms
from kg.namespaces import PREFIXES, sparql_prologue
from kg.search import Index

FACTS = """
person:hoa-1 a bm:Person ; rdfs:label "Nguyễn Thị Hoa"@vi .
person:hoa-2 a bm:Person ; rdfs:label "Nguyễn Thị Hòa"@vi .
person:hoa-3 a bm:Person ; rdfs:label "Nguyễn Thị Hoá"@vi .
person:du a bm:Person ; rdfs:label "Đỗ Đức Dũng"@vi ; skos:altLabel "Đỗ Dũng"@vi .
person:merged a bm:Person ; rdfs:label "Đỗ Đức Dung"@vi ; dcterms:isReplacedBy person:du .
person:hyim a bm:Person ; rdfs:label "H'Yim Kđoh"@vi .
tenure:t1 a bm:Tenure ; org:member person:du ; bm:post post:p1 ; bm:attestedOn "2021-01-01"^^xsd:date .
tenure:t2 a bm:Tenure ; org:member person:du ; bm:post post:p2 ; bm:attestedOn "2022-04-05"^^xsd:date .
post:p1 a bm:Post ; rdfs:label "Phó Chủ tịch"@vi ; org:postIn organ:ubnd .
post:p2 a bm:Post ; rdfs:label "Chủ tịch UBND tỉnh Thử"@vi ; org:postIn organ:ubnd .
organ:ubnd a bm:Organ ; rdfs:label "Ủy ban nhân dân tỉnh Thử"@vi ; bm:jurisdiction place:tinh .
organ:hdnd a bm:Organ ; rdfs:label "HĐND tỉnh Thử"@vi ; bm:validTo "2025-07-01"^^xsd:date .
place:nuoc a bm:Place ; rdfs:label "Nước Thử"@vi ; bm:level level:country .
place:tinh a bm:Place ; rdfs:label "Tỉnh Thử"@vi ; skos:altLabel "Thử"@vi ; bm:level level:province ;
    bm:within place:nuoc .
place:xa a bm:Place ; rdfs:label "Xã Thử"@vi ; skos:altLabel "Thử"@vi ; bm:level level:commune ; bm:within place:huyen ;
    bm:validFrom "2000-01-01"^^xsd:date ; bm:validTo "2025-07-01"^^xsd:date .
place:huyen a bm:Place ; rdfs:label "Huyện Trên"@vi ; bm:level level:district ; bm:within place:tinh .
directive:d a bm:Directive ; rdfs:label "Quyết định 238-QĐ/TW"@vi ; bm:symbol "238-QĐ/TW" ;
    bm:issuedOn "2020-09-30"^^xsd:date ; dcterms:title "Về công tác dư luận"@vi .
meeting:m a bm:Meeting ; rdfs:label "Hội nghị giao ban quý I"@vi ; bm:day "2022-04-05"^^xsd:date ; bm:place place:tinh .
source:s a bm:Source ; rdfs:label "Báo Thử"@vi .
"""


class StoreReader:
    """A Reader on a store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: NamedNode | DefaultGraph | None = DEFAULT_GRAPH,
    ) -> Iterator[Quad]:
        return iter(self.store.quads_for_pattern(subject, predicate, object, graph))

    def select(self, query: str, bindings: dict[str, Term] | None = None) -> list[Row]:
        found = self.store.query(bind_terms(query, bindings or {}), prefixes=PREFIXES)
        assert isinstance(found, QuerySolutions)
        names = [variable.value for variable in found.variables]
        return [
            {name: term for name in names if (term := row[name]) is not None and not isinstance(term, Triple)}
            for row in found
        ]

    def ask(self, query: str, bindings: dict[str, Term] | None = None) -> bool:
        found = self.store.query(bind_terms(query, bindings or {}), prefixes=PREFIXES)
        assert isinstance(found, QueryBoolean)
        return bool(found)


@pytest.fixture(scope="session")
def index() -> Index:
    """The index of `FACTS`."""
    store = Store()
    store.load(sparql_prologue() + FACTS, RdfFormat.TURTLE)
    assert Literal("Đỗ Dũng", language="vi") in {quad.object for quad in store}
    return Index.build(StoreReader(store))
