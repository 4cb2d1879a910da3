"""A change as people read it: by node, then by property, old values against new, with the names of all of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.history.recorded import Recorded
from kg.model.graph import DEFAULT_GRAPH, Reader
from kg.namespaces import ONTOLOGY, curie, iri

_LABEL, _SUPPORTS, _QUOTE, _SOURCE = (iri(name) for name in ("rdfs:label", "bm:supports", "bm:quote", "bm:source"))


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its text, and its IRI where it is a node; `language` is empty for other than text in a language."""

    text: str
    iri: str = ""
    language: str = ""

    def to_json(self) -> dict[str, str]:
        """Plain values, without what is empty."""
        more = {"iri": self.iri, "language": self.language}
        return {"text": self.text, **{name: word for name, word in more.items() if word}}


@dataclass(frozen=True, slots=True)
class Turned:
    """One property of one node: the values that went and those that came."""

    property: str
    name: str
    removed: tuple[Value, ...]
    added: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that supports the node, and the source that it is from."""

    quote: str
    evidence: str
    source: Value


@dataclass(frozen=True, slots=True)
class Part:
    """What a change did to one node. `graph` is empty for the default graph."""

    node: str
    name: str
    graph: str
    properties: tuple[Turned, ...]
    sentences: tuple[Sentence, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values, by their names."""
        return {
            "iri": self.node,
            "label": self.name,
            "graph": self.graph or None,
            "properties": [
                {
                    "iri": turned.property,
                    "label": turned.name,
                    "removed": [value.to_json() for value in turned.removed],
                    "added": [value.to_json() for value in turned.added],
                }
                for turned in self.properties
            ],
            "sentences": [
                {"quote": said.quote, "evidence": said.evidence, "source": said.source.to_json()}
                for said in self.sentences
            ],
        }


def touched_nodes(done: Recorded) -> int:
    """How many parts the difference of a change has."""
    return len({(quad.graph_name, quad.subject) for quad in done.added | done.removed})


def difference(
    reader: Reader, added: Iterable[Quad], removed: Iterable[Quad], language: str, window: slice = slice(None)
) -> list[Part]:
    """The parts of a change in the order of their IRIs, in the words of a language ("vi", "en").

    `window` cuts a piece out of them. Names are those that the graph has now, else those that the change gave or took.
    """
    names = _Names(
        reader, language, {quad.subject: quad.object for quad in (*removed, *added) if _names(quad, language)}
    )
    turned: dict[tuple[object, object], dict[NamedNode, tuple[list[Quad], list[Quad]]]] = {}
    for at, quads in enumerate((removed, added)):
        for quad in sorted(quads, key=str):
            about = turned.setdefault((quad.graph_name, quad.subject), {})
            about.setdefault(quad.predicate, ([], []))[at].append(quad)
    shown = dict(sorted(turned.items(), key=lambda item: tuple(map(str, item[0])))[window])
    sentences = _sentences(reader, names, {*added, *removed}, [subject for _, subject in shown])
    return [
        Part(
            _bare(subject),
            names.of(subject).text,
            "" if isinstance(graph, DefaultGraph) else _bare(graph),
            tuple(
                Turned(
                    prop.value, names.of_property(prop), *(tuple(names.of(q.object) for q in quads) for quads in both)
                )
                for prop, both in sorted(about.items(), key=lambda item: item[0].value)
            ),
            tuple(sentences.get(subject, ())),
        )
        for (graph, subject), about in shown.items()
    ]


def _names(quad: Quad, language: str) -> bool:
    return quad.predicate == _LABEL and isinstance(quad.object, Literal) and quad.object.language in (None, language)


def _bare(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


@dataclass(slots=True)
class _Names:
    """Looks up each name once."""

    reader: Reader
    language: str
    own: dict[object, object]
    known: dict[object, Value] = field(default_factory=dict)

    def of(self, term: object) -> Value:
        if isinstance(term, Literal):
            return Value(term.value, language=term.language or "")
        if term not in self.known:
            self.known[term] = self._found(term)
        return self.known[term]

    def of_property(self, prop: NamedNode) -> str:
        return self._label(prop, ONTOLOGY) or curie(prop)

    def _found(self, term: object) -> Value:
        if not isinstance(term, NamedNode):
            return Value(str(term))
        given = self.own.get(term)
        name = self._label(term, DEFAULT_GRAPH) or self._label(term, ONTOLOGY)
        return Value(name or (given.value if isinstance(given, Literal) else curie(term)), term.value)

    def _label(self, node: NamedNode, graph: NamedNode | DefaultGraph) -> str:
        found = {
            quad.object.language or "": quad.object.value
            for quad in self.reader.quads(node, _LABEL, None, graph)
            if isinstance(quad.object, Literal)
        }
        return found.get(self.language) or next((found[each] for each in sorted(found)), "")


def _sentences(
    reader: Reader, names: _Names, quads: set[Quad], nodes: Iterable[object]
) -> dict[object, list[Sentence]]:
    """The sentences behind each node: of the graph, and of the change where they are no longer there."""
    told: dict[object, dict[NamedNode, list[Quad]]] = {}
    for quad in quads:
        told.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad)
    support = {(quad.subject, quad.object) for quad in quads if quad.predicate == _SUPPORTS}
    for node in nodes:
        if isinstance(node, NamedNode):
            support |= {(quad.subject, node) for quad in reader.quads(None, _SUPPORTS, node)}
    found: dict[object, list[Sentence]] = {}
    for evidence, node in sorted(support, key=str):
        if not isinstance(evidence, NamedNode):
            continue
        now = {p: [*reader.quads(evidence, p)] or told.get(evidence, {}).get(p, []) for p in (_QUOTE, _SOURCE)}
        for quote, source in zip(now[_QUOTE][:1], now[_SOURCE][:1], strict=False):
            if isinstance(quote.object, Literal):
                sentence = Sentence(quote.object.value, evidence.value, names.of(source.object))
                found.setdefault(node, []).append(sentence)
    return found
