"""A text as the rules see it: folded for matching, cut into tokens, each place mapped back to the text as received."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.model.fold import accented_key
from kg.model.spans import Span

LOWER: Final = 0
TITLE: Final = 1
UPPER: Final = 2
NUMBER: Final = 3
MARK: Final = 4

# One for one, so that offsets stay: blanks of all kinds, dashes, the Icelandic eth for the Vietnamese đ, quotes.
_SAME_LENGTH: Final = str.maketrans(
    {
        "\r": " ", "\t": " ", "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u2003": " ", "\u2002": " ", "\u3000": " ",
        "\u2009": " ", "\u000b": " ", "\u000c": " ", "\u0085": "\n", "\u2028": "\n", "\u2029": "\n",
        "\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ",
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2018": "'", "\u2019": "'",
        "\u00b4": "'", "`": "'",
        "\u00ab": '"', "\u00bb": '"', "\u2026": "…",
    }
)  # fmt: skip
_DROPPED: Final = re.compile("[\u200b-\u200f\u00ad\u2060\ufeff]")
_COMBINING: Final = re.compile("[\u0300-\u036f]")
_MARKS: Final = "\u0300-\u036f"
_CAPITALS: Final = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_WORD: Final = rf"[^\W\d_]+(?:[{_MARKS}]+[^\W\d_]*)*"
_TOKEN: Final = re.compile(
    rf"(?:[{_CAPITALS}]{{1,5}}(?:\.[{_CAPITALS}]{{1,8}})+(?![^\W\d_])"  # T.Ư, UB.MTTQ, TP.HCM
    rf"|[{_CAPITALS}]{{1,6}}(?:(?:\s?&\s?|-)[{_CAPITALS}]{{1,6}}){{1,3}}(?![^\W\d_]))"  # NN-PTNT, GD&ĐT
    rf"|[{_CAPITALS}]'(?=\s?[{_CAPITALS}])"  # K' Rứ
    rf"|(?:{_WORD}(?:'{_WORD})*)"
    r"|(?:\[(?:\d{1,3}|img|sửa)\])|\d+|\n|[^\s\w*_]"
)
_SQUEEZED: Final = re.compile(r"[&\s-]")


@lru_cache(maxsize=1 << 16)
def word_key(word: str) -> str:
    """The form under which a word is looked up: lower case, tone placement and y/i made equal."""
    return accented_key(word)


@dataclass(frozen=True, slots=True)
class View:
    """Parallel lists over tokens, one entry a token. `hard[i]`: a line break that parts stands before token i."""

    text: str
    folded: str
    places: tuple[int, ...] | None
    starts: list[int]
    ends: list[int]
    keys: list[str]
    shapes: list[int]
    hard: list[bool]

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, start: int, end: int) -> Span:
        """The place in the unaltered text of folded code points [start, end)."""
        if self.places is None:
            return Span(start, end)
        last = self.places[end - 1] + 1
        while last < len(self.text) and (unicodedata.combining(self.text[last]) or _DROPPED.match(self.text[last])):
            last += 1
        return Span(self.places[start], last)

    def token_span(self, first: int, after: int) -> Span:
        """The place in the unaltered text of tokens [first, after)."""
        return self.span(self.starts[first], self.ends[after - 1])

    def words(self, first: int, after: int) -> str:
        """The folded words of tokens [first, after), blanks and line ends as one space."""
        return " ".join(self.folded[self.starts[first] : self.ends[after - 1]].replace("*", " ").split())

    def word(self, i: int) -> str:
        """The folded surface of one token."""
        return self.folded[self.starts[i] : self.ends[i]]

    def token_at(self, offset: int) -> int:
        """The index of the first token that ends after a folded offset."""
        low, high = 0, len(self.ends)
        while low < high:
            middle = (low + high) // 2
            if self.ends[middle] <= offset:
                low = middle + 1
            else:
                high = middle
        return low


_SKIPPED: Final = -1
_COLUMN: Final = 5  # blanks within a line that part two columns
_GAP: Final = " " * _COLUMN
_seen: dict[str, tuple[str, int]] = {}


def _classified(surface: str) -> tuple[str, int]:
    """The key and shape of a token's words, remembered; notes and line ends have no shape."""
    first = surface[0]
    if surface == "\n" or (first == "[" and len(surface) > 1):
        found = ("", _SKIPPED)
    elif surface.isascii() and first.isdigit():
        found = (surface, NUMBER)
    elif not first.isalpha():  # marks, and figures that are no number in a Vietnamese text: ², ①, ٣
        found = (surface, MARK)
    elif len(surface) > 1 and surface.isupper() and not surface.endswith("'"):
        found = (_SQUEEZED.sub("", accented_key(surface)), UPPER)
    else:
        found = (accented_key(surface), LOWER if first.islower() else TITLE)
    if len(_seen) < 1 << 17:
        _seen[surface] = found
    return found


def look(text: str) -> View:
    """Folds and cuts a text; linear in its length."""
    folded, places = _fold(text)
    wrapped = _wrapped_breaks(folded)
    starts: list[int] = []
    ends: list[int] = []
    keys: list[str] = []
    shapes: list[int] = []
    hard: list[bool] = []
    broken, columns, known = True, _GAP in folded, _seen.get
    for match in _TOKEN.finditer(folded):
        start, end = match.span()
        surface = folded[start:end]
        key, shape = known(surface) or _classified(surface)
        if shape < 0:
            broken = broken or surface == "[img]" or (surface == "\n" and start not in wrapped)
            continue
        if columns and ends and start - ends[-1] >= _COLUMN and not folded[ends[-1] : start].strip(" "):
            broken = True  # the next column of a letterhead or of a signature block
        starts.append(start)
        ends.append(end)
        keys.append(key)
        shapes.append(shape)
        hard.append(broken)
        broken = surface == "|"
    return View(text, folded, places, starts, ends, keys, shapes, hard)


def _fold(text: str) -> tuple[str, tuple[int, ...] | None]:
    """The text in NFC with blanks, dashes and Đ made equal; the map is None where offsets did not move."""
    if not _COMBINING.search(text) and not _DROPPED.search(text):
        return text.translate(_SAME_LENGTH), None
    folded: list[str] = []
    places: list[int] = []
    at, size = 0, len(text)
    while at < size:
        end = at + 1
        while end < size and unicodedata.combining(text[end]):
            end += 1
        if end > at + 1:
            piece = unicodedata.normalize("NFC", text[at:end])
            folded.append(piece)
            places.extend([at] * (len(piece) - 1) + [end - 1])
            if len(piece) > 1:
                places[-len(piece)] = at
            else:
                places[-1] = at
        elif not _DROPPED.match(text[at]):
            folded.append(text[at])
            places.append(at)
        at = end
    return "".join(folded).translate(_SAME_LENGTH), tuple(places)


def _wrapped_breaks(folded: str) -> frozenset[int]:
    """Offsets of the line ends that only wrap: the next word did not fit, or the next line goes on in lower case."""
    soft: list[int] = []
    block: list[tuple[int, str]] = []
    at = 0
    for line in folded.split("\n"):
        if line.strip():
            block.append((at, line))
        else:
            soft += _wraps(block)
            block = []
        at += len(line) + 1
    return frozenset(soft + _wraps(block))


_NUMBERED: Final = re.compile(r"\d{1,3}[.)] |[IVX]{1,4}\. ")
_PREAMBLE: Final = re.compile("(?:Căn cứ|Thực hiện|Theo|Xét) ")
_CONNECTING: Final = frozenset(("và", "của", "với", "tại", "các", "cho", "ở", "do", "theo", "là"))


def _wraps(block: list[tuple[int, str]]) -> list[int]:
    if len(block) < 2:
        return []
    lines = [line.strip(" *") for _, line in block]
    width = max(map(len, lines))
    columns = width <= 140 and len(block) > 2 and sum(len(line) > width - 12 for line in lines) >= 2
    out = []
    for i in range(len(block) - 1):
        start, raw = block[i]
        line, following = lines[i], lines[i + 1]
        if _GAP in line or _GAP in following or (line[-1:] == ";" and _PREAMBLE.match(following)):
            continue
        if not line or not following or line[-1] in ".!?:|" or following[0] in "-+•|#[" or _NUMBERED.match(following):
            continue
        fits_not = columns and len(line) + 1 + len(following.split(" ", 1)[0]) > width - 8
        if fits_not or (
            len(line) > 12 and (following[0].islower() or line[-1] in ",(-" or line.rsplit(" ", 1)[-1] in _CONNECTING)
        ):
            out.append(start + len(raw))
    return out
