"""What a reader says that a document says: nouns with spans, and their JSON form (see the README of kg/extract)."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from kg.model.spans import Span

Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name something; `kind` is person, post, organ, place, meeting, site, directive, date or task.

    `confidence` is high, medium or low.
    """

    kind: str
    text: str
    span: Span
    rule: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Position:
    """One post of one person. `status` is current, appointed, outgoing, former, acting or proposed."""

    title: str
    organ: str | None
    status: str
    spans: Spans
    rule: str
    confidence: str
    organ_completed: bool = False
    start: str | None = None
    end: str | None = None
    term: str | None = None


@dataclass(frozen=True, slots=True)
class PersonRead:
    """A named office-holder; `name` is the longest form, `aliases` the other written forms."""

    name: str
    spans: Spans
    positions: tuple[Position, ...] = ()
    aliases: tuple[str, ...] = ()
    rank: str | None = None
    degree: str | None = None
    birth_date: str | None = None
    death_date: str | None = None


@dataclass(frozen=True, slots=True)
class OrganRead:
    """A body under its full name. `kind` is a local name of the organkind codes, `place` the unit it serves."""

    name: str
    kind: str | None
    place: str | None
    spans: Spans


@dataclass(frozen=True, slots=True)
class Participant:
    """A named person at a meeting; `role` is the source's wording, parts joined by "; "."""

    name: str
    role: str
    site: str | None = None
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Collective:
    """Participants without names, kept as words."""

    text: str
    span: Span
    site: str | None = None


@dataclass(frozen=True, slots=True)
class DirectiveUse:
    """What a meeting does with a directive (`ref`): `action` is disseminates, reviews or carriesOut."""

    ref: str
    action: str
    span: Span
    by: str | None = None


@dataclass(frozen=True, slots=True)
class MeetingRead:
    """A meeting. `form` is in_person, online or None when not said."""

    name: str
    spans: Spans
    date: str | None = None
    date_year_inferred: bool = False
    form: str | None = None
    organizer: str | None = None
    place: str | None = None
    sites: tuple[tuple[str, Span], ...] = ()
    participants: tuple[Participant, ...] = ()
    collective: tuple[Collective, ...] = ()
    directives: tuple[DirectiveUse, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """One place that names a directive: the span of the whole phrase, and what that phrase itself states."""

    span: Span
    rule: str
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    title_span: Span | None = None


@dataclass(frozen=True, slots=True)
class DirectiveRead:
    """A cited document. `issuer_from` is text, code or name; `number` None for one known only by its name."""

    type: str | None
    number: str | None
    citations: tuple[Citation, ...]
    name: str | None = None
    issuer: str | None = None
    issuer_from: str | None = None
    number_partial: bool = False
    date: str | None = None
    date_year_inferred: bool = False
    title: str | None = None
    issuer_term: str | None = None
    year: int | None = None

    @property
    def ref(self) -> str:
        """What relations call it: its number, else its name."""
        return self.number or self.name or ""


@dataclass(frozen=True, slots=True)
class RelationRead:
    """A relation between two refs (directive number, person name or organ); `predicate` is of the closed list."""

    subject: str
    predicate: str
    object: str
    spans: Spans
    date: str | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Coordination:
    """Bodies that a text says work together under a programme (`directive` is its ref, when named)."""

    lead: str
    partners: tuple[str, ...]
    span: Span
    directive: str | None = None


@dataclass(frozen=True, slots=True)
class TaskRead:
    """Work that a meeting or paper sets. `period` is EDTF-like: 2022, 2022-Q2, 2022-04."""

    text: str
    spans: Spans
    period: str | None = None
    assignee: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read from one document."""

    id: str
    published: str | None
    place: str | None
    persons: tuple[PersonRead, ...] = ()
    organs: tuple[OrganRead, ...] = ()
    meetings: tuple[MeetingRead, ...] = ()
    directives: tuple[DirectiveRead, ...] = ()
    relations: tuple[RelationRead, ...] = ()
    coordinations: tuple[Coordination, ...] = ()
    tasks: tuple[TaskRead, ...] = ()
    mentions: tuple[Mention, ...] = ()
    byline: str | None = None
    byline_span: Span | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain lists, dicts, strings and numbers; spans as [start, end]."""
        out: dict[str, Any] = _plain(self)
        for person in out["persons"]:
            for position in person["positions"]:
                position["from"], position["to"] = position.pop("start"), position.pop("end")
        for meeting, read in zip(out["meetings"], self.meetings, strict=True):
            meeting["sites"] = [name for name, _ in read.sites]
            meeting["site_spans"] = [[s.start, s.end] for _, s in read.sites]
            meeting["collective_at"] = meeting["collective"]
            meeting["collective"] = [c.text for c in read.collective]
        for directive, said in zip(out["directives"], self.directives, strict=True):
            directive["spans"] = [[c.span.start, c.span.end] for c in said.citations]
        return out


def _plain(value: Any) -> Any:  # noqa: ANN401  any noun in, plain JSON values out
    if isinstance(value, Span):
        return [value.start, value.end]
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(v) for v in value]
    return value
