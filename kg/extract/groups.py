"""Posts that stand together and belong to the same holder, each completed by its neighbours."""

from dataclasses import dataclass, replace
from typing import Final

from kg.extract.committees import committee_of, committee_of_unit
from kg.extract.context import Context, Whole, complete
from kg.extract.items import Item, Name
from kg.extract.organs import Body
from kg.extract.places import PlaceRead, Unit
from kg.extract.posts import Post, is_abroad
from kg.extract.stations import led, of_board, of_chief, of_team, stationed
from kg.extract.view import View, word_key

_JOINS: Final = frozenset(map(word_key, (",", "-", "và", "kiêm", "đồng", "thời", "là", "kiêm", "nhiệm", ";")))


@dataclass(frozen=True, slots=True)
class Seat:
    """A post with its body under the full name."""

    post: Post
    organ: Whole | None


@dataclass(slots=True)
class Group:
    """Items [first, after) of a text, all posts, that one holder has together."""

    first: int
    after: int
    start: int
    end: int
    seats: list[Seat]
    is_plural: bool
    semicolon: bool = False


def read_groups(view: View, items: list[Item], context: Context) -> list[Group]:
    """Runs of posts joined by commas, dashes, "và", "kiêm" or nothing, in order."""
    out: list[Group] = []
    k = 0
    while k < len(items):
        item = items[k]
        if not isinstance(item, Post):
            k += 1
            continue
        run = [item]
        n = k + 1
        while n < len(items) and len(run) < _LONGEST_RUN:
            following = items[n]
            if not isinstance(following, Post) or following.is_plural or run[-1].is_plural:
                break
            if not _joined(view, run[-1].end, following.start) or _next_subject(view, items, run, n):
                break
            run.append(following)
            n += 1
        if not any(is_abroad(post) for post in run):
            run = [of_board(view, items, k, of_team(items, k, post)) for post in run]
            run[0] = led(view, items, k, stationed(view, items, k, run[0]))
            run[0] = of_chief(view, run[0], out[-1].seats[-1].post if out else None, out[-1].end if out else 0)
            seats = [_hosted_before(seat, out) for seat in _seats(run, context, _around(view, items, n, run[-1].end))]
            out.append(Group(k, n, run[0].start, run[-1].end, seats, run[0].is_plural))
        k = n
    return out


def _next_subject(view: View, items: list[Item], run: list[Post], n: int) -> bool:
    """Whether a post behind a comma begins the next clause or part of a list: "A được cử làm Bí thư X, Phó Chủ tịch B
    nghỉ hưu", "ĐB A, Giám đốc X, ĐB B"."""
    item = items[n]
    beside = n + 1 < len(items) and isinstance(items[n + 1], Name) and items[n + 1].start == item.end
    if not beside or view.keys[run[-1].end] != ",":
        return False
    if view.keys[max(0, run[0].start - 3) : run[0].start] == _REPORTING or _speaks_before(item, run[-1]):
        return True
    bare = isinstance(item, Post) and item.title.title == "Đại biểu" and item.body is None and item.fixed is None
    return bare or view.keys[max(0, run[0].start - 1)] in _GIVING


def _speaks_before(item: Item, last: Post) -> bool:
    """ "trước Thủ tướng Chính phủ, Bộ trưởng A nhấn mạnh"."""
    return isinstance(item, Post) and item.title.title == "Bộ trưởng" and last.title.title == "Thủ tướng"


_REPORTING: Final = [word_key(w) for w in ("báo", "cáo", "với")]
_GIVING: Final = frozenset(map(word_key, ("làm", "chức", "vụ")))


def _hosted_before(seat: Seat, before: list[Group]) -> Seat:
    """ "Bí thư Đảng ủy phường; …; đồng chí B – Phó Bí thư Đảng ủy": the committee of the last groups before."""
    if seat.organ is None or seat.organ.name != _COMMITTEE:
        return seat
    for group in reversed(before[-_FEW:]):
        for other in reversed(group.seats):
            if other.organ is not None and other.organ.name.startswith(_COMMITTEE + " ") and other.organ.known:
                return replace(seat, organ=replace(other.organ, completed=True))
    return seat


_COMMITTEE: Final = "Đảng ủy"
_FEW: Final = 6  # groups
_LONGEST_RUN: Final = 40  # posts of one holder: reading stays linear in a text of nothing but posts


def _joined(view: View, end: int, start: int) -> bool:
    if start - end > 3 or any(view.hard[i] for i in range(end, start + 1) if i < len(view)):
        return False
    between = view.keys[end:start]
    return all(key in _JOINS for key in between) and ";" not in between and between != [word_key("là")]


def _around(view: View, items: list[Item], n: int, end: int) -> str | None:
    """The province that a list of posts names last: "Tỉnh ủy viên, Chủ tịch HĐND huyện Duy Tiên, tỉnh Hà Nam"."""
    place = items[n] if n < len(items) else None
    if not isinstance(place, PlaceRead) or not place.unit.name or not place.unit.is_province:
        return None
    return str(place.unit) if view.keys[end : place.start] in ([","], ["("], ["-"]) else None


def _seats(run: list[Post], context: Context, around: str | None) -> list[Seat]:
    """Posts with their bodies; what one leaves out is taken from the next, else the one before, else the province
    around them, else the context."""
    seats: list[Seat | None] = [None] * len(run)
    wholes: list[Whole | None] = [None] * len(run)
    for n in range(len(run) - 1, -1, -1):
        post = run[n]
        later = next((w for w in wholes[n + 1 :] if w is not None), None)
        earlier = next((b for b in (p.body for p in reversed(run[:n])) if b is not None and b.is_whole), None)
        following = run[n + 1].body if n + 1 < len(run) else None
        wholes[n] = seat_of(post, context, later, earlier, following, around)
        seats[n] = Seat(post, wholes[n])
    return [seat for seat in seats if seat is not None]


def seat_of(
    post: Post,
    context: Context,
    later: Whole | None,
    earlier: Body | None,
    following: Body | None,
    around: str | None = None,
) -> Whole | None:
    """The body of one post under its full name."""
    if post.fixed is not None:
        return Whole(post.fixed, "", None, False, True)
    body = post.body
    if body is None:
        return _implied(post, context, later, earlier)
    if body.is_generic:
        return None
    if body.is_whole:
        whole = complete(body, context)
        bare = body.unit is None and body.parent is None and " " not in body.name
        return later if bare and later is not None and later.name.startswith(body.name + " ") else whole
    wants = _wanted(body)
    if wants == "party":
        committee = committee_of(following) if following is not None else None
        host = complete(committee, context) if committee is not None else committee_of_unit(later)
        return complete(body, context, host)
    if wants == "host":
        host_body = following if following is not None and following.kind != "PartyCell" else None
        host = complete(host_body, context) if host_body is not None else None
        if later is not None and later.place and later.place.startswith(_SMALL_UNITS) and _names_committee(body):
            host = Whole(later.place, "", later.place, True, True)
        if host is None and earlier is not None:
            host = complete(earlier, context)
        if host is not None and host.name.startswith(_BOARDS) and host.name.count(" ") > _OF_BOARD:
            host = replace(host, name=host.name.split(" ", 4)[4])  # a committee is that of the company
        return complete(body, context, host)
    for place in (later.place if later else None, _unit_words(earlier), around):
        if place and (wants in ("unit",) or place.startswith(wants)):
            return (
                complete(body, context, Whole("", "", place, True, True))
                if wants == "unit"
                else _with_place(body, place, context)
            )
        if place and wants == "province" and place.split()[0] in ("tỉnh", "thành"):
            return complete(body, context, Whole("", "", place, True, True))
    return complete(body, context)


_SMALL_UNITS: Final = ("xã ", "phường ", "thị trấn ", "đặc khu ")


def _names_committee(body: Body) -> bool:
    """Whether a commune's Party committee is what lacks its place."""
    while body.parent is not None:
        body = body.parent
    return body.name in ("Đảng ủy", "Đảng bộ", "Thường trực Đảng ủy")


def _wanted(body: Body) -> str:
    while body.wants is None and body.parent is not None:
        body = body.parent
    return body.wants or ""


def _with_place(body: Body, place: str, context: Context) -> Whole:
    wants = _wanted(body)
    unit = Unit(wants, place.removeprefix(wants).strip())

    def filled(b: Body) -> Body:
        if b.wants is not None:
            return replace(b, unit=unit, wants=None)
        return replace(b, parent=filled(b.parent)) if b.parent is not None else b

    whole = complete(filled(body), context)
    whole.completed = True
    return whole


def _unit_words(body: Body | None) -> str | None:
    while body is not None:
        if body.unit is not None and body.unit.name:
            return str(body.unit)
        body = body.parent
    return None


_BOARDS: Final = ("Hội đồng quản trị ", "Hội đồng thành viên ")
_OF_BOARD: Final = 3  # blanks in the name of a board with what it is the board of
_SHARED: Final = frozenset(
    (
        *("Military", "Enterprise", "Press", "School", "PublicUnit", "Association", "Institute"),
        *("FatherlandFront", "YouthUnion", "WomensUnion", "FarmersUnion", "VeteransAssociation", "LabourFederation"),
    )
)


def _implied(post: Post, context: Context, later: Whole | None, earlier: Body | None) -> Whole | None:
    """The body of a post that names none: a secretary's is the committee beside the state body that follows."""
    title = post.title.title
    if title.startswith(("Bí thư", "Phó Bí thư")) and title != "Bí thư thứ nhất":
        if later is not None and later.kind in ("PeoplesCommittee", "PeoplesCouncil", "NationalAssemblyDelegation"):
            return committee_of_unit(later)
        if later is not None and later.kind in ("PartyCommittee",):
            return Whole(later.name, later.kind, later.place, True, True)
    if (
        title.startswith("Phó")
        and earlier is not None
        and later is None
        and title.removeprefix("Phó ").lower().startswith("ban")
    ):
        return complete(earlier, context)
    if later is not None and later.name.startswith(_BOARDS) and not title.endswith(("Chủ tịch", "viên")):
        return replace(later, name=later.name.split(" ", 4)[4]) if later.name.count(" ") > _OF_BOARD else later
    if later is not None and post.title.organ != "none" and (later.kind in _SHARED or title.endswith("trực")):
        return later
    return None
