"""What titles and roles mean, from the tables in `data/`."""

import re
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode

from kg.model import fold
from kg.namespaces import iri

_DATA = Path(__file__).parent / "data"


def rank_of(title: str) -> tuple[NamedNode, NamedNode]:
    """The rank and the post type of a title such as "Phó Chủ tịch Thường trực"; rank:Other when no line fits."""
    key = fold.key(title)
    for pattern, rank, post_type in _ranks():
        if key == pattern or (pattern.endswith("*") and (key + " ").startswith(pattern[:-1] + " ")):
            return iri(f"rank:{rank}"), iri(f"posttype:{post_type}")
    return iri("rank:Other"), iri("posttype:staff")


def roles_of(wording: str) -> list[NamedNode]:
    """The role codes that a wording such as "dự và chỉ đạo" means; role:Other when no line fits."""
    rest = f" {fold.key(wording)} "
    found: list[NamedNode] = []
    for words, codes in _roles():
        if f" {words} " in rest:
            rest = rest.replace(f" {words} ", " | ")
            found += [code for name in codes.split() if (code := iri(f"role:{name}")) not in found]
    return found or [iri("role:Other")]


def cause_of(end: str, words: str, at: int) -> str | None:
    """The local name of the cause that a sentence gives for taking up ("start") or leaving ("end") the post at `at`."""
    causes, pattern = _causes(end)
    found = [(match.start(), causes[match.group()]) for match in pattern.finditer(fold.plain(words).lower())]
    before = [cause for start, cause in found if start < at]
    after = [cause for start, cause in found if start >= at]
    return next((cause for cause in (*reversed(before), *after) if cause), None)


@cache
def official_causes() -> frozenset[str]:
    """The local names of causes that only an official paper can carry into the graph."""
    return frozenset(row[2] for row in rows("causes.tsv") if row[4:] == ["official"])


def rows(name: str) -> list[list[str]]:
    """The lines of a table in `data/`, each as its columns; comments are left out."""
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def _ranks() -> list[tuple[str, str, str]]:
    return [(row[0], row[1], row[2]) for row in rows("ranks.tsv")]


@cache
def _causes(end: str) -> tuple[dict[str, str], re.Pattern[str]]:
    """The words for one end of a holding with their causes, and what finds them, the longest first."""
    causes = {row[1]: row[2] for row in rows("causes.tsv") if row[0] == end}
    longest_first = sorted(map(re.escape, causes), key=len, reverse=True)
    return causes, re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")


@cache
def _roles() -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in rows("roles.tsv")]
