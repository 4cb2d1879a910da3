"""Who was at a meeting, where, and what they did there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.extract.deeds import Deed, after_posts, names_between, read_deeds
from kg.extract.items import Address, Name
from kg.extract.lexicon import phrases
from kg.extract.lists import companions
from kg.extract.meeting_sites import site_end
from kg.extract.meetings import Held
from kg.extract.posts import Post
from kg.extract.reading_state import State
from kg.extract.statements import at_meeting
from kg.extract.view import NUMBER, word_key
from kg.model.extraction import Collective, Participant
from kg.model.spans import Span

_OPENS: Final = frozenset(map(word_key, ("có", "gồm", "là")))
_PRESENT: Final = "tham dự"


@dataclass(slots=True)
class _Part:
    name: str
    roles: list[str] = field(default_factory=list)
    site: str | None = None
    spans: list[Span] = field(default_factory=list)


def read_participants(
    state: State, names: dict[int, str], held: Held, deaths: Mapping[str, str | None]
) -> tuple[list[Participant], list[Collective], list[Deed]]:
    """Named and collective participants of the text's meeting, and all deeds; `names` gives the person of each name
    item, `deaths` who has died and, where it is told, when."""
    parts: dict[str, _Part] = {}
    collective: list[Collective] = []
    day = held.date.edtf if held.date is not None else state.published or ""
    gone = {name for name, death in deaths.items() if death is None or death < day[: len(death)]}

    def add(n: int, role: str, site: str | None) -> None:
        if names[n] in gone or _is_of_kin(state, n):
            return
        part = parts.setdefault(names[n], _Part(names[n]))
        if role not in part.roles and not (role == _PRESENT and any("dự" in r for r in part.roles)):
            part.roles.append(role)
        part.site = part.site or site
        part.spans.append(state.view.token_span(state.items[n].start, state.items[n].end))

    for begin, end in _clauses(state):
        opened = _list_opening(state, begin, end)
        if opened is not None:
            after, roles = opened
            site = _site_in(state, state.sentence_start(begin), after)
            for n in names_between(state, after, end, names):
                for role in roles:
                    add(n, role, site)
            if roles == [_PRESENT]:
                collective += _collective(state, after, end, site)
    for n, role in _roll(state, names):
        add(n, role, None)
    deeds = read_deeds(state, names)
    for deed in at_meeting(state, held, deeds, names):
        add(deed.name, deed.role, deed.site)
    for n in _beside_event(state, names):
        if names[n] not in parts:
            add(n, _PRESENT, None)
    for n, role in _receivers(state, names):
        if held.scope is None and role not in parts.get(names[n], _Part("")).roles:
            add(n, role, None)
    people = [Participant(p.name, "; ".join(p.roles), p.site, tuple(dict.fromkeys(p.spans))) for p in parts.values()]
    return people, collective, deeds


def participants_of(state: State, deeds: list[Deed], names: dict[int, str]) -> Iterator[Participant]:
    """Who does these deeds, with their roles, in order of their first."""
    by_name: dict[str, list[Deed]] = {}
    for deed in deeds:
        by_name.setdefault(names[deed.name], []).append(deed)
    for name, own in by_name.items():
        roles = "; ".join(dict.fromkeys(deed.role for deed in own))
        items = dict.fromkeys(state.items[deed.name] for deed in own)
        spans = dict.fromkeys(state.view.token_span(item.start, item.end) for item in items)
        yield Participant(name, roles, next((d.site for d in own if d.site), None), tuple(spans))


def _is_of_kin(state: State, n: int) -> bool:
    """Whether words mean the family of a name: "thân nhân của ông A", "gia đình cố Bí thư Tỉnh ủy B"."""
    view, at = state.view, state.items[n].start
    while at > 0:
        before = state.at_end.get(at)
        if before is not None and isinstance(state.items[before], (Address, Post)):
            at = state.items[before].start
        elif view.keys[at - 1] in _OF_THE_LATE:
            at -= 1
        else:
            break
    kin = phrases("kin.txt")
    found = (kin.longest(view, k) for k in range(max(0, at - 3), at) if view.keys[k] in kin.branches)
    return any(one is not None and one[0] == at for one in found)


_OF_THE_LATE: Final = frozenset(map(word_key, ("của", "các", "cố")))


def _beside_event(state: State, names: dict[int, str]) -> Iterator[int]:
    """ "Ông A (Giám đốc …) tại buổi họp báo": whoever a caption shows at a meeting."""
    view, tree = state.view, phrases("meetings.tsv")
    for n in names:
        at = after_posts(state, n)
        while at < len(view) and view.keys[at] == "(" and at in state.closing:
            at = state.closing[at] + 1
        if at + 1 < len(view) and view.keys[at] in _AT and not view.hard[at]:
            found = tree.longest(view, at + 1)
            if found is not None and found[1][2] == "noun":
                yield from (*companions(state, n, names), n)


_AT: Final = frozenset(map(word_key, ("tại", "trong")))


def _clauses(state: State) -> Iterator[tuple[int, int]]:
    """Sentences, cut again where a list of people opens after a semicolon ("…; dự họp có bà B; ông C")."""
    start, keys, numbers = 0, state.view.keys, state.sentences
    for i in range(1, len(numbers) + 1):
        ends = i == len(numbers) or numbers[i] != numbers[start]
        if ends or (keys[i - 1] == ";" and _list_opening(state, i, state.sentence_end(i)) is not None):
            yield start, i
            start = i


def _list_opening(state: State, begin: int, end: int) -> tuple[int, list[str]] | None:
    """The token after "có" in "Tham dự tại … có …", "Cùng chủ trì có …", "Chủ trì hội nghị là …", with the roles."""
    view = state.view
    keys, tree = view.keys, phrases("roles.tsv")
    found = tree.longest(view, begin) if keys[begin] in tree.branches else None
    dự = word_key("dự")
    opener = phrases("list_openers.tsv").longest(view, begin)
    attends = dự in keys[begin : min(begin + 3, end)] and keys[begin] in _ATTEND
    if opener is not None and not attends:
        for k in range(opener[0], min(end, opener[0] + _UP_TO_LIST)):
            if keys[k] in _OPENS or keys[k] == ":":
                return k + 1, [opener[1][1]]
            if keys[k] in (",", "."):
                return None
        return None
    if found is not None and found[1][2] == "subject":
        roles = found[1][1].split("; ")
    elif attends:
        roles = [_PRESENT]
    else:
        return None
    reach = 60 if attends else 12
    for k in range(begin + 1, min(end, begin + reach)):
        if keys[k] in _OPENS or (keys[k] == ":" and k - begin < 14):
            return k + 1, roles
        if keys[k] == "," and not attends:
            return None
    return None


_UP_TO_LIST: Final = 14  # tokens between an opener and "có"
_ATTEND: Final = frozenset(map(word_key, ("dự", "tham", "cùng", "đến", "tới", "có")))


def _site_in(state: State, begin: int, end: int) -> str | None:
    view = state.view
    for i in range(begin, min(end, len(view) - 2)):
        if view.keys[i] == word_key("điểm") and view.keys[i + 1] == word_key("cầu"):
            after = site_end(state, i)
            return f"điểm cầu {view.words(i + 2, after)}" if after is not None else None
    return None


def _collective(state: State, begin: int, end: int, site: str | None) -> list[Collective]:
    """Parts of a list, parted by semicolons, that name nobody."""
    view, out = state.view, []
    named = {
        k for k in range(begin, end) if (n := state.at_start.get(k)) is not None and isinstance(state.items[n], Name)
    }
    start = begin
    while end > begin and view.keys[end - 1] in ".;:":
        end -= 1
    for k in range(begin, end + 1):
        if k < end and view.keys[k] != ";":
            continue
        first = start
        while first < k and view.keys[first] in (word_key("và"), ",", ":", word_key("cùng")):
            first += 1
        if first < k and named.isdisjoint(range(first, k)) and k - first > 2:
            span = view.token_span(first, k)
            out.append(Collective(span.of(view.text), span, site))
        start = k + 1
    return out


_ROLLS: Final = (
    [word_key(w) for w in ("danh", "sách", "đại", "biểu")],
    [word_key(w) for w in ("thành", "phần", "tham", "dự")],
    [word_key(w) for w in ("thành", "phần", "dự")],
)


def _roll(state: State, names: dict[int, str]) -> Iterator[tuple[int, str]]:
    """People on the numbered lines of a list of participants; those under a heading "Chủ trì" chair."""
    view = state.view
    if not any(view.keys[i : i + len(roll)] == roll for roll in _ROLLS for i in range(min(40, len(view)))):
        return
    role = "đại biểu"
    for i in range(len(view)):
        if not view.hard[i]:
            continue
        line = view.keys[i : i + 6]
        if word_key("chủ") in line and word_key("trì") in line:
            role = "chủ trì"
        elif word_key("đại") in line and word_key("biểu") in line:
            role = "đại biểu"
        if view.shapes[i] != NUMBER:
            continue
        named = names_between(state, i + 1, i + 8, names)
        if named:
            yield named[0], role


_MEMBER: Final = [word_key("đảng"), word_key("viên")]
_HANDS: Final = word_key("trao")
_BADGE: Final = word_key("hiệu")
_DECISION: Final = word_key("quyết")


def _receivers(state: State, names: dict[int, str]) -> Iterator[tuple[int, str]]:
    """ "trao quyết định … cho đồng chí A", "trao Huy hiệu 30 năm tuổi Đảng cho đảng viên A"."""
    view = state.view
    for n in names:
        start = state.items[n].start
        k = start - 1
        if n and isinstance(state.items[n - 1], Address) and state.items[n - 1].end == start:
            k = state.items[n - 1].start - 1
        if view.keys[k - 1 : k + 1] == _MEMBER:
            k -= 2
        if k < 1 or view.keys[k] != word_key("cho") or state.sentences[k] != state.sentences[start]:
            continue
        said = view.keys[state.sentence_start(k) : k]
        if _HANDS in said:
            handed = said[said.index(_HANDS) :]
            yield n, "nhận huy hiệu" if _BADGE in handed and _DECISION not in handed else "nhận quyết định"
