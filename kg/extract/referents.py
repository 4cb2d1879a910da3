"""Whom a post is said of by a verb: names behind it, between verb and post, before them, or a pronoun."""

from collections.abc import Iterable
from itertools import islice
from typing import Final

from kg.extract.groups import Group
from kg.extract.items import Address, Name
from kg.extract.posts import Post
from kg.extract.reading_state import State
from kg.extract.triggers import REACH, Trigger
from kg.extract.view import LOWER, MARK, NUMBER, word_key

_FOR: Final = frozenset(map(word_key, ("đối", "với", "cho", "là", "các", "gồm", ":")))


_FAR: Final = 60  # items: the same
_LOOKED_AT: Final = 500  # names: a short name means one of the last ones


def names_after(state: State, group: Group) -> list[int]:
    """Names behind a post: "… đối với ông A (…) và ông B (…)"."""
    view, items = state.view, state.items
    at, k = group.end, group.after
    out: list[int] = []
    opened = False
    while k < len(items) and state.sentences[items[k].start] == state.sentences[group.start]:
        gap = view.keys[at : items[k].start]
        if not out:
            if _INSTEAD in gap or ";" in gap:
                return []
            opened = opened or any(key in _FOR for key in gap)
            tail = [key for key in gap if key not in _FOR and key not in ("(", ")")]
            if len(tail) > 9 or (tail and not opened):
                return []
        elif any(key not in _LISTING for key in gap):
            break
        if isinstance(items[k], Name):
            if not opened:
                return []
            out.append(k)
        elif isinstance(items[k], Post) and not out:
            return []
        elif not isinstance(items[k], (Address, Post)):
            break
        at, k = items[k].end, k + 1
    return out or _short_after(state, group)


def _short_after(state: State, group: Group) -> list[int]:
    """ "… chức vụ Phó Trưởng phòng đối với ông Hà": the owner of the short name right behind a post."""
    keys, end = state.view.keys, group.end
    if keys[end : end + 2] != _TOWARDS:
        return []
    n = state.at_start.get(end + 2)
    address = state.items[n] if n is not None else None
    if n is None or not isinstance(address, Address) or address.kind != "form" or state.at_start.get(address.end):
        return []
    return owner_of(state, n, address.end)


def owner_of(state: State, n: int, at: int) -> list[int]:
    """The name item before an item, else behind it, whose last syllable stands at a token; empty for none."""
    keys, shapes = state.view.keys, state.view.shapes
    if at >= len(keys) or shapes[at] in (LOWER, NUMBER, MARK):
        return []
    near = islice(state.names_above(n), _LOOKED_AT)
    later = (m for m in range(n, min(n + _LOOKED_AT, len(state.items))) if isinstance(state.items[m], Name))
    owner = next((m for m in (*near, *later) if keys[state.items[m].end - 1] == keys[at]), None)
    return [owner] if owner is not None else []


def named_behind(state: State, group: Group) -> int | None:
    """ "Trong thời gian giữ chức Giám đốc Sở X, bà Thanh đã …", "…, ông đã ký": whom a form of address behind the comma
    of a post means."""
    keys, end = state.view.keys, group.end
    n = state.at_start.get(end + 1) if keys[end : end + 1] == [","] else None
    address = state.items[n] if n is not None else None
    if n is None or not isinstance(address, Address) or address.kind != "form" or address.is_plural:
        return None
    if address.end < len(keys) and state.view.shapes[address.end] == LOWER:
        return next(state.names_above(n), None)
    full = state.at_start.get(address.end)
    if full is not None and isinstance(state.items[full], Name):
        return full
    return next(iter(owner_of(state, n, address.end)), None)


_TOWARDS: Final = [word_key("đối"), word_key("với")]
_INSTEAD: Final = word_key("thay")
_LISTING: Final = frozenset(
    map(word_key, (",", "và", "(", ")", "ông", "bà", "cùng", "hiện", "đang", "giữ", "chức", "-"))
)


def names_before(state: State, group: Group, begin: int, trigger: Trigger, subject: int | None) -> list[int]:
    """The name between event word and post; else the names that open the clause; else whom a pronoun means."""
    items = state.items
    inside = [n for n in _down(group.first, begin, state) if isinstance(items[n], Name)]
    inside = [n for n in inside if not _is_aside(state, n, group.start)] or inside
    between = [n for n in inside if items[n].start >= trigger.end]
    if between:
        return _coordinated(state, between[::-1])
    if trigger.event and (meant := _pronoun(state, trigger.end, group.start, None)):
        return meant
    if inside:
        return _coordinated(state, inside[::-1])
    return _pronoun(state, begin, group.start, subject)


def _is_aside(state: State, n: int, at: int) -> bool:
    """Whether a name stands in a parenthesis that closes before a token: "do bà A (vợ ông B) làm giám đốc"."""
    opening = state.opening(state.items[n].start)
    return opening is not None and state.closing[opening] < at


def _down(first: int, begin: int, state: State) -> Iterable[int]:
    n = first - 1
    while n >= 0 and state.items[n].start >= begin and first - n < _FAR:
        yield n
        n -= 1


def _coordinated(state: State, found: list[int]) -> list[int]:
    """The last name with those that stand in one list with it, posts of theirs between."""
    items, keys = state.items, state.view.keys
    out = [found[-1]]
    for n in reversed(found[:-1]):
        at = items[n].end
        fits = True
        for k in range(n + 1, out[0] + 1):
            gap = keys[at : items[k].start]
            if any(key not in _LISTING for key in gap) or not isinstance(items[k], (Post, Address, Name)):
                fits = False
                break
            at = items[k].end
        if not fits or word_key("và") not in keys[items[n].end : items[out[0]].start]:
            break
        out.insert(0, n)
    return out


def _pronoun(state: State, begin: int, end: int, subject: int | None) -> list[int]:
    """ "ông", "đồng chí" without a name: the last person before; a short name: its owner."""
    view, items = state.view, state.items
    for k in range(max(begin, end - REACH), end):
        n = state.at_start.get(k)
        if n is None or not isinstance(items[n], Address) or items[n].kind != "form":  # type: ignore[union-attr]  # just seen to be an address
            continue
        after = items[n].end
        if after < len(view) and view.shapes[after] not in (LOWER, NUMBER, MARK):
            near = islice(state.names_above(n), _LOOKED_AT)
            owner = next((m for m in near if view.keys[items[m].end - 1] == view.keys[after]), None)
            return [owner] if owner is not None else []
        if subject is not None:
            return [subject]
        last = next(state.names_above(n), None)
        return [last] if last is not None else []
    if subject is not None and begin < len(view) and view.shapes[begin] == NUMBER:
        return [subject]
    return []


def carried_by(state: State, group: Group) -> int | None:
    """ "Vị trí Chủ tịch Hội đồng do ông A, Phó Chủ tịch UBND, đảm nhiệm": the name between "do" and the verb."""
    keys, end = state.view.keys, group.end
    if keys[end : end + 1] != [_BY]:
        return None
    named = (n for n in range(group.after, min(group.after + _LISTED, len(state.items))))
    n = next((n for n in named if isinstance(state.items[n], Name)), None)
    if n is None or state.items[n].start - end > _TO_NAME:
        return None
    last = min(state.sentence_end(end), state.items[n].end + _TO_VERB)
    return n if any(state.between(verb, state.items[n].end, last) for verb in _CARRYING) else None


_BY: Final = word_key("do")
_LISTED: Final = 6  # items: forms of address and posts before the name
_TO_NAME: Final = 14  # tokens
_TO_VERB: Final = 24
_CARRYING: Final = ("đảm nhiệm", "đảm nhận", "nắm giữ", "kiêm nhiệm", "đang giữ", "phụ trách")


def alone_before(state: State, group: Group) -> int | None:
    """The name whose sentence is nothing but itself, right before a list of posts: "Đồng chí A. Ủy viên …, Bộ trưởng …,
    chủ trì": a full stop typed for a comma."""
    n = group.first - 1
    if n < 0 or not isinstance(state.items[n], Name) or group.start != state.items[n].end + 1:
        return None
    first = n - 1 if n and isinstance(state.items[n - 1], Address) else n
    alone = state.sentence_start(state.items[n].start) == state.items[first].start
    return n if alone and first < n and state.view.keys[state.items[n].end] == "." else None


def replaced_name(state: State, i: int) -> int | None:
    """The name item behind "thay" or "thay cho", a form of address between; None where "thay" means something else."""
    view = state.view
    following = view.keys[i + 1 : i + 2]
    if following in _OTHERWISE:
        return None
    n = state.at_start.get(i + 2 if following == [word_key("cho")] else i + 1)
    if n is not None and isinstance(state.items[n], Address):
        n = state.at_start.get(state.items[n].end)
    return n if n is not None and isinstance(state.items[n], Name) else None


_OTHERWISE: Final = tuple([word_key(w)] for w in ("mặt", "đổi", "thế", "vì", "bởi"))
