"""Names of nodes that follow from what they are about."""

from pyoxigraph import NamedNode

from kg.namespaces import curie, iri


def conflict_of(about: NamedNode, prop: NamedNode) -> NamedNode:
    """The conflict on a property of a node: there is one for each."""
    return iri(f"conflict:{about.value.rpartition('/')[2]}-{curie(prop).rpartition(':')[2].lower()}")
