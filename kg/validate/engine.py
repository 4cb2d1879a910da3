"""pySHACL's shapes called on chosen focus nodes of a live store.

Only `Shape.validate` is used: `Validator.run` and `focus_nodes=` read the union of all graphs or give wrong verdicts.
"""

import logging
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, cast

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, parse
from pyoxigraph import Literal as OxLiteral
from pyshacl.constraints.sparql.sparql_based_constraints import SPARQLBasedConstraint
from pyshacl.graph_abstraction import DataGraph, convert_quad_to_rdflib, to_ox, to_rdf
from pyshacl.pytypes import SHACLExecutor
from pyshacl.validator import Validator
from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.errors import UnreadableInput
from kg.namespaces import curie, iri
from kg.validate.conformance import Conformance
from kg.validate.dependencies import declare_prefixes, is_flat, is_shape_class, refuse_outreach
from kg.validate.messages import both_languages, fill
from kg.validate.path_nodes import read_path
from kg.validate.paths import Path, Term, write_path
from kg.validate.pyshacl_fixes import DefaultGraphData
from kg.validate.report import Finding
from kg.validate.rules import Rule, Solution
from kg.validate.targets import Targets

_LABEL = iri("rdfs:label")
_QUIET = logging.getLogger("kg.validate.pyshacl")
_QUIET.setLevel(logging.CRITICAL)
_QUOTED: Final = 300  # letters of what is said of a query that cannot be read


class Engine:
    """The shapes graph, built once, and the way to put its shapes to work on a store."""

    def __init__(self, turtle: bytes) -> None:
        """Reads the shapes; raises SyntaxError for broken Turtle and pySHACL's ShapeLoadError for malformed shapes,
        UnreadableInput for shapes that reach out.
        """
        graph = Graph(bind_namespaces="none")
        for quad in parse(turtle, format=RdfFormat.TURTLE):
            # rdflib's own parser drops xsd:string, and sh:in then fails falsely
            graph.add(convert_quad_to_rdflib(quad)[:3])
        refuse_outreach(graph)
        declare_prefixes(graph)
        empty = DataGraph.from_oxigraph_store(Store())
        options = {"inplace": True, "logger": _QUIET}
        validator = Validator(empty, shacl_graph=graph, options=options)
        self.graph: Graph = graph
        self._executor: SHACLExecutor = validator.make_executor()
        self._shapes: dict[Node, Any] = {shape.node: shape for shape in validator.shacl_graph.shapes}
        self.custom = frozenset(n for n, shape in self._shapes.items() if shape.find_custom_constraints())
        self.conformance = Conformance(graph, self._shapes, self.custom, self._executor)
        self._flat: dict[Node, bool] = {}
        self._paths: dict[Node, Path | None] = {}
        self._names: dict[Node, str] = {}
        self._messages: dict[tuple[Node, ...], list[Literal]] = {}

    def targeted(self) -> Iterator[tuple[Node, Targets]]:
        """The active shapes that have targets of their own, in a fixed order."""
        for node in sorted(self._shapes, key=str):
            shape = self._shapes[node]
            classes = {_iri(cls) for cls in shape.target_classes()}
            if isinstance(node, URIRef) and is_shape_class(self.graph, node):
                classes.add(_iri(node))
            targets = Targets(
                frozenset(_ox(n) for n in shape.target_nodes()),
                frozenset(classes),
                frozenset(_iri(p) for p in shape.target_subjects_of()),
                frozenset(_iri(p) for p in shape.target_objects_of()),
            )
            if targets and not shape.deactivated:
                yield node, targets

    def findings(self, shape: Node, store: Store, focus: Collection[Term]) -> Iterator[tuple[Term, Finding]]:
        """What the shape says of the focus nodes, each with what it finds, in the store's default graph."""
        with _default_graph(store) as data:
            nodes = [to_rdf(node) for node in focus]
            for batch in [nodes] if self._is_flat(shape) else [[node] for node in nodes]:
                root = None if len(batch) > 1 else _ox(cast(Node, batch[0]))
                for _, result, triples in self._judge(shape, data, batch):
                    yield self._finding(store, shape, root, result, triples)

    def findings_of(
        self, shape: Node, rule: Rule, store: Store, solutions: Collection[Solution]
    ) -> Iterator[tuple[Term, Finding]]:
        """What the shape, which comes to the rule, says by the solutions; as pySHACL makes results of them."""
        name, severity = self.name(shape), str(self._shapes[shape].severity).removeprefix(str(SH))
        component = str(SPARQLBasedConstraint.shacl_constraint_component)
        for solution in solutions:
            constraint, terms = rule.bindings(solution)
            this = terms["this"]
            value = terms.setdefault("value", this)
            templates = self._templates((constraint, shape))
            texts = {column: term.value for column, term in terms.items()}
            said = [Literal(fill(str(template), texts)) for template in templates]
            message_vi, message_en = both_languages(said, templates, component.rpartition("#")[2], "")
            yield (
                this,
                Finding(
                    severity=severity,
                    shape=name,
                    focus=this.value,
                    path=None,
                    value=None if value == this else value.value,
                    message_vi=message_vi,
                    message_en=message_en,
                    focus_label=label(store, this),
                    component=component,
                    root=f"{name} {this}",
                    focus_term=this,
                    value_term=value,
                ),
            )

    def _judge(self, shape: Node, data: DefaultGraphData, focus: Sequence[Node | None]) -> Sequence[Any]:
        try:
            _, results = self._shapes[shape].validate(self._executor, data, focus=focus)
        except (RuntimeError, SyntaxError) as error:  # of pySHACL or of the engine
            raise UnreadableInput(f"The shape {self.name(shape)} cannot be used: {str(error)[:_QUOTED]}") from error
        return cast(Sequence[Any], results)

    def _finding(
        self, store: Store, shape: Node, root: Term | None, result: Node, triples: Sequence[tuple[Node, Node, Any]]
    ) -> tuple[Term, Finding]:
        """`root` is the focus node that the shape was called on, None where each result is about its own."""
        said: dict[Node, list[Node]] = {}
        for subject, predicate, value in triples:
            if subject == result:
                said.setdefault(predicate, []).append(value[1] if isinstance(value, tuple) else value)
        focus, source = said[SH.focusNode][0], said[SH.sourceShape][0]
        component = str(said[SH.sourceConstraintComponent][0])
        value = next(iter(said.get(SH.value, [])), None)
        path = self._path(said[SH.resultPath][0]) if SH.resultPath in said else None
        templates = self._templates((*said.get(SH.sourceConstraint, []), source))
        messages = [m for m in said.get(SH.resultMessage, []) if isinstance(m, Literal)] if templates else []
        local = component.rpartition("#")[2]
        message_vi, message_en = both_languages(messages, templates, local, self._parameter(source, local))
        start = _ox(focus) if root is None else root
        return start, Finding(
            severity=str(said[SH.resultSeverity][0]).removeprefix(str(SH)),
            shape=self.name(source),
            focus=str(focus),
            path=write_path(path) if path is not None else None,
            value=None if value is None or (value == focus and path is None) else str(value),
            message_vi=message_vi,
            message_en=message_en,
            focus_label=label(store, _ox(focus)),
            component=component,
            root=f"{self.name(shape)} {start}",
            focus_term=_ox(focus),
            value_term=None if value is None else _ox(value),
            path_parts=path,
        )

    def _templates(self, speakers: tuple[Node, ...]) -> list[Literal]:
        """The messages of a constraint and of the shape that it stands in."""
        if speakers not in self._messages:
            said = (m for speaker in speakers for m in self.graph.objects(speaker, SH.message))
            self._messages[speakers] = [message for message in said if isinstance(message, Literal)]
        return self._messages[speakers]

    def _is_flat(self, shape: Node) -> bool:
        if shape not in self._flat:
            self._flat[shape] = is_flat(self.graph, shape)
        return self._flat[shape]

    def _path(self, node: Node) -> Path | None:
        if node not in self._paths:
            try:
                self._paths[node] = read_path(self.graph, node)
            except ValueError:
                self._paths[node] = None  # a ?path that a SPARQL constraint bound to something else
        return self._paths[node]

    def _parameter(self, shape: Node, component: str) -> str:
        stem = component.removesuffix("ConstraintComponent")
        value = self.graph.value(shape, URIRef(f"{SH}{stem[:1].lower()}{stem[1:]}"))
        return "" if value is None or isinstance(value, BNode) else curie(str(value))

    def name(self, shape: Node) -> str:
        """The IRI of the shape or, for one without, of the nearest shape around it that has one."""
        if shape not in self._names:
            seen, at = {shape}, shape
            while not isinstance(at, URIRef):
                above = next((s for s in self.graph.subjects(None, at) if s not in seen), None)
                if above is None:
                    break
                seen.add(above)
                at = above
            self._names[shape] = str(at)
        return self._names[shape]


@contextmanager
def _default_graph(store: Store) -> Iterator[DefaultGraphData]:
    """The graph as pySHACL takes it; cycles within rdflib would else hold the store, and its lock, open."""
    data = DefaultGraphData(store)
    try:
        yield data
    finally:
        for holder, name in ((data, "impl"), (data.store, "_store")):
            setattr(holder, name, None)


def _ox(node: Node) -> Term:
    return cast(Term, to_ox(cast(Any, node)))


def _iri(node: Node) -> NamedNode:
    return NamedNode(str(node))


def label(store: Store, node: Term) -> str:
    """The node's rdfs:label, the Vietnamese one first; else its short name or text."""
    found: dict[str, str] = {}
    if not isinstance(node, OxLiteral):
        for quad in store.quads_for_pattern(node, _LABEL, None, DefaultGraph()):
            if isinstance(quad.object, OxLiteral):
                found[quad.object.language or ""] = quad.object.value
    for language in ("vi", "", "en", *sorted(found)):
        if language in found:
            return found[language]
    return curie(node.value)
