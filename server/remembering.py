"""Answers of queries kept for whoever asks the same next: those of the current generation, whole, within bounds."""

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from kg.model.sparql_text import could_use, keywords_of
from kg.query import Answer

_UNREPEATABLE: Final = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})
_LONG: Final = 100_000  # code points that this process reads token by token
_SHARE: Final = 8  # one answer may fill so much of the whole

Key = tuple[object, ...]
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole answer: its parts together."""

    kind: str
    media_type: str
    body: bytes
    is_cut: bool

    def again(self) -> Answer:
        """The answer as a worker would give it."""
        return Answer(self.kind, self.media_type, Once(self.body), self.is_cut)


class Recent(Generic[K, V]):
    """Values by key, at most `most` bytes of them, the longest unused forgotten first; safe to share between threads.

    Those of an earlier generation are forgotten when one of a later is kept or asked for.
    """

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self._generation = -1
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, generation: int, key: K) -> V | None:
        """The value of this key in this generation, if it is kept."""
        with self._lock:
            self._go_to(generation)
            found = self._kept.get(key) if generation == self._generation else None
            if found is None:
                return None
            self._kept.move_to_end(key)
        return found[0]

    def __contains__(self, key: K) -> bool:
        """Whether there is a value of this key, of whatever generation was asked for last."""
        return key in self._kept

    def put(self, generation: int, key: K, value: V, size: int) -> None:
        """Keeps a value of so many bytes, and forgets others until there is room."""
        with self._lock:
            self._go_to(generation)
            if generation != self._generation or key in self._kept:
                return
            self._kept[key] = value, size
            self.size += size
            while self.size > self.most:
                self.size -= self._kept.popitem(last=False)[1][1]

    def _go_to(self, generation: int) -> None:
        if generation > self._generation:
            self._generation, self.size = generation, 0
            self._kept.clear()


class Answers(Recent[Key, Kept]):
    """Answers by what was asked."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.hits = self.misses = 0
        self._counting = threading.Lock()

    def get(self, generation: int, key: Key) -> Answer | None:
        """The answer to this in this generation, if it is kept."""
        found = self.find(generation, key)
        with self._counting:
            self.hits, self.misses = self.hits + (found is not None), self.misses + (found is None)
        return None if found is None else found.again()

    def given(self) -> None:
        """Counts an answer that was given again without being looked up here."""
        with self._counting:
            self.hits += 1

    def keeping(self, generation: int, key: Key, answer: Answer) -> Answer:
        """The same answer, kept once it was read to its end, if it is not too long."""
        if not self.most:
            return answer
        parts = _Copied(self, generation, key, answer)
        return Answer(answer.kind, answer.media_type, parts, answer.is_cut)


class Once(Iterator[bytes]):
    """A body as one part."""

    def __init__(self, body: bytes) -> None:
        self._body: bytes | None = body

    @property
    def size(self) -> int:
        """The bytes of it, until they were read."""
        return len(self._body or b"")

    def __next__(self) -> bytes:
        if not self._body:
            raise StopIteration
        body, self._body = self._body, None
        return body

    def close(self) -> None:
        """Nothing is held."""
        self._body = None


class _Copied(Iterator[bytes]):
    """The parts of an answer, copied on their way; a fault among them, or an end before the last, keeps nothing."""

    def __init__(self, answers: Answers, generation: int, key: Key, answer: Answer) -> None:
        self._answers, self._generation, self._key, self._answer = answers, generation, key, answer
        self._copy: list[bytes] | None = []
        self._size = 0

    @property
    def size(self) -> int | None:
        """As the answer has it."""
        return self._answer.chunks.size

    def __next__(self) -> bytes:
        try:
            part = next(self._answer.chunks)
        except StopIteration:
            self._done()
            raise
        if self._copy is not None:
            self._size += len(part)
            self._copy.append(part)
            if self._size > self._answers.most // _SHARE:
                self._copy = None
        return part

    def close(self) -> None:
        """Lets go of the worker."""
        self._copy = None
        self._answer.chunks.close()

    def _done(self) -> None:
        if self._copy is not None:
            answer, body = self._answer, b"".join(self._copy)
            kept = Kept(answer.kind, answer.media_type, body, answer.is_cut)
            self._answers.put(self._generation, self._key, kept, len(body))
            self._copy = None


def is_repeatable(text: str) -> bool:
    """Whether it surely has none of the functions whose value is another each time; a sight of the text often tells."""
    if not could_use(text, _UNREPEATABLE):
        return True
    return len(text) <= _LONG and not keywords_of(text) & _UNREPEATABLE
