"""A post as a table names it ("PHÓ GIÁM ĐỐC", "Sở nội vụ") → what it says, by the rules that read it in a sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from kg.extract.reading import extract
from kg.extract.tables import countries, heads
from kg.extract.titles import title_at
from kg.extract.view import look
from kg.model.documents import Document
from kg.model.extraction import OrganRead, Position
from kg.model.fold import key
from kg.read import each_word, is_capitals

# A person of an invented name holds the post, so that the cell stands where posts stand in a text.
_BEARER: Final = "Nguyễn Văn An"
_LEAD: Final = f"{_BEARER}, "
_BETWEEN: Final = frozenset(("kiem", "va", "dong thoi", "la", "dong"))
_COUNTRY: Final = re.compile(r"\s+Việt Nam(?=\s|$)")
_NOTE: Final = re.compile(r"\s*(?:\([^()]*\)|\[[^\]]{1,4}\])")
_MORE: Final = re.compile(
    r"[,;:/()–-]|\b(?:kiêm|là|phụ trách|đặc trách|chuyên trách|tại|cho|về|trước|sau|lần|khóa|thứ|hàm)\b", re.IGNORECASE
)
_OURS: Final = re.compile(r"\bViệt Nam\b|\btại\b", re.IGNORECASE)
_OF: Final = re.compile(r"\s+của\s+", re.IGNORECASE)
_SEAT_OF: Final = re.compile(r"(Đại biểu Quốc hội.*?)\s+(?:tỉnh|thành phố|TP\.?)\s.*", re.IGNORECASE)
_STATUS_WORD: Final = re.compile(r"(?:nguyên|cựu|quyền|q\.)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PostRead:
    """What a cell says: the posts, with no spans, and their bodies.

    `is_words`: kept as the words stand, the body unread. `left`: titles beside them that name no body, left out.
    """

    positions: tuple[Position, ...]
    organs: tuple[OrganRead, ...] = ()
    is_words: bool = False
    left: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def read_post(title: str, body: str | None = None, place: str | None = None) -> PostRead | None:
    """The posts of a title, its body in a cell of its own or in the same words; None where no post is named.

    A reading counts when it leaves no word over and finds the body of each post that has one. A title whose words are
    understood in part is kept as words, since what is left over may change the body. A title that names no body where
    it must is no post of anyone's: None.
    """
    joined = f"{title} {body}" if body else title
    whole = [read for words in dict.fromkeys((title, joined)) for read in _readings(words, place) if not read.rest]
    for read in sorted(
        whole, key=lambda read: len(read.bare)
    ):  # stable: the title alone before the title with the body
        if seated := tuple(post for post in read.mine if post not in read.bare):
            return PostRead(seated, read.organs, left=tuple(post.title for post in read.bare))
    if place is None and (named := _to_the_end(joined)):
        return named
    alone = _read(title, place)
    words = title if alone.organs else joined  # a title that names a body needs none of the other cell
    read = _read(words, place)
    if read.opening is None or not read.rest or _is_abroad(words):
        return None
    words = each_word(words) if is_capitals(words) else " ".join(words.split())
    post = replace(
        read.opening, title=_STATUS_WORD.sub("", words), organ=None, term=None, confidence="medium", spans=()
    )
    return PostRead((post,), (), is_words=True)


def _forms(words: str) -> Iterator[str]:
    """The words, and what they are without what a sentence would leave out: notes, the country, a delegate's seat."""
    yield words
    if is_capitals(words):
        yield each_word(words)
    bare = _NOTE.sub("", words)
    own = _COUNTRY.sub("", bare)
    for form in (bare, own, _OF.sub(" ", own), _SEAT_OF.sub(r"\1", own)):
        if form != words:
            yield form


@dataclass(frozen=True, slots=True)
class _Sentence:
    """Posts of the bearer, the post that opens the words whosever it is, bodies, and the words that are in no post."""

    mine: tuple[Position, ...]
    opening: Position | None
    organs: tuple[OrganRead, ...]
    rest: str

    @property
    def bare(self) -> tuple[Position, ...]:
        """Posts of which the words give no whole body ("Chánh Văn phòng") though they are of one."""
        whole = {organ.name for organ in self.organs}
        return tuple(post for post in self.mine if post.organ not in whole and not _has_no_body(post.title))


def _readings(words: str, place: str | None) -> Iterator[_Sentence]:
    return (_read(form, place) for form in _forms(words))


def _read(words: str, place: str | None) -> _Sentence:
    said = extract(Document("cell", _LEAD + words, place=place))
    posts = [(person.name == _BEARER, post) for person in said.persons for post in person.positions]
    mine = [post for is_mine, post in posts if is_mine]
    begins = len(_LEAD) + (match.end() if (match := _STATUS_WORD.match(words)) else 0)
    opening = next((post for _, post in posts if len(_LEAD) <= post.spans[0].start <= begins), None)
    over = list(words)
    for span in (span for post in mine for span in post.spans):
        for at in range(max(0, span.start - len(_LEAD)), span.end - len(_LEAD)):
            over[at] = " "
    rest = " ".join(word for word in key("".join(over)).split() if word not in _BETWEEN)
    return _Sentence(tuple(replace(post, spans=()) for post in mine), opening, said.organs, rest)


def _to_the_end(words: str) -> PostRead | None:
    """A title and a body that runs to the end of the cell, under the name that it has there; None for anything else.

    In a sentence nobody knows where a body that is in no list ends; a cell ends with it. Only where no place completes
    bodies: else bodies of two provinces could share the name.
    """
    said = each_word(words) if is_capitals(words) else words
    status = _STATUS_WORD.match(said)
    view = look(_NOTE.sub("", said[status.end() if status else 0 :]))
    title = title_at(view, 0) if len(view) else None
    if title is None or title.organ not in ("after", "noun:bộ", "noun:viện", "noun:cục") or title.end >= len(view):
        return None
    head = heads().longest(view, title.end)
    name = view.words(title.end, len(view))
    name = name[0].upper() + name[1:]
    if head is None or _MORE.search(name) or _is_abroad(name):
        return None
    opening = _read(words, None).opening
    if opening is None:
        return None
    organ = OrganRead(name, _kind(head[1].kind, title.title, name), None, ())
    post = replace(opening, title=title.title, organ=name, term=None, confidence="medium", spans=())
    return PostRead((post,), (organ,))


def _kind(of_head: str, title: str, name: str) -> str:
    """The kind that a head gives a body, where the head alone can tell: many begin with "Bộ", "Ủy ban", "Phòng"."""
    if of_head == "Ministry" and title not in ("Bộ trưởng", "Thứ trưởng"):
        return "Other"
    if of_head == "Division" or (of_head == "NationalAssemblyCommittee" and "Quốc hội" not in name):
        return "Other"
    return of_head


def _is_abroad(words: str) -> bool:
    """Whether the words name another country and neither ours nor a posting there."""
    view = look(words)
    named = any(countries().longest(view, at) for at in range(len(view)))
    return named and not _OURS.search(words)


def _has_no_body(title: str) -> bool:
    found = title_at(look(title), 0)
    return found is not None and found.organ == "none"
