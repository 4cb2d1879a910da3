"""The fields of a form, read from the shapes that the graph holds: one for each property that a person can fill in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.model.graph import Reader, Term
from kg.namespaces import CODE_SCHEMES, ONTOLOGY, PREFIXES, SHAPES, iri
from kg.search import KINDS

KEPT: Final = frozenset(
    map(
        iri,
        (
            *("rdf:type", "bm:key", "bm:otherKey", "bm:curatedBy", "bm:derivedByRule"),
            *("owl:differentFrom", "bm:possiblySameAs"),
        ),
    )
)
"""Properties that no form asks for: classes, keys that the door computes, what a fact rests on, and verdicts on
namesakes, each of which needs a claim that says why."""

DATE, LANG_STRING = iri("xsd:date"), iri("rdf:langString")
_BOOLEAN, _CONCEPT = iri("xsd:boolean"), iri("skos:Concept")
_LAST: Final = 1000.0


class Widget(StrEnum):
    """How the values of a field are shown and written."""

    TEXT = "text"
    SPOKEN = "spoken"
    DATE = "date"
    BOOLEAN = "boolean"
    CODE = "code"
    NODE = "node"


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading; `label` by language."""

    name: str
    order: float
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One property of a class. `name` is the local name of its shape; words are by language.

    `datatype` is that of literals; `kind` is what a search for its nodes is kept to, empty for all; `classes` what
    they must be; `scheme` the code list; `least` and `most` how many values there are to be.
    """

    name: str
    shape: NamedNode
    path: NamedNode
    widget: Widget
    datatype: NamedNode
    kind: str
    classes: frozenset[NamedNode]
    scheme: str
    least: int
    most: int | None
    group: Group | None
    order: float
    label: Mapping[str, str]
    help: Mapping[str, str]
    message: Mapping[str, str]

    @property
    def is_single(self) -> bool:
        """Whether there is one value at most."""
        return self.most == 1


def fields_of(reader: Reader, classes: Iterable[NamedNode]) -> tuple[Field, ...]:
    """The fields of a thing of these classes, each property once, in the order that the shapes give."""
    found: dict[NamedNode, Field] = {}
    for class_ in sorted(classes, key=str):
        for shape in _subjects(reader, "sh:targetClass", class_):
            for prop in _nodes(reader, shape, "sh:property"):
                field = _field(reader, prop)
                if field is not None:
                    found.setdefault(field.path, field)
    return tuple(
        sorted(found.values(), key=lambda field: (field.group is None, _place(field), field.order, field.name))
    )


def outside_classes(reader: Reader, class_: NamedNode) -> frozenset[NamedNode]:
    """The classes of other vocabularies that the shapes want a thing of this class to state as well."""
    shapes = [
        prop for shape in _subjects(reader, "sh:targetClass", class_) for prop in _nodes(reader, shape, "sh:property")
    ]
    typing = [prop for prop in shapes if iri("rdf:type") in _nodes(reader, prop, "sh:path")]
    return frozenset(node for prop in typing for node in _nodes(reader, prop, "sh:hasValue"))


def _place(field: Field) -> float:
    return field.group.order if field.group else _LAST


def _field(reader: Reader, shape: NamedNode) -> Field | None:
    """The field of a property shape; None for a path that is no property, and for what a form does not ask."""
    path = next(iter(_nodes(reader, shape, "sh:path")), None)
    if path is None or path in KEPT:
        return None
    datatype = next(iter(_nodes(reader, shape, "sh:datatype")), None)
    classes = frozenset(_nodes(reader, shape, "sh:class"))
    scheme = _scheme(_text(reader, shape, "sh:pattern")) if _CONCEPT in classes else ""
    widget = _widget(datatype, classes, scheme, is_node=iri("sh:IRI") in _nodes(reader, shape, "sh:nodeKind"))
    if widget is None:
        return None
    most = _text(reader, shape, "sh:maxCount")
    return Field(
        name=shape.value.removeprefix(PREFIXES["bms"]),
        shape=shape,
        path=path,
        widget=widget,
        datatype=datatype or iri("xsd:string"),
        kind=next((kind for kind in KINDS if iri(f"bm:{kind.capitalize()}") in classes), ""),
        classes=classes,
        scheme=scheme,
        least=int(_text(reader, shape, "sh:minCount") or 0),
        most=int(most) if most else None,
        group=_group(reader, shape),
        order=float(_text(reader, shape, "sh:order") or _LAST),
        label=_words(reader, shape, "sh:name"),
        help=_help(reader, path),
        message=_words(reader, shape, "sh:message"),
    )


def _widget(datatype: NamedNode | None, classes: frozenset[NamedNode], scheme: str, *, is_node: bool) -> Widget | None:
    if scheme:
        return Widget.CODE
    if classes or (is_node and datatype is None):
        return Widget.NODE
    plain = {LANG_STRING: Widget.SPOKEN, DATE: Widget.DATE, _BOOLEAN: Widget.BOOLEAN}
    return plain.get(datatype, Widget.TEXT) if datatype is not None else None


def _scheme(pattern: str) -> str:
    return next((scheme for scheme in CODE_SCHEMES if pattern == f"^{PREFIXES[scheme]}"), "")


def _group(reader: Reader, shape: NamedNode) -> Group | None:
    node = next(iter(_nodes(reader, shape, "sh:group")), None)
    if node is None:
        return None
    name = node.value.removeprefix(PREFIXES["bms"])
    return Group(name, float(_text(reader, node, "sh:order") or _LAST), _words(reader, node, "rdfs:label"))


def _help(reader: Reader, path: NamedNode) -> dict[str, str]:
    """What the ontology says of a property: where people go wrong, else what it is."""
    told, notes = (_words(reader, path, prop, ONTOLOGY) for prop in ("skos:definition", "skos:scopeNote"))
    return told | notes


def _subjects(reader: Reader, prop: str, value: Term) -> list[NamedNode]:
    found = (quad.subject for quad in reader.quads(None, iri(prop), value, SHAPES))
    return sorted({node for node in found if isinstance(node, NamedNode)}, key=str)


def _nodes(reader: Reader, subject: NamedNode, prop: str) -> list[NamedNode]:
    found = (quad.object for quad in reader.quads(subject, iri(prop), None, SHAPES))
    return sorted({node for node in found if isinstance(node, NamedNode)}, key=str)


def _text(reader: Reader, subject: NamedNode, prop: str) -> str:
    found = (quad.object for quad in reader.quads(subject, iri(prop), None, SHAPES))
    return min((term.value for term in found if isinstance(term, Literal)), default="")


def _words(reader: Reader, subject: NamedNode, prop: str, graph: NamedNode = SHAPES) -> dict[str, str]:
    found = (quad.object for quad in reader.quads(subject, iri(prop), None, graph))
    return {term.language or "": term.value for term in found if isinstance(term, Literal)}
