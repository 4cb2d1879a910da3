"""Claims: statements that are no nodes of their own, each with its evidence; and the conflicts between them."""

import re
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.model import fold
from kg.model.graph import Term
from kg.model.minting import conflict_of
from kg.model.spans import Span
from kg.namespaces import PREFIXES, iri
from kg.propose.draft import Draft, short_hash
from kg.propose.evidence import supporting

_LEADING = re.compile(r"^(?:về\s+việc|v/v|về)\s+")
_DAY_OF_SOURCES = """
SELECT ?about ?property ?value (MAX(?day) AS ?latest) WHERE {
  ?claim bm:about ?about ; bm:property ?property ; bm:value ?value .
  ?evidence bm:supports ?claim ; bm:source ?source . ?source bm:publishedLatest ?day
} GROUP BY ?about ?property ?value"""


@dataclass(frozen=True, slots=True)
class Said:
    """Where and how a document says something."""

    span: Span
    rule: str
    confidence: str = "high"


def claim(draft: Draft, about: NamedNode, prop: str, value: Term, said: Said) -> NamedNode:
    """States that the source gives `value` for a property of a node; the same statement of two sources is one claim."""
    same = _same_statement(draft, about, prop, value)
    node = same or iri(
        f"claim:{_local(about)}-{prop.partition(':')[2].lower()}-{short_hash(about, prop, _form(value))}"
    )
    if not draft.known(node):
        draft.node(node, ("bm:Claim",), f"{_label(draft, about)}: {_shown(draft, value)}"[:200])
        draft.add(node, "bm:about", about)
        draft.add(node, "bm:property", iri(prop))
        draft.add(node, "bm:value", value)
    supporting(draft, said.span, said.rule, said.confidence, node, exact=True)
    return node


def single_valued(draft: Draft, about: NamedNode, prop: str, value: Term, said: Said) -> None:
    """A claim for a property with one value: states the winner directly and lists a conflict when claims differ.

    The provisional winner is the statement of the source published last; within one source, the one said last. Where a
    person has decided, what stands stays, and the new claim waits at the conflict.
    """
    node = claim(draft, about, prop, value, said)
    rivals = [other for other in _claims(draft, about, prop) if other != node and not _part_of(draft, other, node)]
    standing = draft.value(about, prop)
    stated = draft.value(node, "bm:value")
    wins = standing is None or (
        standing != stated and not _decided(draft, about, prop) and _later(draft, about, prop, standing)
    )
    if stated is not None and wins:
        draft.replace(about, prop, stated)
    if rivals:
        _conflict(draft, about, prop, [node, *rivals])


def _conflict(draft: Draft, about: NamedNode, prop: str, claims: list[NamedNode]) -> None:
    node = conflict_of(about, iri(prop))
    if not draft.known(node):
        draft.node(node, ("bm:Conflict",), f"{_label(draft, about)}: {prop.partition(':')[2]}")
        draft.add(node, "bm:about", about)
        draft.add(node, "bm:property", iri(prop))
        draft.add(node, "bm:state", iri("conflictstate:open"))
    for one in claims:
        draft.add(node, "bm:claim", one)


def _decided(draft: Draft, about: NamedNode, prop: str) -> bool:
    """Whether a person has settled the conflict about the property, or kept both."""
    return draft.value(conflict_of(about, iri(prop)), "bm:state") not in (None, iri("conflictstate:open"))


def _claims(draft: Draft, about: NamedNode, prop: str) -> list[NamedNode]:
    return [c for c in draft.subjects("bm:about", about) if _is_claim_of(draft, c, prop)]


def _is_claim_of(draft: Draft, node: NamedNode, prop: str) -> bool:
    return iri("bm:Claim") in draft.values(node, "rdf:type") and iri(prop) in draft.values(node, "bm:property")


def _same_statement(draft: Draft, about: NamedNode, prop: str, value: Term) -> NamedNode | None:
    form = _form(value)
    for node in sorted(_claims(draft, about, prop), key=str):
        known = draft.value(node, "bm:value")
        if known is not None and _form(known).startswith(form):
            return node
    return None


def _part_of(draft: Draft, one: NamedNode, other: NamedNode) -> bool:
    a, b = draft.value(one, "bm:value"), draft.value(other, "bm:value")
    return a is not None and b is not None and _form(b).startswith(_form(a))


def _form(value: Term) -> str:
    """What makes two values one statement: of words the folded form without quotes and a leading "về"."""
    if isinstance(value, Literal) and value.language:
        bare = re.sub(r"[“”\"'‘’«»]", "", fold.accented_key(value.value)).strip(" .;,:")
        return _LEADING.sub("", bare)
    return str(value)


def _later(draft: Draft, about: NamedNode, prop: str, standing: Term) -> bool:
    rows = draft.reader.select(_DAY_OF_SOURCES, {"about": about, "property": iri(prop), "value": standing})
    latest = rows[0].get("latest") if rows else None
    here = draft.value(draft.source, "bm:publishedLatest")
    return latest is None or (here is not None and here.value >= latest.value)


def _local(node: NamedNode) -> str:
    return node.value.rsplit("/", 1)[1]


def _label(draft: Draft, node: NamedNode) -> str:
    label = draft.value(node, "rdfs:label")
    return label.value if label is not None else node.value.removeprefix(PREFIXES["directive"])


def _shown(draft: Draft, value: Term) -> str:
    return _label(draft, value) if isinstance(value, NamedNode) else value.value
