"""Which bodies a text says to be inspected, and by whom."""

from bisect import bisect_right
from typing import Final

from kg.extract.bodies import bare_forms
from kg.extract.orders import listed_from
from kg.extract.organs import Body
from kg.extract.reading_state import State
from kg.extract.view import LOWER, word_key
from kg.model.extraction import RelationRead

_TEAMS: Final = ("kiểm tra", "giám sát", "thanh tra")
_VERBS: Final = ("kiểm tra", "thanh tra", "giám sát", "kiểm toán")
_REACH: Final = 200  # tokens
_FAR: Final = 40  # tokens between an inspector and its verb
_NEAR: Final = 24  # tokens between the verb and whom it is about
_INSPECTING: Final = frozenset(("InspectionTeam", "InspectionCommittee", "Inspectorate"))


def read_inspections(state: State, names: dict[int, str], bodies: dict[int, str]) -> list[RelationRead]:
    """Relations "inspects", in order."""
    return [*_by_team(state, bodies), *_by_inspectors(state, bodies), *_by_whole(state, names, bodies)]


def _by_team(state: State, bodies: dict[int, str]) -> list[RelationRead]:
    """ "Đoàn kiểm tra … làm việc với X"; "buổi làm việc của đoàn … với X"; "kiểm tra … đối với X; Y; Z"."""
    teams = [n for n in bodies if _is_team(state, n) and any(word in bodies[n] for word in _TEAMS)]
    if not teams:
        return []
    team = bodies[teams[0]]
    out: list[RelationRead] = []
    for i in state.find("làm việc với"):
        out += _inspected(state, bodies, team, i, i + 3)
    for n in teams:
        end = state.items[n].end
        if state.view.keys[end : end + 1] == [_WITH] and _works_of(state, state.items[n].start):
            out += _inspected(state, bodies, bodies[n], state.items[n].start, end + 1)
    for i in state.find("kiểm tra"):
        end = min(state.sentence_end(i), i + _REACH)
        at = next((k for k in state.find("đối với") if i < k < end), None)
        if at is not None and i and state.view.keys[i - 1] != word_key("đoàn"):
            out += _inspected(state, bodies, team, i, at + 2)
    return out


_WITH: Final = word_key("với")


def _works_of(state: State, i: int) -> bool:
    return bool(state.between("làm việc của", max(0, i - 6), i))


def _is_team(state: State, n: int) -> bool:
    item = state.items[n]
    return isinstance(item, Body) and item.kind == "InspectionTeam"


def _by_inspectors(state: State, bodies: dict[int, str]) -> list[RelationRead]:
    """ "Ủy ban Kiểm tra … kết luận kiểm tra … đối với X và Y"; "Thanh tra … thanh tra … tại X": the inspector before
    the verb in its sentence, else the only one of the text."""
    inspectors = [n for n in bodies if isinstance(b := state.items[n], Body) and _is_inspector(b)]
    alone = {bodies[n] for n in inspectors}
    starts = [state.items[n].start for n in inspectors]
    out: list[RelationRead] = []
    for i in sorted(k for verb in _VERBS for k in state.find(verb) if state.view.shapes[k] == LOWER):
        cut = bisect_right(starts, i)
        last = inspectors[cut - 1] if cut else None
        if not inspectors or (last is not None and i < state.items[last].end):
            continue
        begin, end = state.sentence_start(i), min(state.sentence_end(i), i + _NEAR)
        at = next((k + len(w.split()) for w in ("đối với", "tại") for k in state.between(w, i + 2, end)), None)
        before = last is not None and state.items[last].start >= begin and i - state.items[last].end < _FAR
        named = bodies[last] if last is not None and before else None
        inspector = named or (next(iter(alone)) if len(alone) == 1 else None)
        if at is not None and inspector is not None and (before or _concluded(state, begin, i)):
            out += [r for r in _inspected(state, bodies, inspector, i, at) if r.object not in alone or before]
    return out


def _by_whole(state: State, names: dict[int, str], bodies: dict[int, str]) -> list[RelationRead]:
    """ "Thanh tra Chính phủ đang thanh tra toàn diện Công ty A", "A đang được Thanh tra Chính phủ thanh tra", "… thanh
    tra nguồn gốc tài sản của ông B": an inspector right before its verb, whoever stands right behind it."""
    view, out = state.view, []
    for i in sorted(k for verb in _VERBS for k in state.find(verb) if view.shapes[k] == LOWER):
        n = next((m for k in range(i, i - _TO_VERB, -1) if (m := state.at_end.get(k)) is not None), None)
        body = state.items[n] if n is not None else None
        if n is None or n not in bodies or not isinstance(body, Body) or not _is_inspector(body):
            continue
        if view.keys[body.start - 1 : body.start] == [_PASSIVE]:
            whole = state.at_end.get(_before_words(state, body.start - 1))
            if whole is not None and whole in bodies and isinstance(state.items[whole], Body):
                out.append(_relation(state, bodies[n], bodies[whole], state.items[whole].start, i + 2))
            continue
        at = i + 2
        while at < len(view) and view.keys[at] in _WHOLLY:
            at += 1
        out += _inspected(state, bodies, bodies[n], i, at)
        owner = next(iter(state.between("tài sản của", i, min(state.sentence_end(i), i + _NEAR))), None)
        for who, m in listed_from(state, owner + 3, names, {}) if owner is not None else []:
            out.append(_relation(state, bodies[n], who, i, state.items[m].end))
    return out


def _relation(state: State, inspector: str, whom: str, first: int, after: int) -> RelationRead:
    return RelationRead(inspector, "inspects", whom, (state.view.token_span(first, after),))


def _before_words(state: State, at: int) -> int:
    """The token behind which only words of time stand before a token: "… | đang được"."""
    while at and state.view.keys[at - 1] in _BEING:
        at -= 1
    return at


_TO_VERB: Final = 5  # tokens: "đang tiến hành"
_PASSIVE: Final = word_key("được")
_BEING: Final = frozenset(map(word_key, ("đang", "đã", "sẽ", "vừa", "cũng")))
_WHOLLY: Final = frozenset(
    map(word_key, ("toàn", "diện", "đột", "xuất", "đối", "với", "việc", "tại", "hoạt", "động", "của"))
)


def _is_inspector(body: Body) -> bool:
    """Whether a body is an inspector under its own name, not the bare word ("thanh tra")."""
    return body.kind in _INSPECTING and not body.is_generic and (body.wants is None or body.end - body.start > 2)


def _concluded(state: State, begin: int, i: int) -> bool:
    """Whether a sentence tells of what an inspection found."""
    return bool(state.between("kết luận", begin, i))


def _inspected(state: State, bodies: dict[int, str], team: str, first: int, at: int) -> list[RelationRead]:
    """The list of bodies that begins at a token, under the inspection of a team."""
    view, out = state.view, []
    while (n := state.at_start.get(at)) is not None and n in bodies:
        end = state.items[n].end
        if bodies[n] != team and bodies[n] not in bare_forms() and not bodies[n].endswith(_VERBS):
            out.append(RelationRead(team, "inspects", bodies[n], (view.token_span(first, end),)))
        at = end + 1 if end < len(view) and view.keys[end] in (";", ",", word_key("và")) else end
    return out
