"""Every word group that names something, with its rule and how sure it is, in order."""

from functools import cache

from kg.extract.attach import Link
from kg.extract.citations import Cited
from kg.extract.dates import date_at
from kg.extract.items import Item, Name
from kg.extract.lexicon import rows
from kg.extract.organs import Body
from kg.extract.places import PlaceRead
from kg.extract.posts import Post
from kg.extract.reading_state import State
from kg.extract.view import NUMBER, word_key
from kg.model.extraction import MeetingRead, Mention, TaskRead
from kg.model.spans import Span

_DAY = word_key("ngày")


def read_mentions(
    state: State, links: list[Link], cited: list[tuple[Cited, str]], meetings: list[MeetingRead], tasks: list[TaskRead]
) -> tuple[Mention, ...]:
    """Mentions of people who hold posts, posts, bodies, places, documents, dates, meetings, sites and tasks."""
    view = state.view
    text = view.text
    holders = {link.name: link for link in links}
    out: list[Mention] = []

    def add(kind: str, span: Span, rule: str, confidence: str | None = None) -> None:
        out.append(Mention(kind, span.of(text), span, rule, confidence or _confidences()[rule]))

    for n, item in enumerate(state.items):
        span = view.token_span(item.start, item.end)
        if isinstance(item, Name) and n in holders:
            add("person", span, holders[n].rule, holders[n].confidence)
        elif found := _kind(item):
            add(found[0], span, found[1])
    for c, _ in cited:
        add("directive", view.token_span(c.start, c.end), c.rule)
    for i in [i for i, shape in enumerate(view.shapes) if shape == NUMBER]:
        after = i > 0 and view.keys[i - 1] == _DAY
        read = date_at(view, i - 1 if after else i, state.year)
        if read is not None and (after or not read.inferred or read.end - read.start > 3):
            add("date", view.token_span(read.start, read.end), "calendar-date")
    for meeting in meetings:
        for span in meeting.spans:
            add("meeting", span, "dated-meeting")
        for _, span in meeting.sites:
            add("site", span, "connected-site")
    for task in tasks:
        for span in task.spans:
            add("task", span, "order-after-colon")
    return tuple(sorted(dict.fromkeys(out), key=lambda m: (m.span, m.kind)))


@cache
def _confidences() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("confidences.tsv")}


def _kind(item: Item) -> tuple[str, str] | None:
    if isinstance(item, Post):
        return "post", "rank-and-body"
    if isinstance(item, Body):
        return "organ", "body-name"
    if isinstance(item, PlaceRead):
        return "place", "place-name"
    return None
