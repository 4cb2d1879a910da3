"""Units as they were while they lay in an older parent: another parent makes another version.

A unit of the division of early 2025 is no older than what it lay in. Before, it or what stood on its ground lay in an
older unit, under a node of its own, as `ontology/reference/earlier-versions.tsv` tells. Its slug has the older unit's
name in it, with the unit word where both are called alike. A version may have one before it in its turn.
"""

from collections import Counter, defaultdict
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
    legal_basis: str


def earlier_versions(rows: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """The earlier versions of the units among the rows of the tables of places, as such rows with `legal_basis`.

    The rows hold all units that the table names. A unit that began later than its parent has no earlier version.
    Raises ValueError for a name that its parent has no unit of, for a unit of a parent that the table names but that no
    row of it speaks of, for a unit without a first day that is to have a version before it, and for a slug in use.
    """
    by_slug = {row["slug"]: row for row in rows}
    inside: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in by_slug.values():
        inside[row["within"]].append(row)
    for parent, rules in _rules().items():
        names = {_short(row) for row in inside[parent]}
        unknown = set(rules) - names - {_REST}
        if unknown or (_REST not in rules and not names <= set(rules)):
            raise ValueError(f"{VERSIONS_TABLE}.tsv: {parent} has other units than it says ({sorted(unknown)}).")
        for version in _versions(by_slug[parent], inside[parent], rules, by_slug):
            if version["slug"] in by_slug:
                raise ValueError(f"{VERSIONS_TABLE}.tsv: there is a place of the slug '{version['slug']}' already.")
            by_slug[version["slug"]] = version
            inside[version["within"]].append(version)
            yield version


def _versions(
    parent: dict[str, str],
    children: Iterable[dict[str, str]],
    rules: dict[str, _Rule],
    places: dict[str, dict[str, str]],
) -> list[dict[str, str]]:
    """The versions before one parent; those whose names fold to one slug have their code in it."""
    made = []
    for child in children:
        rule = rules.get(_short(child)) or rules[_REST]
        is_younger = parent["valid_from"] and child["valid_from"] > parent["valid_from"]
        if rule.word != _NONE_THEN and not is_younger:
            made.append(_version(child, rule, places))
    uses = Counter(row["slug"] for row in made)
    return [row if uses[row["slug"]] == 1 else {**row, "slug": f"{row['slug']}-{row['code']}"} for row in made]


def _version(child: dict[str, str], rule: _Rule, places: dict[str, dict[str, str]]) -> dict[str, str]:
    if not child["valid_from"]:
        raise ValueError(f"{VERSIONS_TABLE}.tsv: {child['slug']} has no first day, so nothing can end before it.")
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
        "valid_from": max(rule.valid_from, older["valid_from"]),
        "valid_to": child["valid_from"],
        "replaced_by": child["slug"],
        "legal_basis": rule.legal_basis,
    }


def _rules() -> dict[str, dict[str, _Rule]]:
    """The rules by parent and name of the unit, parents before what lies in their earlier versions."""
    found: defaultdict[str, dict[str, _Rule]] = defaultdict(dict)
    for row in read_table(tree("ontology") / "reference" / f"{VERSIONS_TABLE}.tsv"):
        rule = _Rule(row["within"], row["word"], row["valid_from"], row["legal_basis"])
        found[row["parent"]].update(dict.fromkeys(row["units"].split("; "), rule))
    return found


def _short(row: dict[str, str]) -> str:
    """The name by which a slug tells it apart: "Bắc Kạn", but "Quận 2"."""
    return row["other_names"].split("; ")[0] or row["name"]
