"""Connected sites of a meeting held online: "điểm cầu Tỉnh ủy", "điểm cầu thành phố Bắc Kạn"."""

from typing import Final

from kg.extract.organs import Body
from kg.extract.places import PlaceRead
from kg.extract.reading_state import State
from kg.extract.view import LOWER, NUMBER, word_key
from kg.model.spans import Span


def read_sites(state: State) -> list[tuple[str, Span]]:
    """ "điểm cầu X": each once, at its first mention; numbers of sites are no sites."""
    view = state.view
    out: dict[str, tuple[str, Span]] = {}
    for i in state.find("điểm cầu"):
        if i + 2 >= len(view) or view.hard[i + 2]:
            continue
        if i and (view.shapes[i - 1] == NUMBER or view.keys[i - 1] in _COUNTED):
            continue
        end = site_end(state, i)
        if end is not None:
            words = f"điểm cầu {view.words(i + 2, end)}"
            out.setdefault(words.lower(), (words, view.token_span(i, end)))
    return list(out.values())


_COUNTED: Final = frozenset(map(word_key, ("các", "những", "nhiều", "mỗi", "số")))


def site_end(state: State, i: int) -> int | None:
    """The token after the name of the site whose "điểm cầu" begins at a token."""
    view = state.view
    n = state.at_start.get(i + 2)
    if n is not None and isinstance(state.items[n], (Body, PlaceRead)):
        return state.items[n].end
    if view.keys[i + 2] == word_key("trung") and view.keys[i + 3 : i + 4] == [word_key("ương")]:
        return i + 4
    if (
        view.keys[i + 2] in (word_key("chính"), word_key("tỉnh"), word_key("thành"), word_key("huyện"))
        and view.shapes[i + 2] == LOWER
    ):
        return i + 3 if view.keys[i + 2] != word_key("thành") else i + 4
    k = i + 2
    while k < len(view) and not view.hard[k] and view.shapes[k] not in (LOWER, 4) and k - i < 6:
        k += 1
    return k if k > i + 2 else None
