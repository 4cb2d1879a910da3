"""Which terms the bodies of a unit have, by the calendars of `ontology/reference/term-calendars.tsv`.

The artefact of reference facts and the terms of which a report speaks first are both made here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from pyoxigraph import Literal, Quad

from kg.namespaces import iri
from kg.reference.bodies import Body
from kg.reference.naming import named
from kg.reference.tables import read_table
from kg.resources import tree

CALENDARS_FILE: Final = "ontology/reference/term-calendars.tsv"
_YEAR = iri("xsd:gYear")


@dataclass(frozen=True, slots=True)
class TermByRule:
    """A term that a calendar gives a body. `years` are the pairs under which it is known, the one in its name first."""

    slug: str
    organ: str
    label: str
    years: tuple[tuple[int, int], ...]
    basis: str


@dataclass(frozen=True, slots=True)
class _Calendar:
    rule: str
    leaf: str
    levels: frozenset[str]
    years: tuple[tuple[int, int], ...]
    first: str
    end: str

    def holds(self, body: Body) -> bool:
        if body.rule.leaf != self.leaf or body.unit.level not in self.levels:
            return False
        return (not body.valid_to or self.first < body.valid_to) and (not self.end or body.valid_from < self.end)


def terms_of(bodies: Iterable[Body]) -> Iterator[TermByRule]:
    """The terms of those bodies that are elected for terms, in the order of the calendars."""
    for body in bodies:
        for calendar in _calendars():
            if calendar.holds(body):
                start, end = calendar.years[0]
                yield TermByRule(
                    slug=f"{body.slug}-nhiem-ky-{start}-{end}",
                    organ=body.slug,
                    label=f"{body.label} nhiệm kỳ {start}–{end}",
                    years=calendar.years,
                    basis=f"{calendar.rule} ({CALENDARS_FILE})",
                )


def term_quads(term: TermByRule) -> Iterator[Quad]:
    """A term as quads."""
    node = iri(f"term:{term.slug}")
    start, end = term.years[0]
    yield Quad(node, iri("rdf:type"), iri("bm:Term"))
    yield from named(node, term.label, has_key=False)
    yield Quad(node, iri("bm:termOf"), iri(f"organ:{term.organ}"))
    yield Quad(node, iri("bm:nominalStart"), Literal(str(start), datatype=_YEAR))
    yield Quad(node, iri("bm:nominalEnd"), Literal(str(end), datatype=_YEAR))
    yield Quad(node, iri("bm:derivedByRule"), Literal(term.basis))


@cache
def _calendars() -> tuple[_Calendar, ...]:
    return tuple(
        _Calendar(
            rule=row["rule"],
            leaf=row["leaf"],
            levels=frozenset(row["units"].split()),
            years=(_years(f"{row['nominal_start']}-{row['nominal_end']}"), *map(_years, row["also"].split())),
            first=row["from"],
            end=row["to"],
        )
        for row in read_table(tree("ontology") / "reference" / "term-calendars.tsv")
    )


def _years(written: str) -> tuple[int, int]:
    start, end = written.split("-")
    return int(start), int(end)
