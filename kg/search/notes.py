"""Small print beside a name, so that a person can tell namesakes apart."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from kg.model.fold import key
from kg.model.graph import Reader, Row

_SHOWN_POSTS: Final = 2
_SEPARATOR: Final = " · "

_PLACES = """
SELECT ?node ?parent ?from ?to WHERE {
  ?node a bm:Place .
  OPTIONAL { ?node bm:within ?parent }
  OPTIONAL { ?node bm:validFrom ?from }
  OPTIONAL { ?node bm:validTo ?to }
}"""
_ORGANS = """
SELECT ?node ?parent ?from ?to WHERE {
  ?node a bm:Organ .
  OPTIONAL { ?node bm:jurisdiction ?parent }
  OPTIONAL { ?node bm:validFrom ?from }
  OPTIONAL { ?node bm:validTo ?to }
}"""
_POSTS = "SELECT ?node ?parent WHERE { ?node a bm:Post ; org:postIn ?parent }"
_HOLDINGS = """
SELECT ?node ?post ?day WHERE {
  ?tenure a bm:Tenure ; org:member ?node ; bm:post ?post .
  OPTIONAL { ?tenure bm:attestedOn|bm:startEarliest|bm:endLatest ?day }
}"""
_MEETINGS = """
SELECT ?node ?parent ?day WHERE {
  ?node a bm:Meeting .
  OPTIONAL { ?node bm:place ?parent }
  OPTIONAL { ?node bm:day ?day }
}"""
_DIRECTIVES = """
SELECT ?node ?day ?title WHERE {
  ?node a bm:Directive .
  OPTIONAL { ?node bm:issuedOn ?day }
  OPTIONAL { ?node dcterms:title ?title }
}"""


def read_notes(reader: Reader, labels: Mapping[str, str]) -> dict[str, str]:
    """A note for each entity that has something to say, by IRI. `labels` names the entities that notes may mention.

    A place tells its higher units and its period [from, to); a body its place; a post its body; a person the last posts
    in which the graph has seen him or her; a meeting its day and place; a directive its day and title.
    """
    notes: dict[str, str] = {}
    places = reader.select(_PLACES)
    within = {row["node"].value: row["parent"].value for row in places if "parent" in row}
    for row in places:
        chain = _chain(row["node"].value, within)
        _set(notes, row, ", ".join(labels[place] for place in chain if place in labels), _period(row))
    for row in (*reader.select(_ORGANS), *reader.select(_POSTS)):
        parent = labels.get(_value(row, "parent"), "")
        named = key(parent) in key(labels.get(row["node"].value, ""))
        _set(notes, row, "" if named else parent, _period(row))
    for row in reader.select(_MEETINGS):
        _set(notes, row, _value(row, "day"), labels.get(_value(row, "parent"), ""))
    for row in reader.select(_DIRECTIVES):
        _set(notes, row, _value(row, "day"), _value(row, "title"))
    return notes | _last_posts(reader.select(_HOLDINGS), labels)


def _chain(place: str, within: Mapping[str, str]) -> list[str]:
    """The units above a place, nearest first, without the country that all are in."""
    above: list[str] = []
    while (place := within.get(place, "")) in within and place not in above:
        above.append(place)
    return above


def _last_posts(holdings: list[Row], labels: Mapping[str, str]) -> dict[str, str]:
    seen: dict[str, dict[str, str]] = defaultdict(dict)
    for row in holdings:
        posts, post = seen[row["node"].value], labels.get(row["post"].value)
        if post is not None:
            posts[post] = max(posts.get(post, ""), _value(row, "day"))
    return {
        person: "; ".join(sorted(posts, key=lambda post: (posts[post], post), reverse=True)[:_SHOWN_POSTS])
        for person, posts in seen.items()
    }


def _period(row: Row) -> str:
    start, end = _value(row, "from"), _value(row, "to")
    return f"{start}–{end}" if start or end else ""


def _value(row: Row, name: str) -> str:
    return row[name].value if name in row else ""


def _set(notes: dict[str, str], row: Row, *parts: str) -> None:
    note = _SEPARATOR.join(part for part in parts if part)
    if note:
        notes.setdefault(row["node"].value, note)
