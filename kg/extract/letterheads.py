"""The head of an official paper: its own number, issuer, place and day, and its title in capitals."""

from dataclasses import replace

from kg.extract.citations import Cited
from kg.extract.context import complete
from kg.extract.dates import DateRead, date_at
from kg.extract.lexicon import phrases
from kg.extract.organs import Body
from kg.extract.places import PlaceRead
from kg.extract.reading_state import State
from kg.extract.view import LOWER, UPPER, word_key

_REACH = 60


def read_letterhead(state: State, cited: list[Cited]) -> None:
    """Completes the citation that is the paper's own number with what its head and heading say."""
    own = next((c for c in cited if c.is_own), None)
    if own is None:
        return
    view = state.view
    own.rule = "letterhead"
    own.date = (
        own.date
        or _dated(state, max(0, own.start - _REACH), own.start)
        or _dated(state, own.number_end, min(own.number_end + _REACH, len(view)))
    )
    head = _acting_body(state) if own.parsed is not None and own.parsed.ladder == "Party" else None
    head = head or issuing_body(state)
    if head is not None:
        own.issuer, own.issuer_from = complete(head, state.context).name, "text"
    for i in range(own.number_end, min(own.number_end + _REACH, len(view))):
        found = phrases("doctypes.tsv").longest(view, i) if view.shapes[i] == UPPER and view.hard[i] else None
        if found is None:
            continue
        own.type = found[1][1]
        end = found[0]
        while end < len(view) and view.shapes[end] != LOWER and not _leaves(state, found[0], end):
            end += 1
        if end > found[0] + 2:
            own.title = (view.starts[found[0]], view.ends[end - 1])
        return


def own_issuer(cited: list[tuple[Cited, str]]) -> list[str]:
    """The issuer of the paper that a text is, where its head names one."""
    return [c.issuer for c, _ in cited if c.is_own and c.issuer is not None][:1]


def _dated(state: State, begin: int, end: int) -> DateRead | None:
    """The place and day line: "Nghệ An, ngày 12 tháng 10 năm 2023", before a heading in capitals."""
    view = state.view
    for i in range(begin, end):
        if view.keys[i] == word_key("ngày") and i and view.keys[i - 1] == ",":
            return date_at(view, i, state.year)
    return None


def _acting_body(state: State) -> Body | None:
    """The body on whose behalf a paper of the Party is signed: "T/M BAN THƯỜNG VỤ"."""
    return next(
        (
            i
            for i in reversed(state.items[-6:])
            if isinstance(i, Body) and on_behalf(state, i.start) and state.view.shapes[i.start] == UPPER
        ),
        None,
    )


def on_behalf(state: State, i: int) -> bool:
    """Whether "TM.", "T/M", "TL." or "TUQ." stands right before a token."""
    return any(key in _MARKS for key in state.view.keys[max(0, i - 3) : i])


_MARKS = frozenset(("tm", "m", "tl", "l", "tuq"))


def issuing_body(state: State) -> Body | None:
    """The body at the head of a paper, with the unit that the next lines print under its name."""
    view = state.view
    head = next((i for i in state.items[:6] if isinstance(i, Body) and view.hard[i.start] and i.start < _REACH), None)
    if head is None or head.wants is None:
        return head
    for item in state.items[:8]:
        near = isinstance(item, PlaceRead) and head.end <= item.start < head.end + 20 and view.hard[item.start]
        if isinstance(item, PlaceRead) and near and head.wants in ("unit", item.unit.unit) and item.unit.name:
            return replace(head, unit=item.unit, wants=None)
    return head


def _leaves(state: State, start: int, i: int) -> bool:
    """Whether the heading has ended: a blank line, or a line that is not in capitals."""
    view = state.view
    gap = view.folded[view.ends[i - 1] : view.starts[i]] if i > start else ""
    return gap.replace("*", "").replace(" ", "").count("\n") > 1
