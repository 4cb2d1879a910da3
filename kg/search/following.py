"""The index of a data folder: it lies in the folder, and follows the changes of the graph when it is asked for.

It can be thrown away at any time, and is in no backup: what is missing is made anew from the graph.
"""

import fcntl
import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode
from tantivy import Index as TextIndex

import kg
from kg.errors import BomayError, FolderError
from kg.history import last_change
from kg.model.graph import Reader
from kg.search.documents import LAYOUT, text_index
from kg.search.entities import Entity, read_entities, read_entity
from kg.search.facts import Facts
from kg.search.index import Index, amend, fill
from kg.search.touched import nodes_since
from kg.store import Folder

_CREATED: Final = "created"
_LOG: Final = logging.getLogger(__name__)


class Follower:
    """Gives the index of the current state; safe to ask from several threads and processes."""

    def __init__(self, data: Path, reader: Callable[[], AbstractContextManager[Reader]]) -> None:
        """`reader` opens the current state of the graph in the folder `data`."""
        self._folder = Folder(data)
        self._open_reader = reader
        self._lock = threading.Lock()
        self._index: TextIndex | None = None
        self._ending = threading.Event()
        self._ahead: threading.Thread | None = None

    def begin(self) -> None:
        """Has the index made or brought up to date meanwhile, so that the first to ask need not wait."""
        self._ahead = threading.Thread(target=self._look_ahead, name="search-index")
        self._ahead.start()

    def close(self) -> None:
        """Breaks off what `begin` began; what it had done by then is not kept. Harmless when done twice."""
        self._ending.set()
        if self._ahead is not None:
            self._ahead.join()

    def _look_ahead(self) -> None:
        with suppress(BomayError):  # whoever asks hears of it
            self.index()

    def index(self) -> Index:
        """The index of the current state, brought up to date where it is behind, made where there is none.

        In memory, for this once, where the folder keeps no journal to follow or the disk cannot take it.
        """
        with self._lock:
            if self._folder.read_format()["profile"] == "empty":
                return self._in_memory()
            try:
                with _turn(self._folder.search):
                    return self._whole()
            except (OSError, ValueError) as error:  # what the engine says of a disk and of damaged files
                self._index = None
                _LOG.warning("The search index of %s cannot be kept: %s.", self._folder.root, error)
                return self._in_memory()

    def _in_memory(self) -> Index:
        with self._open_reader() as reader:
            return Index.build(reader)

    def _whole(self) -> Index:
        """The index on disk, made anew where what lies there cannot be read."""
        try:
            return self._up_to_date()
        except (OSError, ValueError):
            self._index = None
            shutil.rmtree(self._folder.search)
            self._folder.search.mkdir()
            return self._up_to_date()

    def _up_to_date(self) -> Index:
        opened = self._opened()
        with self._open_reader() as reader:
            state, known = _state(last_change(reader)), Index(opened.searcher()).state
            if known != state:
                self._follow(opened, reader, known, state)
        return Index(opened.searcher())

    def _follow(self, opened: TextIndex, reader: Reader, known: str | None, state: str) -> None:
        nodes = None
        if known is not None and known.startswith(_state(None).removesuffix(_CREATED)):
            change = known.rpartition(" ")[2]
            nodes = nodes_since(reader, self._folder.journal, None if change == _CREATED else change)
        if nodes is None:
            fill(opened, self._until_the_end(read_entities(reader)), state)
            return
        facts = Facts(reader)
        amend(opened, ((node.value, read_entity(facts, node)) for node in sorted(nodes, key=str)), state)

    def _until_the_end(self, entities: Iterator[Entity]) -> Iterator[Entity]:
        for entity in entities:
            if self._ending.is_set():
                raise FolderError(f"The search index of {self._folder.root} was not finished, as the program ends.")
            yield entity

    def _opened(self) -> TextIndex:
        place = self._folder.search
        if self._index is None or not TextIndex.exists(str(place)):
            self._index = text_index(place)
        self._index.reload()
        return self._index


def _state(change: NamedNode | None) -> str:
    """What an index is of: the layout of its documents, the software that made them, the last change."""
    return f"{LAYOUT} {kg.__version__} {change.value if change else _CREATED}"


@contextmanager
def _turn(place: Path) -> Iterator[None]:
    """One process at a time; the lock lies beside the index, which may be thrown away."""
    place.mkdir(exist_ok=True)
    with place.with_name(f"{place.name}.lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
