"""The term that a source names beside a post: the body's own, or that of the body which elects it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.model import fold
from kg.model.ordinals import ordinal
from kg.namespaces import iri
from kg.propose.draft import Draft
from kg.propose.organs import Organs
from kg.reference import term_quads, terms_of

_YEARS = re.compile(r"\b((?:19|20)\d\d) ((?:19|20)\d\d)\b")
_ORDINAL = re.compile(r"\bkhoa (?:thu )?([ivxl]+|\d{1,2})\b")
_UP = 3
"""A board is part of a standing committee of a council at most: no body is further from what has a term."""


@dataclass(frozen=True, slots=True)
class _Named:
    years: tuple[int, int] | None
    ordinal: int | None


@dataclass
class Terms:
    """Finds terms in graph and draft, and makes those that the calendars give a body of which a report speaks."""

    draft: Draft
    organs: Organs

    def find(self, organ: NamedNode, wording: str) -> NamedNode | None:
        """The term of these words ("nhiệm kỳ 2020 - 2025", "khóa XIII"); None where they fit none or more than one."""
        named = _read(wording)
        if named is None:
            return None
        for body in self._termed(organ):
            found = {term for term in self.draft.subjects("bm:termOf", body) if self._fits(term, named)}
            if len(found) == 1:
                return found.pop()
            made = None if found else self._made(body, named)
            if made:
                return made
        return None

    def _termed(self, organ: NamedNode) -> Iterator[NamedNode]:
        """The body, then those that elect it or that it is part of; a Party committee has no terms but its own."""
        level = [organ]
        seen: set[NamedNode] = set()
        for _ in range(_UP):
            yield from level
            seen |= set(level)
            level = [above for body in level for above in self._above(body) if above not in seen]

    def _above(self, body: NamedNode) -> Iterator[NamedNode]:
        by_rule = self.organs.body(body)
        kinds = {iri(f"organkind:{by_rule.rule.kind}")} if by_rule else set(self.draft.values(body, "bm:kind"))
        broader = {
            wide for kind in kinds if isinstance(kind, NamedNode) for wide in self.draft.values(kind, "skos:broader")
        }
        if iri("organkind:PartyCommittee") in kinds | broader:
            return
        yield from self.draft.subjects("bm:elects", body)
        yield from (whole for whole in self.draft.values(body, "org:subOrganizationOf") if isinstance(whole, NamedNode))
        for name, slug in by_rule.relations if by_rule else ():
            if name in ("elected_by", "part_of"):
                yield iri(f"organ:{slug}")

    def _fits(self, term: NamedNode, named: _Named) -> bool:
        number = self.draft.value(term, "bm:ordinal")
        if named.ordinal is not None and number is not None:
            return int(number.value) == named.ordinal
        years = tuple(self.draft.value(term, prop) for prop in ("bm:nominalStart", "bm:nominalEnd"))
        return named.years is not None and all(
            said is not None and int(said.value) == year for said, year in zip(years, named.years, strict=True)
        )

    def _made(self, body: NamedNode, named: _Named) -> NamedNode | None:
        by_rule = self.organs.body(body)
        for term in terms_of([by_rule]) if by_rule else ():
            if by_rule and named.years in term.years:
                self.organs.mint(by_rule)
                for quad in term_quads(term):
                    self.draft.add_quad(quad)
                return iri(f"term:{term.slug}")
        return None


def _read(wording: str) -> _Named | None:
    words = fold.key(wording)
    years = {(int(m[1]), int(m[2])) for m in _YEARS.finditer(words)}
    ordinals = {ordinal(m[1]) for m in _ORDINAL.finditer(words)}
    if len(years) > 1 or len(ordinals) > 1 or not (years or ordinals):
        return None
    return _Named(next(iter(years), None), next(iter(ordinals), None))
