"""Popolo JSON (https://www.popoloproject.com/specs/): memberships → rows of posts, each value with its place.

Taken are names, other names, days of birth and death, and memberships with their role, body and days; of legislative
periods only what they are called, since a member may come later or leave earlier. Not taken are sex, pictures, contacts
and the like, which are no facts of holding office, and identifiers, for which the model has no place.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg.errors import UnreadableInput
from kg.model.dates import PartialDate
from kg.model.documents import Document
from kg.model.spans import Span
from kg.read.cell_dates import Period
from kg.read.json_values import Text, Value, read_json
from kg.read.post_mapping import SOURCE, read_yaml
from kg.read.post_rows import Life, PostRow, PostTable, Unread, Wording, read_name

_Object = dict[str, Value]
_KEYS: Final = ("words", "source", "place")


def popolo_table(name: str, text: str, mapping: str) -> PostTable:
    """The memberships of a Popolo document; `mapping` is YAML with `words` (the file's → Vietnamese) and `source`.

    Raises UnreadableInput for what is no Popolo, or a mapping that cannot be read.
    """
    said = read_json(text)
    if not isinstance(said, dict) or not isinstance(said.get("persons"), list):
        raise UnreadableInput("This JSON is no Popolo document; it needs lists of 'persons' and 'memberships'.")
    rules = _rules(mapping)
    about = {key: str(value) for key, value in (rules.get("source") or {}).items()}
    place = str(rules["place"]) if rules.get("place") else None
    published = about.get("published")
    if published and isinstance(said.get("events"), list):
        published = published[:7]  # who belongs to a period need not be in office on the day of publication
    document = Document(
        name, text, about.get("title") or name, published, place, about.get("publisher"), about.get("url")
    )
    words = {str(key): str(value or "") for key, value in (rules.get("words") or {}).items()}
    found = list(_Popolo(said, words, place).rows())
    return PostTable(
        document,
        tuple(row for row in found if isinstance(row, PostRow)),
        tuple(row for row in found if isinstance(row, Unread)),
    )


def _rules(mapping: str) -> dict[str, Any]:
    rules = read_yaml(mapping) or {}
    if not isinstance(rules, dict) or set(rules) - set(_KEYS):
        raise UnreadableInput(f"The mapping of a Popolo file may have {', '.join(_KEYS)}, and no more.")
    for name in ("words", "source"):
        if not isinstance(rules.get(name) or {}, dict):
            raise UnreadableInput(f"The mapping's '{name}' is no list of 'name: value' lines.")
    strange = set(rules.get("source") or {}) - set(SOURCE)
    if strange:
        raise UnreadableInput(f"The mapping's 'source' knows no '{min(strange)}'; it may have {', '.join(SOURCE)}.")
    published = (rules.get("source") or {}).get("published")
    try:
        if published is not None:
            PartialDate.parse(str(published))
    except ValueError as fault:
        raise UnreadableInput(f"The mapping's 'published' cannot be read: {fault}") from fault
    return rules


class _Popolo:
    def __init__(self, said: _Object, words: Mapping[str, str], place: str | None) -> None:
        self._said, self._words, self._place = said, words, place
        self._persons = self._by_id("persons")
        self._organizations = self._by_id("organizations")
        self._posts = self._by_id("posts")
        self._events = self._by_id("events")
        self._unread: list[Unread] = []

    def rows(self) -> Iterator[PostRow | Unread]:
        """The memberships in their order, then the people without one."""
        seen: set[str] = set()
        for where, membership in self._memberships():
            who = _words(membership, "person_id")
            seen.add(who)
            yield from self._row(where, membership, who)
        for who, person in self._persons.items():
            if who not in seen:
                yield Unread("persons", "memberships", _words(person, "name"), "the file gives no post of theirs", True)

    def _memberships(self) -> Iterator[tuple[str, _Object]]:
        for number, membership in enumerate(_objects(self._said, "memberships"), 1):
            yield f"memberships {number}", membership
        for person in self._persons.values():
            for number, membership in enumerate(_objects(person, "memberships"), 1):
                whose = {"person_id": person.get("id") or Text("", None)}
                yield f"{_words(person, 'name')}, memberships {number}", {**whose, **membership}

    def _row(self, where: str, membership: _Object, who: str) -> Iterator[PostRow | Unread]:
        person = self._persons.get(who)
        named = person.get("name") if person else None
        if person is None or not isinstance(named, Text) or named.span is None:
            yield Unread(where, "person_id", who, "no person of this id has a name", True)
            return
        try:
            name, other = read_name(named.value)
        except ValueError as fault:
            yield Unread(where, "name", named.value, str(fault), True)
            return
        post = self._posts.get(_words(membership, "post_id"), {})
        body_id = _words(membership, "organization_id") or _words(post, "organization_id")
        event = self._events.get(_words(membership, "legislative_period_id"), {})
        role = _first(membership.get("role"), post.get("role"), post.get("label"), membership.get("label"))
        body = _first(self._organizations.get(body_id, {}).get("name"))
        term = _first(event.get("name"))
        parts = [self._translated(part) for part in (role, body, term)]
        title = " ".join(part for part in parts if part)
        if not parts[0]:
            yield Unread(where, "role", "", "no role is named", True)
            return
        start, end = self._day(where, membership, "start_date"), self._day(where, membership, "end_date")
        birth, death = self._day(where, person, "birth_date"), self._day(where, person, "death_date")
        others = (one.get("name") for one in _objects(person, "other_names"))
        aliases = dict.fromkeys((*other, *(one.value for one in others if isinstance(one, Text) and one.value)))
        spans = (part.span for part in (role, body, term) if part)
        days = (day.span for day in (start, end) if day)
        evidence = tuple(span for span in (*spans, *days) if span)
        yield PostRow(
            where,
            name,
            named.span,
            tuple(aliases),
            (who,),
            Wording(title, evidence[0] if evidence else None),
            place=self._place,
            period=Period(start.day if start else None, end.day if end else None),
            spans=evidence[1:],
            birth=birth,
            death=death,
        )
        yield from self._unread
        self._unread = []

    def _translated(self, part: Text | None) -> str:
        return self._words.get(part.value, part.value) if part else ""

    def _day(self, where: str, thing: _Object, field: str) -> Life | None:
        said = thing.get(field)
        if not isinstance(said, Text) or said.span is None:
            return None
        try:
            return Life(PartialDate.parse(said.value.split("T")[0]), Span(said.span.start, said.span.end))
        except ValueError as fault:
            self._unread.append(Unread(where, field, said.value, str(fault), False))
            return None

    def _by_id(self, kind: str) -> dict[str, _Object]:
        return {_words(one, "id"): one for one in _objects(self._said, kind)}


def _objects(thing: _Object, name: str) -> Iterator[_Object]:
    found = thing.get(name)
    yield from (one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()


def _words(thing: _Object, name: str) -> str:
    said = thing.get(name)
    return said.value if isinstance(said, Text) else said if isinstance(said, str) else ""


def _first(*said: "Value | None") -> Text | None:
    return next((one for one in said if isinstance(one, Text) and one.value.strip()), None)
