"""What the page of an entity shows, as typed values."""

from dataclasses import dataclass

from server.contexts import Link


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that says so: the quote, whence, by which rule, how sure, and what it supports."""

    quote: str
    source: Link
    address: str | None
    rule: str
    confidence: Link | None
    supports: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One property with its values."""

    label: str
    href: str | None
    values: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """One tenure: who, which post, where, and what is known of its time, in sentences."""

    person: Link
    post: Link
    organ: Link | None
    manner: str
    sentences: tuple[str, ...]
    href: str | None
    sort_key: str


@dataclass(frozen=True, slots=True)
class Attendance:
    """One participant of a meeting, or one meeting of a participant."""

    who: Link
    roles: tuple[Link, ...]
    wordings: tuple[str, ...]
    capacities: tuple[Link, ...]
    href: str | None


@dataclass(frozen=True, slots=True)
class SiteAttendance:
    """Those who were at one site; `site` None for those whose site is not said."""

    site: Link | None
    attendances: tuple[Attendance, ...]


@dataclass(frozen=True, slots=True)
class ClaimSaid:
    """One of several claims in conflict."""

    value: Link
    preferred: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A property on which sources disagree."""

    property: str
    state: str
    reason: str
    claims: tuple[ClaimSaid, ...]
    href: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """Facts, or things that refer here, under one heading."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day that a page is for, and how the entity stands to it: "before" it began, "after" it ended, or ""."""

    day: str
    span: str


@dataclass(frozen=True, slots=True)
class DocPage:
    """The page of one entity or code."""

    iri: str
    label: str
    kind: Link
    other_names: tuple[str, ...]
    facts: tuple[Fact, ...]
    holdings: tuple[Holding, ...]
    holdings_by: str
    meetings: tuple[Attendance, ...]
    sites: tuple[SiteAttendance, ...]
    related: tuple[Group, ...]
    disputes: tuple[Dispute, ...]
    evidence: tuple[Evidence, ...]
    evidence_more: bool
    incoming: tuple[Fact, ...]
    incoming_more: bool
    data: tuple[Link, ...]
    on: AsOf | None = None
    at: int | None = None
    edit: str | None = None
