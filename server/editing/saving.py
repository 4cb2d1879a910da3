"""From a form that was sent to the change that it makes, which goes through the one door like any other."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from pyoxigraph import NamedNode, Quad

from kg.model import fold
from kg.model.changes import ChangeSet
from kg.model.graph import Reader, Term
from kg.namespaces import curie
from kg.store import Receipt, Refused, StaleValidation
from kg.validate import Finding, Report
from server.editing.citing import cited, quoted
from server.editing.creating import completed, minted, new_quads
from server.editing.merging import Merged, merged
from server.editing.opened import Opened, base_terms, blank, opened
from server.editing.sent import Said, Sent, said_by
from server.service import service
from server.wording import say

UNNAMED: Final = NamedNode("urn:new")
"""What a new thing is called before it can be named."""


class Changed(StaleValidation):
    """A form on which somebody else was faster: `merged` has both changes, `now` the thing as it is."""

    def __init__(self, now: Opened, merging: Merged) -> None:
        made = "; ".join(f"{name}: {_told(now.values[name])}" for name in merging.clashes)
        super().__init__(f"{curie(now.node)} was changed by somebody else meanwhile. Now it has {made}.")
        self.now = now
        self.merged = merging


class Unread(Refused):
    """Rows that say nothing that can be read; `offers` are who may be meant, by field."""

    def __init__(self, said: Said) -> None:
        super().__init__(Report.of(said.faults))
        self.offers = said.offers


def save(node: NamedNode, sent: Sent, agent: NamedNode) -> Receipt | None:
    """Stores what a form changes of a thing; None where it changes nothing. Raises like `edited`, and Refused."""
    with service().graph.stage() as stage:  # nobody changes it between reading and writing
        change = edited(stage.reader, node, sent, agent)
        if change.is_empty:
            return None
        stage.add(change)
        return stage.commit(accept_warnings=sent.accepts_warnings)[0]


def edited(reader: Reader, node: NamedNode, sent: Sent, agent: NamedNode) -> ChangeSet:
    """What a form changes of a thing.

    Raises NotFound, BadRequest for a form without what it was opened with, Unread, Changed, and Refused for a basis
    that is none.
    """
    change = _change(reader, node, sent, agent)
    if change.is_empty:
        return change
    _require_reason(sent, node)
    return _with_basis(reader, change, node, sent)


def created(kind: str, sent: Sent, agent: NamedNode) -> tuple[NamedNode, ChangeSet]:
    """A new thing under an IRI that is minted for it; raises like `edited`, Refused where it is there already."""
    with service().graph.reader() as reader:
        empty = blank(reader, kind, UNNAMED)
        said = _said(empty, sent, empty.values)
        terms = completed(reader, kind, empty.fields, {**empty.values, **said.terms})
        node = minted(reader, kind, empty.fields, terms, sent.mark)
        made = replace(empty, node=node, values=terms)
        if any(True for _ in reader.quads(node)):
            raise refusal(node, "edit.exists", curie(node))
        quads = {Quad(node, field.path, term) for field in made.fields for term in terms[field.name]}
        change = ChangeSet(frozenset(quads) | new_quads(reader, kind, made, agent), frozenset(), agent, _words(sent))
        _require_reason(sent, node)
        return node, _with_basis(reader, change, node, sent)


def refusal(node: NamedNode, key: str, value: str) -> Refused:
    """A refusal in words of the pages, at a place that is no field."""
    vi, en = (say(tongue, key, value=value) for tongue in ("vi", "en"))
    return Refused(Report.of([Finding("Violation", key, node.value, None, value, vi, en)]))


def _change(reader: Reader, node: NamedNode, sent: Sent, agent: NamedNode) -> ChangeSet:
    now = opened(reader, node)
    base = base_terms(sent.base, now)
    said = _said(now, sent, base)
    merging = merged(now.fields, base, said.terms, now.values)
    if merging.clashes:
        raise Changed(now, merging)
    add: set[Quad] = set()
    remove: set[Quad] = set()
    for field in now.fields:
        there, wanted = now.values[field.name], merging.wanted[field.name]
        add |= {Quad(node, field.path, term) for term in wanted - there}
        remove |= {Quad(node, field.path, term) for term in there - wanted}
    return ChangeSet(frozenset(add), frozenset(remove), agent, _words(sent))


def _said(form: Opened, sent: Sent, base: Mapping[str, frozenset[Term]]) -> Said:
    said = said_by(form, sent, base)
    if said.faults:
        raise Unread(said)
    return said


def _told(terms: frozenset[Term]) -> str:
    words = sorted(curie(term) if isinstance(term, NamedNode) else term.value for term in terms)
    return ", ".join(words) or "nothing"


def _with_basis(reader: Reader, change: ChangeSet, node: NamedNode, sent: Sent) -> ChangeSet:
    source = cited(reader, sent.source)
    return replace(change, source=source, add=change.add | quoted(reader, source, sent.quote, node))


def _words(sent: Sent) -> str:
    return fold.composed(" ".join(sent.reason.split()))


def _require_reason(sent: Sent, node: NamedNode) -> None:
    if not sent.reason.strip():
        raise refusal(node, "edit.reason.missing", "")
