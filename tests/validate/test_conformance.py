"""What is found when pySHACL is asked only where it has to be is what pySHACL finds when asked of everything."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg.errors import UnreadableInput
from kg.model.changes import ChangeSet
from kg.namespaces import iri
from kg.reference import code_files
from kg.resources import tree
from kg.validate import Shapes, validate_graph
from kg.validate.check import introduced
from kg.validate.lookups import Lookups

HERE = Path(__file__).parent
MADE_UP = {name: Shapes.parse((HERE / f"{name}.ttl").read_bytes()) for name in ("every-kind", "hostile")}
OURS = Shapes.load()
AGENT = iri("agent:test")

EX = "http://example.org/"
NODES = [*(NamedNode(f"{EX}{name}") for name in "abcd"), BlankNode("b1")]
CLASSES = [NamedNode(f"{EX}{name}") for name in ("Person", "Organ", "Post", "Holding", "Special", "Sub")]
LINKS = [NamedNode(f"{EX}{name}") for name in ("p", "q", "r", "s", "next", "member")]

plain = ["", "x", "xx", "Tên", "a\\b", "a\nb", "mm", "https://example.org/", " 7 ", "007"]
typed = [
    *((text, "xsd:integer") for text in ("7", "007", "-3", "seven", "", "99999999999999999999")),
    *((text, "xsd:decimal") for text in ("1.50", "7", "1e3", ".5")),
    *((text, "xsd:double") for text in ("1e400", "NaN", "-0", "INF", "one")),
    *((text, "xsd:boolean") for text in ("true", "1", "yes")),
    *((text, "xsd:date") for text in ("2022-04-05", "2022-4-5", "2022-02-30", "2022-04-05Z", "-0044-03-15")),
    *((text, "xsd:dateTime") for text in ("2022-04-05T00:00:00", "2022-04-05T00:00:00+07:00", "2022-04-05T25:00:00Z")),
    *((text, "xsd:gYear") for text in ("2022", "22", "2022Z")),
    *((text, "xsd:nonNegativeInteger") for text in ("7", "-7")),
    ("7", "xsd:int"),
    ("x", "bm:own"),
    ("2022-04", "xsd:gYearMonth"),
    ("x", "xsd:anyURI"),
]
LITERALS = [
    *map(Literal, plain),
    *(Literal(text, datatype=iri(name)) for text, name in typed),
    *(Literal(text, language=tag) for text in ("Tên", "x") for tag in ("vi", "VI", "en", "vi-latn-vn")),
]

values = st.sampled_from([*NODES, *NODES, *LITERALS])
facts = st.one_of(
    st.builds(Quad, st.sampled_from(NODES), st.just(iri("rdf:type")), st.sampled_from(CLASSES)),
    st.builds(Quad, st.sampled_from(NODES), st.sampled_from(LINKS), values),
    st.builds(Quad, st.sampled_from(NODES), st.just(iri("rdfs:label")), values),
    st.builds(Quad, st.sampled_from(CLASSES[4:]), st.just(iri("rdfs:subClassOf")), st.sampled_from(CLASSES)),
)
graphs = st.frozensets(facts, min_size=1, max_size=16)

EVERYTHING = frozenset(
    [
        *(Quad(NODES[0], link, value) for link in LINKS for value in LITERALS if value.value not in ("NaN", "INF")),
        *(Quad(NODES[0], iri("rdf:type"), cls) for cls in CLASSES),
    ]
)

CODES = [quad for file in code_files() for quad in parse(path=str(file), format=RdfFormat.TURTLE)]
EXAMPLES = sorted(tree("ontology").glob("*/examples/*.ttl"))


def store_of(*quads: Quad) -> Store:
    store = Store()
    store.extend(quads)
    return store


def quads_of(file: Path) -> list[Quad]:
    return [Quad(q.subject, q.predicate, q.object) for q in parse(path=str(file), format=RdfFormat.TURTLE)]


def outcome(store: Store, shapes: Shapes) -> object:
    """The findings, or the fault of pySHACL 0.40.1 when it compares NaN with a decimal bound, or any blank node."""
    try:
        return validate_graph(store, shapes).findings
    except (ArithmeticError, UnreadableInput) as error:
        return type(error)


def agree(store: Store, shapes: Shapes) -> bool:
    return outcome(store, shapes) == outcome(store, shapes.by_pyshacl_alone())


@pytest.mark.filterwarnings("ignore::pyshacl.errors.ShapeRecursionWarning")  # one shape recurs on purpose
@pytest.mark.parametrize("name", sorted(MADE_UP))
@settings(max_examples=80, deadline=None)
@given(graph=graphs)
@example(graph=EVERYTHING)
def test_findings_on_random_graphs_are_those_of_pyshacl(name: str, graph: frozenset[Quad]) -> None:
    assert agree(store_of(*graph), MADE_UP[name])


@pytest.mark.filterwarnings("ignore::pyshacl.errors.ShapeRecursionWarning")  # one shape recurs on purpose
@pytest.mark.parametrize("name", sorted(MADE_UP))
@settings(max_examples=60, deadline=None)
@given(before=graphs, after=graphs)
def test_a_change_introduces_what_pyshacl_alone_says(
    name: str, before: frozenset[Quad], after: frozenset[Quad]
) -> None:
    old, new = store_of(*before), store_of(*after)
    change = ChangeSet(after - before, before - after, AGENT, "test")
    shapes = MADE_UP[name]
    if all(isinstance(outcome(store, shapes), tuple) for store in (old, new)):
        assert introduced(old, new, change, shapes) == introduced(old, new, change, shapes.by_pyshacl_alone())


@settings(max_examples=40, deadline=None)
@given(draw=st.data(), file=st.sampled_from(EXAMPLES))
def test_findings_on_examples_spoilt_at_random_are_those_of_pyshacl(draw: st.DataObject, file: Path) -> None:
    quads = quads_of(file)
    terms = st.one_of(st.sampled_from(LITERALS), st.sampled_from([q.object for q in quads]), st.just(BlankNode("b")))
    places = st.dictionaries(st.sampled_from(range(len(quads))), st.none() | terms, max_size=4)
    for at, term in draw.draw(places).items():
        quads[at] = Quad(quads[at].subject, quads[at].predicate, quads[at].object if term is None else term)
        if term is None:
            quads[at] = quads[0]
    assert agree(store_of(*CODES, *quads), OURS)


@pytest.mark.slow
@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_example_is_judged_as_by_pyshacl(file: Path) -> None:
    assert agree(store_of(*CODES, *quads_of(file)), OURS)


def test_all_our_shapes_are_read() -> None:
    assert [shape.name for shape in OURS.targeted if not OURS.engine.conformance.reads(shape.node)] == []


def test_a_shape_with_what_is_not_sure_is_left_to_pyshacl() -> None:
    unread = {
        name: {s.name.removeprefix(EX) for s in shapes.targeted if not shapes.engine.conformance.reads(s.node)}
        for name, shapes in MADE_UP.items()
    }
    assert unread["hostile"] == {"Less", "Far", "Deep", "Either", "Unbound", "ClassAsText", "DatatypeAsText"}
    assert {"Values", "Inverse", "Sequence", "Pairs", "Closed", "OneMember"}.isdisjoint(unread["every-kind"])


def test_nodes_that_conform_are_sure_and_others_are_not() -> None:
    (file,) = (file for file in EXAMPLES if file.stem == "valid-Tenure")
    quads = quads_of(file)
    shape = next(s for s in OURS.targeted if s.name.endswith("#Tenure"))
    look = Lookups(store_of(*CODES, *quads))
    tenures = shape.targets.enumerate(look.store)
    assert tenures and OURS.engine.conformance.sure(shape.node, look, tenures) == tenures
    spoilt = Lookups(store_of(*CODES, *(q for q in quads if q.predicate != iri("org:member"))))
    assert OURS.engine.conformance.sure(shape.node, spoilt, tenures) == set()


def test_a_term_that_rdf_1_1_does_not_have_leaves_nothing_sure() -> None:
    shapes = MADE_UP["hostile"]
    shape = next(s for s in shapes.targeted if s.name == f"{EX}Types")
    text = '<http://example.org/a> a <http://example.org/Person> ; <http://example.org/s> "x"@en--rtl .'
    look = Lookups(store_of(*parse(text, format=RdfFormat.TURTLE)))
    assert shapes.engine.conformance.sure(shape.node, look, {NODES[0]}) == set()
