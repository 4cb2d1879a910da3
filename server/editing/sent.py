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
from server import urls
from server.contexts import Link
from server.editing.fields import Field, Widget
from server.editing.opened import Opened
from server.editing.values import Row, node_in, row_of, term_of
from server.forms import FORM
from server.service import service
from server.wording import say

_TONGUE: Final = "@"
_OFFERED: Final = 6


@dataclass(frozen=True, slots=True)
class Sent:
    """`rows` by the name of the field, of those that were sent; `more` names the field that wants another row.

    It `is_picked` when somebody who may be meant by a name was chosen, which stands in its row already.
    """

    rows: Mapping[str, tuple[Row, ...]]
    base: str = ""
    mark: str = ""
    reason: str = ""
    source: str = ""
    quote: str = ""
    more: str = ""
    accepts_warnings: bool = False
    is_picked: bool = False

    @property
    def is_unfinished(self) -> bool:
        """Whether the form is asked for anew, not to be saved."""
        return bool(self.more) or self.is_picked


@dataclass(frozen=True, slots=True)
class Said:
    """What the rows say: terms by field, what cannot be read, and who may be meant by a name that is not enough."""

    terms: Mapping[str, frozenset[Term]]
    faults: tuple[Finding, ...]
    offers: Mapping[str, tuple[Link, ...]]


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
    name, _, offer = form.get("pick", "").partition(" ")
    is_picked = bool(offer) and name in rows
    if is_picked:
        rows[name] = _picked(rows[name], offer)
    return Sent(rows, **said, accepts_warnings=form.get("warnings") == "accept", is_picked=is_picked)


def said_by(opened: Opened, sent: Sent, base: Mapping[str, frozenset[Term]]) -> Said:
    """The terms of the rows; a row that stands as it was opened says what it said then."""
    terms: dict[str, frozenset[Term]] = {}
    faults: list[Finding] = []
    offers: dict[str, tuple[Link, ...]] = {}
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
                term, near = _found(field, row.text)
                offers[field.name] = (*offers.get(field.name, ()), *near)
            if term is None:
                faults.append(_fault(opened.node, field, row, is_offered=bool(offers.get(field.name))))
            else:
                said.add(term)
        terms[field.name] = frozenset(said)
    return Said(terms, tuple(faults), offers)


def shown(label: str, node: str) -> str:
    """How a form writes a node."""
    return f"{' '.join(label.split())} [{curie(node)}]"


def _picked(rows: tuple[Row, ...], offer: str) -> tuple[Row, ...]:
    """The rows with the offer in the place of the first name that is not enough."""
    at = next((at for at, row in enumerate(rows) if not row.is_blank and node_in(row.text) is None), len(rows))
    return (*rows[:at], Row(offer), *rows[at + 1 :])


def _found(field: Field, text: str) -> tuple[NamedNode | None, tuple[Link, ...]]:
    """The one node that is called so, else those that may be meant."""
    hits = service().index().find(text, field.kind or None, _OFFERED)
    called = [hit for hit in hits if key(hit.label) == key(text)]
    if len(called) == 1:
        return NamedNode(called[0].iri), ()
    return None, tuple(Link(shown(hit.label, hit.iri), urls.link(hit.iri), hit.note) for hit in hits)


def _fault(node: NamedNode, field: Field, row: Row, *, is_offered: bool) -> Finding:
    said = field.message
    if field.widget == Widget.NODE:
        which = "edit.which" if is_offered else "edit.nobody"
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
