"""What a repair is found from: the finding, the graph as it would be and as it was, and the shape that speaks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from kg.model.changes import ChangeSet
from kg.namespaces import curie, iri
from kg.validate.paths import Link, Term
from kg.validate.report import Finding

if TYPE_CHECKING:
    from rdflib import Graph

_DEFAULT: Final = DefaultGraph()
_UNSAID: Final = (iri("xsd:string"), iri("rdf:langString"))


Quads = Callable[[NamedNode | BlankNode | None, NamedNode | None, Term | None], Iterator[Quad]]
"""The quads of a default graph that match subject, predicate and object, such as `kg.model.graph.Reader.quads`; None
matches anything.
"""


def facts_of(store: Store) -> Quads:
    """The default graph of a store."""
    return lambda subject, predicate, value: store.quads_for_pattern(subject, predicate, value, _DEFAULT)


def as_it_would_be(graph: Quads, change: ChangeSet) -> Quads:
    """A graph with a change that it has not got."""
    added = [quad for quad in change.add if quad.graph_name == _DEFAULT]
    about: dict[object, list[Quad]] = {}
    leading_to: dict[object, list[Quad]] = {}
    for quad in added:
        about.setdefault(quad.subject, []).append(quad)
        leading_to.setdefault(quad.object, []).append(quad)

    def matching(
        subject: NamedNode | BlankNode | None, predicate: NamedNode | None, value: Term | None
    ) -> Iterator[Quad]:
        for quad in graph(subject, predicate, value):
            if quad not in change.remove and quad not in change.add:
                yield quad
        near = added if value is None else leading_to.get(value, [])
        for quad in near if subject is None else about.get(subject, []):
            if predicate in (None, quad.predicate) and value in (None, quad.object):
                yield quad

    return matching


@dataclass(frozen=True, slots=True)
class Fix:
    """Quads to remove and to add; `old` and `new` are what its sentence names."""

    remove: tuple[Quad, ...]
    add: tuple[Quad, ...]
    old: tuple[Term, ...] = ()
    new: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One finding that wants a repair. `after` and `before` are the graph with the change and without."""

    finding: Finding
    after: Quads
    before: Quads
    shapes: "Graph"
    options: Mapping[str, Any]

    @property
    def focus(self) -> NamedNode | BlankNode | None:
        """The focus node, where it can have properties."""
        node = self.finding.focus_term
        return None if isinstance(node, Literal) else node

    @property
    def link(self) -> NamedNode | None:
        """The property of the finding, where its path is one."""
        path = self.finding.path_parts
        return path.predicate if isinstance(path, Link) and not path.inverse else None

    def parameter(self, name: str) -> Term | None:
        """The value of a parameter of the shape, such as `datatype`."""
        from pyshacl.graph_abstraction import to_ox  # slow to import, rdflib too; readers do without
        from rdflib import SH, URIRef

        value = self.shapes.value(URIRef(self.finding.shape), SH[name])
        return None if value is None else cast(Term, to_ox(cast(Any, value)))

    def values(self, node: Term | None, prop: NamedNode) -> list[Term]:
        """The values of a property in the graph as it would be, in order."""
        if not isinstance(node, NamedNode | BlankNode):
            return []
        found = (quad.object for quad in self.after(node, prop, None))
        return sorted((value for value in found if isinstance(value, NamedNode | Literal | BlankNode)), key=str)

    def text(self, node: Term | None, prop: NamedNode) -> list[Literal]:
        """Those of the values that are literals."""
        return [value for value in self.values(node, prop) if isinstance(value, Literal)]

    def knows(self, node: Term) -> bool:
        """Whether the graph as it would be says anything of the node."""
        return isinstance(node, NamedNode | BlankNode) and any(True for _ in self.after(node, None, None))

    def knew(self, node: Term) -> bool:
        """Whether the graph as it was says anything of the node."""
        return isinstance(node, NamedNode | BlankNode) and any(True for _ in self.before(node, None, None))

    def option(self, name: str) -> list[NamedNode]:
        """The properties that `repairs.yaml` lists under a name."""
        return [iri(each) for each in self.options.get(name, ())]

    def instead(self, old: Term, *new: Term) -> Iterator[Fix]:
        """Puts the new values in the place of the old one, wherever the focus node has it."""
        if self.focus is None:
            return
        links = [self.link] if self.link else [q.predicate for q in self.after(self.focus, None, old)]
        for link in sorted(set(links), key=str):
            gone = Quad(self.focus, link, old, _DEFAULT)
            yield Fix((gone,), tuple(Quad(self.focus, link, each, _DEFAULT) for each in new), (old,), new)

    def stated(self, new: Term, *because: Term) -> Iterator[Fix]:
        """States a value that is missing."""
        if self.focus is not None and self.link is not None:
            yield Fix((), (Quad(self.focus, self.link, new, _DEFAULT),), because, (new,))

    def shown(self, term: Term) -> str:
        """A term as a clerk reads it: a label with the short IRI, a text in quotation marks."""
        if isinstance(term, Literal):
            tag = f"@{term.language}" if term.language else ""
            return f"“{term.value}”{tag}" if term.datatype in _UNSAID else f"{term.value} ({curie(term.datatype)})"
        name = curie(term) if isinstance(term, NamedNode) else str(term)
        labels = self.text(term, iri("rdfs:label"))
        chosen = min(labels, key=lambda said: (said.language != "vi", said.value), default=None)
        return name if chosen is None else f"{chosen.value} ({name})"


Finder = Callable[[Case], Iterator[Fix]]
"""What may be the repair of a case."""
