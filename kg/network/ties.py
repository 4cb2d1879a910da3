"""What the questions answer, row by row, made into ties: two ends, an event, days, facts and a weight."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.model.graph import Reader, Row, Term
from kg.model.holding import Certainty, Holding, Stretch
from kg.model.sparql_bind import restrict
from kg.namespaces import curie, iri
from kg.network.grounds import day, library
from kg.network.values import Slice

_DAY: Final = dt.timedelta(days=1)
_AT_ONCE: Final = 1000
_ONLY_THERE: Final = iri("role:Attends").value
MEETING: Final = iri("bm:meeting").value
_BODY: Final = iri("org:organization").value
_FIELDS: Final = {
    "bm:startEarliest": "start_earliest",
    "bm:startLatest": "start_latest",
    "bm:endEarliest": "end_earliest",
    "bm:endLatest": "end_latest",
}
WEIGHTINGS: Final = ("meetings", "newman", "role", "site")
"""How shared meetings weigh; kg/network/README.md defines each."""


class Tie(NamedTuple):  # a million are made, in a third of the time of a frozen dataclass
    """One event that ties two ends: a meeting, a body, a relation. Its certainty is what the event itself allows."""

    source: str
    target: str
    event: str
    relation: str
    facts: tuple[str, ...]
    days: Stretch | None
    weight: float = 1.0
    certainty: Certainty = Certainty.CERTAIN


def ask(reader: Reader, name: str, values: dict[str, Term]) -> list[Row]:
    """Rows of a question of the library in no order: all are folded, and sorting takes a quarter more time."""
    pattern, _, _ = library()[name].text.rpartition("\nORDER BY ")
    return reader.select(pattern, values)


def bindings(part: Slice) -> dict[str, Term]:
    """The parameters of the questions for a slice."""
    days = {"from": part.start, "until": part.end}
    bound: dict[str, Term] = {
        name: Literal(value.isoformat(), datatype=iri("xsd:date")) for name, value in days.items() if value
    }
    return bound | ({"place": NamedNode(part.place)} if part.place else {})


def plain_ties(rows: Iterable[Row], relation: str | None = None) -> Iterator[Tie]:
    """Rows that are edges as they stand: `relation` names those of one kind, else a column does."""
    for row in rows:
        kind = relation or row["relation"].value
        since, ended = day(row.get("since")), day(row.get("ended"))
        yield Tie(
            row["source"].value,
            row["target"].value,
            kind + row["target"].value,
            kind,
            (row["fact_1"].value,),
            one_day(row) or (Stretch(since, ended) if since or ended else None),
        )


def one_day(row: Row) -> Stretch | None:
    """The single day of a row, where it has one."""
    held = day(row.get("day"))
    return Stretch(held, held + _DAY) if held else None


def shared_meetings(reader: Reader, part: Slice, weighting: str) -> Iterator[Tie]:
    """Pairs of people by meeting; a meeting at which somebody was at two sites ties a pair once."""
    keep = dict[str, str]().setdefault  # one string for each of the IRIs, which come again and again
    days: dict[str, Stretch | None] = {}
    weigh = _Weigher(ask(reader, "person-meeting", bindings(part)), weighting)
    for row in ask(reader, "shared-meetings", bindings(part)):
        source, target, meeting = row["source"].value, row["target"].value, row["meeting"].value
        one, other = row["fact_1"].value, row["fact_2"].value
        if meeting not in days:
            days[meeting] = one_day(row)
        if weight := weigh.of(meeting, one, other):
            facts = (keep(one, one), keep(other, other))
            yield Tie(keep(source, source), keep(target, target), meeting, MEETING, facts, days[meeting], weight)


class _Weigher:
    """What one meeting counts for a pair, by the participations of both."""

    def __init__(self, rows: Iterable[Row], weighting: str) -> None:
        self._weighting = weighting
        present: dict[str, set[str]] = defaultdict(set)
        self._sites: dict[str, str] = {}
        self._active: set[str] = set()
        for row in rows:
            fact = row["fact_1"].value
            present[row["target"].value].add(row["source"].value)
            if "site" in row:
                self._sites[fact] = row["site"].value
            if "role" in row and row["role"].value != _ONLY_THERE:
                self._active.add(fact)
        self._sizes = Counter({meeting: len(people) for meeting, people in present.items()})

    def of(self, meeting: str, one: str, other: str) -> float:
        """Zero where the weighting leaves the meeting out for this pair."""
        if self._weighting == "meetings":
            return 1.0
        if self._weighting == "newman":
            return 1 / (self._sizes[meeting] - 1)
        if self._weighting == "site":
            return float(self._sites.get(one) == self._sites.get(other))
        return (1.0 if one in self._active else 0.5) * (1.0 if other in self._active else 0.5)


def overlapping_posts(reader: Reader, part: Slice) -> Iterator[Tie]:
    """Pairs of people by body, as sure as `kg.model.holding` finds a day within the slice on which both held."""
    rows = ask(reader, "overlapping-posts", bindings(part))
    held = holdings(reader, {row[name].value for row in rows for name in ("fact_1", "fact_2")})
    for row in rows:
        facts = (row["fact_1"].value, row["fact_2"].value)
        mine, theirs = (held[fact] for fact in facts)
        certainty, days = overlap(mine, theirs, part.days)
        if certainty > Certainty.NO:
            yield Tie(
                row["source"].value,
                row["target"].value,
                row["body"].value,
                _BODY,
                facts,
                days,
                1.0,
                certainty,
            )


def overlap(mine: Holding, theirs: Holding, within: Stretch) -> tuple[Certainty, Stretch]:
    """How sure it is that both held on one day of `within`, and the longest stretch of days that are so sure."""
    shared = list(mine.together(theirs, within))
    if not shared:
        return Certainty.NO, within
    return shared[0][0], max((stretch for certainty, stretch in shared if certainty == shared[0][0]), key=_length)


def _length(stretch: Stretch) -> dt.timedelta:
    return (stretch.end or dt.date.max) - (stretch.first or dt.date.min)


def holdings(reader: Reader, tenures: Iterable[str]) -> dict[str, Holding]:
    """What is known of the days of each tenure, by the question `tenure-days`."""
    attested: dict[str, set[dt.date]] = {tenure: set() for tenure in tenures}
    bounds: dict[str, dict[str, dt.date]] = {tenure: {} for tenure in attested}
    for row in in_chunks(reader, "tenure-days", "tenure", sorted(attested)):
        tenure, said, on = row["tenure"].value, curie(row["property"].value), day(row["day"])
        if on and said in _FIELDS:
            bounds[tenure][_FIELDS[said]] = on
        elif on:
            attested[tenure].add(on)
    return {tenure: Holding(frozenset(days), **bounds[tenure]) for tenure, days in attested.items()}


def in_chunks(reader: Reader, name: str, variable: str, terms: Sequence[str]) -> Iterator[Row]:
    """Rows of a question of the library for many values of one parameter."""
    for start in range(0, len(terms), _AT_ONCE):
        some = [NamedNode(term) for term in terms[start : start + _AT_ONCE]]
        yield from reader.select(restrict(library()[name].text, variable, some))
