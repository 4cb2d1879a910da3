"""People to propose, and two reports of one person."""

from pyoxigraph import Literal, NamedNode, Quad

from kg.extract import extract
from kg.model import fold
from kg.model.changes import ChangeSet
from kg.model.documents import Document
from kg.namespaces import iri
from kg.propose import propose
from kg.review import Kind, Proposal, Queue, save
from kg.store import Graph

HOA, LAN, MAI = iri("agent:hoa"), iri("agent:lan"), iri("agent:mai")
READER = iri("agent:kg-ingest")
SURE = "Ngày 10/3/2023, đồng chí Lò Văn Mẫu - Chủ tịch UBND tỉnh Bắc Kạn chủ trì hội nghị."
AGAIN = "Ngày 17/3/2023, đồng chí Lò Văn Mẫu - Chủ tịch UBND tỉnh Bắc Kạn kiểm tra công tác phòng, chống cháy rừng."

NAMESAKE = "Ngày 20/5/2024, đồng chí Lò Văn Mẫu, Bí thư Chi bộ thôn Nà Mu phát biểu tại hội nghị."
MIXED = f"{NAMESAKE} Đồng chí Hà Văn Thử - Chủ tịch UBND huyện Ba Bể chủ trì hội nghị."


def person(slug: str) -> NamedNode:
    """The IRI of a person."""
    return iri(f"person:{slug}")


def label(slug: str, words: str) -> Quad:
    """How a person is called."""
    return Quad(person(slug), iri("rdfs:label"), Literal(words, language="vi"))


def named(slug: str, words: str) -> frozenset[Quad]:
    """A person who conforms, on a curator's word."""
    node = person(slug)
    return frozenset(
        {
            label(slug, words),
            Quad(node, iri("rdf:type"), iri("bm:Person")),
            Quad(node, iri("rdf:type"), iri("foaf:Person")),
            Quad(node, iri("foaf:name"), Literal(words)),
            Quad(node, iri("bm:key"), Literal(fold.key(words))),
            Quad(node, iri("bm:curatedBy"), HOA),
        }
    )


def apart(one: str, other: str) -> frozenset[Quad]:
    """That two people are two, with the claim that says so."""
    claim, told = iri(f"claim:{one}-{other}"), iri("owl:differentFrom")
    return frozenset(
        {
            Quad(person(one), told, person(other)),
            Quad(claim, iri("rdf:type"), iri("bm:Claim")),
            Quad(claim, iri("rdfs:label"), Literal("hai người", language="vi")),
            Quad(claim, iri("bm:about"), person(one)),
            Quad(claim, iri("bm:property"), told),
            Quad(claim, iri("bm:value"), person(other)),
            Quad(claim, iri("bm:curatedBy"), HOA),
        }
    )


def change(add: frozenset[Quad] = frozenset(), remove: frozenset[Quad] = frozenset()) -> ChangeSet:
    """A change of a contributor."""
    return ChangeSet(add, remove, HOA, "Bổ sung")


def proposed(graph: Graph, queue: Queue, asked: ChangeSet) -> Proposal:
    """A change put into the queue."""
    return save(graph, queue, asked, Kind.PATCH, "Bổ sung")


def read_in(graph: Graph, queue: Queue, text: str, title: str) -> Proposal:
    """A document read into the queue."""
    document = Document(title, text, title, place="Bắc Kạn")
    with graph.reader() as reader:
        made = propose(reader, document, extract(document), READER)
    return save(graph, queue, made, Kind.DOCUMENT, title, document=document)


def renamed(old: str, new: str) -> ChangeSet:
    """Another label for the person `moi`, and the name with it."""
    name = iri("foaf:name")
    return change(
        frozenset({label("moi", new), Quad(person("moi"), name, Literal(new))}),
        frozenset({label("moi", old), Quad(person("moi"), name, Literal(old))}),
    )


def has(graph: Graph, *quads: Quad) -> bool:
    """Whether all of the quads are in the graph."""
    with graph.reader() as reader:
        return all(any(True for _ in reader.quads(q.subject, q.predicate, q.object)) for q in quads)  # type: ignore[arg-type]  # no triple terms here
