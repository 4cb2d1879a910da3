"""Conflicts as pages and programs see them: from rows to typed values."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from kg.errors import NotFound
from kg.model.graph import Row, Term
from kg.namespaces import curie, iri
from server import asking, urls
from server.sentences import spoken_day

STATES: Final = ("open", "settled", "kept")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one source says in its own words.

    `published` is an ISO day, `day` the same in words; empty when not known. `sure` is the confidence in words.
    """

    quote: str
    source: str
    source_name: str
    address: str
    published: str
    confidence: str
    rule: str
    day: str
    sure: str


@dataclass(slots=True)
class Claim:
    """One of the statements; `stands` where the graph states its value of the node itself; `shown` is it in words."""

    iri: str
    value: str
    value_iri: str
    language: str
    stands: bool
    preferred: bool
    shown: str
    sentences: list[Sentence] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A property of a thing on which sources differ, and its state."""

    iri: str
    about: str
    about_name: str
    property: str
    property_name: str
    state: str

    def told(self) -> dict[str, Any]:
        """Plain values, by their names, with the addresses here."""
        return {
            "conflict": self.iri,
            "url": urls.conflict(slug_of(self.iri)),
            "about": {"iri": self.about, "label": self.about_name, "url": urls.local(self.about)},
            "property": {"iri": self.property, "label": self.property_name},
            "state": self.state,
        }


@dataclass(frozen=True, slots=True)
class Conflict(Dispute):
    """One conflict with its claims; `reason` and `curator` are empty while it is open."""

    reason: str
    curator: str
    claims: tuple[Claim, ...]

    def decided(self) -> str:
        """A digest of what was decided, by whom and why."""
        preferred = next((claim.iri for claim in self.claims if claim.preferred), "")
        parts = (self.state, self.reason, self.curator, preferred)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]

    def to_json(self) -> dict[str, Any]:
        """What any dispute tells, with the decision and all claims."""
        decision = {"reason": self.reason or None, "curated_by": self.curator or None}
        return {**self.told(), **decision, "claims": [_told(claim) for claim in self.claims]}


@dataclass(frozen=True, slots=True)
class Listed(Dispute):
    """One conflict in a list; `claims` is how many it has."""

    claims: int

    def to_json(self) -> dict[str, Any]:
        """What any dispute tells, with the number of its claims."""
        return {**self.told(), "claims": self.claims}


def slug_of(conflict: str) -> str:
    """The last part of its IRI."""
    return conflict.rpartition("/")[2]


def listed(state: str | None) -> list[Listed]:
    """The conflicts of one state, or of any, in the order of their IRIs; at most 10,000."""
    bound: dict[str, Term] = {} if state is None else {"state": iri(f"conflictstate:{state}")}
    spoken = asking.tongue()
    found: dict[str, Listed] = {}
    for row in asking.rows(asking.page_query("conflicts"), bound):
        about, prop = row["about"].value, row["property"]
        assert isinstance(prop, NamedNode)  # as the shapes have it
        one = Listed(
            iri=row["conflict"].value,
            about=about,
            about_name=_text(row, "name") or curie(NamedNode(about)),
            property=prop.value,
            property_name=spoken.property(prop),
            state=state or _local(row, "state"),
            claims=int(row["claims"].value),
        )
        found.setdefault(one.iri, one)
    return list(found.values())


def read(conflict: NamedNode) -> Conflict:
    """One conflict with its claims and their sentences. Raises NotFound."""
    rows = asking.rows(asking.page_query("conflict"), {"this": conflict})
    if not rows:
        raise NotFound(f"There is no conflict {curie(conflict)}; /conflicts lists what there is.")
    first, prop = rows[0], rows[0]["property"]
    assert isinstance(prop, NamedNode)  # as the shapes have it
    return Conflict(
        iri=conflict.value,
        about=first["about"].value,
        about_name=_text(first, "name") or curie(NamedNode(first["about"].value)),
        property=prop.value,
        property_name=asking.tongue().property(prop),
        state=_local(first, "state"),
        reason=_text(first, "reason"),
        curator=_text(first, "curator"),
        claims=tuple(_claims(rows)),
    )


def _claims(rows: Iterable[Row]) -> list[Claim]:
    """The claims, that which is preferred or stands first."""
    found: dict[str, Claim] = {}
    for row in rows:
        claim = found.setdefault(row["claim"].value, _claim(row))
        sentence = _sentence(row)
        if sentence is not None and sentence not in claim.sentences:
            claim.sentences.append(sentence)
    return sorted(found.values(), key=lambda claim: (not claim.preferred, not claim.stands, claim.iri))


def _claim(row: Row) -> Claim:
    value = row["value"]
    named = isinstance(value, NamedNode)
    return Claim(
        iri=row["claim"].value,
        value=(_text(row, "called") or curie(value)) if isinstance(value, NamedNode) else value.value,
        value_iri=value.value if named else "",
        language=(value.language or "") if isinstance(value, Literal) else "",
        stands=_text(row, "stands") == "true",
        preferred=_text(row, "preferred") == row["claim"].value,
        shown=_in_words(row, value),
    )


def _sentence(row: Row) -> Sentence | None:
    if "quote" not in row:
        return None
    spoken = asking.tongue()
    return Sentence(
        quote=_text(row, "quote"),
        source=_text(row, "source"),
        source_name=_text(row, "source_name") or _text(row, "source"),
        address=_text(row, "address"),
        published=_text(row, "published"),
        confidence=_local(row, "confidence"),
        rule=_text(row, "rule"),
        day=spoken_day(published, spoken.language) if (published := _text(row, "published")) else "",
        sure=spoken.terms.get(_text(row, "confidence"), _local(row, "confidence")),
    )


def _in_words(row: Row, value: Term) -> str:
    """The value as people read it: a node by its name, a day in the language of the response."""
    if isinstance(value, NamedNode):
        return _text(row, "called") or curie(value)
    if isinstance(value, Literal) and value.datatype == iri("xsd:date"):
        return spoken_day(value.value, asking.tongue().language)
    return value.value


def _told(claim: Claim) -> dict[str, Any]:
    told: dict[str, Any] = {"claim": claim.iri, "value": claim.value_iri or claim.value}
    if claim.value_iri:
        told["label"] = claim.value
    if claim.language:
        told["language"] = claim.language
    told |= {"stands": claim.stands, "preferred": claim.preferred}
    told["sentences"] = [
        {
            "quote": said.quote,
            "source": {"iri": said.source, "label": said.source_name, "url": urls.local(said.source)},
            "published": said.published or None,
            "confidence": said.confidence or None,
            "rule": said.rule,
        }
        for said in claim.sentences
    ]
    return told


def _text(row: Row, name: str) -> str:
    return row[name].value if name in row else ""


def _local(row: Row, name: str) -> str:
    return _text(row, name).rpartition("/")[2]
