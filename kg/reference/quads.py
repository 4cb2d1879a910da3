"""Tables of reference facts, as quads of the default graph."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal as Choice

from pyoxigraph import Literal, NamedNode, Quad

from kg.namespaces import iri
from kg.reference.body_quads import bodies_and_changes
from kg.reference.changes import curated_changes, ended_units, merged_provinces
from kg.reference.naming import named
from kg.reference.tables import read_table
from kg.reference.units import LEVEL_OF_UNIT, Unit, units_of_rows
from kg.reference.versions import VERSIONS_TABLE, earlier_versions
from kg.resources import tree

Profile = Choice["full", "minimal"]
Row = dict[str, str]

_TYPE, _RULE = iri("rdf:type"), iri("bm:derivedByRule")
_DATE, _DECIMAL, _INTEGER, _YEAR = iri("xsd:date"), iri("xsd:decimal"), iri("xsd:integer"), iri("xsd:gYear")

_PROVINCES = ("country", "provinces-former", "provinces-until-2025-06", "provinces-from-2025-07")
_BELOW = (
    *("districts-former", "districts-until-2025-06", "communes-former"),
    *("communes-until-2025-06", "communes-from-2025-07"),
)

_WITH_BASIS = (VERSIONS_TABLE, "communes-former")
"""The tables below the province in which each row has the legal basis on which the unit ended."""


def reference_quads(profile: Profile) -> Iterator[Quad]:
    """Facts about places, their bodies and what became of them, central bodies and their terms.

    `minimal` leaves out districts and communes with their bodies. Raises ValueError for another profile.
    """
    if profile not in ("full", "minimal"):
        raise ValueError(f"'{profile}' is no profile of the reference graph; it is 'full' or 'minimal'.")
    tables = _place_rows(profile)
    for name, rows in tables.items():
        rule = "place-in-older-parent" if name == VERSIONS_TABLE else "place-from-units-table"
        yield from _facts(name, rows, rule, _place)
    units = list(units_of_rows(row for rows in tables.values() for row in rows))
    yield from bodies_and_changes([unit for unit in units if unit.level in ("province", "district")])
    yield from merged_provinces(units)
    yield from ended_units({name: tables[name] for name in _WITH_BASIS if name in tables}, units)
    yield from curated_changes({unit.slug for unit in units})
    yield from _table("organs", "central-organ-from-table", _organ)
    yield from _table("terms", "term-from-table", _term)


def reference_units(profile: Profile) -> list[Unit]:
    """The units of the tables of places, those below the province only for `full`."""
    return list(units_of_rows(row for rows in _place_rows(profile).values() for row in rows))


def _place_rows(profile: Profile) -> dict[str, list[Row]]:
    """The rows of each table of places that a profile has; with districts, what they were in older parents as well."""
    names = (*_PROVINCES, *_BELOW) if profile == "full" else _PROVINCES
    tables = {name: list(read_table(_file(name))) for name in names}
    if profile == "full":
        tables[VERSIONS_TABLE] = list(earlier_versions(row for rows in tables.values() for row in rows))
    return tables


def _table(name: str, rule: str, facts: Callable[[Row], Iterator[Quad]]) -> Iterator[Quad]:
    yield from _facts(name, read_table(_file(name)), rule, facts)


def _facts(name: str, rows: Iterable[Row], rule: str, facts: Callable[[Row], Iterator[Quad]]) -> Iterator[Quad]:
    basis = Literal(f"{rule} (ontology/reference/{name}.tsv)")
    for row in rows:
        subject: NamedNode | None = None
        for quad in facts(row):
            assert isinstance(quad.subject, NamedNode)
            subject = quad.subject
            yield quad
        assert subject is not None
        yield Quad(subject, _RULE, basis)


def _file(name: str) -> Path:
    return tree("ontology") / "reference" / f"{name}.tsv"


def _named(subject: NamedNode, row: Row) -> Iterator[Quad]:
    return named(subject, row["name"], filter(None, row["other_names"].split("; ")))


def _period(subject: NamedNode, row: Row) -> Iterator[Quad]:
    yield from _optional(subject, "bm:validFrom", row["valid_from"], _DATE)
    yield from _optional(subject, "bm:validTo", row["valid_to"], _DATE)


def _optional(subject: NamedNode, predicate: str, value: str, datatype: NamedNode | None = None) -> Iterator[Quad]:
    if value:
        yield Quad(subject, iri(predicate), Literal(value, datatype=datatype))


def _place(row: Row) -> Iterator[Quad]:
    place = iri(f"place:{row['slug']}")
    yield Quad(place, _TYPE, iri("bm:Place"))
    yield from _named(place, row)
    yield Quad(place, iri("bm:level"), iri(f"level:{LEVEL_OF_UNIT[row['unit_type']]}"))
    yield Quad(place, iri("bm:unitType"), iri(f"unittype:{row['unit_type']}"))
    yield from _optional(place, "bm:code", row["code"])
    yield from _optional(place, "geo:lat", row["lat"], _DECIMAL)
    yield from _optional(place, "geo:long", row["long"], _DECIMAL)
    yield from _period(place, row)
    if row["within"]:
        yield Quad(place, iri("bm:within"), iri(f"place:{row['within']}"))
    for slug in row["replaced_by"].split():
        yield Quad(place, iri("bm:replacedBy"), iri(f"place:{slug}"))


def _organ(row: Row) -> Iterator[Quad]:
    organ = iri(f"organ:{row['slug']}")
    yield Quad(organ, _TYPE, iri("bm:Organ"))
    yield Quad(organ, _TYPE, iri("org:Organization"))
    yield from _named(organ, row)
    yield Quad(organ, iri("bm:kind"), iri(f"organkind:{row['kind']}"))
    yield Quad(organ, iri("bm:ladder"), iri(f"ladder:{row['ladder']}"))
    yield Quad(organ, iri("bm:jurisdiction"), iri("place:viet-nam"))
    yield from _period(organ, row)
    yield from _optional(organ, "bm:validFromLatest", row["begun_by"], _DATE)
    if row["part_of"]:
        yield Quad(organ, iri("org:subOrganizationOf"), iri(f"organ:{row['part_of']}"))
    for slug in row["replaced_by"].split():
        yield Quad(organ, iri("bm:replacedBy"), iri(f"organ:{slug}"))


def _term(row: Row) -> Iterator[Quad]:
    term = iri(f"term:{row['organ']}-khoa-{row['ordinal']}")
    yield Quad(term, _TYPE, iri("bm:Term"))
    yield from named(term, row["name"], has_key=False)
    yield Quad(term, iri("bm:termOf"), iri(f"organ:{row['organ']}"))
    yield Quad(term, iri("bm:ordinal"), Literal(row["ordinal"], datatype=_INTEGER))
    yield from _optional(term, "bm:firstDay", row["first_day"], _DATE)
    yield from _optional(term, "bm:lastDay", row["last_day"], _DATE)
    yield from _optional(term, "bm:nominalStart", row["nominal_start"], _YEAR)
    yield from _optional(term, "bm:nominalEnd", row["nominal_end"], _YEAR)
