"""The names of a thing with their look-up keys, as quads."""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.model.fold import key
from kg.model.naming import KEY, LABEL, OTHER_KEY, other_keys
from kg.namespaces import iri


def named(node: NamedNode, label: str, others: Iterable[str] = (), *, has_key: bool = True) -> Iterator[Quad]:
    """Label, other names and keys; without `has_key`, as for a term, the key of the label is one of the others."""
    names, own = list(others), [key(label)] if has_key else []
    yield Quad(node, LABEL, Literal(label, language="vi"))
    for name in names:
        yield Quad(node, iri("skos:altLabel"), Literal(name, language="vi"))
    for word in own:
        yield Quad(node, KEY, Literal(word))
    for word in sorted(other_keys((label, *names), own)):
        yield Quad(node, OTHER_KEY, Literal(word))
