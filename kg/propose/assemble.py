"""Mentions into a change set: what the document says, linked to what the graph knows."""

import datetime as dt
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from kg.model import fold
from kg.model.changes import ChangeSet
from kg.model.dates import PartialDate
from kg.model.documents import Document
from kg.model.extraction import Extraction, MeetingRead, PersonRead
from kg.model.graph import Reader
from kg.namespaces import iri
from kg.propose import work
from kg.propose.directives import Directives
from kg.propose.draft import Draft, day, integer, text, vi
from kg.propose.meetings import Meetings
from kg.propose.organs import Organs
from kg.propose.persons import Persons
from kg.propose.places import Gazetteer
from kg.propose.relations import Relations
from kg.propose.tenures import Tenures
from kg.propose.terms import Terms


def propose(
    reader: Reader, document: Document, extraction: Extraction, agent: NamedNode, *, cells: bool = False
) -> ChangeSet:
    """The change set that carries an extraction into the graph, each fact with its evidence.

    Empty when the graph has the source already, whatever its line ends or Unicode form. With `cells` the document is a
    table, taken in part by part: its spans are quotes as they stand, and a known source keeps nothing out.
    """
    reason = f"Read from {document.title or document.id}"
    known = known_source(reader, document)
    if known and not cells:
        return ChangeSet(frozenset(), frozenset(), agent, reason)
    source = known or _source_node(document)
    draft = Draft(reader, document, source, cells)
    _state_source(draft, document, extraction)
    on = _day_of_report(extraction)
    gazetteer = Gazetteer(reader, _when_of_report(on, extraction), extraction.place or document.place)
    organs = Organs(draft, gazetteer)
    persons = Persons(draft, organs, gazetteer)
    tenures = Tenures(draft, organs, Terms(draft, organs))
    directives = Directives(draft, organs, tenures)
    meetings = Meetings(draft, gazetteer, organs, persons, tenures, directives)
    relations = Relations(draft, organs, persons, directives, tenures)

    for organ in extraction.organs:
        organs.mention(organ)
    for paper in extraction.directives:
        if paper.citations and (paper.number or paper.name):
            node = directives.mention(paper)
            if any(citation.rule == "letterhead" for citation in paper.citations):
                relations.own = node
    for person in extraction.persons:
        day_in_office = _day_for(person, extraction.meetings, on)
        for node, positions in persons.mention(person, day_in_office):
            for position in positions:
                tenures.state(node, person.name, position, day_in_office)
    for meeting in extraction.meetings:
        meetings.mention(meeting)
    for relation in extraction.relations:
        relations.state(relation, on)
    relations.events(extraction.relations, on)
    for read in extraction.coordinations:
        work.coordination(draft, read, organs, directives)
    set_by = meetings.nodes[0] if meetings.nodes else None
    for read_task in extraction.tasks if set_by else ():
        if set_by:
            work.task(draft, read_task, set_by, organs.find(read_task.assignee) or persons.find(read_task.assignee))
    return ChangeSet(
        draft.added,
        frozenset(draft.removed),
        agent,
        reason,
        source,
        MappingProxyType({document.digest: document.text}),
    )


def known_source(reader: Reader, document: Document) -> NamedNode | None:
    """The source node of this text, when the graph has it."""
    for quad in reader.quads(None, iri("bm:textDigest"), Literal(document.digest)):
        if isinstance(quad.subject, NamedNode):
            return quad.subject
    return None


def _source_node(document: Document) -> NamedNode:
    return iri(f"source:{fold.slug(_title(document))[:60].strip('-') or 'van-ban'}-{document.digest[:8]}")


def _title(document: Document) -> str:
    first = next((line.strip(" #*_|-") for line in document.text.splitlines() if line.strip(" #*_|-")), document.id)
    return " ".join((document.title or first).split())[:160]


def _state_source(draft: Draft, document: Document, extraction: Extraction) -> None:
    source = draft.source
    draft.node(source, ("bm:Source", "prov:Entity"), _title(document))
    draft.add(source, "bm:textDigest", text(document.digest))
    draft.add(source, "bm:textLength", integer(len(document.text)))
    draft.add(source, "dcterms:title", vi(_title(document)))
    draft.add(source, "dcterms:publisher", text(document.publisher) if document.publisher else None)
    draft.add(source, "dcterms:source", text(document.url) if document.url else None)
    draft.add(source, "bm:byline", text(fold.composed(extraction.byline)) if extraction.byline else None)
    if extraction.published:
        known = PartialDate.parse(extraction.published)
        draft.add(source, "bm:publishedEarliest", day(known.first_day))
        draft.add(source, "bm:publishedLatest", day(known.last_day))


def _day_of_report(extraction: Extraction) -> dt.date | None:
    """The day of the event that is reported: of the first dated meeting, else a full date of publication."""
    for written in (*(m.date for m in extraction.meetings), extraction.published):
        if written:
            known = PartialDate.parse(written)
            if known.is_full:
                return known.first_day
    return None


def _when_of_report(on: dt.date | None, extraction: Extraction) -> PartialDate | None:
    """The day of the report, else what is known of its publication: a year is enough to tell most units."""
    if on:
        return PartialDate.of(on)
    return PartialDate.parse(extraction.published) if extraction.published else None


def _day_for(person: PersonRead, meetings: tuple[MeetingRead, ...], on: dt.date | None) -> dt.date | None:
    """The day of the meeting that the person was at, else the day of the report."""
    for meeting in meetings:
        if any(p.name == person.name for p in meeting.participants) and meeting.date:
            known = PartialDate.parse(meeting.date)
            if known.is_full:
                return known.first_day
    return on
