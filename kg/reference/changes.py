"""What became of places and bodies: change events, from tables and by rule."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, Quad

from kg.namespaces import iri
from kg.reference.bodies import Body, Scope, scope_of_row
from kg.reference.tables import read_table
from kg.reference.units import Unit
from kg.resources import tree

_BODY_RULES = "ontology/reference/body-changes.tsv"
_CURATED = "ontology/reference/change-events.tsv"
_ENDS = {
    "place": ("bm:originalPlace", "bm:resultingPlace"),
    "organ": ("org:originalOrganization", "org:resultingOrganization"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One event. `of` is "place" or "organ"; originals and results are slugs; `day` is an ISO date, or empty."""

    slug: str
    of: str
    kind: str
    label: str
    day: str
    originals: tuple[str, ...]
    results: tuple[str, ...]
    legal_basis: str
    rule: str


@dataclass(frozen=True, slots=True)
class _Reorganisation:
    row: dict[str, str]
    scope: Scope


def body_changes(unit: Unit, bodies: Sequence[Body]) -> list[Change]:
    """The reorganisations of the rules in which bodies of the unit took part."""
    slugs = {body.slug for body in bodies}
    found = []
    for reorganisation in _reorganisations():
        row = reorganisation.row
        originals, results = (
            tuple(f"{leaf}-{unit.slug}" for leaf in row[side].split() if f"{leaf}-{unit.slug}" in slugs)
            for side in ("originals", "results")
        )
        anew = not row["originals"] and bool(results) and _began(unit, bodies, results)
        if reorganisation.scope.holds(unit) and (anew or (originals and _saw(unit, bodies, originals, row["day"]))):
            found.append(
                Change(
                    f"{row['rule']}-{unit.slug}",
                    "organ",
                    row["change"],
                    row["name"].format_map(unit.words()),
                    row["day"],
                    originals,
                    results,
                    row["legal_basis"],
                    f"{row['rule']} ({_BODY_RULES})",
                )
            )
    return found


def merged_provinces(units: Iterable[Unit]) -> Iterator[Quad]:
    """The mergers of provinces on 1 July 2025, and those of their Party committees on the same day."""
    by_slug = {unit.slug: unit for unit in units}
    for unit in by_slug.values():
        if not unit.merged or unit.level != "province":
            continue
        sources = tuple(sorted(old.slug for old in by_slug.values() if unit.slug in old.successors))
        words = unit.words()
        for of, rule, label, prefix, basis in (
            ("place", "provinces-merged-2025", f"Sắp xếp thành {words['unit']} từ ngày 1/7/2025", "", "202/2025/QH15"),
            (
                *("organ", "party-committees-merged-2025", f"Thành lập Đảng bộ {words['unit']} từ ngày 1/7/2025"),
                *("cap-uy-", "của Bộ Chính trị thành lập 23 đảng bộ tỉnh, thành phố, có hiệu lực từ ngày 1/7/2025"),
            ),
        ):
            paper = "Nghị quyết" if of == "place" else "Quyết định"
            yield from change_quads(
                Change(
                    f"{rule}-{unit.slug}",
                    of,
                    "Merger",
                    label,
                    unit.valid_from,
                    tuple(prefix + slug for slug in sources),
                    (prefix + unit.slug,),
                    f"{paper} {basis}",
                    f"{rule} (kg/reference/changes.py)",
                )
            )


def curated_changes(places: set[str]) -> Iterator[Quad]:
    """The events of the curated table: those of central bodies, and those whose places are all among the given ones."""
    for row in _curated():
        originals, results = tuple(row["originals"].split()), tuple(row["results"].split())
        if row["of"] == "organ" or {*originals, *results} <= places:
            yield from change_quads(
                Change(
                    *(row["slug"], row["of"], row["change"], row["name"], row["day"], originals, results),
                    row["legal_basis"],
                    f"change-from-table ({_CURATED})",
                )
            )


def ended_units(tables: Mapping[str, Iterable[dict[str, str]]], units: Iterable[Unit]) -> Iterator[Quad]:
    """What became of the units of tables with a legal basis in each row, but for those of which the curated one tells.

    Units that went into the same ones on one day have one event; rows without a successor have none. The units hold
    those of the tables, what they became and what that lies in.
    """
    by_slug = {unit.slug: unit for unit in units}
    told = {slug for row in _curated() for slug in row["originals"].split()}
    together: defaultdict[tuple[str, str], list[tuple[str, dict[str, str]]]] = defaultdict(list)
    for name, rows in tables.items():
        for row in rows:
            if row["replaced_by"] and row["slug"] not in told:
                together[row["valid_to"], row["replaced_by"]].append((name, row))
    for (day, _), ended in together.items():
        originals = [by_slug[row["slug"]] for _, row in ended]
        kind, label, results = _became(originals, day, by_slug)
        yield from change_quads(
            Change(
                f"unit-ended-{originals[0].slug}",
                "place",
                kind,
                label,
                day,
                tuple(unit.slug for unit in originals),
                results,
                "; ".join(dict.fromkeys(row["legal_basis"] for _, row in ended)),
                f"unit-ended (ontology/reference/{ended[0][0]}.tsv)",
            )
        )


def _became(originals: Sequence[Unit], day: str, places: Mapping[str, Unit]) -> tuple[str, str, tuple[str, ...]]:
    """Kind, label and resulting places of the change in which the originals, of the same successors, ended on a day.

    A unit that alone becomes another of its type in the same parent took in a part of a third, which has its own event.
    """
    results = originals[0].successors
    before, after = (
        ", ".join(unit.words()["unit"] for unit in side) for side in (originals, [places[slug] for slug in results])
    )
    result = places[results[0]]
    if len(results) > 1:
        return "Division", f"Chia {before} thành {after}", results
    if result.valid_from != day:
        return "Absorption", f"Nhập {before} vào {after}", results
    if len(originals) > 1:
        return "Merger", f"Hợp nhất {before} thành {after}", results
    if originals[0].unit_type != result.unit_type:
        return "Conversion", f"Chuyển {before} thành {after}", results
    if originals[0].ancestors == result.ancestors:
        return "Merger", f"Hợp nhất {before} với một phần đơn vị khác thành {after}", results
    return "Transfer", f"Chuyển {before} về {places[result.ancestors[0]].words()['unit']}", results


def change_quads(change: Change) -> Iterator[Quad]:
    """An event as quads."""
    node = iri(f"event:{change.slug}")
    yield Quad(node, iri("rdf:type"), iri("bm:ChangeEvent"))
    yield Quad(node, iri("rdf:type"), iri("org:ChangeEvent"))
    yield Quad(node, iri("rdfs:label"), Literal(change.label, language="vi"))
    yield Quad(node, iri("bm:changeKind"), iri(f"changekind:{change.kind}"))
    if change.day:
        yield Quad(node, iri("bm:day"), Literal(change.day, datatype=iri("xsd:date")))
    for prop, slugs in zip(_ENDS[change.of], (change.originals, change.results), strict=True):
        for slug in slugs:
            yield Quad(node, iri(prop), iri(f"{change.of}:{slug}"))
    yield Quad(node, iri("bm:legalBasisWording"), Literal(change.legal_basis))
    yield Quad(node, iri("bm:derivedByRule"), Literal(change.rule))


@cache
def _curated() -> tuple[dict[str, str], ...]:
    return tuple(read_table(tree("ontology") / "reference" / "change-events.tsv"))


@cache
def _reorganisations() -> tuple[_Reorganisation, ...]:
    rows = read_table(tree("ontology") / "reference" / "body-changes.tsv")
    return tuple(_Reorganisation(row, scope_of_row(row)) for row in rows)


def _began(unit: Unit, bodies: Sequence[Body], results: tuple[str, ...]) -> bool:
    """Whether the results began while the unit was there."""
    return all(body.valid_from > unit.valid_from for body in bodies if body.slug in results)


def _saw(unit: Unit, bodies: Sequence[Body], originals: tuple[str, ...], day: str) -> bool:
    """Whether the originals ended before the unit did, or on the very day of the event, or go on and took others in."""
    ends = {body.valid_to for body in bodies if body.slug in originals}
    return "" not in ends and (not unit.valid_to or any(end < unit.valid_to or end == day for end in ends))
