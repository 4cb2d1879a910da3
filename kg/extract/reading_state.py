"""What is known of a text after its first pass, shared by the rules that follow."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from kg.extract.context import Context
from kg.extract.dates import DateRead
from kg.extract.items import Item, Name
from kg.extract.view import View, word_key


@cache
def _phrase_keys(phrase: str) -> list[str]:
    return [word_key(word) for word in phrase.split()]


@dataclass(slots=True)
class State:
    """A text cut and itemised.

    `sentences[i]` numbers the sentence of token i; `closing` maps "(" to ")" tokens; `year` completes dates without
    one, `published` is the full day of publication, where it is known; `days` are the days on which something took
    place, once they were looked for; `at_start` and `at_end` find the item, by its index, that begins at a token or
    ends before one.
    """

    view: View
    items: list[Item]
    sentences: list[int]
    closing: dict[int, int]
    context: Context
    year: int | None
    published: str | None
    at_start: dict[int, int] = field(default_factory=dict)
    at_end: dict[int, int] = field(default_factory=dict)
    days: list[DateRead] | None = None
    _bounds: list[int] = field(default_factory=list)
    _names: list[int] = field(default_factory=list)
    _opening: dict[int, int] = field(default_factory=dict)
    _index: dict[str, list[int]] = field(default_factory=dict)
    _found: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.at_start = {item.start: n for n, item in enumerate(self.items)}
        self.at_end = {item.end: n for n, item in enumerate(self.items)}
        self._names = [n for n, item in enumerate(self.items) if isinstance(item, Name)]
        numbers = self.sentences
        self._bounds = [i for i in range(len(numbers)) if not i or numbers[i] != numbers[i - 1]] + [len(numbers)]
        for opening, closing in sorted(self.closing.items()):  # the inner ones come later
            self._opening.update(dict.fromkeys(range(opening + 1, closing), opening))
        index: defaultdict[str, list[int]] = defaultdict(list)
        for i, key in enumerate(self.view.keys):
            index[key].append(i)
        index.default_factory = None
        self._index = index

    def find(self, phrase: str) -> list[int]:
        """Where a phrase begins, as tokens, in order."""
        found = self._found.get(phrase)
        if found is None:
            keys = _phrase_keys(phrase)
            at = self._index.get(keys[0], [])
            found = at if len(keys) == 1 else [i for i in at if self.view.keys[i : i + len(keys)] == keys]
            self._found[phrase] = found
        return found

    def any_of(self, keys: Iterable[str]) -> list[int]:
        """Where one of several words stands, by their keys, as tokens in order."""
        return sorted(i for key in keys for i in self._index.get(key, ()))

    def between(self, phrase: str, begin: int, end: int) -> list[int]:
        """Where a phrase begins in tokens [begin, end), in order."""
        found = self.find(phrase)
        return found[bisect_left(found, begin) : bisect_left(found, end)]

    def sentence_start(self, i: int) -> int:
        """The first token of the sentence of a token."""
        return self._bounds[self.sentences[i] - self.sentences[0]]

    def sentence_end(self, i: int) -> int:
        """The token after the sentence of a token."""
        return self._bounds[self.sentences[i] - self.sentences[0] + 1]

    def names_above(self, item: int) -> Iterator[int]:
        """The name items before an item, nearest first."""
        for at in range(bisect_left(self._names, item) - 1, -1, -1):
            yield self._names[at]

    def opening(self, i: int) -> int | None:
        """The token that opens the innermost parenthesis around a token, or None outside any."""
        return self._opening.get(i)
