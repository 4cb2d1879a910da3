"""Curricula: "4/1985-7/1988: Ủy viên …, Trưởng ban …", "Từ 2010 đến 2015, Giám đốc …" — of whom the text is about."""

from dataclasses import dataclass

from kg.extract.attach import Link
from kg.extract.dates import DateRead, date_at, month_at, year_at
from kg.extract.groups import Group
from kg.extract.reading_state import State
from kg.extract.view import NUMBER, View, word_key

_FILL = frozenset(
    map(word_key, ("từ", "tháng", "năm", "ngày", "-", "đến", "nay", ":", ",", "–", "giai", "đoạn", "trước", "sau"))
)


@dataclass(frozen=True, slots=True)
class Stage:
    """The dates at the head of a line of a curriculum; `end` is the token after them."""

    end: int
    start: str | None
    finish: str | None
    goes_on: bool


def attach_careers(state: State, groups: list[Group], loose: set[int]) -> list[Link]:
    """Links of posts in lines that open with a period and name nobody; takes their groups out of `loose`."""
    out: list[Link] = []
    stages: dict[int, Stage | None] = {}
    for g in sorted(loose):
        group = groups[g]
        begin = state.sentence_start(group.start)
        if begin not in stages:
            stages[begin] = _stage(state, begin)
        stage = stages[begin]
        if group.is_plural or (stage is None and state.view.keys[begin] != word_key("sinh")):
            continue
        owner = _owner(state, begin, group)
        if owner is None:
            continue
        if stage is None:
            out += [Link(owner, seat, "curriculum", "medium") for seat in group.seats]
        else:
            status = "current" if stage.goes_on else "former"
            out += [Link(owner, s, "curriculum", "medium", status, stage.start, stage.finish) for s in group.seats]
        loose.discard(g)
    return out


def _stage(state: State, begin: int) -> Stage | None:
    view = state.view
    i, found, marked, goes_on = begin, [], False, False
    while i < len(view) and view.keys[i] in ("-", "+", "•"):
        i += 1
    while i < len(view) and i - begin < 16:
        read = date_at(view, i, None) or _month(view, i) or year_at(view, i)
        if read is not None:
            found.append(read)
            i = read.end
            continue
        if view.keys[i] not in _FILL:
            break
        marked = marked or view.keys[i] in ("-", ":", word_key("đến"), word_key("từ"))
        goes_on = goes_on or view.keys[i] == word_key("nay")
        i += 1
    if not found or not marked or not (len(found) > 1 or goes_on or view.keys[i - 1] == ":"):
        return None
    if view.keys[i - 1] not in (":", ",") and view.keys[i : i + 1] != [word_key("là")] and i not in state.at_start:
        return None
    return Stage(i, found[0].edtf, found[1].edtf if len(found) > 1 else None, goes_on)


def _month(view: View, i: int) -> DateRead | None:
    """ "4/1985" with or without "tháng"."""
    at = i + 1 if view.keys[i] == word_key("tháng") else i
    month = month_at(view, at)
    if month is not None and at + 2 < len(view) and view.keys[at + 1] in "/-.":
        year = year_at(view, at + 2) if view.shapes[at + 2] == NUMBER else None
        if year is not None:
            return DateRead(i, year.end, f"{year.edtf}-{month:02d}")
    return None


def _owner(state: State, begin: int, group: Group) -> int | None:
    """The person named last before the line; none where the line names somebody before the post."""
    n = next(state.names_above(group.first), None)
    return n if n is not None and state.items[n].start < begin else None
