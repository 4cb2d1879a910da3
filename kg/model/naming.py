"""The look-up keys of the names of a thing, stored so that any SPARQL client can find it without diacritics."""

from collections.abc import Iterable
from typing import Final

from kg.model.fold import key
from kg.namespaces import iri

LABEL: Final = iri("rdfs:label")
KEY: Final = iri("bm:key")
OTHER_KEY: Final = iri("bm:otherKey")
NAMES: Final = (LABEL, *map(iri, ("skos:altLabel", "foaf:name", "bm:symbol", "dcterms:title", "bm:title")))
"""All properties under which a thing can be found."""

NAMED: Final = frozenset(
    iri(f"bm:{name}") for name in ("Person", "Organ", "Post", "Place", "Meeting", "Directive", "Term")
)
"""The classes of what can be found."""


def other_keys(names: Iterable[str], keys: Iterable[str]) -> set[str]:
    """The keys (`kg.model.fold.key`) of the names beyond those that are stored as `bm:key`."""
    return {folded for name in names if (folded := key(name))} - set(keys)
