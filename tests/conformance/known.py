"""Tests that are known to fail, each with its reason: `known_failures.tsv`."""

import csv
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("known_failures.tsv")


@cache
def known_failures() -> dict[str, str]:
    """The reason by `suite:group/name`."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {f"{row['suite']}:{row['test']}": row["reason"] for row in rows}
