"""Which deeds of a text belong to its meeting: not what is said to the press, on another day, or at another event."""

from typing import Final

from kg.extract.dates import DateRead
from kg.extract.deeds import Deed
from kg.extract.items import Address, Item, Name
from kg.extract.lexicon import phrases
from kg.extract.meetings import Held
from kg.extract.places import PlaceRead
from kg.extract.posts import Post
from kg.extract.reading_state import State
from kg.extract.session_dates import session_dates
from kg.extract.view import TITLE, UPPER, word_key

_SPEECH: Final = ("phát biểu", "trao đổi")
_PRESS: Final = (
    *("với báo chí", "cho báo chí", "trả lời báo chí", "báo chí về", "với phóng viên", "cho phóng viên"),
    *(
        "với các phóng viên",
        "với các cơ quan báo chí",
        "phóng viên báo",
        "phóng viên về",
        "của phóng viên",
        "của báo chí",
    ),
    *("trả lời phóng viên", "trao đổi với pv", "nói với pv", "chia sẻ với", "liên hệ với"),
    *("trả lời phỏng vấn", "trả lời pv", "thông tin với", "nói với báo", "trao đổi nhanh"),
)
_SITTINGS: Final = frozenset(("Kỳ họp", "Đại hội"))
_LEAD: Final = 5  # sentences: a meeting told later is not what those quoted before it speak at
_EXPLICIT: Final = frozenset(map(word_key, ("phát", "chủ", "dự", "tham", "điều")))  # "phát biểu", "chủ trì", "dự"
_AT: Final = frozenset(map(word_key, ("tại", "trong")))
_OF_BODIES: Final = "họp"


def at_meeting(state: State, held: Held, deeds: list[Deed], names: dict[int, str]) -> list[Deed]:
    """The deeds that were done at a meeting, in order. What is only quoted of somebody who first speaks to the press,
    or while a body meets by itself, counts where its sentence names the meeting."""
    days = {state.sentences[d.start]: d.edtf for d in session_dates(state) if not _of_paper(state, d)}
    day = held.date.edtf if held.date is not None else None
    press = set() if held.noun == "Họp báo" else _of_press(state)
    named = _naming(state)
    late = held.sentence - state.sentences[0] > _LEAD
    first: dict[str, int] = {}
    out = []
    for deed in deeds:
        sentence = state.sentences[deed.start]
        first.setdefault(names[deed.name], sentence)
        explicit = state.view.keys[deed.start] in _EXPLICIT
        if held.scope is not None and sentence not in held.scope and not explicit:
            continue
        if days.get(sentence, day) != day and sentence != held.sentence:
            continue
        nouns = named.get(sentence, set())
        if nouns and nouns <= _SITTINGS and held.noun not in _SITTINGS:
            continue
        closed = held.noun == _OF_BODIES and sentence != held.sentence
        closed = closed or (late and sentence < held.sentence and not explicit)
        if deed.role in _SPEECH and not nouns and (closed or first[names[deed.name]] in press):
            continue
        out.append(deed)
    return out


def _of_paper(state: State, day: DateRead) -> bool:
    """Whether a day is that of a paper: "Quyết định số 41/QĐ-UBND ngày 01/7/2025"."""
    return day.start > _TO_CODE and state.view.keys[day.start - _TO_CODE] in _IN_CODE


_TO_CODE: Final = 3  # tokens back from the number of a day: "ngày", the end of a code, the mark in it
_IN_CODE: Final = frozenset(("/", "-"))


def _of_press(state: State) -> set[int]:
    """Sentences that speak to the press: "Trao đổi với Tiền Phong" does where no one of the text follows "với"."""
    out = {state.sentences[i] for phrase in _PRESS for i in state.find(phrase)}
    for i in state.find("trao đổi với"):
        named = i + 3 < len(state.view) and state.view.shapes[i + 3] in (TITLE, UPPER)
        if named and not isinstance(_item(state, i + 3), (Name, Post, Address, PlaceRead)):
            out.add(state.sentences[i])
    return out


def _item(state: State, i: int) -> Item | None:
    n = state.at_start.get(i)
    return state.items[n] if n is not None else None


def _naming(state: State) -> dict[int, set[str]]:
    """The kinds of meetings that sentences name behind "tại" or "trong", by sentence."""
    view, tree = state.view, phrases("meetings.tsv")
    out: dict[int, set[str]] = {}
    for i in [i + 1 for i in state.any_of(_AT) if i + 1 < len(view) and view.keys[i + 1] in tree.branches]:
        found = tree.longest(view, i)
        if found is not None and found[1][2] == "noun":
            out.setdefault(state.sentences[i], set()).add(found[1][1])
    return out
