"""Slugs of new nodes: flat and ASCII-folded; derived where the model can derive them, else readable with a short hash.

`proof` is what first told of the thing: the same proof comes to the same slug.
"""

import re

from kg.model import fold
from kg.model.numbers import DocumentNumber
from kg.propose.draft import short_hash
from kg.propose.kinds import Kind, Kinds
from kg.reference import party_parts, split_unit

_LONGEST_NAME = 60
_LONGEST_SYMBOL = 80


def person_slug(name: str, *proof: object) -> str:
    """Of a person: names repeat, so the proof tells them apart."""
    return f"{fold.slug(name)}-{short_hash(*proof)}"


def post_slug(title: str, organ: str) -> str:
    """Of the post of this title in the body with this slug, which may be empty."""
    return f"{fold.slug(title)}-{organ}".rstrip("-")


def tenure_slug(person: str, post: str, *proof: object) -> str:
    """Of a holding of a post by a person, by their slugs."""
    return f"{person}-{post}-{short_hash(*proof)}"


def occasion_slug(name: str, day: str, *proof: object) -> str:
    """Of a meeting, or of another thing that happened on a day; `day` is an ISO date, or empty."""
    parts = [fold.slug(name)[:_LONGEST_NAME].strip("-"), day, short_hash(*proof)]
    return "-".join(part for part in parts if part)


def organ_slug(kinds: Kinds, name: str, kind: Kind | None, place_name: str, place: str) -> str:
    """Of a body: the slug of its kind with that of its place version, where it is called as all of its kind are.

    `place` is the slug of the place, empty without one.
    """
    leaf = fold.slug(_without_place(name, place_name))
    if kind and kind.slug and place and _is_called(kinds, leaf, kind):
        return f"{kind.slug}-{place}"
    return f"{leaf}-{place}".strip("-") if place else fold.slug(name)


def directive_slug(
    words: str, number: DocumentNumber | None, *, ordinal: int | None, place: str, year: int | None
) -> tuple[str, bool]:
    """Of a paper, and whether that says enough to tell it from all others: number, and term or place and year."""
    base = fold.slug(words)[:_LONGEST_SYMBOL].strip("-")
    if number is None:
        return base, False
    if ordinal:
        return f"{base}-khoa-{ordinal}", True
    if place:
        base = f"{base}-{place}"
    if number.year and (place or number.is_central):
        return base, True
    return (f"{base}-{year}", True) if year and place else (base, False)


def _is_called(kinds: Kinds, leaf: str, kind: Kind) -> bool:
    """Whether a body is called as all of its kind are ("Ban Tuyên giáo", "Ban Tuyên giáo Tỉnh ủy")."""
    parent = kinds.find("PartyCommittee") if kind.local in party_parts() else None
    tails = {f"-{name}" for name in parent.names} if parent else set()
    return any(leaf == name or leaf.removeprefix(name) in tails for name in kind.names)


def _without_place(name: str, place_name: str) -> str:
    if not place_name:
        return name
    for tail in (place_name, split_unit(place_name)[1]):
        cut = re.compile(rf"\s+{re.escape(tail)}$", re.IGNORECASE)
        if cut.search(name):
            return cut.sub("", name)
    return name
