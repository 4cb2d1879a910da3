"""The order in which a document is read."""

from kg.extract.assemble_meetings import build_meetings
from kg.extract.attach import attach_neighbours
from kg.extract.bare_posts import complete_bare, name_heads
from kg.extract.biographies import life_subject, read_deaths, read_lives
from kg.extract.bodies import read_bodies, share_units
from kg.extract.bylines import is_credit, read_byline
from kg.extract.careers import attach_careers
from kg.extract.context import read_context
from kg.extract.coordination import read_coordinations
from kg.extract.directives import read_directives
from kg.extract.document_relations import read_document_relations
from kg.extract.events import attach_events
from kg.extract.groups import read_groups
from kg.extract.inherited import inherit_starts
from kg.extract.items import Item, Name, ministry_of, read_items, unit_of
from kg.extract.letterheads import own_issuer
from kg.extract.meetings import read_meetings
from kg.extract.memorials import is_commemorated, is_memorial
from kg.extract.mentions import read_mentions
from kg.extract.organs import Body
from kg.extract.pasts import set_outgoing, set_past
from kg.extract.people_relations import read_people_relations
from kg.extract.persons import assemble
from kg.extract.places import PlaceRead
from kg.extract.reading_state import State
from kg.extract.sentences import read_parentheses, read_sentences
from kg.extract.signatures import attach_signatures
from kg.extract.tasks import read_tasks
from kg.extract.undated import read_undated
from kg.extract.view import View, look
from kg.extract.years import year_of
from kg.model.documents import Document
from kg.model.extraction import Extraction


def extract(document: Document) -> Extraction:
    """Everything that the rules read from one document."""
    state, byline = _state(document)
    view, groups = state.view, read_groups(state.view, state.items, state.context)
    name_heads(state, groups)
    links, loose, followed = attach_neighbours(view, state.items, groups, state.sentences)
    links += attach_signatures(state, groups, loose)
    links += attach_careers(state, groups, loose)
    told, events = attach_events(state, groups, loose, links, followed, life_subject(state))
    told, events = inherit_starts(state, links + told, events)
    lives = read_lives(state)
    links = complete_bare(state, groups, set_outgoing(state, set_past(state, told, lives)))
    links = [n for n in links if n.seat.organ is None or not is_commemorated(view, state.items[n.name].start)]
    names, persons = assemble(view, state.items, links, lives)
    organs, body_names = read_bodies(state, groups)
    directives, cited = read_directives(state)
    held = read_meetings(state, body_names) or read_undated(state, body_names)
    living = {n: name for n, name in names.items() if not is_commemorated(view, state.items[n].start)}
    meetings, deeds = build_meetings(state, held, living, cited, read_deaths(state, lives, links, names))
    conveners = [*(held[0].organizers if held else []), *own_issuer(cited)]
    relations = read_document_relations(state, cited, deeds, names, body_names)
    relations += read_people_relations(state, events, links, names, body_names, conveners)
    tasks = read_tasks(state)
    span = view.token_span(*byline) if byline else None
    return Extraction(
        document.id,
        document.published,
        document.place,
        persons=tuple(persons),
        organs=tuple(organs),
        meetings=tuple(meetings),
        directives=tuple(directives),
        relations=tuple(relations),
        coordinations=tuple(read_coordinations(state, body_names, cited)),
        tasks=tuple(tasks),
        mentions=read_mentions(state, links, cited, meetings, tasks),
        byline=span.of(document.text) if span else None,
        byline_span=span,
    )


def _state(document: Document) -> tuple[State, tuple[int, int] | None]:
    """The first pass over a text."""
    view = look(document.text)
    sentences = read_sentences(view)
    byline = read_byline(view, sentences)
    items = [item for item in read_items(view) if not _is_author(view, item, byline)]
    items = share_units(items, view.keys, sentences)
    places = [
        PlaceRead(i.start, i.end, u, not isinstance(i, PlaceRead)) for i in items if (u := unit_of(i)) is not None
    ]
    context = read_context(view, places, document.place)
    context.ministries = [(i.start, name) for i in items if (name := ministry_of(i)) is not None]
    year = year_of(view, document.published)
    day = document.published if document.published and len(document.published) == 10 else None
    return State(view, items, sentences, read_parentheses(view), context, year, day), byline


def _is_author(view: View, item: Item, byline: tuple[int, int] | None) -> bool:
    if isinstance(item, Body):
        return byline is not None and byline[0] <= item.start < byline[1]
    if not isinstance(item, Name):
        return False
    if is_memorial(view, item.start):
        return True
    return (byline is not None and byline[0] <= item.start < byline[1]) or is_credit(view, item.start)
