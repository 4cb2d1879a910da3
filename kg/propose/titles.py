"""What titles and roles mean, from the tables in `data/`."""

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
    said = fold.plain(words).lower()
    found = [(said.rfind(word, 0, at), cause) for which, word, cause in _causes() if which == end and word in said]
    before = [hit for hit in found if hit[0] >= 0]
    if before:
        return max(before)[1]
    after = [(said.find(word, at), cause) for which, word, cause in _causes() if which == end and word in said]
    return min(after)[1] if after else None


def rows(name: str) -> list[list[str]]:
    """The lines of a table in `data/`, each as its columns; comments are left out."""
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def _ranks() -> list[tuple[str, str, str]]:
    return [(row[0], row[1], row[2]) for row in rows("ranks.tsv")]


@cache
def _causes() -> list[tuple[str, str, str]]:
    return [(row[0], row[1], row[2]) for row in rows("causes.tsv")]


@cache
def _roles() -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in rows("roles.tsv")]
