"""Who reproves whom, and who orders which paper to be carried out."""

from bisect import bisect_left
from typing import Final

from kg.extract.assemble_meetings import citations_between
from kg.extract.citations import Cited
from kg.extract.context import complete
from kg.extract.items import Address, Name
from kg.extract.organs import Body
from kg.extract.posts import Post
from kg.extract.reading_state import State
from kg.extract.view import word_key
from kg.model.extraction import RelationRead

_FAR: Final = 30  # tokens between who acts and the verb
_LISTED: Final = 80  # tokens of a list of those reproved
_GAPS: Final = frozenset(map(word_key, (",", "và", "cùng", ";", "các", ":", "-", "gồm", "đối", "với")))
_GROUPS: Final = frozenset(map(word_key, ("tập", "thể", "lãnh", "đạo", "cán", "bộ", "quản", "lý")))
_NOT_DONE: Final = ("phải", "đề nghị", "chỉ đạo", "cần", "sẽ", "bị", "yêu cầu", "kiểm điểm", "được")
_NOUN: Final = frozenset(map(word_key, ("tự", "và", "việc", "thần", "tắc", "lời")))
_ASKED: Final = 6  # tokens


def read_reproofs(state: State, names: dict[int, str], bodies: dict[int, str]) -> list[RelationRead]:
    """ "Chủ tịch UBND thành phố nghiêm khắc phê bình Hội đồng quản trị và ông A": whoever is named right behind the
    verb, by who is named last before it."""
    out: list[RelationRead] = []
    for i in state.find("phê bình"):
        if (i and state.view.keys[i - 1] in _NOUN) or _is_open(state, i):
            continue
        critic = actor_before(state, i, names, bodies)
        for who, n in listed_from(state, i + 2, names, bodies) if critic is not None else []:
            if critic is not None and who != critic:
                span = state.view.token_span(i, state.items[n].end)
                out.append(RelationRead(who, "criticised_by", critic, (span,)))
    return out


def read_orders(state: State, cited: list[tuple[Cited, str]], bodies: dict[int, str]) -> list[RelationRead]:
    """ "Ủy ban A yêu cầu các tỉnh thực hiện nghiêm Công văn số 1"; of a paper that orders it, where its number stands
    before: "đã ký Công văn số 2 yêu cầu … thực hiện … văn bản số 1". Not what somebody only says at a meeting."""
    out: list[RelationRead] = []
    numbered = [pair for pair in cited if pair[0].number]
    for i in state.find("thực hiện"):
        begin, end = state.sentence_start(i), state.sentence_end(i)
        target = next(iter(citations_between(numbered, i + 2, min(end, i + _TO_PAPER))), None)
        verb = max(state.between("yêu cầu", max(begin, i - _TO_VERB), i), default=None)
        if target is None or verb is None:
            continue
        own = [one for one in citations_between(numbered, begin, verb) if verb - one[0].number_end <= _BESIDE]
        n = state.at_end.get(verb)
        body = bodies.get(n) if n is not None and isinstance(state.items[n], Body) else None
        actor = own[-1][1] if own else body
        if actor is not None and actor != target[1]:
            span = state.view.token_span(verb, target[0].number_end)
            out.append(RelationRead(actor, "orders_implementation_of", target[1], (span,)))
    return out


_TO_PAPER: Final = 14  # tokens between the verb that is ordered and the paper
_TO_VERB: Final = 40  # tokens between the order and what is ordered
_BESIDE: Final = 4  # tokens between a paper and its order


def _is_open(state: State, i: int) -> bool:
    """Whether a reproof is only asked for, or told from the other side."""
    begin = max(state.sentence_start(i), i - _ASKED)
    return any(state.between(words, begin, i) for words in _NOT_DONE)


def actor_before(state: State, at: int, names: dict[int, str], bodies: dict[int, str]) -> str | None:
    """Who is named last before a verb in its sentence: a person, else a body, else the body of a head."""
    begin = max(state.sentence_start(at), at - _FAR)
    for end in range(at, begin, -1):
        n = state.at_end.get(end)
        item = state.items[n] if n is not None else None
        if n is not None and n in names:
            return names[n]
        if n is not None and n in bodies and isinstance(item, Body):
            return bodies[n]
        if isinstance(item, Post) and item.body is not None and not item.body.is_generic:
            whole = complete(item.body, state.context)
            return whole.name if whole.known and not _is_named(state, n, at) else None
    return None


def _is_named(state: State, n: int | None, at: int) -> bool:
    """Whether a name stands between a post and the verb that the reader did not take for its holder."""
    behind = state.items[n + 1] if n is not None and n + 1 < len(state.items) else None
    return isinstance(behind, Name) and behind.start < at


def listed_from(state: State, at: int, names: dict[int, str], bodies: dict[int, str]) -> list[tuple[str, int]]:
    """The list of people and bodies that begins at a token, posts and forms of address between, with their items."""
    view, out = state.view, []
    end = min(state.sentence_end(at - 1), at + _LISTED)
    n = bisect_left(state.items, at, key=lambda item: item.start)
    while n < len(state.items) and state.items[n].start < end:
        item = state.items[n]
        if view.keys[at : at + 1] == ["("] and at in state.closing:
            at = state.closing[at] + 1
            n = bisect_left(state.items, at, key=lambda item: item.start)
            continue
        if any(key not in _GAPS | _GROUPS for key in view.keys[at : item.start]):
            break
        if n in names:
            out.append((names[n], n))
        elif n in bodies and isinstance(item, Body):
            out.append((bodies[n], n))
        elif not isinstance(item, Post | Address):
            break
        at, n = item.end, n + 1
    return out
