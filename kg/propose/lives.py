"""What birth, death, age and form of address say of two careers being one person's."""

import datetime as dt
from collections.abc import Iterator

from kg.propose.careers import Career
from kg.propose.ties import Finding

_YEAR = dt.timedelta(days=365)
_OF_AGE = 18 * _YEAR
_OLD = 81 * _YEAR
_CAREER = 55 * _YEAR


def lives(said: Career, known: Career) -> Iterator[Finding]:
    """What speaks for or against one life that holds both careers."""
    if said.born and known.born:
        if said.born[1] < known.born[0] or known.born[1] < said.born[0]:
            yield Finding("other_birth")
        elif said.born == known.born:
            yield Finding("same_birthday" if said.born[0] == said.born[1] else "same_birth_year")
    if said.address and known.address and said.address != known.address:
        yield Finding("other_address")
    if _is_after(said, known) or _is_after(known, said):
        yield Finding("after_death")
    for one, other in ((said, known), (known, said)):
        days = _attested(other)
        if one.born and days and days[0] < one.born[0] + _OF_AGE:
            yield Finding("too_young")
        elif one.born and days and days[-1] > one.born[1] + _OLD:
            yield Finding("too_old")
    days = sorted({*_attested(said), *_attested(known)})
    if days and days[-1] - days[0] > _CAREER:
        yield Finding("career_too_long")


def _is_after(one: Career, other: Career) -> bool:
    """Whether the one is seen in office when the other was dead."""
    days = _attested(one)
    return bool(other.died and days and days[-1] > other.died[1])


def _attested(career: Career) -> list[dt.date]:
    return sorted({day for held in career.held for day in held.holding.attested})
