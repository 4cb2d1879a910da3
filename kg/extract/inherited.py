"""Starts told once for several people: "A được bầu làm Bí thư; B – Phó Bí thư", "bổ nhiệm: - Ông A giữ chức …"."""

from dataclasses import replace
from typing import Final

from kg.extract.attach import Link
from kg.extract.events import Event
from kg.extract.reading_state import State
from kg.extract.triggers import find_triggers
from kg.extract.view import NUMBER

_LINES: Final = 30  # lines of a list
_REACH: Final = 120  # tokens between the verb and a later name of its sentence


def inherit_starts(state: State, links: list[Link], events: list[Event]) -> tuple[list[Link], list[Event]]:
    """The links, with the status appointed where an earlier part of their sentence or list says so, and the events
    that this adds."""
    told: dict[int, list[Event]] = {}
    for event in events:
        told.setdefault(state.sentences[event.trigger], []).append(event)
    out: list[Link] = []
    more: list[Event] = []
    for link in links:
        if link.status in (None, "current") and link.seat.post.status is None:
            source = _before(state, link, told) or _above(state, link)
            if source is not None:
                more.append(Event(link.name, source[0], source[1]))
            if source is not None or _is_seated(state, link):
                link = replace(link, status="appointed")
        out.append(link)
    return out, [*events, *dict.fromkeys(more)]


def _before(state: State, link: Link, told: dict[int, list[Event]]) -> tuple[str, int] | None:
    """What an earlier part of the sentence says, a semicolon between: of a post behind a dash or "giữ chức"."""
    view, name = state.view, state.items[link.name]
    dashed = link.rule == "post-after-name" and view.keys[name.end : link.seat.post.start][:1] == ["-"]
    if not dashed and link.rule != "post-by-verb":
        return None
    for event in reversed(told.get(state.sentences[name.start], [])):
        far = name.start - event.trigger
        if event.name != link.name and 0 < far < _REACH and ";" in view.keys[event.trigger : name.start]:
            return event.predicate, event.trigger
    return None


def _above(state: State, link: Link) -> tuple[str, int] | None:
    """What the line says that opens the list of lines to which a link's line belongs."""
    opened = _opening_line(state, state.items[link.name].start) if link.rule == "post-by-verb" else None
    if opened is None:
        return None
    said = [t for t in find_triggers(state, *opened) if t.event and t.status == "appointed"]
    return (said[-1].event, said[-1].start) if said else None


def _opening_line(state: State, i: int) -> tuple[int, int] | None:
    """The tokens of the line that opens, by a colon, the list of lines in which a token stands."""
    view = state.view
    end = begin = _line(state, i)
    for _ in range(_LINES):
        if begin == 0 or (view.keys[begin] != "-" and view.shapes[begin] != NUMBER):
            break
        end, begin = begin, _line(state, begin - 1)
    return (begin, end) if begin < end and view.keys[end - 1] == ":" else None


def _line(state: State, i: int) -> int:
    """The first token of the line of a token, looked for within reach."""
    return next((k for k in range(i, max(0, i - _REACH), -1) if state.view.hard[k]), max(0, i - _REACH))


def _is_seated(state: State, link: Link) -> bool:
    """Whether a seat of a board is given by a list: "Kiện toàn Ban Chỉ đạo …, gồm các ông, bà có tên sau: 1. …"."""
    if link.seat.organ is None or link.seat.organ.kind not in _BOARDS or link.rule != "post-after-name":
        return False
    opened = _opening_line(state, state.items[link.name].start)
    return opened is not None and any(state.between(verb, *opened) for verb in _MAKING)


_BOARDS: Final = frozenset(("SteeringCommittee", "InspectionTeam"))
_MAKING: Final = ("thành lập", "kiện toàn")
