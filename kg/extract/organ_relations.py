"""What bodies and places do to each other: inspect, merge, take another name."""

from typing import Final

from kg.extract.inspections import read_inspections
from kg.extract.organs import Body
from kg.extract.places import PlaceRead
from kg.extract.reading_state import State
from kg.extract.view import word_key
from kg.model.extraction import RelationRead

_REACH: Final = 200  # tokens


def read_organ_relations(state: State, names: dict[int, str], bodies: dict[int, str]) -> list[RelationRead]:
    """Relations between bodies or places, in order."""
    return [*read_inspections(state, names, bodies), *_merged(state, bodies), *_renamed(state)]


def _merged(state: State, bodies: dict[int, str]) -> list[RelationRead]:
    """ "thành lập tỉnh A trên cơ sở sáp nhập … của tỉnh A và … của tỉnh B"; "hợp nhất A và B thành C"."""
    out: list[RelationRead] = []
    for i in sorted(k for verb in _MERGING for k in state.find(verb)):
        begin, end = state.sentence_start(i), min(state.sentence_end(i), i + _REACH)
        made = next((k for k in reversed(state.find("thành lập")) if begin <= k < i), None)
        n = state.at_start.get(made + 2) if made is not None else None
        if n is not None and isinstance(state.items[n], Body | PlaceRead):
            for k in range(i, end):
                m = state.at_start.get(k)
                if m is not None and isinstance(state.items[m], Body | PlaceRead):
                    out.append(_changed(state, n, "merged_from", m))
        else:
            out += _merged_into(state, bodies, i, end)
    return out


_MERGING: Final = ("sáp nhập", "hợp nhất", "sát nhập", "sắp xếp")
_INTO: Final = word_key("thành")
_AND: Final = frozenset((",", word_key("và"), word_key("với")))


def _merged_into(state: State, bodies: dict[int, str], i: int, end: int) -> list[RelationRead]:
    """ "hợp nhất A và B thành C", "hợp nhất Ủy ban MTTQ ba tỉnh A, B, C thành …": A and B, then C behind "thành"."""
    view, items = state.view, state.items
    old: list[int] = []
    at = i + 2
    first = next((m for k in range(at, min(at + 3, end)) if (m := state.at_start.get(k)) is not None), None)
    m = first
    while m is not None and m < len(items) and items[m].start < end:
        item = items[m]
        joins = _AND if len(old) != 1 else _AND | _COUNTS
        if not isinstance(item, Body | PlaceRead) or (old and any(k not in joins for k in view.keys[at : item.start])):
            break
        old.append(m)
        at, m = item.end, m + 1
    new = _new_name(state, at, end) if at + 1 < end and view.keys[at] == _INTO else None
    if new is None or len(old) < 2 or not isinstance(items[new], Body | PlaceRead):
        return []
    head = items[old[0]]
    if not isinstance(head, Body) or not all(isinstance(items[m], PlaceRead) for m in old[1:]):
        return [_changed(state, new, "merged_from", m) for m in old]
    span = view.token_span(items[old[0]].start, items[new].end)
    named = [str(p.unit) for m in old[1:] if isinstance(p := items[m], PlaceRead) and p.unit.name]
    return [
        RelationRead(bodies.get(new, _called(state, new)), "merged_from", f"{head.name} {place}", (span,))
        for place in named
    ]


_COUNTS: Final = frozenset(map(word_key, ("các", "hai", "ba", "bốn", "2", "3", "4")))


def _new_name(state: State, at: int, end: int) -> int | None:
    """The item behind "thành", or behind "tên gọi là", "lấy tên là" later in the sentence."""
    n = state.at_start.get(at + 1)
    if n is not None and not (isinstance(item := state.items[n], PlaceRead) and item.unit.name is None):
        return n
    called = sorted(k for phrase in ("tên gọi là", "tên là") for k in state.between(phrase, at + 1, end))
    return (
        state.at_start.get(called[0] + (3 if state.view.keys[called[0] + 1] == word_key("gọi") else 2))
        if called
        else None
    )


def _renamed(state: State) -> list[RelationRead]:
    """ "đổi tên A thành B"."""
    out: list[RelationRead] = []
    for i in state.find("đổi tên"):
        n = state.at_start.get(i + 2)
        if n is None or not isinstance(state.items[n], Body):
            continue
        end = state.items[n].end
        m = state.at_start.get(end + 1) if state.view.keys[end : end + 1] == [word_key("thành")] else None
        if m is not None and isinstance(state.items[m], Body):
            out.append(_changed(state, m, "renamed_from", n))
    return out


def _changed(state: State, new: int, predicate: str, old: int) -> RelationRead:
    first, last = sorted((new, old))
    span = state.view.token_span(state.items[first].start, state.items[last].end)
    return RelationRead(_called(state, new), predicate, _called(state, old), (span,))


def _called(state: State, n: int) -> str:
    item = state.items[n]
    return str(item.unit) if isinstance(item, PlaceRead) else state.view.words(item.start, item.end)
