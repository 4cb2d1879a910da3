"""One pass over a text: posts, bodies, places, names and forms of address, each between two tokens."""

from dataclasses import dataclass, replace
from functools import cache

from kg.extract.lexicon import phrases, surnames
from kg.extract.names import LONGEST, foreign_name, name_at
from kg.extract.organs import Body, body_at
from kg.extract.places import UNITS, PlaceRead, Unit, gazetteer, place_at
from kg.extract.posts import MANY, Post, place_leads, post_at, with_twins
from kg.extract.tables import heads, ranks
from kg.extract.view import LOWER, MARK, TITLE, UPPER, View, word_key


@dataclass(frozen=True, slots=True)
class Name:
    """A full name between two tokens, with the form of address or rank right before it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Address:
    """A form of address, rank or degree between two tokens; `kind` is form, rank or degree."""

    start: int
    end: int
    kind: str
    form: str
    is_plural: bool


Item = Post | Name | Address | Body | PlaceRead


@cache
def _openers() -> frozenset[str]:
    trees = (ranks(), heads(), phrases("statuses.tsv"), phrases("honorifics.tsv"), UNITS, gazetteer())
    return frozenset(key for tree in trees for key in tree.branches)


def read_items(view: View) -> list[Item]:
    """All items of a text in order, none overlapping. Linear in its length."""
    out: list[Item] = []
    openers = _openers()
    keys, shapes = view.keys, view.shapes
    i, size = 0, len(keys)
    while i < size:
        item: Item | None = None
        shape = shapes[i]
        if shape == MARK:
            i += 1
            continue
        if keys[i] in openers:
            item = (
                post_at(view, i)
                or _address_at(view, i, out)
                or _body_or_name(view, i, out)
                or _place_or_name(view, i, out)
            )
        elif shape in (TITLE, UPPER):
            item = _name(view, i, out)
        if item is None:
            i += 1
            continue
        if isinstance(item, Post):
            last = out[-1] if out else None
            if isinstance(last, Address) and last.is_plural and last.end == item.start:
                item = replace(item, is_plural=True)
            out.extend(with_twins(view, item))
            i = max(p.end for p in out[-3:] if isinstance(p, Post))
        else:
            out.append(item)
            i = item.end
    return out


def _body_or_name(view: View, i: int, before: list[Item]) -> Item | None:
    """A body, unless its head is a family name and a full name stands there ("đồng chí Đoàn Minh Huấn")."""
    body = body_at(view, i)
    if body is not None and _is_pseudonym(view, i, body, before):
        return Name(i, i + 2)
    if body is None or view.shapes[i] == LOWER or view.keys[i] not in surnames():
        return body
    name = _name(view, i, before)
    return (
        name
        if name is not None
        and (name.end >= body.end or name.end - i >= 3)
        and body.kind in ("Other", "MinisterialUnit")
        else body
    )


def _is_pseudonym(view: View, i: int, body: Body, before: list[Item]) -> bool:
    """Whether two words behind a post that has no body are a person's, though they could name a body: "Tổng Bí thư
    Trường Chinh"."""
    last = before[-1] if before else None
    headed = isinstance(last, Post) and last.end == i and last.title.organ == "none" and not view.hard[i]
    return headed and body.end == i + 2 and view.shapes[i : i + 2] == [TITLE, TITLE]


def _place_or_name(view: View, i: int, before: list[Item]) -> Item | None:
    name = _name(view, i, before)
    headed = bool(before) and isinstance(before[-1], Post) and before[-1].end == i and before[-1].body is None
    if name is not None and headed and phrases("commemorated.txt").longest(view, i) is not None:
        return name  # "Chủ tịch Hồ Chí Minh", also the name of a city
    place = place_at(view, i)
    if name is not None and (place is None or (view.shapes[i] != LOWER and not place_leads(view, i, place, name.end))):
        return name
    return place if place is not None and place.unit.name else name


def _name(view: View, i: int, before: list[Item]) -> Name | None:
    last = before[-1] if before else None
    beside = last is not None and last.end == i and isinstance(last, (Post, Address))
    signed = beside and view.hard[i] and last is not None and view.shapes[last.start] == UPPER
    trusted = beside and (not view.hard[i] or signed)
    end = name_at(view, i, trusted=trusted)
    if end is None and trusted and isinstance(last, Address) and last.kind == "form" and not last.is_plural:
        end = foreign_name(view, i)
        end = end if end is not None and _has_post(view, before, end) else None
    if end is None:
        return None
    if end - i == LONGEST and (tail := gazetteer().longest(view, end - 2)) is not None and tail[0] == end:
        end -= 2  # "Lê Đình Sơn Hà Tĩnh": a place without a mark before it
    return Name(i, end)


def _has_post(view: View, before: list[Item], end: int) -> bool:
    """Whether a post stands beside a name with its form of address: before it, behind it, or "do ông A làm …"."""
    address = before[-1]
    if address.start and view.keys[address.start - 1] == _BY:
        return True
    last = before[-2] if len(before) > 1 else None
    if isinstance(last, Post) and last.end == address.start:
        return _is_private(last)
    behind = post_at(view, end + 1) if end + 1 < len(view) and view.keys[end] in _MARKS else None
    return behind is not None and _is_private(behind)


def _is_private(post: Post) -> bool:
    """Whether a post may be one of somebody of another people in this country: no office of state or Party."""
    body = post.body
    known = body is not None and (body.kind in _PRIVATE or body.name.startswith("Quỹ "))
    return post.fixed is None and known


_PRIVATE = frozenset(("Enterprise", "Association", "Institute", "PublicUnit", "School", "Press"))


_BY = word_key("do")
_MARKS = frozenset((",", "-", "(", word_key("là")))


def _address_at(view: View, i: int, before: list[Item]) -> Address | None:
    found = phrases("honorifics.tsv").longest(view, i)
    if found is None or _is_surname(view, i, before):
        return None
    end, row = found
    if view.shapes[i] == UPPER and row[1] == "form" and end - i == 1 and len(view.keys[i]) > 2:
        return None
    while end < len(view) and view.keys[end] == "." and view.starts[end] == view.ends[end - 1] and row[1] == "degree":
        end += 1
    return Address(i, end, row[1], row[2], view.keys[i] in MANY or view.keys[i] in ("2", "3"))


def _is_surname(view: View, i: int, before: list[Item]) -> bool:
    """Whether "Ông" with a capital right behind a post, two words of a name after it, is a family name: "Đội trưởng Ông
    Quang T."; a form of address is in small letters there, or a whole name follows it."""
    beside = bool(before) and isinstance(before[-1], Post) and before[-1].end == i and not view.hard[i]
    if not beside or view.keys[i] != _FAMILY or view.shapes[i] != TITLE:
        return False
    return view.shapes[i + 1 : i + 3] == [TITLE, TITLE] and view.shapes[i + 3 : i + 4] != [TITLE]


_FAMILY = word_key("ông")


def unit_of(item: Item) -> Unit | None:
    """The unit that an item names in full, for the context of what follows."""
    if isinstance(item, PlaceRead):
        return item.unit if item.unit.name else None
    body = item.body if isinstance(item, Post) else item if isinstance(item, Body) else None
    while body is not None:
        if body.unit is not None and body.unit.name:
            return body.unit
        body = body.parent
    return None


def ministry_of(item: Item) -> str | None:
    """The ministry that an item names in full."""
    body = item.body if isinstance(item, Post) else item if isinstance(item, Body) else None
    while body is not None:
        if body.kind == "Ministry" and body.wants is None and body.name.startswith("Bộ "):
            return body.name
        body = body.parent
    return None
