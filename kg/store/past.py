"""The graph as it was: a copy of a generation with the changes after an earlier one undone, the last one first."""

from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Quad, Store

from kg.errors import NotFound
from kg.history import HEAD, load_patch, steps_back
from kg.namespaces import HISTORY
from kg.store.generations import Generation, copy_generation
from kg.store.layout import Folder, telling
from kg.store.reader import StoreReader

MOST_UNDONE: Final = 1000  # changes
MOST_BYTES: Final = 8_000_000  # of packed patches


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
    undone, size = 0, 0
    for step in steps_back(StoreReader(store)):
        if step.generation <= number:
            if undone:
                store.add(Quad(HISTORY, HEAD, step.change, HISTORY))
            return
        undone, size = undone + 1, size + _size(Folder(data).patch(step.digest))
        if undone > MOST_UNDONE or size > MOST_BYTES:
            raise NotFound(f"Generation {number} is too far back: at most {MOST_UNDONE} changes are undone for a page.")
        _undo(store, step.change, *load_patch(Folder(data).journal, step.digest))


def _undo(store: Store, change: NamedNode, added: frozenset[Quad], removed: frozenset[Quad]) -> None:
    told = store.quads_for_pattern(change, None, None, HISTORY)
    for quad in (*added, *told, *store.quads_for_pattern(HISTORY, HEAD, None, HISTORY)):
        store.remove(quad)
    store.extend(removed)


def _size(patch: Path) -> int:
    return patch.stat().st_size if patch.is_file() else 0  # one that is missing is told of when it is read
