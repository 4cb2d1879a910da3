"""A form as it was sent: its rows, and the terms that they say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import request
from pyoxigraph import NamedNode
from werkzeug.exceptions import UnsupportedMediaType

from kg.model.fold import key
from kg.model.graph import Term
from kg.namespaces import curie
from kg.validate import Finding
from server.editing.fields import Field, Widget
from server.editing.opened import Opened
from server.editing.values import Row, row_of, term_of
from server.forms import FORM
from server.service import service
from server.wording import say

_TONGUE: Final = "@"
_OFFERED: Final = 6


@dataclass(frozen=True, slots=True)
class Sent:
    """`rows` by the name of the field, of those that were sent; `more` names the field that wants another row."""

    rows: Mapping[str, tuple[Row, ...]]
    base: str = ""
    mark: str = ""
    reason: str = ""
    source: str = ""
    quote: str = ""
    more: str = ""
    accepts_warnings: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What the rows say: terms by field, what cannot be read, and who may be meant by a name that is not enough."""

    terms: Mapping[str, frozenset[Term]]
    faults: tuple[Finding, ...]
    offers: Mapping[str, tuple[str, ...]]


def sent_form(fields: Sequence[Field]) -> Sent:
    """The form of this request. Raises UnsupportedMediaType."""
    if request.mimetype != FORM:
        raise UnsupportedMediaType(FORM)
    form = request.form
    rows: dict[str, tuple[Row, ...]] = {}
    for field in fields:
        texts, tongues = form.getlist(field.name), form.getlist(field.name + _TONGUE)
        if texts:
            tongues += [""] * (len(texts) - len(tongues))
            rows[field.name] = tuple(
                Row(text.replace("\r\n", "\n"), tongue if field.widget == Widget.SPOKEN else "")
                for text, tongue in zip(texts, tongues, strict=False)
            )
    said = {name: form.get(name, "") for name in ("base", "mark", "reason", "source", "quote", "more")}
    return Sent(rows, **said, accepts_warnings=form.get("warnings") == "accept")


def said_by(opened: Opened, sent: Sent, base: Mapping[str, frozenset[Term]]) -> Said:
    """The terms of the rows; a row that stands as it was opened says what it said then."""
    terms: dict[str, frozenset[Term]] = {}
    faults: list[Finding] = []
    offers: dict[str, tuple[str, ...]] = {}
    for field in opened.fields:
        if field.name not in sent.rows:
            continue
        known = {row_of(field, term, curie): term for term in base[field.name]}
        said: set[Term] = set()
        for row in sent.rows[field.name]:
            if row.is_blank:
                continue
            term = known.get(row) or term_of(field, row)
            if term is None and field.widget == Widget.NODE:
                term, offers[field.name] = _found(field, row.text)
            if term is None:
                faults.append(_fault(opened.node, field, row, offers.get(field.name, ())))
            else:
                said.add(term)
        terms[field.name] = frozenset(said)
    return Said(terms, tuple(faults), offers)


def shown(label: str, node: str) -> str:
    """How a form writes a node."""
    return f"{' '.join(label.split())} [{curie(node)}]"


def _found(field: Field, text: str) -> tuple[NamedNode | None, tuple[str, ...]]:
    """The one node that is called so, else those that may be meant."""
    hits = service().index().find(text, field.kind or None, _OFFERED)
    called = [hit for hit in hits if key(hit.label) == key(text)]
    if len(called) == 1:
        return NamedNode(called[0].iri), ()
    return None, tuple(shown(hit.label, hit.iri) for hit in hits)


def _fault(node: NamedNode, field: Field, row: Row, offers: tuple[str, ...]) -> Finding:
    said = field.message
    if field.widget == Widget.NODE:
        which = "edit.which" if offers else "edit.nobody"
        said = {tongue: say(tongue, which, name=row.text.strip()[:80]) for tongue in ("vi", "en")}
    return Finding(
        severity="Violation",
        shape=field.shape.value,
        focus=node.value,
        path=curie(field.path),
        value=row.text,
        message_vi=said.get("vi", ""),
        message_en=said.get("en", ""),
    )
