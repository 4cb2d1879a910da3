"""Units as they were while they lay in an older parent: another parent makes another version.

A unit of the division of early 2025 is no older than what it lay in. Before, it or what stood on its ground lay in an
older unit, under a node of its own, as `ontology/reference/earlier-versions.tsv` tells. Its slug has the older unit's
name in it, with the unit word where both are called alike.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.model.fold import slug
from kg.reference.tables import read_table
from kg.reference.units import LEVEL_OF_UNIT, split_unit
from kg.resources import tree

VERSIONS_TABLE: Final = "earlier-versions"
_REST = "*"
_NONE_THEN = "-"
_TYPES = {"Huyện": "RuralDistrict", "Thị xã": "Town", "Xã": "Commune", "Phường": "Ward", "Thị trấn": "Township"}


@dataclass(frozen=True, slots=True)
class _Rule:
    within: str
    word: str
    valid_from: str


def earlier_versions(rows: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """The earlier versions of the units among the rows of the tables of places, as such rows.

    The rows hold all units that the table names. Raises ValueError for a name that its parent has no unit of, and for
    a unit of a parent that the table names but that no row of it speaks of.
    """
    by_slug = {row["slug"]: row for row in rows}
    inside: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in by_slug.values():
        inside[row["within"]].append(row)
    made: dict[str, dict[str, str]] = {}
    for parent, rules in _rules().items():
        children = {_short(row): row for row in inside[parent]}
        unknown = set(rules) - set(children) - {_REST}
        if unknown or (_REST not in rules and not set(children) <= set(rules)):
            raise ValueError(f"{VERSIONS_TABLE}.tsv: {parent} has other units than it says ({sorted(unknown)}).")
        for short, child in children.items():
            rule = rules.get(short) or rules[_REST]
            if rule.word != _NONE_THEN:
                version = _version(child, rule, {**by_slug, **made})
                made[version["slug"]] = version
    yield from made.values()


def _version(child: dict[str, str], rule: _Rule, places: dict[str, dict[str, str]]) -> dict[str, str]:
    word, short = split_unit(child["name"])
    name = f"{rule.word or word.capitalize()} {short}"
    older, younger = places[rule.within], places[child["within"]]
    around = [_short(older)]
    if LEVEL_OF_UNIT[older["unit_type"]] != "province":
        around = [older["name"] if _short(older) == _short(younger) else _short(older), _short(places[older["within"]])]
    return {
        **child,
        "slug": slug(" ".join((name, *around))),
        "name": name,
        "unit_type": _TYPES[rule.word] if rule.word else child["unit_type"],
        "within": rule.within,
        "valid_from": rule.valid_from,
        "valid_to": child["valid_from"],
        "replaced_by": child["slug"],
    }


def _rules() -> dict[str, dict[str, _Rule]]:
    """The rules by parent and name of the unit, parents before what lies in their earlier versions."""
    found: defaultdict[str, dict[str, _Rule]] = defaultdict(dict)
    for row in read_table(tree("ontology") / "reference" / f"{VERSIONS_TABLE}.tsv"):
        for short in row["units"].split("; "):
            found[row["parent"]][short] = _Rule(row["within"], row["word"], row["valid_from"])
    return found


def _short(row: dict[str, str]) -> str:
    """The name by which a slug tells it apart: "Bắc Kạn", but "Quận 2"."""
    return row["other_names"].split("; ")[0] or row["name"]
