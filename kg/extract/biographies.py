"""Whom a biography is about, and when they were born and died."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kg.extract.attach import Link
from kg.extract.dates import date_at, is_year, year_at
from kg.extract.items import Name
from kg.extract.reading_state import State
from kg.extract.view import NUMBER, word_key

_BORN: Final = word_key("sinh")
_LATE: Final = word_key("cố")
_IS: Final = word_key("là")
_REPEATED = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Life:
    """Birth and death of a name item, as EDTF."""

    name: int
    birth: str | None
    death: str | None


def life_subject(state: State) -> int | None:
    """The name item that a text opens with as "Đặng Thí (1921 – 2001) là …", or None."""
    lives = [life for life in read_lives(state) if life.death or _is_defined(state, life.name)]
    return lives[0].name if lives and state.items[lives[0].name].start < 60 else None


def _is_defined(state: State, n: int) -> bool:
    end = state.items[n].end
    closing = state.closing.get(end)
    after = closing + 1 if closing is not None else end
    return after < len(state.view) and state.view.keys[after] == _IS


def read_lives(state: State) -> list[Life]:
    """Births and deaths right behind names: "(1921 – 2001)", "(sinh năm 1960)", "sinh ngày 3/6/1963"."""
    view, out = state.view, []
    for n, item in enumerate(state.items):
        if not isinstance(item, Name):
            continue
        i = item.end
        if i + 1 >= len(view):
            continue
        if view.keys[i] == "(" and i in state.closing:
            years = [view.keys[k] for k in range(i + 1, state.closing[i]) if is_year(view, k)]
            plain = all(
                view.shapes[k] == NUMBER or view.keys[k] in ("-", "/", ",", word_key("tháng"), word_key("năm"))
                for k in range(i + 1, state.closing[i])
            )
            if plain and len(years) == 2:
                out.append(Life(n, years[0], years[1]))
                continue
        if view.keys[i] in ("(", ","):
            i += 1
        if view.keys[i] == _BORN:
            read = date_at(view, i + 1, None) or year_at(view, i + 1)
            if read is not None:
                out.append(Life(n, read.edtf, None))
    return out + _deaths(state)


def read_deaths(
    state: State, lives: Iterable[Life], links: Iterable[Link], names: Mapping[int, str]
) -> dict[str, str | None]:
    """The people who have died, with the day as EDTF; None where it is not told ("cố Bí thư Thành ủy A")."""
    late = (link.name for link in links if state.view.keys[link.seat.post.start] == _LATE)
    found: dict[str, str | None] = {names[n]: None for n in late if n in names}
    return found | {names[life.name]: life.death for life in lives if life.death and life.name in names}


def _deaths(state: State) -> list[Life]:
    """ "từ trần ngày 09/11/2024", of the person named last."""
    out = []
    for i in sorted([*state.find("từ trần"), *state.find("mất ngày")]):
        after = range(i + 1, min(i + 6, len(state.view)))
        read = next((r for k in after if (r := date_at(state.view, k, None)) is not None), None)
        before = bisect_left(state.items, i, key=lambda item: item.start) - 1
        n = next((m for m in range(before, max(-1, before - 12), -1) if isinstance(state.items[m], Name)), None)
        if read is not None and n is not None:
            out.append(Life(n, None, read.edtf))
    return out
