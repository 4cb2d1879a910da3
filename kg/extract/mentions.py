"""Every word group that names something, with its rule, in order."""

from kg.extract.attach import Link
from kg.extract.citations import Cited
from kg.extract.dates import date_at
from kg.extract.items import Item, Name
from kg.extract.organs import Body
from kg.extract.places import PlaceRead
from kg.extract.posts import Post
from kg.extract.reading_state import State
from kg.extract.view import NUMBER, word_key
from kg.model.extraction import MeetingRead, Mention, TaskRead

_DAY = word_key("ngày")


def read_mentions(
    state: State, links: list[Link], cited: list[tuple[Cited, str]], meetings: list[MeetingRead], tasks: list[TaskRead]
) -> tuple[Mention, ...]:
    """Mentions of people who hold posts, posts, bodies, places, documents, dates, meetings, sites and tasks."""
    view = state.view
    text = view.text
    holders = {link.name: link.rule for link in links}
    out: list[Mention] = []
    for n, item in enumerate(state.items):
        kind, rule = _kind(item, holders.get(n))
        if kind is not None:
            span = view.token_span(item.start, item.end)
            out.append(Mention(kind, span.of(text), span, rule))
    for c, _ in cited:
        span = view.token_span(c.start, c.end)
        out.append(Mention("directive", span.of(text), span, c.rule))
    for i in [i for i, shape in enumerate(view.shapes) if shape == NUMBER]:
        after = i > 0 and view.keys[i - 1] == _DAY
        read = date_at(view, i - 1 if after else i, state.year)
        if read is not None and (after or not read.inferred or read.end - read.start > 3):
            span = view.token_span(read.start, read.end)
            out.append(Mention("date", span.of(text), span, "calendar-date"))
    for meeting in meetings:
        out += [Mention("meeting", span.of(text), span, "dated-meeting") for span in meeting.spans]
        out += [Mention("site", span.of(text), span, "connected-site") for _, span in meeting.sites]
    for task in tasks:
        out += [Mention("task", span.of(text), span, "order-after-colon") for span in task.spans]
    return tuple(sorted(set(out), key=lambda m: (m.span, m.kind)))


def _kind(item: Item, rule: str | None) -> tuple[str | None, str]:
    if isinstance(item, Name):
        return ("person", rule) if rule else (None, "")
    if isinstance(item, Post):
        return "post", "rank-and-body"
    if isinstance(item, Body):
        return "organ", "body-name"
    if isinstance(item, PlaceRead):
        return "place", "place-name"
    return None, ""
