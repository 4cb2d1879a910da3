"""The smallest documents, extractions and graphs that show a point."""

from collections.abc import Iterator

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from kg.model.changes import ChangeSet
from kg.model.documents import Document
from kg.model.extraction import (
    Citation,
    DirectiveRead,
    Extraction,
    MeetingRead,
    OrganRead,
    Participant,
    PersonRead,
    Position,
)
from kg.model.graph import Row, Term
from kg.model.spans import Span
from kg.namespaces import PREFIXES, iri, sparql_prologue
from kg.propose import propose

CLERK = iri("agent:clerk")
CODES = """
organkind:PeoplesCommittee skos:inScheme <https://w3id.org/bomay/code/organkind> ; skos:prefLabel "Ủy ban nhân dân"@vi ;
    bm:slug "ubnd" ; bm:ladder ladder:State .
organkind:PartyCommittee skos:inScheme <https://w3id.org/bomay/code/organkind> ; skos:prefLabel "Cấp ủy"@vi ;
    skos:altLabel "Tỉnh ủy"@vi ; bm:slug "cap-uy" ; bm:ladder ladder:Party .
organkind:Department skos:inScheme <https://w3id.org/bomay/code/organkind> ; skos:prefLabel "Sở"@vi ;
    bm:ladder ladder:State .
organkind:Other skos:inScheme <https://w3id.org/bomay/code/organkind> ; skos:prefLabel "Khác"@vi .
place:tinh-bac-kan a bm:Place ; rdfs:label "Tỉnh Bắc Kạn"@vi ; bm:key "tinh bac kan" ;
    bm:unitType unittype:Province ;
    bm:validTo "2025-07-01"^^xsd:date ; bm:replacedBy place:tinh-thai-nguyen-2025 .
place:tinh-thai-nguyen a bm:Place ; rdfs:label "Tỉnh Thái Nguyên"@vi ; bm:key "tinh thai nguyen" ;
    bm:unitType unittype:Province ;
    bm:validTo "2025-07-01"^^xsd:date ; bm:replacedBy place:tinh-thai-nguyen-2025 .
place:tinh-thai-nguyen-2025 a bm:Place ; rdfs:label "Tỉnh Thái Nguyên"@vi ; bm:key "tinh thai nguyen" ;
    bm:unitType unittype:Province ;
    bm:validFrom "2025-07-01"^^xsd:date .
term:trung-uong-khoa-12 a bm:Term ; bm:termOf organ:ban-chap-hanh-trung-uong-dang ; bm:ordinal 12 ;
    bm:firstDay "2016-01-29"^^xsd:date ; bm:lastDay "2021-02-01"^^xsd:date .
"""


class MemoryGraph:
    """A Reader over a store in memory, to which change sets are applied without a door."""

    def __init__(self, turtle: str = CODES) -> None:
        self.store = ox.Store()
        prefixes = "".join(f"@prefix {p}: <{i}> .\n" for p, i in PREFIXES.items())
        self.store.load((prefixes + turtle).encode(), format=ox.RdfFormat.TURTLE)

    def quads(
        self,
        subject: NamedNode | ox.BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: NamedNode | ox.DefaultGraph | None = ox.DefaultGraph(),  # noqa: B008  an immutable value
    ) -> Iterator[Quad]:
        return iter(self.store.quads_for_pattern(subject, predicate, object, graph))

    def select(self, query: str, bindings: dict[str, Term] | None = None) -> list[Row]:
        bound = {ox.Variable(name): term for name, term in (bindings or {}).items()}
        found = self.store.query(sparql_prologue() + query, substitutions=bound)
        names = [v.value for v in found.variables]
        return [{n: row[n] for n in names if row[n] is not None} for row in found]

    def ask(self, query: str, bindings: dict[str, Term] | None = None) -> bool:
        bound = {ox.Variable(name): term for name, term in (bindings or {}).items()}
        return bool(self.store.query(sparql_prologue() + query, substitutions=bound))

    def apply(self, change: ChangeSet) -> None:
        for quad in change.remove:
            self.store.remove(quad)
        self.store.extend(change.add)

    def values(self, subject: str, prop: str) -> set[str]:
        return {q.object.value for q in self.quads(iri(subject), iri(prop))}

    def of_class(self, name: str) -> list[NamedNode]:
        return [q.subject for q in self.quads(None, iri("rdf:type"), iri(name))]


def spans_of(text: str, words: str) -> tuple[Span, ...]:
    start = text.index(words)
    return (Span(start, start + len(words)),)


def report(
    text: str,
    *people: tuple[str, str, str, str],
    day: str | None = "2022-04-05",
    organs: tuple[tuple[str, str, str], ...] = (("Ủy ban nhân dân tỉnh Bắc Kạn", "PeoplesCommittee", "tỉnh Bắc Kạn"),),
    papers: tuple[DirectiveRead, ...] = (),
    meeting: bool = False,
) -> tuple[Document, Extraction]:
    """A document and its extraction; each person as (name, title, organ, status), with their words in the text."""
    read = tuple(
        PersonRead(
            name=name,
            spans=spans_of(text, name),
            positions=(Position(title, organ, status, spans_of(text, name), "post-after-name", "high"),),
        )
        for name, title, organ, status in people
    )
    head = Span(0, min(12, len(text)))
    held = MeetingRead(
        "Hội nghị giao ban",
        (head,),
        day,
        participants=tuple(Participant(p.name, "tham dự", None, p.spans) for p in read),
    )
    return Document("d", text, published=day), Extraction(
        "d",
        day,
        "Bắc Kạn",
        persons=read,
        organs=tuple(OrganRead(name, kind, place, (head,)) for name, kind, place in organs),
        meetings=(held,) if meeting else (),
        directives=papers,
    )


def paper(text: str, *titles: str, number: str = "238-QĐ/TW", date: str | None = "2020-09-30") -> DirectiveRead:
    """A directive cited once for each title."""
    cited = tuple(
        Citation(spans_of(text, title)[0], "number-with-type", date, None, title, spans_of(text, title)[0])
        for title in titles
    )
    return DirectiveRead("Quyết định", number, cited, date=date, title=titles[-1])


def ingest(graph: MemoryGraph, case: tuple[Document, Extraction]) -> ChangeSet:
    """Proposes and applies."""
    change = propose(graph, case[0], case[1], CLERK)
    graph.apply(change)
    return change
