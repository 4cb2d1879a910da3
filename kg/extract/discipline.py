"""Who is disciplined by which body, and how."""

from bisect import bisect_left
from typing import Final

from kg.extract.bodies import bare_forms
from kg.extract.items import Address, Name
from kg.extract.orders import listed_from
from kg.extract.organs import Body
from kg.extract.posts import Post
from kg.extract.reading_state import State
from kg.extract.referents import owner_of
from kg.extract.view import LOWER, word_key
from kg.model.extraction import RelationRead

_MEASURES: Final = ("khiển trách", "cảnh cáo", "cách chức", "khai trừ")
_GAPS: Final = frozenset(map(word_key, (",", "và", "cùng", "ông", "bà", ";", "với", "các", ":", "-", "gồm")))
_CLAUSE: Final = 300  # tokens: how far a clause is looked over
_FAR: Final = 100  # tokens
_NEAR: Final = 10  # tokens between a body and the measure that it takes
_DECIDED: Final = 40  # tokens between them where the words between say that it decides
_DECIDING: Final = ("quyết định", "thống nhất", "biểu quyết", "đã họp", "xem xét")
_PASSIVE: Final = 3  # tokens between the body behind "bị" and what it does
_SUFFERED: Final = word_key("bị")
_ABOUT: Final = frozenset(map(word_key, ("trong", "về", "việc")))
_ASKED: Final = 3  # tokens: "đề nghị Ban Thường vụ … kỷ luật A"
_CARRYING_OUT: Final = [word_key("thi"), word_key("hành")]
_NOT_DONE: Final = ("đề nghị", "sẽ", "đề xuất", "xem xét kiểm điểm", "trình")


def read_discipline(state: State, names: dict[int, str], bodies: dict[int, str]) -> list[RelationRead]:
    """ "BCH Đảng bộ huyện … kỷ luật khiển trách đối với A cùng B"; "A bị Ban Thường vụ … kỷ luật cảnh cáo"."""
    view, out = state.view, []
    seen: set[str] = set()
    left: list[tuple[int, int, str | None]] = []
    told = state.find("kỷ luật")
    covered = {k + n for k in told for n in range(1, 5)}
    alone = (i for m in _MEASURES for i in state.find(m) if i not in covered)
    for i in sorted([*told, *alone]):
        end = state.sentence_end(i)
        near = view.keys[i : min(end, i + _CLAUSE)]
        measure = next((m for m in _MEASURES if all(word_key(w) in near for w in m.split())), None)
        found = _by_decider(state, i, end, names, bodies) or _suffered(state, i, names, bodies)
        seen.update(body for _, body in found)
        out += [_relation(state, i, n, names.get(n) or bodies[n], body, measure) for n, body in found]
        if not found and measure is not None and _is_unsigned(state, i, end, bodies):
            left.append((i, end, measure))
    if len(seen) == 1:  # one body decides in the whole text: what is told behind without naming it is its decision too
        body = next(iter(seen))
        for i, end, measure in left:
            told_of = {r.subject for r in out} | {body}
            after = [(n, names.get(n) or bodies[n]) for n in _listed(state, i, end, names, bodies)]
            out += [_relation(state, i, n, who, body, measure) for n, who in after if who not in told_of]
    return out


def _relation(state: State, i: int, n: int, name: str, body: str, measure: str | None) -> RelationRead:
    first, after = min(i, state.items[n].start), max(i + 1, state.items[n].end)
    return RelationRead(name, "disciplined_by", body, (state.view.token_span(first, after),), measure=measure)


def _is_unsigned(state: State, i: int, end: int, bodies: dict[int, str]) -> bool:
    """Whether a sentence tells of a measure that is taken and names nobody who takes it."""
    begin = state.sentence_start(i)
    if any(state.between(words, begin, end) for words in (*_NOT_DONE, "bị")):
        return False
    first = bisect_left(state.items, begin, key=lambda item: item.start)
    before = (n for n in range(first, len(state.items)) if state.items[n].start < i)
    return not any(n in bodies and isinstance(state.items[n], Body) for n in before)


def _by_decider(state: State, i: int, end: int, names: dict[int, str], bodies: dict[int, str]) -> list[tuple[int, str]]:
    """Whom a body before the words disciplines; not in "Ủy ban Kiểm tra … trong thi hành kỷ luật đối với A", which
    tells of another decision."""
    body = _decider(state, i, bodies)
    keys = state.view.keys
    nominal = i > 2 and keys[i - 3] in _ABOUT and keys[i - 2 : i] == _CARRYING_OUT
    if body is None or body in bare_forms() or keys[i - 1] == _SUFFERED or nominal:
        return []
    found = [*_behind(state, i, end, names), *_by_measure(state, i, end, names)] or _listed(
        state, i, end, names, bodies
    )
    return [(n, body) for n in dict.fromkeys(found) if names.get(n) or bodies[n] != body]


def _decider(state: State, at: int, bodies: dict[int, str]) -> str | None:
    begin = state.sentence_start(at)
    for end in range(at, max(begin, at - _DECIDED), -1):
        n = state.at_end.get(end)
        if n is not None and isinstance(state.items[n], Name):
            return None
        if n is not None and n in bodies and isinstance(state.items[n], Body):
            asked = max(begin, state.items[n].start - _ASKED)
            if any(state.between(words, asked, at) for words in _NOT_DONE):
                return None
            decided = any(state.between(words, end, at) for words in _DECIDING)
            return bodies[n] if decided or at - end < _NEAR else None
    return None


def _suffered(state: State, i: int, names: dict[int, str], bodies: dict[int, str]) -> list[tuple[int, str]]:
    """ "Ông A, Chủ tịch …, bị Ban Thường vụ Huyện ủy … kỷ luật": the body behind "bị", the name before it."""
    begin = max(state.sentence_start(i), i - _DECIDED)
    bị = next(iter(reversed(state.between("bị", begin, i))), None)
    n = state.at_start.get(bị + 1) if bị is not None else None
    if bị is None or n is None or n not in bodies or i - state.items[n].end > _PASSIVE:
        return []
    if any(state.between(words, bị, i) for words in _NOT_DONE) or bodies[n] in bare_forms():
        return []
    at = bisect_left(state.items, bị, key=lambda item: item.start) - 1
    while at >= 0 and isinstance(state.items[at], (Post, Address)) and state.items[at].start >= begin:
        at -= 1
    return [(at, bodies[n])] if at in names and state.items[at].start >= state.sentence_start(i) else []


def _behind(state: State, i: int, end: int, names: dict[int, str]) -> list[int]:
    """The name right behind "kỷ luật", a measure, posts and a form of address between: "kỷ luật khiển trách Giám đốc A,
    với lý do …"."""
    at = i + 2
    if any(state.between(m, at, at + 1) for m in _MEASURES):
        at += 2
    address: int | None = None
    while (n := state.at_start.get(at)) is not None and isinstance(state.items[n], (Address, Post)):
        at, address = state.items[n].end, n
    if n is None and address is not None and isinstance(state.items[address], Address) and _by_form(state, at):
        lower = state.view.shapes[at] == LOWER  # "kỷ luật bà bằng hình thức …", "kỷ luật ông Hạ với hình thức …"
        meant = [next(state.names_above(address), -1)] if lower else owner_of(state, address, at)
        return [m for m in meant if m in names]
    return [n] if n is not None and n in names and state.items[n].start < end else []


def _by_form(state: State, at: int) -> bool:
    """Whether the form of the measure follows, a short name between: "(Hạ) bằng hình thức"."""
    return any(state.between(words, at, at + 2) for words in ("bằng hình thức", "với hình thức"))


def _by_measure(state: State, begin: int, end: int, names: dict[int, str]) -> list[int]:
    """Names right behind measures: "kỷ luật cảnh cáo đồng chí A, khiển trách đồng chí B", up to a semicolon."""
    view, out = state.view, []
    end = min(end, begin + _FAR)
    end = next((k for k in range(begin, end) if view.keys[k] == ";"), end)
    if not any(state.between(m, begin, begin + 5) for m in _MEASURES):
        return []  # "Quy định … về xử lý kỷ luật đảng viên"
    for i in sorted(i for m in _MEASURES for i in state.between(m, begin, end)):
        n = state.at_start.get(i + 2)
        if n is not None and isinstance(state.items[n], Address):
            n = state.at_start.get(state.items[n].end)
        if n is not None and n in names:
            out.append(n)
    return out


def _listed(state: State, begin: int, end: int, names: dict[int, str], bodies: dict[int, str]) -> list[int]:
    """Names and bodies after "đối với" or "với", a list with their posts."""
    towards = (word_key("với"), word_key("cho"))
    for k in range(begin, min(begin + _DECIDED, end)):
        if state.view.keys[k] in towards:
            found = [n for _, n in listed_from(state, k + 1, names, bodies)] or _short_name(state, k + 1, names)
            if found:
                return found
    return []


def _short_name(state: State, at: int, names: dict[int, str]) -> list[int]:
    """The owner of a short name at a token: "đối với ông Hạ"."""
    n = state.at_start.get(at)
    address = state.items[n] if n is not None else None
    if n is None or not isinstance(address, Address):
        return []
    return [m for m in owner_of(state, n, address.end) if m in names]
