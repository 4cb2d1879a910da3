"""The mapping file of a table of posts: which column holds what (`README.md` here says how one is written)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from kg.errors import UnreadableInput
from kg.model.dates import PartialDate

COLUMNS: Final = ("person", "title", "body", "place", "period", "start", "end", "birth", "death", "url")
CONSTANTS: Final = ("title", "body", "place")
SOURCE: Final = ("title", "publisher", "published", "url")
_KEYS: Final = ("columns", "constants", "source", "same_person", "delimiter", "separator")


@dataclass(frozen=True, slots=True)
class PostMapping:
    """`columns` is of the names in COLUMNS to the table's own, `constants` gives what all rows have in common.

    `same_person` are the table's columns that tell people of one name apart, `separator` parts several posts in one
    cell, `source` says what is known of the whole file (SOURCE).
    """

    columns: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    source: Mapping[str, str] = field(default_factory=dict)
    same_person: tuple[str, ...] = ()
    delimiter: str = ","
    separator: str | None = None


def read_yaml(text: str) -> Any:  # noqa: ANN401  whatever the text states
    """The lists and mappings of a YAML text, all else as the words that stand there; raises UnreadableInput."""
    try:
        said = yaml.load(text, Loader=yaml.BaseLoader)
        json.dumps(said, ensure_ascii=False).encode("utf-8")  # an escape may mean no character, or half of one
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError) as fault:
        mark = getattr(fault, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        raise UnreadableInput(f"The mapping is no YAML{where}; write 'name: value' lines.") from fault
    return said


def read_mapping(text: str) -> PostMapping:
    """The mapping that a YAML text states; raises UnreadableInput that names the entry which is wrong."""
    said = read_yaml(text)
    if not isinstance(said, dict):
        raise UnreadableInput("The mapping is empty; it needs at least 'columns' with 'person' and 'title'.")
    _known("mapping", said, _KEYS)
    columns, constants = _words("columns", said, COLUMNS), _words("constants", said, CONSTANTS)
    source = _words("source", said, SOURCE)
    if "person" not in columns or not ("title" in columns or "title" in constants):
        raise UnreadableInput("The mapping does not say who holds what; give columns for 'person' and 'title'.")
    if "period" in columns and {"start", "end"} & set(columns):
        raise UnreadableInput("The mapping has 'period' and 'start' or 'end'; keep what the table has.")
    both = set(columns) & set(constants)
    if both:
        raise UnreadableInput(f"The mapping gives '{min(both)}' as a column and as a constant; keep one.")
    if "published" in source:
        try:
            PartialDate.parse(source["published"])
        except ValueError as fault:
            raise UnreadableInput(f"The mapping's 'published' cannot be read: {fault}") from fault
    same = said.get("same_person") or []
    if not isinstance(same, list) or not all(isinstance(name, str) for name in same):
        raise UnreadableInput("The mapping's 'same_person' is no list; write the columns as [one, two].")
    delimiter = str(said.get("delimiter") or ",")
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise UnreadableInput(f"The mapping's delimiter '{delimiter}' is not one letter; write ',', ';' or a tab.")
    separator = said.get("separator")
    return PostMapping(columns, constants, source, tuple(same), delimiter, str(separator) if separator else None)


def _words(section: str, said: dict[Any, Any], names: tuple[str, ...]) -> dict[str, str]:
    entries = said.get(section) or {}
    if not isinstance(entries, dict):
        raise UnreadableInput(f"The mapping's '{section}' is no list of 'name: value' lines.")
    _known(section, entries, names)
    empty = [name for name, value in entries.items() if not value or isinstance(value, dict | list)]
    if empty:
        raise UnreadableInput(f"The mapping's '{section}' has no words for '{empty[0]}'; fill it in or take it out.")
    return {str(name): str(value).strip() for name, value in entries.items()}


def _known(section: str, entries: dict[Any, Any], names: tuple[str, ...]) -> None:
    strange = [name for name in entries if name not in names]
    if strange:
        raise UnreadableInput(f"The mapping's '{section}' knows no '{strange[0]}'; it may have {', '.join(names)}.")
