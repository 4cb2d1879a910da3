"""The "# name = value" lines that some corpora put before a text. They stay part of the text."""

import re
from dataclasses import dataclass

from kg.model.dates import PartialDate

_LINE = re.compile(r"#[ \t]*(\w{1,20})[ \t]*[=:][ \t]*(\S[^\r\n]*)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True)
class Header:
    """What the lines say; `end` is where the text proper begins, in code points."""

    end: int = 0
    doc_id: str | None = None
    url: str | None = None
    date: str | None = None


def read_header(text: str) -> Header:
    """The header of a text; an empty one where it has none or its date is no date."""
    fields: dict[str, str] = {}
    at = 1 if text.startswith("\ufeff") else 0
    while match := _LINE.match(text, at):
        fields.setdefault(match[1].lower(), match[2].strip())
        at = match.end()
        while at < len(text) and text[at] in "\r\n":
            at += 1
    return Header(at if fields else 0, fields.get("doc_id"), fields.get("url"), _date(fields.get("date", "")))


def _date(value: str) -> str | None:
    compact = _COMPACT.fullmatch(value)
    try:
        return str(PartialDate.parse("-".join(compact.groups()) if compact else value[:10]))
    except ValueError:
        return None
