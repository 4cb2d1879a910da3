"""The graph as it was: a copy of a generation with the changes after an earlier one undone, the last one first."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import NotFound
from kg.history import HEAD, load_patch
from kg.namespaces import HISTORY, iri
from kg.store.generations import Generation, copy_generation
from kg.store.layout import Folder, telling

MOST_UNDONE: Final = 1000  # changes
MOST_BYTES: Final = 8_000_000  # of packed patches


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is needed of a journal entry to undo it and to go on with the one before."""

    generation: int
    digest: str
    before: NamedNode | None


def rebuild(data: Path, now: Generation, number: int, place: Path) -> None:
    """Writes to `place`, which must not be there yet, a checkpoint of the graph as it was in generation `number`.

    `now` is a pinned generation of the folder `data`. The journal in the copy ends with that generation too. Raises
    NotFound for a generation that has not been yet, and for one that is further back than may be undone; FolderError
    when the disk is full.
    """
    if number > now.number:
        raise NotFound(f"There is no generation {number} yet; the current one is {now.number}.")
    with telling(data, "rebuilding an earlier generation"):
        store = copy_generation(now.path, place)
        _go_back(data, store, number)
        store.flush()


def _go_back(data: Path, store: Store, number: int) -> None:
    change, undone, size = _node(store, HISTORY, HEAD), 0, 0
    while change is not None and (entry := _entry(store, change)).generation > number:
        undone, size = undone + 1, size + _size(Folder(data).patch(entry.digest))
        if undone > MOST_UNDONE or size > MOST_BYTES:
            raise NotFound(f"Generation {number} is too far back: at most {MOST_UNDONE} changes are undone for a page.")
        _undo(store, change, *load_patch(Folder(data).journal, entry.digest))
        change = entry.before
    if undone and change is not None:
        store.add(Quad(HISTORY, HEAD, change, HISTORY))


def _undo(store: Store, change: NamedNode, added: frozenset[Quad], removed: frozenset[Quad]) -> None:
    told = store.quads_for_pattern(change, None, None, HISTORY)
    for quad in (*added, *told, *store.quads_for_pattern(HISTORY, HEAD, None, HISTORY)):
        store.remove(quad)
    store.extend(removed)


def _size(patch: Path) -> int:
    return patch.stat().st_size if patch.is_file() else 0  # one that is missing is told of when it is read


def _entry(store: Store, change: NamedNode) -> _Entry:
    generation, digest = _word(store, change, iri("bm:generation")), _word(store, change, iri("bm:patchDigest"))
    return _Entry(int(generation), digest, _node(store, change, iri("prov:wasRevisionOf")))


def _node(store: Store, subject: NamedNode, predicate: NamedNode) -> NamedNode | None:
    found = (quad.object for quad in store.quads_for_pattern(subject, predicate, None, HISTORY))
    return next((each for each in found if isinstance(each, NamedNode)), None)


def _word(store: Store, subject: NamedNode, predicate: NamedNode) -> str:
    (quad,) = store.quads_for_pattern(subject, predicate, None, HISTORY)
    assert isinstance(quad.object, Literal)  # as the journal writes it
    return quad.object.value
