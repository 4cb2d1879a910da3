"""Whatever a text is, it is read: every span holds its words, twice the same, in days that are in the calendar."""

import dataclasses
import json
import re
from collections.abc import Iterator

from kg.extract import extract
from kg.model.dates import PartialDate
from kg.model.documents import Document
from kg.model.extraction import Extraction
from tests.extract.test_forms import spans
from tests.fuzz.budget import Budget, budgets
from tests.fuzz.texts import changed, places, published, texts, written

STATUSES = {"current", "appointed", "outgoing", "former", "acting", "proposed"}


def days(read: Extraction) -> Iterator[str | None]:
    """Every date that is said, as it is written."""
    for person in read.persons:
        yield from (person.birth_date, person.death_date)
        yield from (date for post in person.positions for date in (post.start, post.end))
    yield from (meeting.date for meeting in read.meetings)
    yield from (relation.date for relation in read.relations)
    for paper in read.directives:
        yield from (paper.date, *(citation.date for citation in paper.citations))
    yield from (re.sub(r"-Q[1-4]$", "", task.period) for task in read.tasks if task.period)


def is_read(text: str, day: str | None, place: str | None) -> None:
    document = Document("x", text, published=day, place=place)
    read = extract(document)
    for span in spans(read):
        assert 0 <= span.start < span.end <= len(text)
    for mention in read.mentions:
        assert mention.span.of(text) == mention.text
    for person in read.persons:
        assert person.spans
        assert person.name
        for post in person.positions:
            assert post.spans
            assert post.status in STATUSES
    for meeting in read.meetings:
        assert all(participant.spans for participant in meeting.participants)
    for date in days(read):
        assert date is None or PartialDate.parse(date).year
    said = json.dumps(read.to_json())
    assert said == json.dumps(extract(document).to_json())
    assert read.byline is None or read.byline_span is not None


@budgets(examples=500, seconds=7)
def test_every_text_is_read(budget: Budget) -> None:
    budget.holds(is_read, texts, published, places)


def says_the_same_apart(text: str) -> None:
    """What comes before a text in the process leaves no trace in its reading."""
    alone = extract(Document("x", text))
    extract(Document("y", text.upper() + text[::-1], published="1999"))
    assert dataclasses.asdict(extract(Document("x", text))) == dataclasses.asdict(alone)


@budgets(examples=60, seconds=2)
def test_a_text_is_read_alike_after_any_other(budget: Budget) -> None:
    budget.holds(says_the_same_apart, changed(written))
