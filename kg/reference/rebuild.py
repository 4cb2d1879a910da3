"""Makes the tables of places anew from the PyPI package `vietnamadminunits`, which only this step needs.

The package holds the division before 1 July 2025 as it stood early that year, the division in force since, and which
old communes went into which new ones. Days on which units of its tables began, and units that ended before it,
are in tables of our own (`unit-starts.tsv`, `*-former.tsv`).
"""

import datetime as dt
import importlib.util
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

from kg.model.fold import slug
from kg.reference.tables import read_table, write_table
from kg.reference.units import COUNTRY

PACKAGE = "vietnamadminunits"
COLUMNS = (
    *("slug", "code", "name", "other_names", "unit_type", "within"),
    *("lat", "long", "valid_from", "valid_to", "replaced_by"),
)
IN_FORCE = "2025-07-01"

_PROVINCE_TYPES = {"Tỉnh": "Province", "Thành phố": "CentralCity"}
_DISTRICT_TYPES = {"Quận": "UrbanDistrict", "Huyện": "RuralDistrict", "Thị xã": "Town", "Thành phố": "ProvincialCity"}
_COMMUNE_TYPES = {"Xã": "Commune", "Phường": "Ward", "Thị trấn": "Township", "Đặc khu": "SpecialZone"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One administrative unit in one division. `key` is the package's own key, by which its links are given."""

    slug: str
    code: str
    name: str
    short: str
    unit_type: str
    within: str
    lat: float
    long: float
    key: str
    replaced_by: tuple[str, ...] = field(default=())

    def row(self, valid_from: str, valid_to: str) -> dict[str, str]:
        """The unit as a row of a table of places."""
        cells = (
            *(self.slug, self.code, self.name, "" if self.short == self.name else self.short, self.unit_type),
            *(self.within, f"{self.lat:.6f}".rstrip("0"), f"{self.long:.6f}".rstrip("0"), valid_from, valid_to),
            " ".join(self.replaced_by),
        )
        return dict(zip(COLUMNS, cells, strict=True))


def rebuild(folder: Path, retrieved: dt.date) -> dict[str, int]:
    """Writes the five tables of places into a folder that has `unit-starts.tsv`; gives the rows of each by its name.

    Raises ModuleNotFoundError where the package is not installed.
    """
    source = _package_data()
    old, new = _read_units(source / "dataset.db")
    links = _read_links(source / "converter_2025.json")
    new_by_key = {unit.key: unit.slug for level in new.values() for unit in level}
    starts = _starts(folder / "unit-starts.tsv", [unit for units in old.values() for unit in units])
    counts = {}
    for level, units in old.items():
        name = f"{level}-until-2025-06"
        linked = [replace(u, replaced_by=tuple(sorted({new_by_key[k] for k in links.get(u.key, ())}))) for u in units]
        rows = [unit.row(starts.get(unit.slug, ""), IN_FORCE) for unit in linked]
        write_table(
            folder / f"{name}.tsv", _header(f"{level} of the division until 30 June 2025", retrieved), COLUMNS, rows
        )
        counts[name] = len(rows)
    for level, units in new.items():
        name = f"{level}-from-2025-07"
        rows = [unit.row(IN_FORCE, "") for unit in units]
        write_table(
            folder / f"{name}.tsv", _header(f"{level} of the division from 1 July 2025", retrieved), COLUMNS, rows
        )
        counts[name] = len(rows)
    return counts


def _starts(file: Path, units: list[Unit]) -> dict[str, str]:
    """First days by slug; a unit of which none is known began no earlier than the unit that it lies in."""
    starts = {row["slug"]: row["valid_from"] for row in read_table(file)}
    for unit in sorted(units, key=lambda unit: unit.within != COUNTRY and len(unit.code)):
        if unit.slug not in starts and unit.within in starts:
            starts[unit.slug] = starts[unit.within]
    return starts


def _header(what: str, retrieved: dt.date) -> list[str]:
    return [
        f"Vietnamese administrative units: {what}.",
        f"Source: {PACKAGE} {version(PACKAGE)} (PyPI; dataset.db, converter_2025.json), by Tran Ngoc Minh Hieu.",
        "Licence of the source: MIT, Copyright (c) 2025 Tran Ngoc Minh Hieu.",
        f"Retrieved: {retrieved.isoformat()}, by `python -m kg.reference`; do not edit by hand.",
        "Legal basis: Nghị quyết 202/2025/QH15 (provinces); Nghị quyết 203/2025/QH15 and Luật 72/2025/QH15 (end of the",
        "district level); resolutions 1654 to 1687/NQ-UBTVQH15 (communes). The new authorities work from 1 July 2025.",
        "Start of units of the former division: unknown unless given in unit-starts.tsv.",
    ]


def _package_data() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"The package {PACKAGE} is not installed; `pip install {PACKAGE}==1.0.4` brings it.")
    return Path(spec.submodule_search_locations[0]) / "data"


def _read_units(database: Path) -> tuple[dict[str, list[Unit]], dict[str, list[Unit]]]:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        old = [dict(row) for row in connection.execute("SELECT * FROM admin_units_legacy")]
        new = [dict(row) for row in connection.execute("SELECT * FROM admin_units")]
    connection.close()
    former = {
        "provinces": _distinct(_province(row, "") for row in old),
        "districts": _distinct(_district(row) for row in old),
        "communes": _distinct(_commune_of_district(row) for row in old if row["ward"]),
    }
    current = {
        "provinces": _distinct(_province(row, "-2025") for row in new),
        "communes": _distinct(_commune_of_province(row) for row in new),
    }
    return former, current


def _province(row: dict[str, str], suffix: str) -> Unit:
    name, unit_type = _named_type(row["province"], _PROVINCE_TYPES)
    return Unit(
        slug=slug(name) + suffix,
        code=row["provinceCode"],
        name=name,
        short=row["provinceShort"],
        unit_type=unit_type,
        within=COUNTRY,
        lat=float(row["provinceLat"]),
        long=float(row["provinceLon"]),
        key=row["provinceKey"] + suffix,
    )


def _district(row: dict[str, str]) -> Unit:
    name, unit_type = _named_type(row["district"], _DISTRICT_TYPES)
    if unit_type == "ProvincialCity" and row["province"].startswith("Thành phố"):
        unit_type = "CityUnderCity"
    return Unit(
        slug=slug(f"{name} {row['provinceShort']}"),
        code=row["districtCode"],
        name=name,
        short=row["districtShort"],
        unit_type=unit_type,
        within=slug(row["province"]),
        lat=float(row["districtLat"]),
        long=float(row["districtLon"]),
        key=f"{row['provinceKey']}_{row['districtKey']}_",
    )


def _commune_of_district(row: dict[str, str]) -> Unit:
    name, unit_type = _named_type(row["ward"], _COMMUNE_TYPES)
    return Unit(
        slug=slug(f"{name} {row['districtShort']} {row['provinceShort']}"),
        code=row["wardCode"],
        name=name,
        short=row["wardShort"],
        unit_type=unit_type,
        within=slug(f"{row['district']} {row['provinceShort']}"),
        lat=float(row["wardLat"]),
        long=float(row["wardLon"]),
        key=f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey']}",
    )


def _commune_of_province(row: dict[str, str]) -> Unit:
    name, unit_type = _named_type(row["ward"], _COMMUNE_TYPES)
    return Unit(
        slug=slug(f"{name} {row['provinceShort']}") + "-2025",
        code=row["wardCode"],
        name=name,
        short=row["wardShort"],
        unit_type=unit_type,
        within=slug(row["province"]) + "-2025",
        lat=float(row["wardLat"]),
        long=float(row["wardLon"]),
        key=f"{row['provinceKey']}-2025_{row['wardKey']}",
    )


def _named_type(name: str, types: dict[str, str]) -> tuple[str, str]:
    """The name with its unit word in official case ("Thành Phố Bắc Kạn" is in the package), and the type it says.

    The package's own type column contradicts the name in a few rows; there the name is right.
    """
    for word, code in types.items():
        if name.lower().startswith(f"{word.lower()} "):
            return word + name[len(word) :], code
    raise ValueError(f"The unit '{name}' of {PACKAGE} begins with none of {', '.join(types)}.")


def _distinct(units: Iterator[Unit]) -> list[Unit]:
    """Each unit once, in order of code; units whose names fold to one slug all get their code into it."""
    by_code = {unit.code: unit for unit in units}
    uses = Counter(unit.slug for unit in by_code.values())
    return [
        unit if uses[unit.slug] == 1 else replace(unit, slug=_with_code(unit.slug, unit.code))
        for unit in sorted(by_code.values(), key=lambda unit: unit.code)
    ]


def _with_code(plain: str, code: str) -> str:
    stem = plain.removesuffix("-2025")
    return f"{stem}-{code}{plain[len(stem) :]}"


def _read_links(converter: Path) -> dict[str, set[str]]:
    """The keys of the new units by the key of the old one."""
    data = json.loads(converter.read_text(encoding="utf-8"))
    links: defaultdict[str, set[str]] = defaultdict(set)
    for new, olds in data["DICT_PROVINCE"].items():
        for old in olds:
            links[old].add(f"{new}-2025")
    for province, wards in data["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            for old in olds:
                links[old].add(f"{province}-2025_{ward}")
    for province, divided in data["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in divided.items():
            links[old].update(f"{province}-2025_{part['newWardKey']}" for part in parts)
    return links
