"""Who issued a document: named after it, before it, or hidden in its code."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.extract.context import complete
from kg.extract.groups import seat_of
from kg.extract.organs import Body
from kg.extract.posts import Post
from kg.extract.reading_state import State
from kg.extract.view import NUMBER, word_key
from kg.model.numbers import DocumentNumber

if TYPE_CHECKING:
    from kg.extract.citations import Cited


@dataclass(frozen=True, slots=True)
class Issued:
    """An issuer that ends at a token, with the term said of it."""

    name: str
    term: str | None
    end: int


_OF: Final = frozenset(map(word_key, ("của", "do")))
_VERBS: Final = frozenset(map(word_key, ("hành", "ký", "ra", "có", "gửi")))


def issuer_after(state: State, i: int, number_end: int, number: DocumentNumber | None) -> Issued | None:
    """ "… của Ban Bí thư", "… của Bộ Chính trị khóa XII", "…, UBND Thành phố" where the code agrees."""
    view = state.view
    of = view.keys[i] in _OF
    marked = of or view.keys[i - 1] == "("
    at = i + 1 if of else i
    if at >= len(view) or view.hard[at]:
        return None
    if of and (plenum := _plenum_end(state, at)) is not None:
        end = plenum
        if end + 1 < len(view) and view.keys[end] == word_key("khóa") and not view.hard[end]:
            return Issued(_COMMITTEE, view.words(end, end + 2), end + 2)
        return Issued(_COMMITTEE, None, end)
    item = state.items[state.at_start[at]] if at in state.at_start else None
    if not isinstance(item, (Body, Post)):
        return None
    name = _name(state, item)
    if name is None or not (marked or (i > number_end and _agrees(name, number))):
        return None
    end = item.end
    while marked and end + 1 < len(view) and view.keys[end] in (",", word_key("và")) and (end + 1) in state.at_start:
        other = state.items[state.at_start[end + 1]]
        if (
            not isinstance(other, Body)
            or other.is_generic
            or other.kind not in _JOINT
            or (after := _name(state, other)) is None
        ):
            break
        name, end = f"{name}; {after}", other.end
    term = None
    if end + 1 < len(view) and view.keys[end] == word_key("khóa") and not view.hard[end]:
        term, end = view.words(end, end + 2), end + 2
    elif isinstance(item, Post) and item.term:
        term = item.term
    if (
        end < len(view)
        and view.keys[end] == "("
        and view.keys[end + 1 : end + 2] == [word_key("khóa")]
        and end in state.closing
    ):
        term, end = view.words(end + 1, state.closing[end]), state.closing[end] + 1
    return Issued(name, term, end)


_COMMITTEE: Final = "Ban Chấp hành Trung ương Đảng"


def _plenum_end(state: State, at: int) -> int | None:
    """The token behind "Hội nghị Trung ương 6", "Hội nghị lần thứ sáu Ban Chấp hành Trung ương": a plenum decides."""
    view = state.view
    if view.keys[at : at + 2] != [word_key("hội"), word_key("nghị")]:
        return None
    for k in range(at + 2, min(at + 7, len(view))):
        n = state.at_start.get(k)
        if n is not None and isinstance(body := state.items[n], Body):
            return body.end if body.name == _COMMITTEE else None
        if view.keys[k : k + 2] == [word_key("trung"), word_key("ương")]:
            return k + 3 if k + 2 < len(view) and view.shapes[k + 2] == NUMBER else k + 2
    return None


_JOINT: Final = frozenset(
    ("Politburo", "Secretariat", "Ministry", "Government", "FatherlandFront", "NationalAssemblyStanding")
)


def issuer_before(state: State, cited: "Cited") -> None:
    """Sets the issuer of "Bộ Chính trị ban hành Nghị quyết số …", else of the code."""
    view = state.view
    at = cited.start
    low = max(0, at - 4)
    if any(view.keys[k] in _VERBS for k in range(low, at)):
        for item in reversed(_items_before(state, at, 8)):
            if isinstance(item, (Body, Post)) and state.sentences[item.start] == state.sentences[max(at - 1, 0)]:
                name = _name(state, item)
                if name is not None and (
                    cited.parsed is None
                    or _agrees(name, cited.parsed)
                    or cited.parsed.issuer() is None
                    or _hides(cited.parsed)
                ):
                    cited.issuer, cited.issuer_from = name, "text"
                    return
                break
    if cited.parsed is not None:
        name = _by_code(state, cited.parsed, at)
        if name is not None:
            cited.issuer, cited.issuer_from = name, "code"
    if cited.issuer is None and (proposer := _proposer(state, at)) is not None:
        cited.issuer, cited.issuer_from = proposer, "text"


def _proposer(state: State, at: int) -> str | None:
    """Who sent a paper: "đề nghị của Sở Y tế tại Tờ trình số …"."""
    view = state.view
    if at < 3 or view.keys[at - 1] != word_key("tại") or (n := state.at_end.get(at - 1)) is None:
        return None
    item = state.items[n]
    of = item.start > 0 and view.keys[item.start - 1] == word_key("của")
    return _name(state, item) if of and isinstance(item, (Body, Post)) else None


def _items_before(state: State, at: int, reach: int) -> list[Body | Post]:
    out = []
    for k in range(max(0, at - reach * 2), at):
        n = state.at_start.get(k)
        if n is not None:
            item = state.items[n]
            if isinstance(item, (Body, Post)) and item.end <= at and at - item.end <= reach:
                out.append(item)
    return out


def _hides(number: DocumentNumber) -> bool:
    return (number.issuer_code or "").upper() in ("TW", "TƯ", "TU", "HU", "ĐU", "QU")


def _by_code(state: State, number: DocumentNumber, at: int) -> str | None:
    code = number.issuer()
    if code is None or (code.code in ("TW", "TƯ")):
        return None
    if code.is_central:
        return code.name
    unit = state.context.unit("province", at)
    if unit is None:
        return code.name
    if code.code == "TU" and unit.unit == "thành phố":
        return f"Thành ủy {unit.name}"
    if code.name.endswith("Tỉnh ủy"):
        committee = "Thành ủy" if unit.unit == "thành phố" else "Tỉnh ủy"
        return f"{code.name.removesuffix('Tỉnh ủy')}{committee} {unit.name}"
    if code.ladder == "State" and code.code.startswith(("UB", "HĐND", "S", "CT", "VP")):
        return f"{code.name} {unit}"
    return code.name


def _agrees(name: str, number: DocumentNumber | None) -> bool:
    code = number.issuer() if number is not None else None
    return code is not None and name.lower().startswith(code.name.lower())


def _name(state: State, item: Body | Post) -> str | None:
    if isinstance(item, Body):
        return None if item.is_generic else complete(item, state.context).name
    whole = seat_of(item, state.context, None, None, None)
    if item.title.title in ("Thủ tướng",):
        return "Thủ tướng Chính phủ"
    if whole is None or not whole.name:
        return item.title.title
    last = item.title.title.rsplit(" ", 1)[-1].lower()
    return (
        f"{item.title.title}{whole.name[len(last) :]}"
        if whole.name.lower().startswith(last)
        else f"{item.title.title} {whole.name}"
    )
