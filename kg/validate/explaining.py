"""What a clerk needs to see beside a finding: names in words, and the sentences that the fact rests on."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final, TypeVar

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Store
from rdflib import RDFS, SH, Graph, URIRef
from rdflib import Literal as RdfLiteral

from kg.namespaces import ONTOLOGY, iri
from kg.validate.details import Sentence
from kg.validate.paths import Link, Term
from kg.validate.report import Finding, Report
from kg.validate.shapes import Shapes

_MOST: Final = 3  # sentences of one fact
_LOOKED_AT: Final = 50  # of which they are chosen
_CLAIMS: Final = 20  # about one property of one thing
_LABEL: Final = iri("rdfs:label")
_DEFAULT: Final = DefaultGraph()
_Found = TypeVar("_Found")


def explained(report: Report, shapes: Shapes, *stores: Store) -> Report:
    """The report with names, labels and evidence, as the first of the stores has them that has any.

    The first is the graph as it would be, a second what it was: there lies what the change takes away.
    """
    if not report.findings:
        return report
    teller = _Teller(shapes.engine.graph, stores)
    return replace(report, findings=tuple(map(teller.told, report.findings)))


@dataclass(slots=True)
class _Teller:
    shapes: Graph
    stores: Sequence[Store]
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    sentences: dict[Term, tuple[Sentence, ...]] = field(default_factory=dict)

    def told(self, finding: Finding) -> Finding:
        name_vi, name_en = self.shape_name(finding.shape)
        path_vi, path_en = self.path_label(finding)
        value = finding.value_term
        return replace(
            finding,
            focus_label=self.label(finding.focus_term) or finding.focus_label,
            shape_name_vi=name_vi,
            shape_name_en=name_en,
            path_label_vi=path_vi,
            path_label_en=path_en,
            value_label="" if value == finding.focus_term else self.label(value),
            evidence=self.evidence(finding),
        )

    def shape_name(self, shape: str) -> tuple[str, str]:
        """The sh:name of a property shape, the rdfs:label of another; else the local part of its IRI."""
        if shape not in self.names:
            local = shape.rpartition("#")[2].rpartition("/")[2]
            node = URIRef(shape)
            named = [m for said in (SH.name, RDFS.label) for m in self.shapes.objects(node, said)]
            words = {m.language or "": str(m) for m in reversed(named) if isinstance(m, RdfLiteral)}
            self.names[shape] = _both(words) or (local, local)
        return self.names[shape]

    def path_label(self, finding: Finding) -> tuple[str, str]:
        """What the shape calls its property, else what the ontology of the graph calls it."""
        path = finding.path_parts
        if not isinstance(path, Link) or path.inverse:
            return "", ""
        node = URIRef(finding.shape)
        if (node, SH.path, URIRef(path.predicate.value)) in self.shapes and (node, SH.name, None) in self.shapes:
            return self.shape_name(finding.shape)
        return _both(self.labels(path.predicate)) or ("", "")

    def label(self, node: Term | None) -> str:
        """The label of a node, the Vietnamese one first; empty for none."""
        labels = {} if node is None else self.labels(node)
        return next((labels[tongue] for tongue in ("vi", "", "en", *sorted(labels)) if tongue in labels), "")

    def labels(self, node: Term) -> dict[str, str]:
        if isinstance(node, Literal):
            return {}
        return self.first(lambda store: _labels(store, node)) or {}

    def evidence(self, finding: Finding) -> tuple[Sentence, ...]:
        """Sentences of claims about the property, of the node itself and, where nodes are compared, of the other."""
        facts: list[Term] = [*self.claims(finding), *([finding.focus_term] if finding.focus_term is not None else [])]
        value = finding.value_term
        if isinstance(value, NamedNode) and finding.path_parts is None and value != finding.focus_term:
            facts.append(value)
        found = {sentence: None for fact in facts for sentence in self.sentences_of(fact)}
        return tuple(sorted(found, key=lambda said: (said.supports != finding.focus, said.supports, said.evidence)))

    def claims(self, finding: Finding) -> Iterable[Term]:
        path, focus = finding.path_parts, finding.focus_term
        if not isinstance(path, Link) or path.inverse or not isinstance(focus, NamedNode):
            return ()
        value = finding.value_term
        return self.first(lambda store: list(islice(_claims(store, focus, path.predicate, value), _CLAIMS))) or ()

    def sentences_of(self, fact: Term) -> tuple[Sentence, ...]:
        if fact not in self.sentences:
            self.sentences[fact] = self.first(lambda store: _sentences(store, fact)) or ()
        return self.sentences[fact]

    def first(self, ask: Callable[[Store], _Found]) -> _Found | None:
        """The first answer of any store that is not empty."""
        return next((found for store in self.stores if (found := ask(store))), None)


def _both(words: dict[str, str]) -> tuple[str, str] | None:
    """(Vietnamese, English), each standing for the other where that is not there."""
    vi, en = (words.get(tongue) or words.get("") for tongue in ("vi", "en"))
    one = vi or en or next(iter(words.values()), None)
    return None if one is None else (vi or one, en or one)


def _labels(store: Store, node: NamedNode | BlankNode) -> dict[str, str]:
    """The labels of a node by language: a term of the ontology has them in its graph."""
    for graph in (_DEFAULT, ONTOLOGY):
        found = [quad.object for quad in store.quads_for_pattern(node, _LABEL, None, graph)]
        labels = {said.language or "": said.value for said in found if isinstance(said, Literal)}
        if labels:
            return labels
    return {}


def _claims(store: Store, focus: NamedNode, prop: NamedNode, value: Term | None) -> Iterator[Term]:
    """The claims about the property of the node; those of the value alone where one is in question."""
    for quad in store.quads_for_pattern(None, iri("bm:about"), focus, _DEFAULT):
        claim = quad.subject
        if not isinstance(claim, NamedNode | BlankNode):
            continue
        values = list(_values(store, claim, "bm:value"))
        if prop in _values(store, claim, "bm:property") and (value is None or value in values):
            yield claim


def _sentences(store: Store, fact: Term) -> tuple[Sentence, ...]:
    """The latest sentences that support the fact; what is evidence itself is its own sentence."""
    if not isinstance(fact, NamedNode | BlankNode):
        return ()
    supporting = store.quads_for_pattern(None, iri("bm:supports"), fact, _DEFAULT)
    nodes = [fact, *(quad.subject for quad in islice(supporting, _LOOKED_AT))]
    told = (_sentence(store, node, fact) for node in nodes if isinstance(node, NamedNode | BlankNode))
    found = sorted((said for said in told if said is not None), key=lambda said: said.evidence)
    return tuple(sorted(found, key=lambda said: said.published, reverse=True)[:_MOST])


def _sentence(store: Store, node: NamedNode | BlankNode, fact: NamedNode | BlankNode) -> Sentence | None:
    """What one piece of evidence says; None for what quotes nothing."""
    quote = next(_values(store, node, "bm:quote"), None)
    if not isinstance(quote, Literal):
        return None
    supports = next(_nodes(store, node, "bm:supports"), node) if fact == node else fact
    source = next(_nodes(store, node, "bm:source"), None)
    label, published = "", None
    if source is not None:
        labels = _labels(store, source)
        label = next(iter(labels[tongue] for tongue in sorted(labels, reverse=True)), "")
        published = next(_values(store, source, "bm:publishedLatest"), None)
    return Sentence(
        evidence=_name(node),
        supports=_name(supports),
        quote=quote.value,
        source="" if source is None else _name(source),
        source_label=label,
        published=published.value if isinstance(published, Literal) else "",
        start=_number(store, node, "bm:start"),
        end=_number(store, node, "bm:end"),
    )


def _name(term: Term) -> str:
    return str(term) if isinstance(term, BlankNode) else term.value


def _number(store: Store, node: NamedNode | BlankNode, prop: str) -> int | None:
    value = next(_values(store, node, prop), None)
    return int(value.value) if value is not None and value.value.isdecimal() else None


def _nodes(store: Store, node: NamedNode | BlankNode, prop: str) -> Iterator[NamedNode | BlankNode]:
    """The values that are no literals."""
    return (value for value in _values(store, node, prop) if isinstance(value, NamedNode | BlankNode))


def _values(store: Store, node: NamedNode | BlankNode, prop: str) -> Iterator[Term]:
    for quad in store.quads_for_pattern(node, iri(prop), None, _DEFAULT):
        if isinstance(quad.object, NamedNode | Literal | BlankNode):
            yield quad.object
