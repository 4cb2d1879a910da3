"""What a shape reads of the graph around its focus node, derived from the shapes graph."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from textwrap import shorten
from typing import Final

from pyoxigraph import NamedNode
from rdflib import OWL, RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node as RdfNode

from kg.errors import UnreadableInput
from kg.model.sparql_text import forbidden_keyword, tokens
from kg.namespaces import PREFIXES, iri
from kg.validate.batch import Batch, declared
from kg.validate.branches import Asked, Branches, branches
from kg.validate.path_nodes import read_path
from kg.validate.paths import Alternative, Link, Path, Repeat, Sequence, write_path
from kg.validate.reach import predicates_of

_QUOTED: Final = 200  # letters of a query in a sentence about it

AFFECTED_FOCUS = URIRef(iri("bm:affectedFocus").value)
BY_SUBJECT = URIRef(iri("bm:affectedFocusBySubject").value)

_TYPE = Link(iri("rdf:type"))
_PAIRS = (SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals)
_INNER_SHAPES = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
_INNER_LISTS = (SH["and"], SH["or"], SH.xone)
_UNFOLLOWED = (SH.expression, SH.js)


_batch, _branches = cache(declared), cache(branches)


@dataclass(frozen=True, slots=True)
class Read:
    """One lookup: from a node that `prefix` leads to, along `link` (None: along every predicate).

    With `cls`, the lookup of whether that node is an instance of the class.
    """

    prefix: tuple[Path, ...]
    link: Link | None
    cls: NamedNode | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """A SPARQL constraint's own word on its focus nodes: a query from ?changed to ?focus, which lies after `prefix`.

    `predicates` are those whose changes can matter to the constraint, None for any. With `by_subject` the query is
    asked of the subjects of changed triples alone, not of the objects.
    """

    prefix: tuple[Path, ...]
    query: str
    predicates: frozenset[NamedNode] | None
    by_subject: bool = False

    @property
    def batch(self) -> Batch | None:
        """The query for many changed nodes at once; None where it has to be asked for each."""
        return _batch(self.query)

    @property
    def branches(self) -> Branches | None:
        """The query taken apart; None where it has to be asked as it stands."""
        return _branches(self.query)

    @property
    def pairs(self) -> Asked | None:
        """The query, where it names a ?value beside the focus node, with which alone its verdict may differ.

        Not of a constraint that lies after a prefix, whose results are about other nodes than the focus node.
        """
        batch, found = self.batch, self.branches
        if self.prefix or batch is None or "value" not in batch.columns:
            return None
        return Asked(batch, found.asked[0].anchors if found and not found.walks and len(found.asked) == 1 else None)

    @property
    def is_identity(self) -> bool:
        """Whether it says that a changed node is its own focus node, which need not be asked."""
        return "".join(self.query.upper().split()) == "SELECT?FOCUSWHERE{BIND(?CHANGEDAS?FOCUS)}"


@dataclass(slots=True)
class Dependencies:
    """Everything that one shape's verdict on a focus node depends on.

    `unbounded` says why the affected focus nodes cannot be derived; None when they can.
    """

    reads: set[Read] = field(default_factory=set)
    declared: set[Declared] = field(default_factory=set)
    uses_classes: bool = False
    unbounded: str | None = None


def dependencies(graph: Graph, shape: RdfNode, custom: frozenset[RdfNode]) -> Dependencies:
    """Walks the shape and all shapes within it.

    `custom` holds the shapes that use a constraint component defined in SPARQL: nothing says what those read.
    """
    found = Dependencies()
    _Walk(graph, custom, found).enter(shape, ())
    return found


class _Walk:
    """On its way through a shape and those within it, gathering what they read.

    Shapes that refer to each other in a ring are entered once, together: from the first of them, any of them is
    reached by going along the paths between them any number of times.
    """

    def __init__(self, graph: Graph, custom: frozenset[RdfNode], found: Dependencies) -> None:
        self._graph, self._custom, self._found = graph, custom, found
        self._entered: set[tuple[RdfNode, tuple[Path, ...]]] = set()
        self._below: dict[RdfNode, set[RdfNode]] = {}

    def enter(self, shape: RdfNode, prefix: tuple[Path, ...]) -> None:
        if (shape, prefix) in self._entered:
            return
        self._entered.add((shape, prefix))
        ring = [other for other in self._all_below(shape) if shape in self._all_below(other)] or [shape]
        paths = [self._path(other) for other in ring if shape in self._all_below(shape)]
        between = sorted({path for path in paths if path is not None}, key=write_path)
        if between:
            prefix = (*prefix, Repeat(Alternative(tuple(between)), zero=True, many=True))
        for other in ring:
            self._read(other, prefix, ring)

    def _read(self, shape: RdfNode, prefix: tuple[Path, ...], ring: list[RdfNode]) -> None:
        graph, found = self._graph, self._found
        if shape in self._custom:
            found.unbounded = f"{shape} uses a constraint component of its own"
        path = self._path(shape)
        values = prefix if path is None else (*prefix, path)
        if path is not None:
            found.reads.update(_lookups(path, prefix))
        for parameter, value in graph.predicate_objects(shape):
            if parameter == SH["class"]:
                found.uses_classes = True
                found.reads.add(Read(values, _TYPE, NamedNode(str(value))))
            elif parameter in _PAIRS:
                found.reads.add(Read(prefix, Link(NamedNode(str(value)))))
            elif parameter == SH.closed:
                found.reads.add(Read(values, None))
            elif parameter == SH.sparql:
                _declare(graph, shape, value, prefix, found)
            elif parameter in _UNFOLLOWED:
                found.unbounded = f"{shape} uses {parameter}"
        for inner in self._inner(shape):
            if inner not in ring:
                self.enter(inner, values)

    def _path(self, shape: RdfNode) -> Path | None:
        node = self._graph.value(shape, SH.path)
        return None if node is None else read_path(self._graph, node)

    def _inner(self, shape: RdfNode) -> Iterator[RdfNode]:
        """The shapes that are asked of the values of a shape."""
        graph = self._graph
        for parameter, value in graph.predicate_objects(shape):
            if parameter in _INNER_SHAPES:
                yield value
            elif parameter in _INNER_LISTS:
                yield from graph.items(value)
            elif parameter == SH.qualifiedValueShapesDisjoint and str(value) == "true":
                for beside in self._siblings(shape):
                    yield from graph.objects(beside, SH.qualifiedValueShape)

    def _siblings(self, shape: RdfNode) -> set[RdfNode]:
        """The property shapes of each shape that has this one as a property shape."""
        return {
            beside
            for above in self._graph.subjects(SH.property, shape)
            for beside in self._graph.objects(above, SH.property)
        }

    def _all_below(self, shape: RdfNode) -> set[RdfNode]:
        """The shapes that are reached from within a shape; it is itself among them where it recurs."""
        if shape not in self._below:
            below: set[RdfNode] = set()
            fresh = {shape}
            while fresh:
                fresh = {inner for at in fresh for inner in self._inner(at)} - below
                below |= fresh
            self._below[shape] = below
        return self._below[shape]


def _declare(graph: Graph, shape: RdfNode, constraint: RdfNode, prefix: tuple[Path, ...], found: Dependencies) -> None:
    queries = [*graph.objects(constraint, AFFECTED_FOCUS)] or [*graph.objects(shape, AFFECTED_FOCUS)]
    more = [*graph.objects(constraint, BY_SUBJECT), *graph.objects(shape, BY_SUBJECT)]
    if not queries and not more:
        found.unbounded = f"a SPARQL constraint of {shape} declares no bm:affectedFocus"
    reach = predicates_of(str(graph.value(constraint, SH.select) or ""))
    found.declared.update(Declared(prefix, str(query), reach) for query in queries)
    found.declared.update(Declared(prefix, str(query), reach, by_subject=True) for query in more)


def _lookups(path: Path, prefix: tuple[Path, ...]) -> Iterator[Read]:
    match path:
        case Link():
            yield Read(prefix, path)
        case Sequence(parts):
            for at, part in enumerate(parts):
                yield from _lookups(part, (*prefix, *parts[:at]))
        case Alternative(parts):
            for part in parts:
                yield from _lookups(part, prefix)
        case Repeat(part, _, many):
            yield from _lookups(part, (*prefix, Repeat(part, zero=True, many=True)) if many else prefix)


def refuse_outreach(graph: Graph) -> None:
    """Raises UnreadableInput for shapes with a query that reaches out to another server, whether or not it is run."""
    for predicate in (SH.select, SH.ask, SH.construct, SH.update, AFFECTED_FOCUS, BY_SUBJECT):
        for query in graph.objects(None, predicate):
            if forbidden_keyword(str(query), {"SERVICE"}):
                raise UnreadableInput(
                    "A query of the shapes may not reach out to other servers; take SERVICE out of it: "
                    f"{shorten(str(query), _QUOTED, placeholder=' …')}"
                )


def declare_prefixes(graph: Graph) -> None:
    """Writes the declared prefixes (sh:declare) into the queries themselves.

    pySHACL collects them anew for each constraint and focus node, which took most of the time of a validation.
    """
    prefixes = {name: PREFIXES[name] for name in ("rdf", "rdfs", "owl", "xsd", "sh")}
    for node in graph.objects(None, SH.declare):
        prefixes[str(graph.value(node, SH.prefix))] = str(graph.value(node, SH.namespace))
    for node, query in list(graph.subject_objects(SH.select)):
        used = {token.text.partition(":")[0] for token in tokens(str(query)) if token.kind == "name"}
        prologue = "".join(f"PREFIX {name}: <{base}>\n" for name, base in prefixes.items() if name in used)
        graph.remove((node, SH.prefixes, None))
        graph.set((node, SH.select, Literal(prologue + str(query))))


def is_flat(graph: Graph, shape: RdfNode) -> bool:
    """Whether every result of the shape is about the focus node itself: no property shape stands within another."""
    inner = set(graph.objects(shape, SH.property))
    if graph.value(shape, SH.path) is not None:
        return not inner
    return all(graph.value(other, SH.property) is None for other in inner)


def is_shape_class(graph: Graph, node: RdfNode) -> bool:
    """Whether the node is a class as well as a shape, which makes its instances its targets."""
    return any((node, RDF.type, cls) in graph for cls in (RDFS.Class, OWL.Class))
