"""New things: what a form need not ask because it follows from the rest, and how they are called in their IRIs."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.model.fold import key
from kg.model.graph import Reader, Term
from kg.model.naming import KEY, NAMED
from kg.model.numbers import parse
from kg.namespaces import PREFIXES, iri
from kg.propose import (
    Kinds,
    directive_slug,
    occasion_slug,
    organ_slug,
    person_slug,
    post_label,
    post_slug,
    tenure_slug,
)
from server.editing.fields import Field
from server.editing.opened import CLASSES, Opened, classes_of


@dataclass(frozen=True, slots=True)
class _Thing:
    """What was written of a new thing, by property."""

    reader: Reader
    terms: Mapping[NamedNode, frozenset[Term]]

    def one(self, prop: str) -> Term | None:
        """The first term of a property."""
        return min(self.terms.get(iri(prop), ()), key=str, default=None)

    def node(self, prop: str) -> NamedNode | None:
        """The first node of a property."""
        term = self.one(prop)
        return term if isinstance(term, NamedNode) else None

    def text(self, prop: str) -> str:
        """The words of a property, the Vietnamese ones first; empty without any."""
        words = [term for term in self.terms.get(iri(prop), ()) if isinstance(term, Literal)]
        best = min(words, key=lambda word: (word.language != "vi", word.value), default=None)
        return best.value if best else ""

    def of(self, node: NamedNode | None, prop: str) -> Term | None:
        """What the graph says of another node."""
        found = (quad.object for quad in self.reader.quads(node, iri(prop))) if node else iter(())
        return min((term for term in found if isinstance(term, NamedNode | Literal)), key=str, default=None)

    def name(self, node: NamedNode | None, prop: str = "rdfs:label") -> str:
        """What the graph calls another node in Vietnamese."""
        found = [quad.object for quad in self.reader.quads(node, iri(prop))] if node else []
        words = [term for term in found if isinstance(term, Literal)]
        return min(words, key=lambda word: (word.language != "vi", word.value)).value if words else ""


def completed(
    reader: Reader, kind: str, fields: tuple[Field, ...], terms: Mapping[str, frozenset[Term]]
) -> dict[str, frozenset[Term]]:
    """The terms with those that follow from them where a field was left empty."""
    names = {field.path: field.name for field in fields}
    thing = _thing(reader, fields, terms)
    found = dict(terms)
    for prop, term in _following(kind, thing).items():
        name = names.get(iri(prop))
        if term is not None and name is not None and not found.get(name):
            found[name] = frozenset({term})
    return found


def following(reader: Reader, kind: str) -> frozenset[NamedNode]:
    """The properties that a new thing of this kind can have from the rest."""
    return frozenset(map(iri, _following(kind, _Thing(reader, {}))))


def minted(
    reader: Reader, kind: str, fields: tuple[Field, ...], terms: Mapping[str, frozenset[Term]], mark: str
) -> NamedNode:
    """The IRI of a new thing by the rules of the model; `mark` tells apart what they do not."""
    return iri(f"{kind}:{_slug(kind, _thing(reader, fields, terms), mark) or occasion_slug(kind, '', mark)}")


def new_quads(reader: Reader, kind: str, opened: Opened, agent: NamedNode) -> frozenset[Quad]:
    """What a new thing states beside its fields: its classes, the key of its name, and who answers for it."""
    node = opened.node
    label = _thing(reader, opened.fields, opened.values).text("rdfs:label")
    quads = {Quad(node, iri("rdf:type"), class_) for class_ in classes_of(reader, kind)}
    quads.add(Quad(node, iri("bm:curatedBy"), agent))
    if label and CLASSES[kind] in NAMED:
        quads.add(Quad(node, KEY, Literal(_key(kind, label, opened))))
    return frozenset(quads)


def _key(kind: str, label: str, opened: Opened) -> str:
    symbols = [t.value for f in opened.fields if f.path == iri("bm:symbol") for t in opened.values[f.name]]
    number = parse(symbols[0]) if kind == "directive" and symbols else None
    return key(number.key() if number else label)


def _thing(reader: Reader, fields: tuple[Field, ...], terms: Mapping[str, frozenset[Term]]) -> _Thing:
    return _Thing(reader, {field.path: terms.get(field.name, frozenset()) for field in fields})


def _following(kind: str, thing: _Thing) -> dict[str, Term | None]:
    """What follows from what was written of a thing of this kind, by property."""
    match kind:
        case "person":
            name, label = thing.text("foaf:name"), thing.text("rdfs:label")
            return {"rdfs:label": _words(name), "foaf:name": Literal(label) if label else None}
        case "post":
            title = thing.text("bm:title")
            label = post_label(title, thing.name(thing.node("org:postIn"))) if title else ""
            return {"rdfs:label": _words(label)}
        case "tenure":
            who, post = thing.node("org:member"), thing.node("bm:post")
            label = f"{thing.name(who)} – {thing.name(post)}" if who and post else ""
            return {"rdfs:label": _words(label), "org:organization": thing.of(post, "org:postIn")}
        case "organ":
            return {"bm:ladder": thing.of(thing.node("bm:kind"), "bm:ladder")}
        case "directive":
            symbol = thing.text("bm:symbol")
            number = parse(symbol) if symbol else None
            words = " ".join(filter(None, (thing.name(thing.node("bm:documentType"), "skos:prefLabel"), symbol)))
            label = words[:1].upper() + words[1:]
            counted = Literal(str(number.number), datatype=iri("xsd:integer")) if number else None
            ladder = iri(f"ladder:{number.ladder}") if number and number.ladder else None
            return {"rdfs:label": _words(label), "bm:number": counted, "bm:ladder": ladder}
    return {}


def _slug(kind: str, thing: _Thing, mark: str) -> str:
    label = thing.text("rdfs:label")
    match kind:
        case "person" if name := thing.text("foaf:name"):
            return person_slug(name, mark)
        case "post" if title := thing.text("bm:title"):
            return post_slug(title, _local(thing.node("org:postIn")))
        case "tenure" if (who := thing.node("org:member")) and (post := thing.node("bm:post")):
            return tenure_slug(_local(who), _local(post), mark)
        case "organ" if label:
            kinds, place = Kinds(thing.reader), thing.node("bm:jurisdiction")
            code = kinds.find(_local(thing.node("bm:kind")) or "Other")
            return organ_slug(kinds, label, code, thing.name(place), _local(place))
        case "directive" if words := thing.text("bm:symbol") or label:
            slug, is_identity = _directive(thing, words)
            return slug if is_identity else occasion_slug(slug, "", mark)
        case "meeting" | "event" if label:
            return occasion_slug(label, thing.text("bm:day"), mark)
    return ""


def _directive(thing: _Thing, words: str) -> tuple[str, bool]:
    number = parse(words)
    hidden = number is not None and number.hides_issuer
    ordinal = thing.of(thing.node("bm:inTerm"), "bm:ordinal") if hidden else None
    issuer = thing.node("bm:issuer")
    seat = thing.of(issuer, "org:postIn") or issuer
    place = thing.of(seat, "bm:jurisdiction") if isinstance(seat, NamedNode) else None
    where = _local(place) if isinstance(place, NamedNode) and place != iri("place:viet-nam") else ""
    year = thing.text("bm:year") or thing.text("bm:issuedOn")[:4]
    counted = int(ordinal.value) if isinstance(ordinal, Literal) else None
    return directive_slug(words, number, ordinal=counted, place=where, year=int(year) if year.isdigit() else None)


def _local(node: NamedNode | None) -> str:
    if node is None:
        return ""
    base = next((base for base in PREFIXES.values() if node.value.startswith(base)), "")
    return node.value.removeprefix(base)


def _words(text: str) -> Literal | None:
    return Literal(text, language="vi") if text else None
