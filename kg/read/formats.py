"""Which format a file is of, and the module that reads it, loaded when the first such file comes."""

import importlib
import re
from typing import Final, Protocol, cast

from kg.errors import UnreadableInput
from kg.read.received import Received

MAX_FILE: Final = 200_000_000  # bytes of one PDF or Word file

# Endings, and the module of kg.read that takes the words out of such files.
READERS: Final = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "docx",
}  # fmt: skip
PLAIN: Final = (".txt", ".md")
_NAMES: Final = {"html": "a web page", "pdf": "a PDF", "docx": "a Word file", "doc": "a Word file of before 2007"}
_PAGE: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)


class _Reader(Protocol):
    def read(self, data: bytes) -> Received: ...


def kind_of(data: bytes) -> str | None:
    """ "html", "pdf", "docx" or "doc" by the first bytes of a file; None for anything else."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "doc"
    return "html" if _PAGE.match(data[:4096]) else None


def take_words(data: bytes, kind: str) -> Received:
    """The words of a file of a kind ("html", "pdf", "docx"); raises UnreadableInput."""
    if len(data) > MAX_FILE:
        raise UnreadableInput(f"The file has {len(data):,} bytes; one file may have {MAX_FILE:,}. Split it.")
    try:
        reader = cast(_Reader, importlib.import_module(f"kg.read.{kind}"))
    except ImportError as fault:
        raise UnreadableInput(
            f"Reading {_NAMES[kind]} needs a package that is missing ({fault.name or fault}); install 'bomay[formats]'."
        ) from fault
    return reader.read(data)


def kind_by_ending(ending: str, data: bytes) -> str | None:
    """The kind that an ending (".pdf") promises, None for plain text; raises UnreadableInput if the bytes belie it."""
    promised, found = READERS.get(ending), kind_of(data)
    if found == "doc":
        raise UnreadableInput("The file is of Word before 2007, or locked; open it in Word and save it as .docx.")
    if found == promised or (promised == "html" and found is None):  # pages may begin with anything
        return promised
    if found is None:
        raise UnreadableInput(f"The file ends in '{ending}' but is not {_NAMES[promised or 'html']}; rename it.")
    raise UnreadableInput(f"The file ends in '{ending}' but is {_NAMES[found]}; rename it to '.{found}'.")
