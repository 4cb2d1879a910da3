"""What the posts of two careers have in common: the post, the body, the place, or a step from one to the other."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from kg.model import fold
from kg.model.holding import Certainty
from kg.propose.careers import Body, Career, Held, Where
from kg.propose.titles import rows

_LEVELS = {"commune": 1, "district": 2, "province": 3, "country": 4}
_TYPES = {"head": 2, "deputy": 1}
_MONTH = dt.timedelta(days=30)
_THREE_YEARS = dt.timedelta(days=3 * 365)
_DISTRICTS_END = dt.date(2025, 7, 1)  # Resolution 202/2025/QH15 and the two-tier local government
_LEADERS = ("PartyCommittee", "StandingCommittee", "StandingBoard", "PeoplesCommittee", "PeoplesCouncil")
_STRENGTH = (
    "same_post",
    "same_body",
    "body_continues",
    "same_place",
    "place_continues",
    "within",
    "same_province",
    "same_centre",
    "centre_and_province",
    "elsewhere",
    "no_place",
)
_NEAR = _STRENGTH[1:7]


@dataclass(frozen=True, slots=True)
class Finding:
    """A feature of the table data/namesakes.tsv that was found, with the words for its slots."""

    feature: str
    said: str = ""
    known: str = ""


def ties(said: Career, known: Career) -> Iterator[Finding]:
    """The strongest tie between the posts of two careers, with what goes with it, and all clashes in time."""
    pairs = [(_tie(mine, theirs), mine, theirs) for mine, theirs in product(said.held, known.held)]
    if not said.held:
        yield Finding("no_post")
    if not said.held or all(tie == "no_place" for tie, _, _ in pairs):
        yield from _by_context(said, known)
    if not pairs:
        if said.held:
            yield Finding("no_place")
        return
    tie, mine, theirs = min(pairs, key=lambda pair: (_STRENGTH.index(pair[0]), -_closeness(pair[1], pair[2])))
    yield Finding(tie, *_words(tie, mine, theirs))
    if tie in ("body_continues", "place_continues") and _same_title(mine, theirs):
        yield Finding("same_title", mine.title)
    yield from _step(tie, mine, theirs)
    yield from _clashes(tie, [(m, t) for _, m, t in pairs])


def _tie(mine: Held, theirs: Held) -> str:
    one, other = mine.body, theirs.body
    if one is None or other is None:
        is_one = one is other and mine.is_named and theirs.is_named and _same_title(mine, theirs)
        return "same_post" if is_one else "no_place"
    if one.node == other.node:
        return "same_post" if _same_title(mine, theirs) else "same_body"
    if one.node in other.later or other.node in one.later:
        return "body_continues"
    place = _places(one.where, other.where)
    return "body_continues" if place == "place_continues" and one.leaf == other.leaf else place


def _places(one: Where | None, other: Where | None) -> str:
    if one is None or other is None:
        return "no_place"
    if one.is_country or other.is_country:
        return "same_centre" if one.is_country and other.is_country else "centre_and_province"
    if one.node == other.node:
        return "same_place"
    if one.node in other.later | other.earlier or other.node in one.later | one.earlier:
        return "place_continues"
    if one.node in other.reach or other.node in one.reach:
        return "within"
    return "same_province" if one.provinces & other.provinces else "elsewhere"


def _by_context(said: Career, known: Career) -> Iterator[Finding]:
    """What the place of the report says where posts say nothing."""
    places = [held.body.where for held in known.held if held.body and held.body.where]
    if said.context and places:
        far = all(_places(said.context, place) == "elsewhere" for place in places)
        yield Finding("context_elsewhere" if far else "context_here")


def _words(tie: str, mine: Held, theirs: Held) -> tuple[str, str]:
    if tie == "same_post":
        return mine.label, theirs.label
    if tie in ("same_body", "body_continues"):
        return _label(mine.body), _label(theirs.body)
    return _label(mine.body and mine.body.where), _label(theirs.body and theirs.body.where)


def _label(what: Body | Where | None) -> str:
    return what.label if what else ""


def _step(tie: str, mine: Held, theirs: Held) -> Iterator[Finding]:
    """How the one post can follow the other in a career."""
    overlap = mine.holding.overlap(theirs.holding)
    are_distant = tie in ("elsewhere", "centre_and_province", "same_centre") and _apart(mine, theirs, _MONTH)
    if are_distant and overlap < Certainty.LIKELY and _leads(mine) and _leads(theirs):
        yield Finding("leaders_rotate")
    if tie == "same_post":
        return
    if overlap == Certainty.CERTAIN:
        if tie == "same_place" and _is_usual(mine, theirs):
            yield Finding("usual_pair", mine.label, theirs.label)
        return
    if not mine.days or not theirs.days:
        return
    is_later = theirs.days[-1] <= mine.days[0]
    if not is_later and mine.days[-1] > theirs.days[0]:
        return
    before, after = (theirs, mine) if is_later else (mine, theirs)
    words = mine.label, theirs.label
    levels = _level(after) - _level(before) if _level(after) and _level(before) else 0
    if levels >= 2 and after.days[0] - before.days[-1] < _THREE_YEARS:
        yield Finding("rises_too_fast", *words)
    elif levels <= -2 and not before.days[-1] <= _DISTRICTS_END <= after.days[-1]:
        yield Finding("falls_far", *words)
    elif tie in _NEAR and (levels, _type(after) - _type(before)) > (0, 0):
        yield Finding("rises", *words)


def _clashes(tie: str, pairs: list[tuple[Held, Held]]) -> Iterator[Finding]:
    """What cannot be in time: each kind once, for the first pair of posts that shows it."""
    seen: set[str] = set()
    for mine, theirs in pairs:
        feature = _clash(mine, theirs)
        if feature and feature not in seen and tie != "same_post":
            seen.add(feature)
            yield Finding(feature, mine.label, theirs.label)


def _clash(mine: Held, theirs: Held) -> str | None:
    one, other = mine.body, theirs.body
    if one is None or other is None or one.node == other.node:
        return None
    if "anywhere" in (_beside(one), _beside(other)):
        return None
    place = _places(one.where, other.where)
    both_lead = mine.is_led and theirs.is_led
    is_far = place == "elsewhere" or (place in ("same_province", "centre_and_province") and both_lead)
    overlap = mine.holding.overlap(theirs.holding)
    if overlap == Certainty.CERTAIN:
        if is_far:
            return "two_places_at_once"
        if place == "within" and both_lead:
            return "two_levels_at_once"
        is_full_time = both_lead and _beside(one) is None and _beside(other) is None
        return "two_bodies_at_once" if place == "same_place" and is_full_time and one.ladder == other.ladder else None
    if overlap == Certainty.LIKELY and both_lead and (is_far or place == "within"):
        return "between_days_elsewhere"
    if place == "elsewhere" and both_lead and not _apart(mine, theirs, _MONTH, attested=True):
        return "too_soon"
    return None


def _apart(mine: Held, theirs: Held, by: dt.timedelta, *, attested: bool = False) -> bool:
    """Whether all known days of the one lie at least so far from those of the other; if asked, attested days alone."""
    days = (mine.holding.attested, theirs.holding.attested) if attested else (mine.days, theirs.days)
    return all(abs(a - b) >= by for a, b in product(*days))


def _closeness(mine: Held, theirs: Held) -> int:
    """Which of two pairs with the same tie says more: one in which the title agrees, or that is of leading posts."""
    return 2 * _same_title(mine, theirs) + (mine.is_led and theirs.is_led)


def _same_title(mine: Held, theirs: Held) -> bool:
    return fold.accented_key(mine.title) == fold.accented_key(theirs.title)


def _is_usual(mine: Held, theirs: Held) -> bool:
    kinds = [held.body.kind for held in (mine, theirs) if held.body]
    committees = [kind for kind in kinds if kind in ("PartyCommittee", "StandingCommittee", "StandingBoard")]
    if len(committees) != 1:
        return False
    party, other = (mine, theirs) if kinds[0] in committees else (theirs, mine)
    return (party.is_led and other.body is not None and other.body.kind in _LEADERS) or (
        party.post_type == "member" and other.post_type == "head"
    )


def _leads(held: Held) -> bool:
    """Whether it is among the posts that the centre fills by rotation."""
    body = held.body
    return held.is_led and body is not None and _level(held) >= 3 and (body.kind in _LEADERS or _level(held) == 4)


def _level(held: Held) -> int:
    where = held.body.where if held.body else None
    return _LEVELS.get(where.level or "", 0) if where else 0


def _type(held: Held) -> int:
    return _TYPES.get(held.post_type, 0)


def _beside(body: Body) -> str | None:
    """Beside which other posts those of the body are held: "anywhere", "unit", None for none."""
    return _kinds().get(body.kind)


@cache
def _kinds() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("beside.tsv")}
