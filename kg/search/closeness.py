"""How close a name comes to words that somebody gave."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kg.model.fold import key
from kg.search.abbreviations import other_forms
from kg.search.documents import accented_words

_KEPT = 1 << 15  # names of one batch come again for each of its queries


@dataclass(frozen=True, slots=True, order=True)
class Closeness:
    """`same`: the same words in order, marks aside, short forms written out. `marks`: no mark speaks against it.

    `words`: the share of words in common (Dice), from 0 to 1. `covered`: all words that were given are in the name.
    """

    same: bool = False
    marks: bool = False
    words: float = 0.0
    covered: bool = False


def closeness(text: str, names: Iterable[str]) -> Closeness:
    """The closeness of the nearest of these names."""
    return max((_between(text, name) for name in names), default=Closeness())


@lru_cache(_KEPT)
def _between(text: str, name: str) -> Closeness:
    given, known = _forms(text), _forms(name)
    shares = [_dice(set(one.split()), set(other.split())) for one in given for other in known]
    covered = any(form and set(form.split()) <= set(other.split()) for form in given for other in known)
    return Closeness(bool(given & known - {""}), _marks_agree(text, name), max(shares), covered)


@lru_cache(_KEPT)
def _forms(text: str) -> frozenset[str]:
    folded = key(text)
    return frozenset((folded, *other_forms(folded)))


def _dice(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _marks_agree(text: str, name: str) -> bool:
    """Whether each word of the text that bears marks stands in the name with these, as far as it stands there."""
    accented: dict[str, set[str]] = {}
    for word in accented_words(name):
        accented.setdefault(key(word), set()).add(word)
    marked = (word for word in accented_words(text) if word != key(word))
    return all(word in accented[key(word)] for word in marked if key(word) in accented)
