"""Posts printed without their body, where the text names the body with the same post, or only one that it can be."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Final

from kg.extract.attach import Link
from kg.extract.context import Whole, complete
from kg.extract.groups import Group, Seat
from kg.extract.lexicon import rows
from kg.extract.memorials import is_commemorated
from kg.extract.organs import Body
from kg.extract.posts import Post
from kg.extract.reading_state import State
from kg.extract.view import word_key

_SEAT: Final = "Đại biểu"
_DEPUTY: Final = "Phó "
_HEADS: Final = frozenset(
    (
        *("Chủ tịch", "Giám đốc", "Tổng Giám đốc", "Bí thư", "Hiệu trưởng", "Viện trưởng", "Chủ nhiệm", "Trưởng phòng"),
        *("Bộ trưởng", "Cục trưởng", "Vụ trưởng", "Trưởng Ban", "Tổng Biên tập", "Kế toán trưởng"),
    )
)


def complete_bare(state: State, groups: list[Group], links: list[Link]) -> list[Link]:
    """The links, each post without a body under the one body that the text has for its rank: "Chủ tịch UBND thành phố A
    … Chủ tịch B nói". A head's post that another person holds there is not meant."""
    bodies = _bodies(seat for group in groups for seat in group.seats)
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for link in links:
        if link.seat.organ is not None:
            holders[link.seat.post.title.title, link.seat.organ.name].add(_last(state, link.name))
    assemblies = _assemblies(state)
    nationals = [body for _, body in assemblies if body.kind == "NationalAssembly"]
    ministries = _main_ministry(state)
    elsewhere = {_words(state, n.name) for n in links if n.seat.organ is not None}
    own = {(_words(state, n.name), _rank(n.seat.post.title.title)) for n in links if n.seat.organ is not None}
    done: dict[int, Seat] = {}
    out = []
    for link in links:
        seat = link.seat
        title = seat.post.title.title
        told = (_words(state, link.name), _rank(title)) in own
        dead = is_commemorated(state.view, state.items[link.name].start)
        bare = seat.organ is None and seat.post.title.organ != "none" and seat.post.body is None
        if bare and not told and not dead:
            alone = seat.post.status != "former" and _words(state, link.name) not in elsewhere
            found = (
                _assembly(state, link, assemblies, nationals)
                if title == _SEAT
                else _only(bodies, seat, ministries if alone else set()) or _spoken_of(state, link, alone)
            )
            if found is not None and not _is_taken(state, link, holders[title, found.name]):
                whole = Whole(found.name, found.kind, found.place, True, True)
                link = replace(link, seat=done.setdefault(id(seat), replace(seat, organ=whole)), confidence="medium")
        out.append(link)
    return out


def _main_ministry(state: State) -> set[str]:
    """The ministry of which a text speaks, where it speaks of one alone or of one twice as often as of any other."""
    counts = Counter(name for _, name in state.context.ministries).most_common(2)
    if len(counts) == 2 and counts[0][1] < 2 * counts[1][1]:
        return {name for name, _ in counts}
    return {name for name, _ in counts[:1]}


def _words(state: State, n: int) -> tuple[str, ...]:
    return tuple(state.view.keys[state.items[n].start : state.items[n].end])


def _rank(title: str) -> str:
    """A title without what tells deputies from heads: "Phó Chủ tịch Thường trực" → "Chủ tịch"."""
    bare = title.removeprefix(_DEPUTY).removesuffix(" Thường trực")
    bare = f"{bare[:1].upper()}{bare[1:]}"
    return _MINISTER if bare == "Thứ trưởng" else bare


def _bodies(seats: Iterable[Seat]) -> dict[str, dict[str, Whole]]:
    out: dict[str, dict[str, Whole]] = defaultdict(dict)
    for seat in seats:
        if seat.post.status == "former" or seat.post.fixed is not None:
            continue
        if seat.organ is not None and seat.organ.known and seat.organ.name:
            out[_rank(seat.post.title.title)][seat.organ.name] = seat.organ
    return out


def _only(bodies: dict[str, dict[str, Whole]], seat: Seat, ministries: set[str]) -> Whole | None:
    """The one body that a text has for a rank; of ministers, the one ministry of the text."""
    rank = _rank(seat.post.title.title)
    found = bodies.get(rank, {})
    if not found and rank == _MINISTER and len(ministries) == 1:
        return Whole(next(iter(ministries)), "Ministry", None, True, True)
    return next(iter(found.values())) if rank in _HEADS and len(found) == 1 else None


_MINISTER: Final = "Bộ trưởng"
_LED: Final = {"Chủ tịch": "PeoplesCommittee", "Giám đốc": "Department"}
_CLOSING: Final = frozenset((".", ";", ")", word_key("và")))


def _spoken_of(state: State, link: Link, alone: bool) -> Whole | None:
    """The one people's committee, or department, of which a text speaks, for "Chủ tịch A", "Phó Giám đốc B"; None
    where it speaks of several bodies of that rank or of none, or more words stand between ("A, Chủ tịch Novaland")."""
    post = link.seat.post
    kind = _LED.get(_rank(post.title.title))
    keys = state.view.keys
    closed = post.end >= len(keys) or keys[post.end] in _CLOSING
    if kind is None or not alone or not (post.end == state.items[link.name].start or closed):
        return None
    found: dict[str, Whole] = {}
    for item in state.items:
        body = item.body if isinstance(item, Post) else item if isinstance(item, Body) else None
        same = isinstance(item, Post) and _rank(item.title.title) == _rank(post.title.title)
        if same and body is not None and body.kind != kind:
            return None  # somebody else heads another kind of body
        if body is not None and body.kind == kind and not body.is_generic:
            whole = complete(body, state.context)
            found[whole.name] = whole
    only = next(iter(found.values())) if len(found) == 1 else None
    return only if only is not None and only.known and only.place is not None else None


def _last(state: State, n: int) -> str:
    return state.view.keys[state.items[n].end - 1]


def _is_taken(state: State, link: Link, holders: set[str]) -> bool:
    """Whether a post that has one holder has another one already, by the last syllable of the name."""
    title = link.seat.post.title.title
    return title in _HEADS and bool(holders - {_last(state, link.name)})


def _assemblies(state: State) -> list[tuple[int, Body]]:
    """The National Assembly and people's councils that a text names, by their tokens."""
    out = []
    for item in state.items:
        body = item.body if isinstance(item, Post) else item if isinstance(item, Body) else None
        if body is not None and body.kind in ("NationalAssembly", "PeoplesCouncil") and not body.is_generic:
            out.append((item.start, body))
        elif isinstance(item, Post) and item.fixed == _ASSEMBLY:
            out.append((item.start, Body(item.start, item.end, _ASSEMBLY, "NationalAssembly")))
    return out


_ASSEMBLY: Final = "Quốc hội"
_FROM: Final = frozenset(("(", word_key("đoàn")))


def _assembly(state: State, link: Link, assemblies: list[tuple[int, Body]], nationals: list[Body]) -> Whole | None:
    """The assembly of "đại biểu A": the National one where a delegation follows ("A (Gia Lai)") or where it is named
    more often, else that named last before, else the first after."""
    end = state.items[link.name].end
    named = bool(state.view.keys[end : end + 1]) and state.view.keys[end] in _FROM
    if nationals and (named or 2 * len(nationals) > len(assemblies)):
        return complete(nationals[0], state.context)
    cut = bisect_left(assemblies, link.seat.post.start, key=lambda pair: pair[0])
    near = assemblies[cut - 1][1] if cut else assemblies[0][1] if assemblies else None
    return complete(near, state.context) if near is not None else None


def name_heads(state: State, groups: list[Group]) -> None:
    """Bodies of posts that are no more than a head ("Giám đốc bệnh viện") become the body of that head named last
    before, else first after. Changes the seats of groups."""
    for group, following in pairwise(groups):
        first, second = group.seats[-1], following.seats[0]
        beside = following.start - group.end <= _TO_NEXT and _BOTH in state.view.keys[group.end : following.start]
        lacks = first.organ is None and first.post.body is None and first.post.title.organ == "after"
        same = _rank(first.post.title.title) == _rank(second.post.title.title)
        past = first.post.status == second.post.status == "former"
        if beside and lacks and same and past and second.organ is not None:
            group.seats[-1] = replace(first, organ=second.organ)  # "A, nguyên Giám đốc và B, nguyên Phó Giám đốc X"
    named: list[tuple[int, Whole]] | None = None
    by_head: dict[str, list[tuple[int, Whole]]] = {}
    for group in groups:
        for n, seat in enumerate(group.seats):
            head = _bare_head(seat.organ) if seat.organ is not None else None
            if head is None or seat.organ is None:
                continue
            named = list(_named(state)) if named is None else named
            if head not in by_head:
                by_head[head] = [(at, whole) for at, whole in named if whole.name.startswith(head + " ")]
            full = _near(by_head[head], seat.post.start)
            if full is not None:
                own = seat.organ.name
                name = full.name if own.startswith(head) else f"{own.removesuffix(head)}{full.name}"
                kind = seat.organ.kind if name != full.name else full.kind
                group.seats[n] = replace(seat, organ=Whole(name, kind, full.place, True, True))


_TO_NEXT: Final = 9  # tokens
_BOTH: Final = word_key("và")


def _near(named: list[tuple[int, Whole]], at: int) -> Whole | None:
    """The last of several bodies before a token, else the first."""
    cut = bisect_left(named, at, key=lambda pair: pair[0])
    return named[max(0, cut - 1)][1] if named else None


_BEARING: Final = frozenset(("PublicUnit", "Enterprise", "School", "Institute"))


@cache
def _heads() -> tuple[str, ...]:
    forms = {row[1] for row in rows("organs.tsv") if row[3] == "name" and row[2] in _BEARING}
    return tuple(sorted(forms, key=len, reverse=True))


def _bare_head(organ: Whole) -> str | None:
    """The head that a body's name is, or that the name of what it belongs to is ("Đảng ủy Bệnh viện"); a division's
    whole name, where its district is left out ("Phó phòng TN&MT")."""
    name = organ.name
    if organ.kind == "Division" and organ.place is None:
        return name
    found = next((head for head in _heads() if name == head or name.endswith(f" {head}")), None)
    return "Công ty" if found is not None and found.startswith("Công ty") and name == found else found


def _named(state: State) -> Iterator[tuple[int, Whole]]:
    """Bodies of those kinds under a name of their own, in order."""
    for item in state.items:
        body = item.body if isinstance(item, Post) else item if isinstance(item, Body) else None
        while body is not None:
            if body.kind in _BEARING | {"Division"} and not body.is_generic and body.wants is None:
                whole = complete(body, state.context)
                if whole.name not in _heads():
                    yield body.start, whole
            body = body.parent
