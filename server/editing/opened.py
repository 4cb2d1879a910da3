"""A thing as a form opens it: the values that have a row, and what the form leaves alone."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize
from werkzeug.exceptions import BadRequest

from kg.errors import NotFound
from kg.model.graph import Reader, Term
from kg.namespaces import curie, iri
from server.editing.fields import Field, fields_of, outside_classes
from server.editing.values import Row, row_of
from server.service import pinned, service

CLASSES: Final = {
    "person": iri("bm:Person"),
    "organ": iri("bm:Organ"),
    "post": iri("bm:Post"),
    "tenure": iri("bm:Tenure"),
    "meeting": iri("bm:Meeting"),
    "directive": iri("bm:Directive"),
    "event": iri("bm:ChangeEvent"),
}
"""What can be made by a form, by the kind in its IRI."""

KINDS: Final = (*CLASSES, "term", "place", "site", "participation", "signature", "task", "relation")
"""What can be edited by a form."""

_MOST_ROWS: Final = 400  # two inputs each at most, and a form may have 1,000
_TYPE: Final = iri("rdf:type")


@dataclass(frozen=True, slots=True)
class Opened:
    """A node with its fields. `values` are the terms of each field that have a row; `kept` all else that is said."""

    node: NamedNode
    fields: tuple[Field, ...]
    values: Mapping[str, frozenset[Term]]
    kept: tuple[Triple, ...]

    def base(self) -> str:
        """What the form was opened with, in N-Triples."""
        told = [
            Triple(self.node, field.path, term)
            for field in self.fields
            for term in sorted(self.values[field.name], key=str)
        ]
        return (serialize(told, format=RdfFormat.N_TRIPLES) or b"").decode()


def opened(reader: Reader, node: NamedNode) -> Opened:
    """The node as it is now. Raises NotFound where nothing is said of it that a form could show."""
    told = [quad.triple for quad in reader.quads(node)]
    classes = [triple.object for triple in told if triple.predicate == _TYPE and isinstance(triple.object, NamedNode)]
    fields = _fields(reader, *classes)
    if not fields:
        raise NotFound(
            f"There is no form for {curie(node)}: the graph does not say that it is of a class that has one."
        )
    by_path = {field.path: field for field in fields}
    rows: dict[str, set[Term]] = {field.name: set() for field in fields}
    kept: list[Triple] = []
    for triple in told:
        field, term = by_path.get(triple.predicate), triple.object
        if field is None or not isinstance(term, NamedNode | Literal) or row_of(field, term, curie) is None:
            kept.append(triple)
        else:
            rows[field.name].add(term)
    while sum(map(len, rows.values())) > _MOST_ROWS:
        name = max(rows, key=lambda name: len(rows[name]))
        path = next(field.path for field in fields if field.name == name)
        kept.extend(Triple(node, path, term) for term in rows.pop(name))
        fields = tuple(field for field in fields if field.name != name)
    values = {name: frozenset(terms) for name, terms in rows.items()}
    return Opened(node, fields, values, tuple(sorted(kept, key=str)))


def blank(reader: Reader, kind: str, node: NamedNode) -> Opened:
    """A thing of this kind of which nothing is said yet. Raises NotFound for a kind that no form makes."""
    if kind not in CLASSES:
        raise NotFound(f"No form makes a '{kind[:40]}'; the kinds are {', '.join(CLASSES)}.")
    fields = _fields(reader, CLASSES[kind])
    return Opened(node, fields, {field.name: frozenset() for field in fields}, ())


def classes_of(reader: Reader, kind: str) -> frozenset[NamedNode]:
    """The classes that a new thing of this kind states."""
    return outside_classes(reader, CLASSES[kind]) | {CLASSES[kind]}


def base_terms(base: str, opened: Opened) -> dict[str, frozenset[Term]]:
    """The terms of each field when the form was opened, as `Opened.base` wrote them. Raises BadRequest."""
    found: dict[str, set[Term]] = {field.name: set() for field in opened.fields}
    names = {field.path: field.name for field in opened.fields}
    try:
        for quad in parse(base, format=RdfFormat.N_TRIPLES):
            if (
                quad.subject == opened.node
                and quad.predicate in names
                and not isinstance(quad.object, BlankNode | Triple)
            ):
                found[names[quad.predicate]].add(quad.object)
    except SyntaxError as error:
        raise BadRequest("The form has lost what it was opened with; load its page again.") from error
    return {name: frozenset(terms) for name, terms in found.items()}


def rows_of(field: Field, terms: Iterable[Term], named: Callable[[NamedNode], str]) -> tuple[Row, ...]:
    """The rows of terms that have one, in the order of their words."""
    rows = (row_of(field, term, named) for term in terms)
    return tuple(
        sorted((row for row in rows if row is not None), key=lambda row: (row.language != "vi", row.language, row.text))
    )


def _fields(reader: Reader, *classes: NamedNode) -> tuple[Field, ...]:
    """The fields of a thing of these classes, read once a generation."""
    name = " ".join(sorted(class_.value for class_ in classes))
    return service().memory.recall(pinned().number, f"edit-fields {name}", lambda: fields_of(reader, classes))
