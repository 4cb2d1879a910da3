"""Files, folders, globs and standard input → documents, one bad file never stopping the others."""

import glob
import io
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from kg.errors import UnreadableInput
from kg.model.dates import PartialDate
from kg.model.documents import Document
from kg.read.decoding import MAX_TEXT, decode
from kg.read.formats import MAX_FILE, PLAIN, READERS, kind_by_ending, kind_of, take_words
from kg.read.header import read_header

TEXT_ENDINGS: Final = (*PLAIN, ".jsonl", *READERS)
INPUT_FORMATS: Final = ("txt", "jsonl", "html", "pdf", "docx")
_PACKED: Final = ("pdf", "docx")
_TABLES: Final = (".csv", ".tsv", ".json")
SIDECAR: Final = ".meta.json"  # beside a text: its id, title, published, place, publisher and url


@dataclass(frozen=True, slots=True)
class BadDocument:
    """One input that could not be read: its name and, in one sentence, why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Context:
    published: str | None
    place: str | None
    publisher: str | None
    form: str | None = None


def read_documents(
    paths: Iterable[str | Path],
    *,
    published: str | None = None,
    place: str | None = None,
    publisher: str | None = None,
    input_format: str | None = None,
) -> Iterator[Document | BadDocument]:
    """Documents of .txt, .md, .jsonl, .html, .pdf and .docx files, of folders and globs of them, and of standard input.

    The keywords fill in what a document does not say of itself; `input_format` (of INPUT_FORMATS) is what all files
    are, whatever their names end in, else the ending says, and of "-" its first bytes. Raises UnreadableInput at once
    for a path that is not there, a folder or glob without texts, and a `published` that is no date; all else is a
    BadDocument in its turn.
    """
    if published is not None:
        try:
            PartialDate.parse(published)
        except ValueError as fault:
            raise UnreadableInput(str(fault)) from fault
    found = [file for path in paths for file in _expand(str(path))]
    return _read_all(found, _Context(published, place, publisher, input_format))


def read_bytes(
    data: bytes,
    name: str,
    *,
    published: str | None = None,
    place: str | None = None,
    publisher: str | None = None,
    input_format: str | None = None,
) -> Document:
    """The document that bytes are, of the format given (of INPUT_FORMATS but jsonl), else by their first bytes.

    The other keywords are as for `read_documents`. Raises UnreadableInput.
    """
    kind = input_format or kind_of(data)
    if kind == "doc":
        raise UnreadableInput("The file is of Word before 2007, or locked; open it in Word and save it as .docx.")
    context = _Context(published, place, publisher)
    return _received(_shown(name), data, kind if kind in READERS.values() else None, context)


def _expand(path: str) -> list[str]:
    if path == "-":
        return [path]
    if path.endswith(SIDECAR):
        return []  # it goes with its text
    here = Path(path)
    if here.is_dir():
        inside = sorted(str(f) for f in here.rglob("*") if f.suffix.lower() in TEXT_ENDINGS and _is_file(f))
        if not inside:
            raise UnreadableInput(f"The folder '{path}' has no text in it; texts end in {', '.join(TEXT_ENDINGS)}.")
        return inside
    if here.exists():
        return [path]
    matches = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []  # noqa: PTH207  # absolute globs too
    matches = [match for match in matches if Path(match).is_file() and not match.endswith(SIDECAR)]
    if not matches:
        raise UnreadableInput(f"There is no file '{path}'; check the path.")
    return matches


def _read_all(files: list[str], context: _Context) -> Iterator[Document | BadDocument]:
    for name in files:
        try:
            if name == "-":
                yield from _read_stream(sys.stdin.buffer.read(), context)
            elif context.form == "jsonl" or (context.form is None and name.lower().endswith(".jsonl")):
                with Path(name).open("rb") as lines:
                    yield from _read_lines(name, lines, context)
            else:
                yield _read_text(name, context)
        except UnreadableInput as fault:
            yield BadDocument(_shown(name), str(fault))
        except OSError as fault:
            yield BadDocument(_shown(name), f"The file cannot be opened: {fault.strerror or fault}.")


def _read_stream(data: bytes, context: _Context) -> Iterator[Document | BadDocument]:
    kind = context.form or kind_of(data)
    if kind == "jsonl" or (kind is None and data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")):
        yield from _read_lines("-", io.BytesIO(data), context)
    else:
        about = {"published": context.published, "place": context.place, "publisher": context.publisher}
        yield read_bytes(data, "stdin", **about, input_format=kind)


def _read_text(name: str, context: _Context) -> Document:
    path = Path(name)
    ending = path.suffix.lower()
    if context.form is None and ending in _TABLES:
        raise UnreadableInput(
            "This is a table, not a text; if it holds posts, 'kg import FILE --mapping FILE' takes it."
        )
    if context.form is None and ending not in TEXT_ENDINGS:
        raise UnreadableInput(
            f"Files ending in '{path.suffix}' cannot be read; give {', '.join(TEXT_ENDINGS)} or '-' for a stream."
        )
    size, limit = path.stat().st_size, MAX_FILE if (context.form or READERS.get(ending)) in _PACKED else MAX_TEXT
    if size > limit:
        raise UnreadableInput(f"The file has {size:,} bytes; one text may have {limit:,}. Split it.")
    data = path.read_bytes()
    kind = kind_by_ending(ending, data) if context.form is None else context.form
    document = _received(_shown(path.stem), data, kind if kind in READERS.values() else None, context)
    about = path.with_suffix(SIDECAR)
    return _told(document, _object(decode(about.read_bytes()))) if about.is_file() else document


def _received(name: str, data: bytes, kind: str | None, context: _Context) -> Document:
    """The document of a file's bytes: their text as it stands, or the words that a format's reader takes out."""
    if kind is None:
        return _document(name, decode(data), context)
    said = take_words(data, kind)
    return Document(
        id=name,
        text=said.text,
        title=said.title,
        published=said.published or context.published,
        place=context.place,
        publisher=said.publisher or context.publisher,
        url=said.url,
    )


def _document(name: str, text: str, context: _Context) -> Document:
    header = read_header(text)
    return Document(
        id=name,
        text=text,
        published=header.date or context.published,
        place=context.place,
        publisher=context.publisher,
        url=header.url,
    )


def _read_lines(name: str, lines: Iterable[bytes], context: _Context) -> Iterator[Document | BadDocument]:
    """A corpus, one JSON object a line; a bad line is one bad document."""
    some, shown = False, _shown(name)
    for number, line in enumerate(lines, 1):
        if not line.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        some = True
        try:
            yield _from_json(f"{shown}:{number}", decode(line), context)
        except UnreadableInput as fault:
            yield BadDocument(f"{shown}:{number}", str(fault))
    if not some:
        yield BadDocument(shown, "The file is empty; give one JSON object a line with at least a text.")


def _from_json(name: str, line: str, context: _Context) -> Document:
    row = _object(line)
    if not isinstance(row.get("text"), str) or not row["text"].strip():
        raise UnreadableInput("The line has no text; write an object with at least a 'text'.")
    if not _is_unicode(row["text"]):
        raise UnreadableInput("The text has half a character in it (a lone surrogate); write it whole.")
    return _told(_document(row.get("id") or name, row["text"], context), row)


def _object(text: str) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise UnreadableInput(f"This is no JSON: {fault}.") from fault
    if not isinstance(row, dict):
        raise UnreadableInput("This is no JSON object; write one with at least a 'text'.")
    return row


def _told(document: Document, row: dict[str, Any]) -> Document:
    """The document with what its row or sidecar says of it; raises UnreadableInput for a field that is no string."""
    fields = {k: row.get(k) for k in ("id", "title", "published", "place", "publisher", "url")}
    wrong = [k for k, v in fields.items() if v is not None and not isinstance(v, str)]
    if wrong:
        raise UnreadableInput(f"The field '{wrong[0]}' is no string.")
    halved = [k for k, v in fields.items() if v is not None and not _is_unicode(v)]
    if halved:
        raise UnreadableInput(f"The field '{halved[0]}' has half a character in it (a lone surrogate); write it whole.")
    said = {k: v for k, v in fields.items() if v}
    if "published" in said:
        said["published"] = _day(said["published"])
    return replace(document, **said)


def _is_file(path: Path) -> bool:
    """Whether it is a file; one that may not be looked at counts, so that reading it names what is wrong."""
    try:
        return path.is_file()
    except PermissionError:
        return True


def _is_unicode(text: str) -> bool:
    """Whether it can be written as UTF-8: JSON escapes and undecodable file names may hold lone surrogates."""
    return not any("\ud800" <= ch <= "\udfff" for ch in text)


def _shown(name: str) -> str:
    """A file's name on one line of valid text."""
    return " ".join(name.encode("utf-8", "replace").decode().split())


def _day(value: str) -> str:
    """The date of a date or a time stamp; raises UnreadableInput."""
    try:
        return str(PartialDate.parse(value.split("T")[0].split(" ")[0]))
    except ValueError as fault:
        raise UnreadableInput(f"The field 'published' cannot be read: {str(fault).rstrip('.')}.") from fault
