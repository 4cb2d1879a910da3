"""Terms as the rows of a form, and back.

A row stands for one term only, and a browser sends it back as it was given: a term of which that is not sure has no
row, and the form leaves it as it is.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.model import fold
from kg.model.graph import Term
from kg.namespaces import PREFIXES, curie, iri
from server.editing.fields import DATE, Field, Widget

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_TONGUE: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")  # BCP 47, as far as RDF asks for it
_NAMED: Final = re.compile(r"(?s)(?:.*\s)?\[([^\[\]\s]+)\]\s*")
_ALTERED: Final = re.compile("[\0\r\ufffe\uffff]")  # what HTML or a browser does not hand on as it is
_NUMBERS: Final = {
    iri("xsd:integer"): re.compile(r"[+-]?\d{1,18}"),
    iri("xsd:decimal"): re.compile(r"[+-]?(\d{1,18}(\.\d{0,18})?|\.\d{1,18})"),
    iri("xsd:gYear"): re.compile(r"\d{4}"),
    iri("xsd:dateTime"): re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?"),
}
TRUTHS: Final = ("true", "false")
LANGUAGES: Final = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a field; `language` is empty but for words that have one."""

    text: str = ""
    language: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written in it."""
        return not self.text.strip()


def row_of(field: Field, term: Term, named: Callable[[NamedNode], str]) -> Row | None:
    """The row of a term; `named` tells what a node is called. None for one that a form could not give back."""
    if field.widget in (Widget.NODE, Widget.CODE):
        if not isinstance(term, NamedNode):
            return None
        shown = f"{named(term)} [{curie(term)}]" if field.widget == Widget.NODE else curie(term)
        return Row(shown) if node_in(shown) == term else None
    if not isinstance(term, Literal) or term.datatype != field.datatype or _ALTERED.search(term.value):
        return None
    if not term.value.strip() or (field.widget != Widget.SPOKEN and term_of(field, Row(term.value)) is None):
        return None
    return Row(term.value, term.language or "")


def term_of(field: Field, row: Row) -> Term | None:
    """The term that a row says; None for one that says none. Words are put into NFC."""
    text = fold.composed(row.text).strip()
    if _ALTERED.search(text):
        return None
    match field.widget:
        case Widget.NODE:
            return node_in(text)
        case Widget.CODE:
            node = node_in(text)
            return node if node is not None and node.value.startswith(PREFIXES[field.scheme]) else None
        case Widget.SPOKEN:
            return Literal(text, language=row.language) if _TONGUE.fullmatch(row.language) else None
        case Widget.DATE:
            return Literal(text, datatype=DATE) if _is_day(text) else None
        case Widget.BOOLEAN:
            return Literal(text, datatype=field.datatype) if text in TRUTHS else None
    known = _NUMBERS.get(field.datatype)
    if known is not None and not known.fullmatch(text):
        return None
    return Literal(text, datatype=field.datatype)


def node_in(text: str) -> NamedNode | None:
    """The node that a text names: by `[kind:slug]` at its end, or as a whole by that or by its IRI."""
    bracketed = _NAMED.fullmatch(text)
    name = bracketed[1] if bracketed else text.strip()
    prefix, _, local = name.partition(":")
    try:
        if prefix in PREFIXES and local and not local.startswith("//"):
            return iri(name)
        return NamedNode(name) if prefix in ("http", "https", "urn") else None
    except ValueError:
        return None


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text)) and dt.date.fromisoformat(text) is not None
    except ValueError:
        return False
