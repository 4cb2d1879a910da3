"""What a repair is found from: the finding, the graph as it would be and as it was, and the shape that speaks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from kg.model.changes import ChangeSet
from kg.namespaces import curie, iri
from kg.validate.paths import Link, Term
from kg.validate.report import Finding

if TYPE_CHECKING:
    from rdflib import Graph

_DEFAULT: Final = DefaultGraph()
_UNSAID: Final = (iri("xsd:string"), iri("rdf:langString"))


class Quads(Protocol):
    """A graph of which quads can be asked, such as a `kg.model.graph.Reader`."""

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
    ) -> Iterator[Quad]:
        """Quads of the default graph that match; None matches anything."""
        ...


@dataclass(frozen=True, slots=True)
class Facts:
    """The default graph of a store."""

    store: Store

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
    ) -> Iterator[Quad]:
        """See `Quads`."""
        return self.store.quads_for_pattern(subject, predicate, object, _DEFAULT)


class AsItWouldBe:
    """A graph with a change that it has not got."""

    def __init__(self, graph: Quads, change: ChangeSet) -> None:
        self._graph, self._change = graph, change
        self._add = [quad for quad in change.add if quad.graph_name == _DEFAULT]

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
    ) -> Iterator[Quad]:
        """See `Quads`."""
        for quad in self._graph.quads(subject, predicate, object):
            if quad not in self._change.remove and quad not in self._change.add:
                yield quad
        for quad in self._add:
            if (
                subject in (None, quad.subject)
                and predicate in (None, quad.predicate)
                and object in (None, quad.object)
            ):
                yield quad


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
        found = (quad.object for quad in self.after.quads(node, prop))
        return sorted((value for value in found if isinstance(value, NamedNode | Literal | BlankNode)), key=str)

    def text(self, node: Term | None, prop: NamedNode) -> list[Literal]:
        """Those of the values that are literals."""
        return [value for value in self.values(node, prop) if isinstance(value, Literal)]

    def knows(self, node: Term) -> bool:
        """Whether the graph as it would be says anything of the node."""
        return isinstance(node, NamedNode | BlankNode) and any(True for _ in self.after.quads(node))

    def knew(self, node: Term) -> bool:
        """Whether the graph as it was says anything of the node."""
        return isinstance(node, NamedNode | BlankNode) and any(True for _ in self.before.quads(node))

    def option(self, name: str) -> list[NamedNode]:
        """The properties that `repairs.yaml` lists under a name."""
        return [iri(each) for each in self.options.get(name, ())]

    def instead(self, old: Term, *new: Term) -> Iterator[Fix]:
        """Puts the new values in the place of the old one, wherever the focus node has it."""
        if self.focus is None:
            return
        links = [self.link] if self.link else [q.predicate for q in self.after.quads(self.focus, None, old)]
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
