"""Words that say what happens between a person and a post, and the clause in which they say it."""

from dataclasses import dataclass
from typing import Final

from kg.extract.items import Name
from kg.extract.lexicon import phrases
from kg.extract.reading_state import State

REACH: Final = 300  # tokens: how far a clause is looked over, whatever its length


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words of triggers.tsv between two tokens."""

    start: int
    end: int
    status: str
    event: str


def find_triggers(state: State, begin: int = 0, end: int | None = None) -> list[Trigger]:
    """The trigger words between two tokens, else of the whole text, in order."""
    tree, view, out = phrases("triggers.tsv"), state.view, []
    branches, last = tree.branches, 0
    for i in [i for i, key in enumerate(view.keys[begin:end], begin) if key in branches]:
        found = tree.longest(view, i) if i >= last else None
        if found is not None:
            last, row = found
            out.append(Trigger(i, last, row[1], row[2]))
    return out


def clause(state: State, i: int) -> tuple[int, int]:
    """The tokens of the parenthesis around a token, where it has a verb and a name of its own, else of its sentence."""
    begin, end = state.sentence_start(i), state.sentence_end(i)
    opening = state.opening(i)
    while opening is not None and opening >= begin:
        closing = state.closing[opening]
        if closing - opening < REACH and _has_name(state, opening, closing):
            return opening + 1, closing
        opening = state.opening(opening)
    return begin, end


def _has_name(state: State, begin: int, end: int) -> bool:
    return any(isinstance(state.items[n], Name) for k in range(begin, end) if (n := state.at_start.get(k)) is not None)
