"""The triples around one entity, and what its nodes and properties are called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from kg.model.graph import Term
from kg.namespaces import curie, iri
from server import urls
from server.contexts import Link
from server.sentences import spoken_literal
from server.wording import words

LABEL = iri("rdfs:label")
PREFERRED = iri("skos:prefLabel")
TYPE = iri("rdf:type")


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language, and what terms of the ontology are called in it (IRI → label)."""

    language: str
    terms: Mapping[str, str]

    def property(self, node: NamedNode) -> str:
        """The name of a property: the ontology's, else ours, else its local name."""
        if node.value in self.terms:
            return self.terms[node.value]
        local = curie(node).partition(":")[2].split("/")[-1] or node.value
        return words(self.language).get(f"property.{local}", local)


class Neighbourhood:
    """Triples by subject and property."""

    def __init__(self, triples: Iterable[Triple], tongue: Tongue) -> None:
        self.tongue = tongue
        self._by_subject: dict[str, dict[NamedNode, list[Term]]] = {}
        for triple in triples:
            if isinstance(triple.subject, NamedNode) and not isinstance(triple.object, Triple):
                told = self._by_subject.setdefault(triple.subject.value, {}).setdefault(triple.predicate, [])
                if triple.object not in told:
                    told.append(triple.object)

    def facts(self, node: NamedNode) -> Mapping[NamedNode, list[Term]]:
        """Everything said of a node."""
        return self._by_subject.get(node.value, {})

    def values(self, node: NamedNode, property_: str) -> list[Term]:
        """Objects of one property, in the order of their words."""
        return sorted(self.facts(node).get(iri(property_), ()), key=str)

    def nodes(self, node: NamedNode, property_: str) -> list[NamedNode]:
        """IRIs that are objects of one property."""
        return [value for value in self.values(node, property_) if isinstance(value, NamedNode)]

    def node(self, node: NamedNode, property_: str) -> NamedNode | None:
        """The IRI that is the object of a property, or None."""
        return next(iter(self.nodes(node, property_)), None)

    def texts(self, node: NamedNode, property_: str) -> list[str]:
        """Literals that are objects of one property, as they are written."""
        return [value.value for value in self.values(node, property_) if isinstance(value, Literal)]

    def text(self, node: NamedNode, property_: str) -> str | None:
        """The literal that is the object of a property, or None."""
        return next(iter(self.texts(node, property_)), None)

    def of_kind(self, class_: str) -> list[NamedNode]:
        """Nodes of a class, in the order of their IRIs."""
        wanted = iri(class_)
        return [NamedNode(s) for s in sorted(self._by_subject) if wanted in self._by_subject[s].get(TYPE, ())]

    def label(self, node: NamedNode) -> str:
        """What a node is called in the page's language, else in another, else its short name."""
        told = [v for p in (LABEL, PREFERRED) for v in self.facts(node).get(p, ()) if isinstance(v, Literal)]
        best = [v for v in told if v.language == self.tongue.language] or sorted(told, key=lambda v: v.language != "vi")
        return best[0].value if best else self.tongue.terms.get(node.value) or curie(node)

    def link(self, term: Term, note: str = "") -> Link:
        """A term as words that lead to its page."""
        if isinstance(term, NamedNode):
            return Link(self.label(term), urls.link(term.value), note)
        if isinstance(term, Literal):
            return Link(spoken_literal(term, self.tongue.language), _web_address(term), note)
        return Link(str(term), None, note)

    def links(self, node: NamedNode, property_: str) -> tuple[Link, ...]:
        """All objects of a property as links."""
        return tuple(self.link(value) for value in self.values(node, property_))


def _web_address(literal: Literal) -> str | None:
    return literal.value if literal.value.startswith(("http://", "https://")) and " " not in literal.value else None
