"""PDF → its words, page after page, by pypdf (BSD licence, pure Python).

Chosen by measurement (`README.md` here): pdfminer.six parts the lines of widely set pages by empty lines, which
tears sentences; PyMuPDF is under the AGPL.
"""

import io
import logging
import re
import zlib
from typing import Any, Final

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

from kg.errors import UnreadableInput
from kg.read.decoding import MAX_TEXT
from kg.read.received import Received, checked, in_old_font, old_font, whole_characters

MAX_PAGES: Final = 5000
_SCAN: Final = 40  # letters a page: a scan may carry a stamp, a page of text has more
_OCR: Final = "run text recognition over it (ocrmypdf -l vie) and give the result"
_FILE_NAME: Final = re.compile(r"Microsoft (?:Office )?\w+ - |.*\.(?:docx?|pdf|rtf|odt|xlsx?)$", re.IGNORECASE)

# What pypdf lets through for files that break the specification, beside its own errors.
_FAULTS: Final = (
    PyPdfError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,  # recursion and what is not implemented are kinds of it
    EOFError,
    OSError,
    zlib.error,
)

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # its remarks on untidy files are not for our users


def read(data: bytes) -> Received:
    """The words of all pages, a line a line, pages parted by one line end; raises UnreadableInput.

    A file with an owner's password alone is read; one that asks for a password to be opened is not.
    """
    try:
        return _read(PdfReader(io.BytesIO(data)))
    except (DependencyError, LimitReachedError) as fault:
        if isinstance(fault, DependencyError):
            raise _locked() from fault
        raise UnreadableInput("The PDF unpacks to more than is allowed; split it, or check who made it.") from fault
    except _FAULTS as fault:
        raise UnreadableInput("The PDF is broken; open it in a viewer and print it to a new PDF.") from fault


def _read(reader: PdfReader) -> Received:
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise _locked()
    if len(reader.pages) > MAX_PAGES:
        raise UnreadableInput(f"The PDF has {len(reader.pages):,} pages; one may have {MAX_PAGES:,}. Split it.")
    pages: list[str] = []
    fonts: set[str] = set()
    size, has_pictures = 0, False
    for page in reader.pages:
        words = whole_characters(page.extract_text()).strip("\n")
        size += len(words)
        if size > MAX_TEXT:
            raise UnreadableInput(f"The PDF has more than {MAX_TEXT:,} letters; split it.")
        pages.append(words)
        resources = _resolved(page.get("/Resources"))
        fonts |= {str(_resolved(font).get("/BaseFont", "")) for font in _resolved(resources.get("/Font")).values()}
        pictures = _resolved(resources.get("/XObject")).values()
        has_pictures = has_pictures or any(_resolved(one).get("/Subtype") == "/Image" for one in pictures)
    letters = sum(ch.isalnum() for words in pages for ch in words)
    if has_pictures and letters < _SCAN * len(pages):
        raise UnreadableInput(f"The PDF holds pictures of pages (a scan), not their words; {_OCR}.")
    font = old_font(fonts)
    if font:
        raise in_old_font("PDF", font)
    return Received(checked("\n".join(pages).strip("\n"), "PDF", _OCR), title=_title(reader))


def _resolved(value: Any) -> Any:  # noqa: ANN401  pypdf's objects are dictionaries behind references, if the file is sound
    """The dictionary that a reference leads to; an empty one for none."""
    return value.get_object() if value is not None else {}


def _title(reader: PdfReader) -> str | None:
    """The title of the document's information, unless it is the name of the file that it was printed from."""
    stated = reader.metadata.title if reader.metadata else None
    words = " ".join(whole_characters(str(stated or "")).split())
    return words if words and not _FILE_NAME.match(words) else None


def _locked() -> UnreadableInput:
    return UnreadableInput("The PDF is locked with a password; save a copy without one and give that.")
