"""What bodies do to people and to each other: elect, appoint, discipline, inspect, merge."""

from typing import Final

from kg.extract.attach import Link
from kg.extract.context import complete
from kg.extract.discipline import read_discipline
from kg.extract.events import Event
from kg.extract.items import Address, Name
from kg.extract.orders import read_reproofs
from kg.extract.organ_relations import read_organ_relations
from kg.extract.organs import Body
from kg.extract.posts import Post
from kg.extract.reading_state import State
from kg.extract.view import word_key
from kg.model.extraction import RelationRead


def read_people_relations(
    state: State,
    events: list[Event],
    links: list[Link],
    names: dict[int, str],
    bodies: dict[int, str],
    conveners: list[str],
) -> list[RelationRead]:
    """Relations in order, each once."""
    out = [
        *_deciders(state, events, names, bodies, conveners),
        *read_discipline(state, names, bodies),
        *read_reproofs(state, names, bodies),
        *_succeeds(state, names),
        *_replaced(state, links, names),
        *read_organ_relations(state, names, bodies),
    ]
    return list({(r.subject, r.predicate, r.object): r for r in reversed(out)}.values())[::-1]


def _deciders(
    state: State, events: list[Event], names: dict[int, str], bodies: dict[int, str], conveners: list[str]
) -> list[RelationRead]:
    """Who elected or appointed: the body before the verb, else that of "quyết định của X", else the convener."""
    out = []
    for event in events:
        if event.name not in names:
            continue
        body = _by_decision(state, event.trigger, bodies) or _agent(state, event.trigger, bodies)
        if body is None and event.predicate == "elects":
            body = _elector_before(state, event.trigger, bodies)
        if body is None and event.predicate == "elects":
            electing = [c for c in conveners if c.startswith(_ELECTING)]
            body = electing[0] if electing else None
        if body is None and event.predicate == "appoints":
            body = _by_head(state, event.trigger)
            body = body or _decision_of(state, bodies) or _decision_before(state, event.trigger, bodies)
        if body is not None and not (event.predicate == "elects" and not body.startswith(_ELECTING)):
            predicate = "elects" if event.predicate == "elects" else event.predicate
            item = state.items[event.name]
            first, after = sorted((event.trigger, item.start))[0], max(event.trigger + 1, item.end)
            out.append(RelationRead(body, predicate, names[event.name], (state.view.token_span(first, after),)))
    return out


def _agent(state: State, at: int, bodies: dict[int, str]) -> str | None:
    """The body before an active verb; before "được bầu" stands who is elected, not who elects."""
    return None if state.view.keys[at] == _PASSIVE else body_before(state, at, bodies)


_PASSIVE: Final = word_key("được")


def _by_decision(state: State, at: int, bodies: dict[int, str]) -> str | None:
    """ "Theo Quyết định số … của X, ông A được bổ nhiệm": the body that issued it; "thay mặt Bộ Chính trị đọc quyết
    định … phân công ông A": the one for which it is read out."""
    view, begin = state.view, state.sentence_start(at)
    for k in state.between("thay mặt", max(begin, at - _CLAUSE), at):
        n = state.at_start.get(k + 2)
        if n is not None and n in bodies and state.between("quyết định", state.items[n].end, at):
            return bodies[n]
    for k in state.between("quyết định", max(begin, at - _CLAUSE), at):
        for m in range(k + 2, min(k + 22, at)):
            if view.keys[m] == word_key("của") and (n := state.at_start.get(m + 1)) is not None and n in bodies:
                return bodies[n]
        if k in (begin + 1, begin + 2):  # "Theo quyết định, …", "Theo các quyết định, …"
            return next((bodies[n] for n in sorted(bodies, reverse=True) if state.items[n].start < begin), None)
    return None


_ELECTING: Final = (
    "Hội đồng nhân dân",
    "Quốc hội",
    "Ban Chấp hành",
    "Tỉnh ủy",
    "Thành ủy",
    "Huyện ủy",
    "Đại hội",
    "Ủy ban",
    "Hội",
)


def body_before(state: State, at: int, bodies: dict[int, str]) -> str | None:
    """The body that ends a few tokens before a token of its sentence."""
    begin = state.sentence_start(at)
    for end in range(at, max(begin, at - 10), -1):
        n = state.at_end.get(end)
        if n is not None and n in bodies and isinstance(state.items[n], Body):
            return bodies[n]
    return None


def _by_head(state: State, at: int) -> str | None:
    """ "Chủ tịch UBND tỉnh đã có các quyết định về việc bổ nhiệm ông A": the body of a head who is not named."""
    for end in range(at, max(state.sentence_start(at), at - _TO_HEAD), -1):
        n = state.at_end.get(end)
        item = state.items[n] if n is not None else None
        if n is not None and isinstance(item, Post) and item.status is None and item.body is not None:
            following = state.items[n + 1] if n + 1 < len(state.items) else None
            before = state.items[n - 1] if n else None
            held = isinstance(before, (Name, Post)) and item.start - before.end <= 1
            if held or (isinstance(following, (Name, Address)) and following.start < at):
                return None
            whole = complete(item.body, state.context)
            return whole.name if whole.known and not item.body.is_generic else None
    return None


_TO_HEAD: Final = 12  # tokens


def _decision_of(state: State, bodies: dict[int, str]) -> str | None:
    """ "… triển khai Quyết định của Bộ Chính trị về công tác cán bộ"."""
    for i in state.find("quyết định của"):
        n = state.at_start.get(i + 3)
        if n is not None and n in bodies and not _of_inspection(state, i):
            return bodies[n]
    return None


def _of_inspection(state: State, i: int) -> bool:
    """Whether a decision is one to inspect, or one by which a team was set up: it appoints nobody."""
    founds = state.between("thành lập theo", max(state.sentence_start(i), i - 3), i)
    return bool(founds or state.between("kiểm tra", i + 2, i + _TO_HEAD))


def _decision_before(state: State, at: int, bodies: dict[int, str]) -> str | None:
    """ "… công bố Quyết định số 207 của Ban Thường vụ … chỉ định …. Đồng chí A được chỉ định": the last decision's."""
    view = state.view
    for i in reversed(state.between("quyết định", at - _FAR, at)):
        if _of_inspection(state, i):
            continue
        for k in range(i + 2, min(i + 22, at)):
            if view.keys[k] in ".;":
                break
            if view.keys[k] == _OF and (n := state.at_start.get(k + 1)) is not None and n in bodies:
                return bodies[n]
    return None


def _elector_before(state: State, at: int, bodies: dict[int, str]) -> str | None:
    """ "Ban Chấp hành bầu Ban Thường vụ …; đồng chí A được bầu giữ chức …": who is last said to elect."""
    for i in reversed(state.between("bầu", at - _FAR, at)):
        n = state.at_end.get(i) if state.view.keys[i - 1] != _PASSIVE else None
        if n is not None and n in bodies and bodies[n].startswith(_ELECTING):
            return bodies[n]
    return None


_OF: Final = word_key("của")
_CLAUSE: Final = 300  # tokens: how far a clause is looked over
_FAR: Final = 100  # tokens
_LEFT_BEHIND: Final = "post-of-predecessor"


def _replaced(state: State, links: list[Link], names: dict[int, str]) -> list[RelationRead]:
    """Who takes up a post that another is said to leave: the same seat in two links."""
    out = []
    takers = {id(link.seat): link.name for link in links if link.rule != _LEFT_BEHIND}
    for link in links:
        new = takers.get(id(link.seat)) if link.rule == _LEFT_BEHIND else None
        if new is None or new not in names or link.name not in names or names[new] == names[link.name]:
            continue
        first, last = sorted((state.items[new], state.items[link.name]), key=lambda item: item.start)
        span = state.view.token_span(first.start, last.end)
        out.append(RelationRead(names[new], "succeeds", names[link.name], (span,)))
    return out


def _succeeds(state: State, names: dict[int, str]) -> list[RelationRead]:
    """ "A giữ chức … thay (cho) B", "được thay bởi A"."""
    view, out = state.view, []
    for i in state.find("thay"):
        following = view.keys[i + 1 : i + 2]
        if following in _OTHERWISE:
            continue
        passive = following == [word_key("bởi")]
        at = i + 2 if passive or following == [word_key("cho")] else i + 1
        n = state.at_start.get(at)
        if n is not None and isinstance(state.items[n], Address):
            n = state.at_start.get(state.items[n].end)
        if n is None or n not in names:
            continue
        before = next(
            (m for m in range(n - 1, max(-1, n - 40), -1) if m in names and (passive or _near(state, m, i))), None
        )
        if before is None or names[before] == names[n]:
            continue
        new, old = (n, before) if passive else (before, n)
        first = i if passive else state.items[before].start
        out.append(RelationRead(names[new], "succeeds", names[old], (view.token_span(first, state.items[n].end),)))
    return out


_OTHERWISE: Final = tuple([word_key(w)] for w in ("mặt", "đổi", "thế", "vì"))


def _near(state: State, n: int, i: int) -> bool:
    """Whether a name stands in the same sentence, not far before a token."""
    return state.sentences[state.items[n].start] == state.sentences[i] and i - state.items[n].end < 50
