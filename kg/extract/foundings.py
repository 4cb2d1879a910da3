"""Bodies and places that a paper founds, told from their side: "Theo Nghị quyết số 1, xã X được thành lập"."""

from typing import Final

from kg.extract.assemble_meetings import citations_between
from kg.extract.citations import Cited
from kg.extract.orders import actor_before
from kg.extract.organs import Body
from kg.extract.places import PlaceRead
from kg.extract.reading_state import State
from kg.extract.view import word_key
from kg.model.extraction import RelationRead

_FOUNDED: Final = "thành lập"
_BEFORE: Final = frozenset(map(word_key, ("được", "đã")))
_BY: Final = word_key("theo")
_NEAR: Final = 4  # tokens


def read_foundings(state: State, cited: list[tuple[Cited, str]], bodies: dict[int, str]) -> list[RelationRead]:
    """One relation for each founding in the passive whose paper the sentence names; of several papers the nearest."""
    view, out = state.view, []
    for i in state.find(_FOUNDED):
        at = i
        while at > 0 and view.keys[at - 1] in _BEFORE:
            at -= 1
        passive = at < i
        if at > 0 and view.keys[at - 1] == "(":
            at -= 1
        n = state.at_end.get(at)
        if n is None or (not passive and view.keys[i + 2 : i + 3] != [_BY]):
            continue
        made = _called(state, n, bodies)
        if view.keys[at : at + 1] == ["("] and not isinstance(state.items[n], Body):
            continue
        begin, end = state.sentence_start(i), state.sentence_end(i)
        behind = [pair for pair in citations_between(cited, i, min(end, i + _NEAR)) if view.keys[i + 2] == _BY]
        opening = citations_between(cited, begin, begin + _NEAR) if view.keys[begin] == _BY else []
        paper = next(iter(behind), None) or next(iter(opening), None)
        if made is not None and paper is not None and paper[0].number:
            first, after = min(paper[0].start, state.items[n].start), max(paper[0].number_end, i + 2)
            out.append(RelationRead(paper[1], "establishes", made, (view.token_span(first, after),)))
    return out


def read_founders(state: State, bodies: dict[int, str]) -> list[RelationRead]:
    """ "UBND tỉnh công bố Quyết định thành lập Ban Quản lý dự án", "Quyết định của Ban Bí thư về việc thành lập Đoàn
    kiểm tra": the body that founds another, where no number tells the paper."""
    view, out = state.view, []
    for i in state.find(_FOUNDED):
        n, said = state.at_start.get(i + 2), state.between("quyết định", max(state.sentence_start(i), i - _FAR), i)
        if n is None or n not in bodies or not isinstance(state.items[n], Body) or not said:
            continue
        paper = said[-1]
        if view.keys[paper + 2 : paper + 3] == [_OF]:
            m = state.at_start.get(paper + 3)
            founder = bodies.get(m) if m is not None else None
        else:
            plain = all(key in _ABOUT for key in view.keys[paper + 2 : i])
            founder = actor_before(state, paper, {}, bodies) if plain else None
        if founder is not None and founder != bodies[n]:
            out.append(RelationRead(founder, "establishes", bodies[n], (view.token_span(paper, state.items[n].end),)))
    return out


_FAR: Final = 14  # tokens between the decision and the founding
_OF: Final = word_key("của")
_ABOUT: Final = frozenset(map(word_key, ("về", "việc")))


def _called(state: State, n: int, bodies: dict[int, str]) -> str | None:
    item = state.items[n]
    if isinstance(item, PlaceRead):
        return str(item.unit) if item.unit.name else None
    return bodies.get(n) if isinstance(item, Body) else None
