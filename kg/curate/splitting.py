"""A merge undone: its own patch turned round, as long as nothing later rests on what it changed."""

from collections.abc import Iterable

from pyoxigraph import NamedNode

from kg.curate.foresight import CurationRefused
from kg.curate.merging import REPLACED, TYPE
from kg.curate.statements import CLAIM, CONFLICT
from kg.history import Recorded, revert
from kg.model.changes import ChangeSet
from kg.model.graph import Reader
from kg.namespaces import curie


def merged_pair(done: Recorded) -> tuple[NamedNode, NamedNode]:
    """(kept, gone) of a merge, apart from the claims and conflicts that came together with them.

    Raises CurationRefused for any other change.
    """
    lost = {quad.subject for quad in done.removed if quad.predicate == TYPE and quad.object not in (CLAIM, CONFLICT)}
    pairs = [(quad.object, quad.subject) for quad in done.added if quad.predicate == REPLACED and quad.subject in lost]
    match pairs:
        case [(NamedNode() as kept, NamedNode() as gone)]:
            return kept, gone
    raise CurationRefused(f"{curie(done.change)} is no merge of two nodes, so it cannot be split.")


def split(reader: Reader, done: Recorded, later: Iterable[Recorded], agent: NamedNode, reason: str = "") -> ChangeSet:
    """The change that undoes the merge `done`: afterwards the default graph is as if it had never been.

    What later changes said of the node kept stays with that node. Raises CurationRefused for a change that is no
    merge, and what `revert` raises where later changes are in the way.
    """
    kept, gone = merged_pair(done)
    words = reason.strip() or f"{curie(gone)} is not {curie(kept)}: {curie(done.change)} is undone"
    return revert(reader, done, later, agent, words)
