"""Bodies named in a text, under their full names, each once."""

from dataclasses import replace
from functools import cache

from kg.extract.context import Whole, complete
from kg.extract.groups import Group
from kg.extract.items import Item
from kg.extract.lexicon import rows
from kg.extract.organs import Body
from kg.extract.posts import Post
from kg.extract.reading_state import State
from kg.extract.view import word_key
from kg.model.extraction import OrganRead
from kg.model.fold import accented_key
from kg.model.spans import Span

_JOINS = ([","], [word_key("và")], [",", word_key("và")])
_CIVIL = ("PeoplesCouncil", "PeoplesCommittee", "PeoplesCouncilStanding", "FatherlandFront")


def share_units(items: list[Item], keys: list[str], sentences: list[int]) -> list[Item]:
    """ "Thường trực HĐND, UBND thành phố, …, UB.MTTQ": a body without a unit takes that of the one beside it."""
    out = list(items)
    for n in range(len(out) - 2, -1, -1):
        a, b = out[n], out[n + 1]
        if not (isinstance(a, Body) and isinstance(b, Body) and a.kind in _CIVIL and b.kind in _CIVIL):
            continue
        if a.wants == "unit" and b.wants != "unit" and keys[a.end : b.start] in _JOINS:
            out[n] = replace(a, unit=b.unit, wants=b.wants)
    last: Body | None = None
    for n, item in enumerate(out):
        if not isinstance(item, Body) or item.kind not in _CIVIL:
            continue
        near = last is not None and sentences[last.start] == sentences[item.start]
        if item.wants == "unit" and last is not None and near and last.wants != "unit":
            item = replace(item, unit=last.unit, wants=last.wants)
            out[n] = item
        last = item
    return out


def read_bodies(state: State, groups: list[Group]) -> tuple[list[OrganRead], dict[int, str]]:
    """Organs in order of first mention, and the full name of the body item at each item index."""
    found: dict[str, tuple[Whole, dict[Span, None]]] = {}
    names: dict[int, str] = {}

    def add(whole: Whole, span: Span) -> None:
        if not whole.known or not whole.name or whole.name in bare_forms():
            return
        found.setdefault(accented_key(whole.name), (whole, {}))[1][span] = None

    def add_with_parents(body: Body, whole: Whole) -> None:
        add(whole, state.view.token_span(body.start, body.end))
        parent = body.parent
        while parent is not None and not parent.is_generic:
            add(complete(parent, state.context), state.view.token_span(parent.start, parent.end))
            parent = parent.parent

    for n, item in enumerate(state.items):
        if isinstance(item, Body) and not item.is_generic:
            whole = complete(item, state.context)
            names[n] = whole.name
            add_with_parents(item, whole)
    for group in groups:
        for seat in group.seats:
            post = seat.post
            if seat.organ is None:
                continue
            if post.body is not None:
                add_with_parents(post.body, seat.organ)
            elif post.fixed is not None:
                kind = _fixed_kind(post)
                add(replace_kind(seat.organ, kind), state.view.token_span(post.start, post.end))
    _name_teams(state, names)
    _name_again(names)
    reads = sorted(found.values(), key=lambda e: min(e[1]))
    return [OrganRead(w.name, w.kind or None, w.place, tuple(sorted(spans))) for w, spans in reads], names


@cache
def bare_forms() -> frozenset[str]:
    """Heads that name no one body by themselves ("Công ty", "Đảng ủy")."""
    return frozenset(row[1] for row in rows("organs.tsv") if row[3] != "fixed")


def _name_teams(state: State, names: dict[int, str]) -> None:
    """ "Đoàn kiểm tra" alone is the one team whose full name the text gives."""
    teams = [n for n in names if isinstance(i := state.items[n], Body) and i.kind == "InspectionTeam"]
    known = {names[n] for n in teams}
    for short in known:
        fuller = [other for other in known if other.startswith(short + " ")]
        if len(fuller) == 1:
            names.update({n: fuller[0] for n in teams if names[n] == short})


def _name_again(names: dict[int, str]) -> None:
    """ "Ban Chấp hành Đảng bộ huyện …. Ban Chấp hành bầu …": a bare head is the body of that head named last."""
    last: dict[str, str] = {}
    for n in sorted(names):
        for head in _AGAIN:
            if names[n] == head and head in last:
                names[n] = last[head]
            elif names[n].startswith(head + " "):
                last[head] = names[n]


_AGAIN = ("Ban Chấp hành", "Đảng ủy")


def replace_kind(whole: Whole, kind: str) -> Whole:
    """The same body with its kind."""
    return Whole(whole.name, kind, whole.place, whole.completed, whole.known)


_FIXED = {
    "Bộ Chính trị": "Politburo",
    "Ban Bí thư Trung ương Đảng": "Secretariat",
    "Ban Chấp hành Trung ương Đảng": "CentralCommittee",
    "Chính phủ": "Government",
    "Quốc hội": "NationalAssembly",
    "Thanh tra Chính phủ": "Inspectorate",
    "Ngân hàng Nhà nước Việt Nam": "Ministry",
}


def _fixed_kind(post: Post) -> str:
    return _FIXED.get(post.fixed or "", "Other")
