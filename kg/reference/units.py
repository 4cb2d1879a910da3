"""Administrative units as the rules about bodies see them, and which names their bodies bear."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

COUNTRY: Final = "viet-nam"
"""The slug of the country, within which all other units lie."""

LEVEL_OF_UNIT = {
    "Country": "country",
    "Province": "province",
    "CentralCity": "province",
    "ProvincialCity": "district",
    "CityUnderCity": "district",
    "UrbanDistrict": "district",
    "RuralDistrict": "district",
    "Town": "district",
    "Commune": "commune",
    "Ward": "commune",
    "Township": "commune",
    "SpecialZone": "commune",
}

_UNIT_WORD = re.compile(r"(thành phố|thị xã|thị trấn|đặc khu|tỉnh|huyện|quận|xã|phường)\s+(.+)", re.IGNORECASE)
_COMMITTEES = {
    "tỉnh": "Tỉnh ủy",
    "thành phố": "Thành ủy",
    "huyện": "Huyện ủy",
    "quận": "Quận ủy",
    "thị xã": "Thị ủy",
}
_YOUTH = {
    "tỉnh": "Tỉnh đoàn",
    "thành phố": "Thành đoàn",
    "huyện": "Huyện đoàn",
    "quận": "Quận đoàn",
    "thị xã": "Thị đoàn",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """One version of an administrative unit.

    `unit_type` is a code of unittype; `ancestors` are the slugs of the units it lies in, nearest first, `successors`
    those of the units it went into; `merged` says of a unit of 2025 that it was made of two or more. Days are ISO
    dates, half-open, empty when not known.
    """

    slug: str
    name: str
    unit_type: str
    ancestors: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""
    successors: tuple[str, ...] = ()
    merged: bool = False

    @property
    def level(self) -> str:
        """The code of its level."""
        return LEVEL_OF_UNIT[self.unit_type]

    def words(self) -> dict[str, str]:
        """What the rules' names are filled with: `unit`, `committee`, `place`, `youth`.

        A number is no name of its own: the committee of Quận 2 is Quận ủy Quận 2.
        """
        word, short = split_unit(self.name)
        place = f"{word.capitalize()} {short}" if short.isdigit() else short
        unit = f"{word} {short}".strip()
        committee = f"{_COMMITTEES[word]} {place}" if word in _COMMITTEES else f"Đảng ủy {unit}"
        youth = f"{_YOUTH[word]} {place}" if word in _YOUTH else f"Đoàn {unit}"
        return {"unit": unit, "committee": committee, "place": place, "youth": youth}


def split_unit(name: str) -> tuple[str, str]:
    """("tỉnh", "Bắc Kạn") for "Tỉnh Bắc Kạn"; an empty word where the name begins with no unit."""
    match = _UNIT_WORD.match(name)
    return (match[1].lower(), match[2]) if match else ("", name)


def is_merged(slug: str, sources: int) -> bool:
    """Whether a unit that so many went into counts as made by the mergers of 2025."""
    return slug.endswith("-2025") and sources > 1


def units_of_rows(rows: Iterable[dict[str, str]]) -> Iterator[Unit]:
    """The units of rows of the tables of places, in their order; the rows hold all that they lie within."""
    rows = list(rows)
    within = {row["slug"]: row["within"] for row in rows}
    sources: dict[str, int] = {}
    for row in rows:
        for slug in row["replaced_by"].split():
            sources[slug] = sources.get(slug, 0) + 1
    for row in rows:
        ancestors = []
        above = row["within"]
        while above:
            ancestors.append(above)
            above = within.get(above, "")
        yield Unit(
            slug=row["slug"],
            name=row["name"],
            unit_type=row["unit_type"],
            ancestors=tuple(ancestors),
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
            successors=tuple(row["replaced_by"].split()),
            merged=is_merged(row["slug"], sources.get(row["slug"], 0)),
        )
