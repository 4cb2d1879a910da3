"""Which posts belong to which name, by how they stand beside each other."""

from dataclasses import dataclass, replace
from typing import Final

from kg.extract.asides import aside, charge_end, life_end, past_places, without_birth
from kg.extract.groups import Group, Seat
from kg.extract.items import Address, Item, Name
from kg.extract.lexicon import surnames
from kg.extract.places import PlaceRead
from kg.extract.posts import Post
from kg.extract.view import TITLE, View, word_key


@dataclass(frozen=True, slots=True)
class Link:
    """A post of a name. `name` is an item's index; `status` overrides what the post's own words say."""

    name: int
    seat: Seat
    rule: str
    confidence: str = "high"
    status: str | None = None
    start: str | None = None
    end: str | None = None


_LEFT: Final = frozenset(
    word_key(word)
    for word in (
        *(",", "-", "(", ":", "là", "hiện", "nay", "đang"),
        *("cũng", "vốn", "khi", "ấy", "đó", "với", "cương", "vị"),
    )
)
_BEING_WORDS: Final = (
    "là",
    "khi đó là",
    "lúc đó là",
    "lúc ấy là",
    "khi ấy là",
    "hiện nay là",
    "hiện là",
    "bấy giờ là",
    "nay là",
)
_AND: Final = frozenset(map(word_key, (",", "và", "cùng", ";")))
_NAMES_ONLY: Final = frozenset(
    map(word_key, ("gồm", ":", "các", "có", "là", "bao", "ông", "bà", "đồng", "chí", "và", "-"))
)


def attach_neighbours(
    view: View, items: list[Item], groups: list[Group], sentences: list[int]
) -> tuple[list[Link], set[int], dict[int, int]]:
    """Links of posts right before or after a name, the groups (by index) that found none, and the name item that each
    other group follows."""
    links: list[Link] = []
    loose: set[int] = set()
    followed: dict[int, int] = {}
    before: set[int] = set()  # names that have posts before them
    for g, group in enumerate(groups):
        if (group.is_plural or _lists(view, items, group)) and _spread(view, items, group, sentences, links):
            continue
        right = _right(view, items, group)
        left = _left(view, items, group, before)
        seats = group.seats
        if right is not None and left is not None and _is_doubtful(view, items, group, right[0]):
            seats, right = _honoured(view, items, seats, right[0]), None
        if right is not None and (left is None or right[1]):
            others: list[Seat] = []
            if left is not None and len(group.seats) > 1:
                seats, others = group.seats[-1:], group.seats[:-1]
            links += [Link(right[0], seat, "post-before-name") for seat in seats]
            if left is not None:
                links += [Link(left, seat, "post-after-name", "medium") for seat in others]
            before.add(right[0])
            links += _shared(view, items, group, right[0])
        elif left is not None:
            links += [Link(left, seat, "post-after-name") for seat in seats]
            links += [
                Link(n, s, "posts-of-several", "medium") for n in _sharing(view, items, group, left) for s in seats
            ]
            followed[g] = left
        else:
            loose.add(g)
    return links, loose, followed


def _shared(view: View, items: list[Item], group: Group, n: int) -> list[Link]:
    """ "Thứ trưởng A và B": a post of which there are several is also of the bare name behind "và"."""
    if n + 1 >= len(items) or not isinstance(items[n + 1], Name) or not _is_last(view, items, n + 1):
        return []
    several = all(seat.post.title.title.startswith(_OF_SEVERAL) for seat in group.seats)
    joined = view.keys[items[n].end : items[n + 1].start] == [_BOTH]
    return [Link(n + 1, seat, "posts-of-several", "medium") for seat in group.seats] if several and joined else []


def _sharing(view: View, items: list[Item], group: Group, last: int) -> list[int]:
    """ "các ông A, B, C (nguyên Chủ tịch UBND xã X)": the other names of a list of which a parenthesis says a post that
    several held one after the other, or hold at once."""
    several = all(s.post.status == "former" or s.post.title.title.startswith(_OF_SEVERAL) for s in group.seats)
    if not several or view.keys[group.start - 1] != "(":
        return []
    k = last
    while k and isinstance(items[k - 1], Name) and view.keys[items[k - 1].end : items[k].start] in ([","], [_BOTH]):
        k -= 1
    opening = items[k - 1] if k else None
    listed = isinstance(opening, Address) and opening.is_plural and opening.end == items[k].start
    return list(range(k, last)) if listed else []


_OF_SEVERAL: Final = ("Phó ", "Thứ trưởng", "Ủy viên", "Đại biểu")


def _lists(view: View, items: list[Item], group: Group) -> bool:
    """Whether a colon and several names follow a post: "nguyên Tổng Bí thư: A, B"."""
    following = items[group.after : group.after + 2]
    if len(following) < 2 or not all(isinstance(item, Name) for item in following):
        return False
    first, second = following
    return view.keys[group.end : first.start] == [":"] and view.keys[first.end : second.start] in ([","], [_BOTH])


_BOTH: Final = word_key("và")


def _right(view: View, items: list[Item], group: Group) -> tuple[int, bool] | None:
    """The name right after a group, over forms of address; the flag says that no mark parts them."""
    k, at, direct = group.after, group.end, True
    k, at = past_places(view, items, k, at)
    closing = aside(view, items, group) if at == group.end else None
    if (charge := charge_end(view, items, group)) is not None:
        at = charge
        while k < len(items) and items[k].start < at:
            k += 1
    if closing is not None:
        at = closing + 1
        while k < len(items) and items[k].start < at:
            k += 1
    addressed = False
    while k < len(items) and not view.hard[items[k].start]:
        item = items[k]
        gap = view.keys[at : item.start]
        if isinstance(item, Address):
            if gap == [","] and not addressed and group.start and view.keys[group.start - 1] in _GOVERNING:
                return None
            if gap == ["."] and (not addressed or item.kind != "degree"):
                return None
            if gap == [] and not addressed and view.keys[item.start] in _SIR and view.shapes[item.start] == TITLE:
                return None  # a heading without a full stop: "… trách nhiệm của chủ tịch phường Ông A cho biết"
            if item.is_plural or (gap not in ([], [","], ["-"], [":"], ["."]) and gap not in _BEING):
                return None
            direct = direct and gap in ([], ["."])
            addressed = True
            at, k = item.end, k + 1
            continue
        if isinstance(item, Name) and (gap in ([], ["."]) if addressed else gap == []):
            return (k, direct) if not group.is_plural or direct else None
        if isinstance(item, Name) and gap in _BEING and not addressed and not group.is_plural:
            return k, False
        if isinstance(item, Name) and gap == ["-"] and not addressed and not group.is_plural:
            return (k, False) if _is_last(view, items, k) else None
        return None
    return None


_SIR: Final = frozenset(map(word_key, ("ông", "bà")))
_BEING: Final = [[word_key(w) for w in phrase.split()] for phrase in _BEING_WORDS]


def _is_last(view: View, items: list[Item], k: int) -> bool:
    """Whether no post of its own follows a name ("Chủ tịch UBND huyện X - A cho hay", not "… - A, Bí thư …")."""
    end = items[k].end
    following = items[k + 1] if k + 1 < len(items) else None
    return not (isinstance(following, Post) and view.keys[end : following.start] in ([","], ["-"], ["("]))


_BEARERS: Final = frozenset(("School", "PublicUnit", "Enterprise", "Institute"))


def _is_doubtful(view: View, items: list[Item], group: Group, n: int) -> bool:
    """Whether what looks like a name behind a post, where one stands before it, is rather the rest of the body's name:
    "ông A, Phó Hạt trưởng Hạt Kiểm lâm Khu Bảo tồn …", "ông B, Giám đốc Công ty Quang Trung"."""
    name, body = items[n], group.seats[-1].post.body
    if body is not None and view.keys[name.start] not in surnames() and "'" not in view.keys[name.start]:
        return True
    while body is not None and body.parent is not None:
        body = body.parent
    beside = not (n and isinstance(items[n - 1], Address))
    return body is not None and body.kind in _BEARERS and (beside or name.end - name.start == 2)


def _honoured(view: View, items: list[Item], seats: list[Seat], n: int) -> list[Seat]:
    """The seats of a name before them, the last body with the words behind it, which look like a name: "ông A, Hiệu
    trưởng Trường Đại học Y Phạm Ngọc Thạch"."""
    last = seats[-1]
    if last.organ is None or last.post.body is None or last.post.body.kind not in _HONOURING or last.organ.place:
        return seats
    words = view.words(items[n].start, items[n].end)
    if last.organ.name.endswith(words):
        return seats
    name = f"{last.organ.name} {words}"
    return [*seats[:-1], replace(last, organ=replace(last.organ, name=name))]


_HONOURING: Final = frozenset(("School", "Institute", "PublicUnit"))


_GOVERNING: Final = frozenset(map(word_key, ("cho", "với", "của", "bởi", "gửi", "cùng")))


def _left(view: View, items: list[Item], group: Group, before: set[int]) -> int | None:
    """The name right before a group, parted by a comma, dash, parenthesis or "là"."""
    k = group.first - 1
    if k < 0:
        return None
    item = items[k]
    if (
        isinstance(item, Address)
        and item.kind != "form"
        and k > 0
        and view.keys[item.end : group.start] in ([], [","], ["-"])
    ):
        k, item = k - 1, items[k - 1]
    if not isinstance(item, Name):
        return None
    gap = view.keys[item.end : group.start] if item is items[group.first - 1] else [","]
    gap = without_birth(gap)
    if not gap or len(gap) > 5 or any(key not in _LEFT for key in gap) or gap[0] == ":":
        return None
    if any(view.hard[i] for i in range(item.end, group.start + 1)):
        return None
    if k in before and gap[0] == ",":
        return None if _opens_next(view, items, group) else k
    return k


def _opens_next(view: View, items: list[Item], group: Group) -> bool:
    """Whether a group after "…, Post A, " goes with the next name ("Chủ tịch nước A, Thủ tướng B")."""
    return _right(view, items, group) is not None


_AMONG: Final = word_key("gồm")


def _heads_name(items: list[Item], k: int) -> bool:
    """Whether a rank or form of address stands right before a name: "…; Thượng tướng B"."""
    following = items[k + 1] if k + 1 < len(items) else None
    return isinstance(items[k], Address) and isinstance(following, Name) and following.start == items[k].end


def _opens_list(gap: list[str], group: Group) -> bool:
    """Whether what stands between a post and the first name lets names follow: "gồm:", "qua các thời kỳ, bao gồm"."""
    if group.is_plural and _AMONG in gap[-3:] and len(gap) <= _NEAR and not {".", ";"} & set(gap):
        return True
    return all(key in _NAMES_ONLY or (key == "," and _AMONG in gap) for key in gap)


_NEAR: Final = 9  # tokens


def _spread(view: View, items: list[Item], group: Group, sentences: list[int], links: list[Link]) -> bool:
    """A post before several names: "các Phó Chủ tịch UBND tỉnh: A, B", "các Ủy viên Bộ Chính trị: Thủ tướng A, …"."""
    k, at = group.after, group.end
    sentence = sentences[group.start]
    found: list[int] = []
    opened = False
    while k < len(items) and sentences[items[k].start] == sentence:
        if found and (life := life_end(view, at)) is not None:
            at = life
            while k < len(items) and items[k].start < at:
                k += 1
            continue
        item = items[k]
        gap = view.keys[at : item.start]
        if not found and group.is_plural and isinstance(item, PlaceRead) and gap == [","]:
            at, k = item.end, k + 1  # "các cựu Chủ tịch xã A, huyện B, gồm …"
            continue
        if not found and not _opens_list(gap, group):
            break
        opened = opened or ":" in gap or word_key("gồm") in gap
        if found and any(key not in _AND and key not in _NAMES_ONLY for key in gap):
            break
        if found and ";" in gap and not (opened and (isinstance(item, Name) or _heads_name(items, k))):
            break
        if isinstance(item, Name):
            found.append(k)
        elif not isinstance(item, (Address, Post)) or (isinstance(item, Post) and (not opened or item.is_plural)):
            break
        at, k = item.end, k + 1
    if not found or not (opened or len(found) > 1 or items[found[0]].start == group.end):
        return False
    links += [Link(n, seat, "posts-of-several") for n in found for seat in group.seats]
    return True
