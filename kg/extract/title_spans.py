"""Where the title of a document begins and ends after its number."""

from typing import Final

from kg.extract.lexicon import phrases
from kg.extract.reading_state import State
from kg.extract.view import View, word_key

_LONGEST: Final = 90


def title_after(state: State, i: int, following: int) -> tuple[int, int, int] | None:
    """Folded code points of the title and the token after it; a quoted one without its quotes.

    `following` is the token where the next citation begins: a list of citations ends a title, a mention in it does not.
    """
    view = state.view
    if i >= len(view) or view.hard[i]:
        return None
    opener = phrases("title_openers.txt").longest(view, i)
    at = opener[0] if opener is not None else i
    if (
        at < len(view)
        and view.keys[at] == word_key("việc")
        and opener is not None
        and view.keys[at + 1 : at + 2] == ['"']
    ):
        at += 1
    if at < len(view) and view.keys[at] == '"' and not view.hard[at]:
        closing = _closing_quote(view, at)
        if closing is not None:
            return view.starts[at + 1], view.ends[closing - 1], closing + 1
    if opener is None:
        return None
    end = _plain_end(state, i, at, following)
    return (view.starts[i], view.ends[end - 1], end) if end > at else None


def _closing_quote(view: View, i: int) -> int | None:
    """The token of the quote that closes the one at a token, inside the same paragraph and at most 120 tokens on."""
    for k in range(i + 1, min(len(view), i + 140)):
        if view.hard[k]:
            return None
        if view.keys[k] == '"':
            return k if k > i + 1 else None
    return None


def _plain_end(state: State, i: int, at: int, following: int) -> int:
    view = state.view
    k = at
    quoted = False
    while k < len(view) and k - i < _LONGEST and not view.hard[k]:
        key = view.keys[k]
        if key == '"':
            quoted = not quoted
        if not quoted and ((key in ".;:" and key != "") or state.sentences[k] != state.sentences[i]):
            break
        if key == "(" and k not in state.closing:
            break
        if key == ")" and (state.opening(k - 1) or -1) < i:
            break
        if k == following and view.keys[k - 1] in _LISTED:
            return k - 1
        k += 1
    return k


_LISTED: Final = frozenset(map(word_key, (",", "và", ";", "cùng")))
