"""One open reader for each generation in use, shared by all threads of a process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from kg.store.generations import Pin, current
from kg.store.layout import Folder, telling
from kg.store.reader import StoreReader


@dataclass(slots=True)
class _Open:
    pin: Pin
    reader: StoreReader
    users: int = 0


@dataclass(slots=True)
class Readers:
    """Opens the current generation when it is first read; lets an older one go when its last user is done."""

    folder: Folder
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _newest: _Open | None = None

    @contextmanager
    def current(self) -> Iterator[StoreReader]:
        """A reader of the current generation, the same state throughout the block."""
        opened = self._enter()
        try:
            yield opened.reader
        finally:
            with self._lock:
                opened.users -= 1
                if opened.users == 0 and opened is not self._newest:
                    opened.pin.release()

    def close(self) -> None:
        """Lets the newest generation go as soon as nobody reads it."""
        with self._lock:
            self._retire()

    def _enter(self) -> _Open:
        with self._lock, telling(self.folder.root, "reading"):
            if self._newest is None or self._newest.pin.generation.number != current(self.folder):
                self._retire()
                pin = Pin(self.folder)
                self._newest = _Open(pin, StoreReader.at(pin.generation.path))
            self._newest.users += 1
            return self._newest

    def _retire(self) -> None:
        if self._newest is not None and self._newest.users == 0:
            self._newest.pin.release()
        self._newest = None
