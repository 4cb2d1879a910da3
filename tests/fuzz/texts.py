"""Whole reports: sentences of the word lists, samples of ours, and what typists, converters and foes do to them."""

import unicodedata
from collections.abc import Callable

from hypothesis import strategies as st

from kg.samples import sample_documents
from tests.fuzz import words

SAMPLES = [document.text for document in sample_documents()]

# What no keyboard of a clerk writes: invisible, combining, right-to-left and astral characters, digits of other
# scripts, figures that are no digits, case pairs of other lengths, line ends of all kinds, brackets and quotes alone.
ODD = [
    "\u0300", "\u0323", "\u0301\u0302\u0323", "\u200b", "\u200d", "\u200f", "\u202e", "\u2066", "\ufeff", "\u00ad",
    "\u00a0", "\u3000", "\u2028", "\u0085", "\x0b", "\x0c", "\r", "\t", "\x00", "\x1b", "😀", "👩\u200d⚖️", "🇻🇳",
    "\U0010ffff",
    "²", "①", "Ⅷ", "٣", "२०२२", "１２", "½", "ﬁ", "ß", "İ", "ı", "ŉ", "Ǆ", "ẞ", "Ð", "ð", "đ̣", "(", "((", ")", "[",
    "]", "[1]",
    "[img]", "{", "“", "”", '"', "'", "«", "‘", "’", "*", "_", "|", "&", "…", "..", "T.Ư", "A'", "H'", "'a'b'c", "/",
    "//", "-",
    "0", "00", "1" * 30, "9" * 5000, "A" * 300, "ạ" * 300, "A." * 40, "A-" * 40,
]  # fmt: skip

_sentences = st.one_of(
    st.builds("{} {}, {}, {} {}.".format, words.phrase, words.name, words.post, words.phrase, words.date),
    st.builds("{}, {} tổ chức {} tại {}.".format, words.date, words.organ, words.phrase, words.place),
    st.builds("{} {} {} {} {}.".format, words.post, words.name, words.phrase, words.frame, words.paper),
    st.builds("Các {}: {}, {}; {} {}.".format, words.rank, words.name, words.name, words.post, words.name),
    st.builds("{} {} {} giữ chức {} thay {}.".format, words.organ, words.phrase, words.name, words.post, words.name),
    st.builds("{} {} {}.".format, words.paper, words.phrase, words.paper),
    st.builds("Từ {} đến {}: {}, {}.".format, words.date, words.date, words.post, words.post),
    st.builds("TM. {}\n{}\n{}".format, words.organ.map(str.upper), words.rank.map(str.upper), words.name),
    st.builds(
        "{} {} ({} – {}), sinh {}, từ trần {}.".format,
        words.post,
        words.name,
        words.year,
        words.year,
        words.date,
        words.date,
    ),
    st.builds(
        "Nhiệm vụ trọng tâm {}: {} {}; {} {}.".format, words.date, words.task, words.organ, words.task, words.date
    ),
    st.builds("{}{} {} “{}”".format, st.sampled_from(words.LIST_HEADS), words.phrase, words.organ, words.paper),
)
pieces = st.one_of(
    words.name, words.post, words.organ, words.place, words.date, words.number, words.paper, words.phrase, words.frame,
    words.parting, st.sampled_from(words.LIST_HEADS), st.sampled_from(ODD), st.sampled_from(words.PARTING),
)  # fmt: skip
_soups = st.lists(pieces, min_size=1, max_size=24).map(" ".join) | st.lists(pieces, max_size=24).map("".join)
written = st.lists(_sentences | _soups, min_size=1, max_size=6).flatmap(
    lambda parts: st.sampled_from([" ", "\n", "\n\n", ""]).map(lambda join: join.join(parts))
)


def wrapped(text: str, width: int) -> str:
    """With line ends where a column of that width would put them, inside names too."""
    out, room = [], width
    for word in text.split(" "):
        out.append("\n" if len(word) > room else " ")
        room = (width if len(word) > room else room) - len(word) - 1
        out.append(word)
    return "".join(out[1:])


_whole: list[Callable[[str], str]] = [
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: unicodedata.normalize("NFKD", text),
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text.replace("Đ", "\u00d0"),
    lambda text: text.replace("\n", " "),
    lambda text: text.replace(". ", "."),
    lambda text: text.replace(" ", ""),
    lambda text: text.replace(",", ";"),
    lambda text: wrapped(text, 40),
    str.upper,
    str.lower,
    str.title,
    lambda text: text[::-1],
]
_cuts = st.tuples(st.floats(0, 1), st.integers(0, 60))
_inserted = st.one_of(
    st.sampled_from(ODD), pieces, st.characters(exclude_categories=["Cs"]), st.text('().,;:/-" \n', max_size=8)
)


@st.composite
def changed(draw: st.DrawFn, base: st.SearchStrategy[str]) -> str:
    """A text with a few places deleted, doubled, swapped, moved or written into, or changed as a whole."""
    text = draw(base)
    for deed in draw(
        st.lists(st.sampled_from(["drop", "double", "swap", "splice", "insert", "insert", "whole"]), max_size=5)
    ):
        share, length = draw(_cuts)
        at = int(share * len(text))
        before, piece, after = text[:at], text[at : at + length], text[at + length :]
        if deed == "drop":
            text = before + after
        elif deed == "double":
            text = before + piece * 2 + after
        elif deed == "swap":
            text = after + piece + before
        elif deed == "splice":
            other = draw(st.sampled_from(SAMPLES))
            start = int(draw(st.floats(0, 1)) * len(other))
            text = before + other[start : start + 5 * length] + after
        elif deed == "insert":
            text = before + draw(_inserted) + piece + after
        else:
            text = draw(st.sampled_from(_whole))(text)
    return text


@st.composite
def _excerpts(draw: st.DrawFn) -> str:
    """Some lines of a sample, its head often among them."""
    lines = draw(st.sampled_from(SAMPLES)).splitlines(keepends=True)
    start = draw(st.integers(0, len(lines) - 1)) * draw(st.integers(0, 1))
    return "".join(lines[start : start + draw(st.integers(1, 12))])


texts = changed(written) | changed(_excerpts())
published = st.none() | st.sampled_from(
    ["2022", "2022-04", "2022-04-05", "1946-03-02", "2025-07-01", "2024-02-29", "0001-01-01", "9999"]
)
places = st.none() | st.sampled_from(["Bắc Kạn", "Hà Nội", "huyện Chợ Đồn, tỉnh Bắc Kạn", "Nơi Không Có", ""])
