"""Posts that pass from one to another: whom somebody replaces, and by whom somebody is replaced."""

from bisect import bisect_left, bisect_right
from typing import Final

from kg.extract.attach import Link
from kg.extract.groups import Group, Seat
from kg.extract.items import Name
from kg.extract.reading_state import State
from kg.extract.referents import replaced_name


def predecessors(state: State, groups: list[Group], links: list[Link], subject: int | None) -> list[Link]:
    """ "A giữ chức Giám đốc … thay ông B nghỉ hưu": B leaves what A takes up."""
    out: list[Link] = []
    held: dict[int, list[Link]] = {}
    told: dict[tuple[str, ...], list[Seat]] = {}
    for link in links:
        held.setdefault(id(link.seat), []).append(link)
        told.setdefault(_words(state, link.name), []).append(link.seat)
    for i in state.find("thay"):
        n = replaced_name(state, i)
        g = bisect_right(groups, i, key=lambda group: group.end) - 1
        if n is None or g < 0 or i - groups[g].end > _TO_THAY or state.sentences[groups[g].start] != state.sentences[i]:
            continue
        for seat in groups[g].seats:
            new = next(
                (link for link in held.get(id(seat), []) if state.items[link.name].start < seat.post.start), None
            )
            if (
                new is not None
                and new.name != n
                and (subject is None or _may_have_held(told.get(_words(state, n), []), seat))
            ):
                status = "former" if new.status == "former" else "outgoing"
                out.append(Link(n, seat, "post-of-predecessor", "medium", status))
    return out


def _may_have_held(own: list[Seat], seat: Seat) -> bool:
    """Whether nothing is told of the one replaced, or just this post: a life tells the posts of its subject itself."""
    return not own or any(s.post.title.title == seat.post.title.title and _organ(s) == _organ(seat) for s in own)


def _organ(seat: Seat) -> str | None:
    return seat.organ.name if seat.organ is not None else None


def _words(state: State, n: int) -> tuple[str, ...]:
    return tuple(state.view.keys[state.items[n].start : state.items[n].end])


_TO_THAY: Final = 12  # tokens between the post and "thay", a term or a day among them


def successors(state: State, groups: list[Group], links: list[Link]) -> list[Link]:
    """ "Bộ trưởng X (1976 – 2/1977, được thay bởi B)": the post before is B's next."""
    out: list[Link] = []
    for i in state.find("thay bởi"):
        n = state.at_start.get(i + 2)
        g = bisect_left(groups, i, key=lambda group: group.end) - 1
        if n is None or g < 0 or i - groups[g].end > 12 or not isinstance(state.items[n], Name):
            continue
        seat = groups[g].seats[-1]
        first = next((link for link in links if link.seat is seat), None)
        out.append(Link(n, seat, "post-by-succession", "medium", None, first.end if first else None))
    return out
