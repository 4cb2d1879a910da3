"""Word files (Office Open XML, ECMA-376) → their words.

Read by the standard library alone: `python-docx` leaves out what was inserted under revision and what stands in content
controls, both common in official papers. Of the package only two parts are opened, each with a bound, and a part with a
document type, through which XML reaches out or blows up, is refused (ECMA-376 part 2 forbids it).
"""

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import Final
from xml.parsers import expat

from kg.errors import UnreadableInput
from kg.read.decoding import MAX_TEXT
from kg.read.received import Received, checked, in_old_font, old_font

MAX_PART: Final = 10 * MAX_TEXT  # bytes of the main part when unpacked; it is read piece by piece
_MAX_PROPERTIES: Final = 1_000_000
_PIECE: Final = 1 << 16
_WORD: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
_LEFT_OUT: Final = frozenset(("del", "moveFrom", "rPrChange", "pPrChange"))
_FALLBACK: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_TITLE: Final = "http://purl.org/dc/elements/1.1/ title"
_MARKS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read(data: bytes) -> Received:
    """The words of the body in reading order: a line a paragraph, cells of a row parted by " | ".

    Deleted revisions, notes, headers and footers are left out. Raises UnreadableInput.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            body = _Body()
            _parse(package, "word/document.xml", MAX_PART, body.start, body.end, body.words)
            title = _title(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError) as fault:
        # what zipfile raises for archives that are cut, locked, packed in unknown ways, or lie about themselves
        raise UnreadableInput("The Word file is broken; open it in Word and save it again as .docx.") from fault
    font = old_font(body.fonts)
    if font:
        raise in_old_font("Word file", font)
    text = checked(body.text(), "Word file", "save the document with its text as .docx")
    return Received(text, title=title)


class _Body:
    """Gathers words from the events of the main part."""

    def __init__(self) -> None:
        self.fonts: set[str] = set()
        self._blocks: list[list[list[str]]] = [[[""]]]  # tables within tables: cells of the row at hand, each of lines
        self._out: list[str] = []
        self._silent = 0
        self._in_text = False
        self._size = 0
        self._run_fonts: set[str] = set()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if self._silent or name in _LEFT_OUT or tag == _FALLBACK:
            self._silent += 1
        elif name == "t":
            self._in_text = True
        elif name in _MARKS:
            self._add(_MARKS[name])
        elif name == "r":
            self._run_fonts = set()
        elif name == "rFonts":
            self._run_fonts = {value for key, value in attributes.items() if _local(key) in ("ascii", "hAnsi")}
        elif name == "tr":
            self._blocks.append([])
        elif name == "tc":
            self._blocks[-1].append([""])

    def end(self, tag: str) -> None:
        name = _local(tag)
        if self._silent:
            self._silent -= 1
        elif name == "t":
            self._in_text = False
        elif name == "p":
            self._cell().append("")
        elif name == "tr" and len(self._blocks) > 1:
            row = [_stripped(cell) for cell in self._blocks.pop()]
            if all(len(cell) <= 1 for cell in row):
                lines = [" | ".join("".join(cell) for cell in row)]
            else:  # a letterhead or a signature: each cell is a block of lines
                lines = [line for cell in row for line in cell]
            self._cell()[-1:] = [*lines, ""]

    def words(self, data: str) -> None:
        if self._in_text and not self._silent:
            self.fonts |= self._run_fonts
            self._add(data)

    def text(self) -> str:
        return "\n".join(line for cell in self._blocks[0] for line in cell).strip("\n")

    def _add(self, words: str) -> None:
        self._size += len(words)
        if self._size > MAX_TEXT:
            raise UnreadableInput(f"The Word file has more than {MAX_TEXT:,} letters; split it.")
        self._cell()[-1] += words

    def _cell(self) -> list[str]:
        if not self._blocks[-1]:
            self._blocks[-1].append([""])
        return self._blocks[-1][-1]


def _stripped(cell: list[str]) -> list[str]:
    """A cell without the empty lines around it."""
    lines = "\n".join(cell).strip("\n").split("\n")
    return lines if lines != [""] else []


def _local(tag: str) -> str:
    """The local name of a tag of WordprocessingML, else the tag with its namespace."""
    return next((tag.removeprefix(space) for space in _WORD if tag.startswith(space)), tag)


def _title(package: zipfile.ZipFile) -> str | None:
    """The title among the core properties, where the package has them."""
    found: list[str] = []
    inside = [False]

    def start(tag: str, _: dict[str, str]) -> None:
        inside[0] = tag == _TITLE

    def end(_: str) -> None:
        inside[0] = False

    def words(data: str) -> None:
        if inside[0]:
            found.append(data)

    if "docProps/core.xml" in package.namelist():
        _parse(package, "docProps/core.xml", _MAX_PROPERTIES, start, end, words)
    return " ".join("".join(found).split()) or None


def _parse(
    package: zipfile.ZipFile,
    name: str,
    limit: int,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    words: Callable[[str], None],
) -> None:
    """Runs the handlers over one part of a package; raises UnreadableInput for what is missing, too big or no XML."""
    try:
        part = package.getinfo(name)
    except KeyError as fault:
        raise UnreadableInput("This is no Word file, though it is packed like one; save it as .docx.") from fault
    if part.file_size > limit:
        raise UnreadableInput(
            f"The Word file unpacks to {part.file_size:,} bytes; {limit:,} are allowed. Split it, or check who made it."
        )
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, words
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        with package.open(part) as stream:
            while piece := stream.read(_PIECE):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
    except expat.ExpatError as fault:
        raise UnreadableInput("The Word file is broken; open it in Word and save it again as .docx.") from fault


def _refuse_doctype(*_: object) -> None:
    raise UnreadableInput("The Word file declares a document type, which none may have; save it again as .docx.")
