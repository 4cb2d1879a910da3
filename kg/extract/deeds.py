"""What people do in a text, by verbs that stand after their names or open the sentence before them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.items import Address, Item, Name
from kg.extract.lexicon import phrases
from kg.extract.lists import companions
from kg.extract.meeting_sites import site_end
from kg.extract.places import PlaceRead
from kg.extract.posts import Post
from kg.extract.reading_state import State
from kg.extract.view import LOWER, MARK, NUMBER, word_key

_SKIPPED: Final = frozenset(
    word_key(word)
    for word in (
        *("đã", "cũng", "sẽ", "vừa", "đang", "trực", "tiếp", "và", ",", "-", ")", "đến", "là", "còn", "tiếp", "tục"),
        *("người", "phát", "đại", "diện", "thay", "mặt", "chủ", "động"),
    )
)
_POINT: Final = (word_key("điểm"), word_key("cầu"))


@dataclass(frozen=True, slots=True)
class Deed:
    """A person (by name item) who does something: tokens of the verb, its wording, the site where it is said of."""

    name: int
    start: int
    end: int
    role: str
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A place that speaks of a person: tokens, and the name item that stands for them."""

    name: int
    start: int
    end: int


def read_references(state: State, names: dict[int, str]) -> list[Reference]:
    """Full names, and short ones after a form of address where one person has that last syllable, in order."""
    view, items = state.view, state.items
    out = [Reference(n, items[n].start, items[n].end) for n in names]
    owners: dict[str, set[str]] = defaultdict(set)
    for n in names:
        owners[view.keys[items[n].end - 1]].add(names[n])
    seen: dict[str, int] = {}
    for n, item in enumerate(items):
        if n in names:
            seen.setdefault(names[n], n)
        if not isinstance(item, Address) or item.end >= len(view) or view.shapes[item.end] in (LOWER, NUMBER):
            continue
        people = owners.get(view.keys[item.end], set())
        following = state.at_start.get(item.end)
        if len(people) == 1 and not (following is not None and isinstance(items[following], Name)):
            person = next(iter(people))
            known = seen.get(person)
            if known is not None:
                out.append(Reference(known, item.end, item.end + 1))
    return sorted(out, key=lambda r: r.start)


def read_deeds(state: State, names: dict[int, str]) -> list[Deed]:
    """All deeds in order of their verbs."""
    references = read_references(state, names)
    active: set[int] = set()
    out = list(_after_names(state, references, active))
    out += _leading(state, references)
    out += _under(state, names, active)
    out += [replace(deed, name=n) for deed in out for n in companions(state, deed.name, names)]
    return sorted(dict.fromkeys(out), key=lambda d: (d.start, d.name))


def _after_names(state: State, references: list[Reference], active: set[int]) -> Iterator[Deed]:
    """Verbs right behind a name, the posts in apposition skipped; a chain of verbs with "và"."""
    view, tree = state.view, phrases("roles.tsv")
    for reference in references:
        at = i = _past_behalf(state, _after_posts(state, reference))
        chained = False
        while at < len(view) and not view.hard[at] and state.sentences[at] == state.sentences[reference.start]:
            found = tree.longest(view, at) if view.keys[at] in tree.branches else None
            if found is not None and found[1][2] == "subject":
                active.add(reference.start)
                yield from _parted(reference.name, at, found[0], found[1][1], _site_after(state, found[0]))
                at, chained = found[0], True
                at = _next_verb(state, at)
                continue
            if not chained and view.keys[at] == ":" and view.keys[at + 1 : at + 2] == ['"']:
                yield Deed(reference.name, at, at + 1, _QUOTED)  # "Ông A, Giám đốc …: "…""
                break
            if at == i and view.keys[at] == "(" and at in state.closing:
                at = i = state.closing[at] + 1
                continue
            if chained or view.keys[at] not in _SKIPPED or at - i > 3:
                break
            at += 1


_QUOTED: Final = "phát biểu"
_BEHALF: Final = ([word_key("thay"), word_key("mặt")], [word_key("đại"), word_key("diện")])


def _past_behalf(state: State, at: int) -> int:
    """The verb behind "thay mặt các đảng viên", "cùng lãnh đạo thành phố", where no mark parts it; else the token."""
    view, tree = state.view, phrases("roles.tsv")
    beside = view.keys[at : at + 1] == [_TOGETHER]
    if view.keys[at : at + 2] not in _BEHALF and not beside:
        return at
    for k in range(at + 2, min(at + _LONGEST_BEHALF, len(view))):
        listing = beside and view.keys[k] == ","
        if (
            (view.shapes[k] == MARK and not listing)
            or view.hard[k]
            or (beside and isinstance(_item_at(state, k), Name))
        ):
            break
        found = tree.longest(view, k) if view.keys[k] in tree.branches else None
        if found is not None and found[1][2] != "trap":
            return k
    return at


_TOGETHER: Final = word_key("cùng")
_LONGEST_BEHALF: Final = 16  # tokens


def _item_at(state: State, i: int) -> Item | None:
    n = state.at_start.get(i)
    return state.items[n] if n is not None else None


def _next_verb(state: State, at: int) -> int:
    """The token after "và" within a few words, where a second verb of the same person may stand."""
    view = state.view
    for k in range(at, min(at + 16, len(view))):
        if view.keys[k] in ".;" or view.hard[k]:
            break
        if view.keys[k] == word_key("và"):
            return k + 1
    return at + 1 if at < len(view) and view.keys[at] == "," else at


def _parted(n: int, start: int, end: int, wording: str, site: str | None) -> Iterator[Deed]:
    for role in wording.split("; "):
        yield Deed(n, start, end, role, site)


def _leading(state: State, references: list[Reference]) -> Iterator[Deed]:
    """ "Phát biểu kết luận, đồng chí A …": a verb that opens a sentence is of the first person named behind a comma."""
    view, tree = state.view, phrases("roles.tsv")
    for n, reference in enumerate(references):
        begin = state.sentence_start(reference.start)
        first = n == 0 or references[n - 1].start < begin
        if not first or begin == reference.start or view.keys[begin] not in tree.branches:
            continue
        found = tree.longest(view, begin)
        if found is None or found[1][2] != "subject" or reference.start - begin > 40:
            continue
        if _acts_by_post(state, found[0], reference.start):
            continue
        if "," in view.keys[found[0] : reference.start] or found[0] == _addressed_start(state, reference):
            yield from _parted(reference.name, begin, found[0], found[1][1], None)


def _acts_by_post(state: State, begin: int, end: int) -> bool:
    """Whether somebody called by a post alone does the deed: "Kết luận hội nghị, đồng chí Bí thư yêu cầu … ông A"."""
    view, tree = state.view, phrases("roles.tsv")
    for k in range(begin, end):
        n = state.at_start.get(k)
        if n is not None and isinstance(state.items[n], Post):
            at = state.items[n].end
            said = tree.longest(view, at) if at < end and view.keys[at] in tree.branches else None
            if said is not None and said[1][2] == "subject":
                return True
    return False


def _addressed_start(state: State, reference: Reference) -> int:
    n = state.at_end.get(reference.start)
    return state.items[n].start if n is not None else reference.start


def _under(state: State, names: dict[int, str], active: set[int]) -> Iterator[Deed]:
    """ "dưới sự chủ trì của các đồng chí A, B"; "có sự tham dự của ông A, …, ông B"."""
    view, tree = state.view, phrases("roles.tsv")
    for k in sorted(k for opening in _OPENINGS for k in state.find(opening)):
        if (found := tree.longest(view, k)) is None or found[1][2] != "of":
            continue
        end = state.sentence_end(k)
        for n in names_between(state, found[0], end, names):
            if state.items[n].start in active and state.items[n].start > found[0] + 3:
                break
            yield Deed(n, k, found[0], found[1][1])


_OPENINGS: Final = ("dưới sự", "có sự", "với sự")


def names_between(state: State, begin: int, end: int, names: dict[int, str]) -> list[int]:
    """Name items of people who hold posts, between two tokens, in order."""
    first = bisect_left(state.items, begin, key=lambda item: item.start)
    last = bisect_left(state.items, end, key=lambda item: item.start)
    return [n for n in range(first, last) if n in names]


def _site_after(state: State, i: int) -> str | None:
    """The site in "… tại điểm cầu X" a few words behind a verb."""
    view = state.view
    for k in range(i, min(i + 5, len(view) - 2, state.sentence_end(i - 1))):
        if (view.keys[k], view.keys[k + 1]) == _POINT:
            end = site_end(state, k)
            return f"điểm cầu {view.words(k + 2, end)}" if end is not None else None
    return None


def after_posts(state: State, n: int) -> int:
    """The token after a name item and the posts that follow it in apposition."""
    return _after_posts(state, Reference(n, state.items[n].start, state.items[n].end))


def _after_posts(state: State, reference: Reference) -> int:
    """The token after a name and the posts that follow it in apposition."""
    items, view = state.items, state.view
    end = reference.end
    full = items[reference.name].start == reference.start
    k = reference.name + 1
    while full and k < len(items) and isinstance(items[k], Post) and items[k].start - end <= 2:
        gap = view.keys[end : items[k].start]
        if not gap or any(key not in (",", "-", "(", word_key("kiêm"), word_key("và")) for key in gap):
            break
        end = items[k].end
        k += 1
    place = items[k] if full and k > reference.name + 1 and k < len(items) else None
    if isinstance(place, PlaceRead) and place.start == end + 1 and view.keys[end] in (",", "("):
        end = place.end  # "bà A, Phó Chủ tịch UBND Q.1, TP.HCM cho biết"
    while end < len(view) and view.keys[end] in ")," and not view.hard[end]:
        end += 1
    return end
