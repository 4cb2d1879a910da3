"""What a file of some format gives: its words, and what it states about itself."""

from dataclasses import dataclass

from kg.errors import UnreadableInput
from kg.read.decoding import CONTROLS, MAX_TEXT


@dataclass(frozen=True, slots=True)
class Received:
    """The text taken from a file, which evidence points into, and what the file states; None where it is silent.

    `published` is an EDTF date of level 0. Nothing here is guessed from the words of the text.
    """

    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None


def whole_characters(text: str) -> str:
    """The text with surrogate pairs joined and lone halves as U+FFFD: what a file maps its letters to may be broken."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def checked(text: str, what: str, advice: str) -> str:
    """The text itself; raises UnreadableInput for one without words, of control characters, or too long."""
    if len(text) > MAX_TEXT:
        raise UnreadableInput(f"The text of the {what} has {len(text):,} letters; one text may have {MAX_TEXT:,}.")
    if not any(ch.isalnum() for ch in text):
        raise UnreadableInput(f"The {what} has no words in it; {advice}.")
    if len(CONTROLS.findall(text)) > len(text) / 1000:
        raise UnreadableInput(f"The letters of the {what} have no Unicode meaning (its fonts hide it); {advice}.")
    return text


def old_font(names: set[str]) -> str | None:
    """The first font of the pre-Unicode Vietnamese encodings (TCVN3 ".VnTime", VNI "VNI-Times") among these."""
    bare = sorted(name.rpartition("+")[2].lstrip("/") for name in names)
    return next((name for name in bare if name.lower().startswith((".vn", "vni-", "vni "))), None)


def in_old_font(what: str, font: str) -> UnreadableInput:
    """The error for letters that mean others than they say."""
    return UnreadableInput(
        f"The {what} is written in the old font '{font}', whose letters are not Unicode; convert it to Unicode first."
    )
