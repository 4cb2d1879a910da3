"""Files that state posts row by row, CSV with a mapping and Popolo JSON → their rows."""

import re
from pathlib import Path
from typing import Final

from kg.errors import UnreadableInput
from kg.read.decoding import MAX_TEXT, decode
from kg.read.post_rows import PostRow, PostTable, Unread

_CSV: Final = (".csv", ".tsv")


def read_table(path: Path, mapping: Path | None) -> PostTable:
    """The posts of a .csv or .tsv file by its mapping, or of a Popolo .json file, for which a mapping may say words.

    Raises UnreadableInput for what is none of them, and OSError.
    """
    ending = path.suffix.lower()
    if ending not in (*_CSV, ".json"):
        raise UnreadableInput(f"Files ending in '{path.suffix}' hold no posts that can be read; give .csv or .json.")
    if ending in _CSV and mapping is None:
        raise UnreadableInput(f"What the columns of '{path.name}' mean is not said; give --mapping FILE.")
    size = path.stat().st_size
    if size > MAX_TEXT:
        raise UnreadableInput(f"The file has {size:,} bytes; one table may have {MAX_TEXT:,}. Split it.")
    text = decode(path.read_bytes())
    said = _mapping(mapping) if mapping else ""
    name = re.sub(r"\s+", " ", path.stem)
    if ending == ".json":
        from kg.read.popolo import popolo_table  # YAML and the JSON reader are for tables alone

        return popolo_table(name, text, said)
    from kg.read.post_mapping import read_mapping  # as above
    from kg.read.posts_csv import read_posts, table_document

    rules = read_mapping(said)
    found = list(read_posts(text, rules))
    rows = tuple(row for row in found if isinstance(row, PostRow))
    return PostTable(table_document(name, text, rules), rows, tuple(row for row in found if isinstance(row, Unread)))


def _mapping(path: Path) -> str:
    try:
        return decode(path.read_bytes())
    except UnreadableInput as fault:
        raise UnreadableInput(f"The mapping '{path.name}' cannot be read: {fault}") from fault
