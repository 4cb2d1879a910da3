"""A merge moves all that is said of a duplicate, loses nothing, and takes the duplicate out of every list of people."""

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg.curate import CurationRefused, foresee, merge
from kg.curate.merging import REMAINS
from kg.extract import extract
from kg.model.documents import Document
from kg.model.naming import NAMES
from kg.namespaces import curie, iri
from kg.propose import propose
from kg.query import Library
from kg.search import Index
from kg.store import StoreReader
from tests.curate.world import (
    REPORTS,
    UNDECIDED,
    WHY,
    date,
    everything,
    graph_of,
    merged,
    pairs,
    persons,
    say,
    undo_apart,
)
from tests.ontology.judge import violated
from tests.propose.factories import CLERK, MemoryGraph, ingest
from tests.propose.homonym_world import PLAIN, Told, told

BOUNDS = {iri(f"bm:{event}{end}") for event in ("birth", "death") for end in ("Earliest", "Latest")}
_UNDECIDED, _APART = "bm:possiblySameAs", "owl:differentFrom"


def claimed(graph: MemoryGraph, one: NamedNode, prop: str, other: NamedNode) -> None:
    """States a verdict with its claim, as the shapes ask."""
    say(graph, one, prop, other)
    claim = iri(f"claim:{len(graph.store)}")
    for name, value in (("rdf:type", iri("bm:Claim")), ("bm:about", one), ("bm:property", iri(prop))):
        say(graph, claim, name, value)
    for name, value in (("bm:value", other), ("bm:curatedBy", CLERK)):
        say(graph, claim, name, value)
    say(graph, claim, "rdfs:label", Literal("phát biểu", language="vi"))


@settings(deadline=None, max_examples=40)
@given(REPORTS, st.data())
def test_nothing_is_lost_by_a_merge(reports: list[Told], data: st.DataObject) -> None:
    graph = graph_of(*reports)
    if not (two := pairs(graph)):
        return
    kept, gone = data.draw(st.sampled_from(two))
    undo_apart(graph, kept, gone)
    before = everything(graph)
    try:
        merged(graph, kept, gone)
    except CurationRefused:
        assert everything(graph) == before
        return
    after = everything(graph)
    for quad in before - after:
        subject, value = (kept if term == gone else term for term in (quad.subject, quad.object))
        if quad.predicate in NAMES:
            assert quad.object.value in {q.object.value for prop in NAMES for q in graph.quads(kept, prop)}
        elif quad.predicate == iri(_UNDECIDED):
            apart = {Quad(*pair) for pair in ((subject, iri(_APART), value), (value, iri(_APART), subject))}
            assert (
                {quad.subject, quad.object} == {kept, gone}
                or apart & after
                or Quad(subject, quad.predicate, value) in after
            )
        elif quad.predicate in BOUNDS:
            (narrower,) = graph.quads(kept, quad.predicate)
            is_earliest = "Earliest" in quad.predicate.value
            assert (narrower.object.value > quad.object.value) is is_earliest or narrower.object == quad.object
        else:
            assert Quad(subject, quad.predicate, value) in after
    told_of_gone = {q.predicate for q in after if q.subject == gone}
    assert told_of_gone <= {*REMAINS, iri("dcterms:isReplacedBy"), iri("bm:curatedBy"), iri("bm:reason")}


@settings(deadline=None, max_examples=15)
@given(REPORTS, st.data())
def test_a_merge_breaks_no_shape_that_held_before(reports: list[Told], data: st.DataObject) -> None:
    graph = graph_of(*reports)
    two = [pair for pair in pairs(graph) if not is_refused(graph, *pair)]
    if not two:
        return
    kept, gone = data.draw(st.sampled_from(two))
    before = violated(graph.store)
    merged(graph, kept, gone)
    for shape, nodes in violated(graph.store).items():
        broken = before.get(shape, set())
        assert nodes <= broken | ({curie(kept)} if curie(gone) in broken else set()), shape


def is_refused(graph: MemoryGraph, kept: NamedNode, gone: NamedNode) -> bool:
    try:
        merge(graph, kept, gone, CLERK, WHY)
    except CurationRefused:
        return True
    return False


def test_facts_point_to_the_person_kept_and_the_duplicate_says_where_by_whom_and_why(graph: MemoryGraph) -> None:
    kept, gone = persons(graph)
    merged(graph, kept, gone)
    assert len(list(graph.quads(None, iri("org:member"), kept))) == 2
    assert [q.object for q in graph.quads(gone, iri("dcterms:isReplacedBy"))] == [kept]
    assert [q.object for q in graph.quads(gone, iri("bm:curatedBy"))] == [CLERK]
    assert [q.object.value for q in graph.quads(gone, iri("bm:reason"))] == [WHY]
    assert list(graph.quads(gone, iri("rdf:type"))) == []


def test_the_doubt_is_settled_and_what_was_said_for_and_against_stays(graph: MemoryGraph) -> None:
    kept, gone = persons(graph)
    (claim,) = (q.subject for q in graph.quads(None, iri("bm:property"), iri(_UNDECIDED)))
    before = {*graph.quads(claim)}
    merged(graph, kept, gone)
    assert list(graph.quads(None, iri(_UNDECIDED))) == []
    assert {*graph.quads(claim)} == before


def test_another_name_is_kept_as_such(graph: MemoryGraph) -> None:
    kept, gone = persons(graph)
    for name in list(graph.quads(gone, iri("foaf:name"))):
        graph.store.remove(name)
    say(graph, gone, "foaf:name", Literal("Nông Khánh"))
    say(graph, gone, "skos:altLabel", Literal("Nong Khanh", language="en"))
    merged(graph, kept, gone)
    names = {q.object for q in graph.quads(kept, iri("skos:altLabel"))}
    assert names == {Literal("Nông Khánh", language="vi"), Literal("Nong Khanh", language="en")}
    assert len(list(graph.quads(kept, iri("foaf:name")))) == 1


def test_of_two_bounds_the_narrower_stands(graph: MemoryGraph) -> None:
    kept, gone = persons(graph)
    for node, first, last in ((kept, "1965-01-01", "1965-12-31"), (gone, "1965-03-02", "1965-03-02")):
        say(graph, node, "bm:birthEarliest", date(first))
        say(graph, node, "bm:birthLatest", date(last))
    merged(graph, kept, gone)
    assert (
        graph.values(curie(kept), "bm:birthEarliest") == graph.values(curie(kept), "bm:birthLatest") == {"1965-03-02"}
    )


def test_who_was_merged_into_the_duplicate_before_is_led_to_the_person_kept(graph: MemoryGraph) -> None:
    ingest(graph, told("2023-05-06", PLAIN, ("Ủy viên", None)).read())
    first, second, third = persons(graph)
    merged(graph, second, third)
    merged(graph, first, second)
    assert [q.object for q in graph.quads(third, iri("dcterms:isReplacedBy"))] == [first]


def test_a_third_who_is_told_apart_from_one_is_told_apart_from_both(graph: MemoryGraph) -> None:
    ingest(graph, told("2023-05-06", PLAIN, ("Ủy viên", None)).read())
    first, second, third = persons(graph)
    for quad in [*graph.quads(second, iri(_UNDECIDED), third), *graph.quads(third, iri(_UNDECIDED), second)]:
        graph.store.remove(quad)
    claimed(graph, second, _APART, third)
    assert any(graph.quads(*pair) for pair in ((first, iri(_UNDECIDED), third), (third, iri(_UNDECIDED), first)))
    merged(graph, first, second)
    assert list(graph.quads(None, iri(_UNDECIDED))) == []
    assert [q.object for q in graph.quads(first, iri(_APART))] == [third]
    assert not violated(graph.store).keys() & {"Person-oneVerdict", "Person-verdictClaimed"}


def stay_two(graph: MemoryGraph, kept: NamedNode, gone: NamedNode) -> list[object]:
    return [node for e in foresee(graph, kept, gone, CLERK).effects if e.code == "two" for node in e.gone]


def test_holdings_of_one_post_stay_two(graph: MemoryGraph) -> None:
    kept, gone = persons(graph)
    (post,) = {
        q.object for t in graph.quads(None, iri("org:member"), kept) for q in graph.quads(t.subject, iri("bm:post"))
    }
    assert stay_two(graph, kept, gone) == []
    (tenure,) = (q.subject for q in graph.quads(None, iri("org:member"), gone))
    for quad in list(graph.quads(tenure, iri("bm:post"))):
        graph.store.remove(quad)
    assert isinstance(post, NamedNode)
    say(graph, tenure, "bm:post", post)
    assert stay_two(graph, kept, gone) == [tenure]
    merged(graph, kept, gone)
    assert len(list(graph.quads(None, iri("org:member"), kept))) == 2


def test_neither_search_nor_a_question_of_the_library_gives_the_duplicate(graph: MemoryGraph) -> None:
    kept, gone = persons(graph)
    merged(graph, kept, gone)
    found = {hit.iri for hit in Index.build(graph).find(PLAIN, kind="person")}
    assert found == {kept.value}
    asked, asking = 0, StoreReader(graph.store)
    for query in (query for name, query in Library.load().items() if name != "merged-duplicates"):
        values = {
            name: kept.value if param.class_ == "bm:Person" else param.example
            for name, param in query.params.items()
            if not param.optional
        }
        rows = asking.select(query.text, dict(query.bind(values)))
        assert gone not in [term for row in rows for term in row.values()], query.name
        asked += bool(rows)
    assert asked > 3
    assert {row["p"] for row in graph.select("SELECT ?p { ?p a ?class ; foaf:name ?name }")} == {kept}


def test_reports_read_again_add_nothing_and_new_ones_find_the_person_kept(graph: MemoryGraph) -> None:
    kept, gone = persons(graph)
    merged(graph, kept, gone)
    for report in UNDECIDED:
        assert propose(graph, *report.read(), CLERK).is_empty
    ingest(graph, told("2024-01-01", PLAIN, ("Giám đốc", "Sở Y tế Bắc Kạn")).read())
    assert persons(graph) == [kept]
    assert not any(graph.quads(None, iri("org:member"), gone))


def test_a_report_whose_source_was_withdrawn_does_not_bring_the_duplicate_back(graph: MemoryGraph) -> None:
    kept, gone = persons(graph)
    for one, other in ((kept, gone), (gone, kept)):
        again = graph_of(*UNDECIDED)
        merged(again, one, other)
        for quad in [*again.quads(None, iri("bm:textDigest"))]:
            again.store.remove(quad)
        for report in UNDECIDED:
            ingest(again, report.read())
        assert persons(again) == [one]
        assert not any(again.quads(one, iri(_UNDECIDED), one))


def test_a_real_report_moves_with_participations_events_and_sentences() -> None:
    graph = graph_of()
    for day, post in (("5/4/2022", "Giám đốc Sở Y tế"), ("6/4/2023", "Phó Giám đốc Sở Xây dựng")):
        words = f"Ngày {day}, Tỉnh ủy Bắc Kạn họp. Đồng chí {PLAIN}, {post} tỉnh Bắc Kạn dự hội nghị."
        document = Document(day, words, place="Bắc Kạn")
        ingest(graph, (document, extract(document)))
    kept, gone = persons(graph)
    moved = {q.predicate for q in graph.quads(None, None, gone)}
    assert {iri("org:member"), iri("bm:participant"), iri("bm:supports")} <= moved
    merged(graph, kept, gone)
    assert {q.predicate for q in graph.quads(None, None, gone)} <= {iri("bm:about"), iri("bm:value")}
