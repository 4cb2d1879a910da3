"""Changes as pages and programs see them: what is asked for, found in the journal, told with addresses."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from flask import request
from pyoxigraph import Literal, NamedNode
from werkzeug.exceptions import BadRequest

from kg.errors import NotFound
from kg.history import Listed, Recorded, Touched, between, entries, entry_of, recorded
from kg.model.graph import Reader
from kg.namespaces import PREFIXES, curie, iri
from kg.store import Folder
from server import urls
from server.contexts import Change, Link
from server.negotiate import JSON, Offer, language
from server.sentences import spoken_time
from server.service import pinned, service

RDF_PATCH: Final = Offer("patch", "RDF Patch", "application/rdf-patch", ".rdfp")
OFFERS: Final = (JSON, RDF_PATCH)
_AGENT: Final = PREFIXES["agent"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which changes are wanted; None where it does not matter."""

    entity: NamedNode | None
    agent: NamedNode | None
    since: dt.datetime | None
    until: dt.datetime | None

    @property
    def given(self) -> dict[str, str]:
        """The same as the query string has it."""
        nodes = {"entity": self.entity, "agent": self.agent}
        days = {"since": self.since, "until": self.until}
        return {
            **{name: node.value for name, node in nodes.items() if node},
            **{name: day.isoformat() for name, day in days.items() if day},
        }

    def link(self, reader: Reader, spoken: str) -> Link | None:
        """The entity that they are about, by its name."""
        return None if self.entity is None else link_to(reader, self.entity, spoken)


def asked(entity: str | None = None) -> Asked:
    """What the query string asks for. Raises BadRequest for what is no IRI or no moment."""
    about = entity or request.args.get("entity")
    agent = request.args.get("agent")
    return Asked(
        named(about) if about else None,
        named(agent if ":" in agent else f"{_AGENT}{agent}") if agent else None,
        _moment("since"),
        _moment("until"),
    )


def named(text: str) -> NamedNode:
    """The node of an IRI, or of a name with one of our prefixes. Raises BadRequest."""
    prefix, _, local = text.partition(":")
    try:
        return NamedNode(PREFIXES[prefix] + local if prefix in PREFIXES else text)
    except ValueError as error:
        raise BadRequest(f"'{text[:80]}' is no IRI; give one as its page shows it.") from error


def found(reader: Reader, wanted: Asked) -> list[Listed]:
    """The changes that are wanted, newest first."""
    listed = service().memory.recall(pinned().number, "changes", lambda: entries(reader))
    if wanted.entity is not None:
        folder = Folder(service().data)
        listed = Touched(folder.touched, folder.journal).by(reader, listed, wanted.entity)
    chosen = between(listed, wanted.since, wanted.until)
    return [one for one in chosen if wanted.agent is None or one.agent == wanted.agent]


def one_of(reader: Reader, slug: str) -> tuple[Listed, Recorded]:
    """The entry and the patch of a change. Raises NotFound, and BadRequest for what cannot be part of an IRI."""
    change = change_iri(slug)
    try:
        return entry_of(reader, change), recorded(reader, service().journal, change)
    except NotFound as error:
        raise NotFound(f"There is no change '{slug[:80]}' whose patch is kept here; /changes lists them.") from error


def change_iri(slug: str) -> NamedNode:
    """The change whose IRI ends so. Raises BadRequest for what cannot be part of an IRI."""
    return named(urls.entity_iri("change", slug))


def told(one: Listed) -> dict[str, Any]:
    """A change for programs, with the address here."""
    return {**one.to_json(), "url": urls.change(slug_of(one.change))}


def summary(reader: Reader, one: Listed) -> Change:
    """A change for a page."""
    spoken = language()
    return Change(
        label=one.reason or str(one.generation),
        agent=Link(curie(one.agent).removeprefix("agent:"), urls.changes(agent=one.agent.value)),
        when=spoken_time(one.at.isoformat(), spoken),
        added=one.added,
        removed=one.removed,
        source=None if one.source is None else link_to(reader, one.source, spoken),
        href=urls.change(slug_of(one.change)),
        iri=one.change.value,
        reverts=None if one.reverts is None else urls.change(slug_of(one.reverts)),
        reverted_by=None if one.reverted_by is None else urls.change(slug_of(one.reverted_by)),
    )


def slug_of(change: NamedNode) -> str:
    """The last part of its IRI."""
    return change.value.rpartition("/")[2]


def link_to(reader: Reader, node: NamedNode, spoken: str) -> Link:
    """A node by its name, in the language where it has one in it, with its address here."""
    names = {
        quad.object.language: quad.object.value
        for quad in reader.quads(node, iri("rdfs:label"))
        if isinstance(quad.object, Literal)
    }
    return Link(names.get(spoken) or next(iter(names.values()), curie(node)), urls.link(node.value))


def _moment(name: str) -> dt.datetime | None:
    given = request.args.get(name)
    if not given:
        return None
    try:
        moment = dt.datetime.fromisoformat(given.replace(" ", "+"))
    except ValueError as error:
        raise BadRequest(
            f"'{name}' cannot be '{given[:40]}'; it is a day or a moment such as 2026-02-01 or 2026-02-01T08:00:00Z."
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
