"""Which bodies a unit has on which days, by the dated rules of `ontology/reference/body-rules.tsv`.

The artefact of reference facts and the bodies that a report names first are both made here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from kg.model import fold
from kg.reference.tables import read_table
from kg.reference.units import Unit
from kg.resources import tree

RULES_FILE: Final = "ontology/reference/body-rules.tsv"
RELATIONS: Final = ("part_of", "led_by", "elected_by", "appointed_by", "advises", "counterpart")
_CENTRAL = "organ:"
_MADE_AHEAD = frozenset({"province", "district"})
"""The levels whose bodies are in the reference graph; those of communes are made when a source names them."""
_MERGED = "*merged"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which units a rule is about: levels or types of unit, only in some places, not in others."""

    units: frozenset[str]
    places: frozenset[str]
    excluded: frozenset[str]

    def holds(self, unit: Unit) -> bool:
        """Whether the rule is about the unit."""
        if not self.units & {unit.level, unit.unit_type}:
            return False
        marks = {unit.slug, *unit.ancestors} | ({_MERGED} if unit.merged else set())
        return not self.excluded & marks and (not self.places or bool(self.places & marks))


@dataclass(frozen=True, slots=True)
class Days:
    """When something is there, as ISO days or empty: half-open from the first to the last day possible.

    From `begun_by` until `ends_from` it is there for certain; empty where the outer day is the very day, or not known.
    """

    valid_from: str = ""
    begun_by: str = ""
    ends_from: str = ""
    valid_to: str = ""

    def __post_init__(self) -> None:
        """Raises ValueError for an inner day without an outer one, or not within it."""
        for inner, outer, after in ((self.begun_by, self.valid_from, True), (self.ends_from, self.valid_to, False)):
            if inner and (not outer or inner == outer or (inner > outer) is not after):
                raise ValueError(f"{self}: a bound lies between the first and the last day possible.")

    def within(self, other: "Days") -> "Days":
        """The days on which both are there."""
        first = max(self.valid_from, other.valid_from)
        sure = max(self.begun_by or self.valid_from, other.begun_by or other.valid_from)
        end = _earliest(self.valid_to, other.valid_to)
        unsure = max(_earliest(self.ends_from or self.valid_to, other.ends_from or other.valid_to), first)
        return Days(first, sure if sure > first else "", unsure if unsure < end else "", end)

    @property
    def none(self) -> bool:
        """Whether it ends before it begins."""
        return bool(self.valid_to) and self.valid_from >= self.valid_to


@dataclass(frozen=True, slots=True)
class BodyRule:
    """One row of the rules; without a leaf it says only how bodies of its kind stand to others."""

    name: str
    ahead: bool
    kind: str
    leaf: str
    scope: Scope
    label: str
    other_labels: tuple[str, ...]
    relations: tuple[tuple[str, str], ...]
    days: Days

    @property
    def basis(self) -> str:
        """What a body made by the rule states as its basis."""
        return f"{self.name} ({RULES_FILE})"


@dataclass(frozen=True, slots=True)
class Body:
    """A body of a unit as a rule makes it. `relations` are (name of RELATIONS, slug of the other body)."""

    slug: str
    label: str
    other_labels: tuple[str, ...]
    rule: BodyRule
    unit: Unit
    days: Days
    relations: tuple[tuple[str, str], ...] = field(default=())

    @property
    def valid_from(self) -> str:
        """The first day possible, an ISO day, or empty."""
        return self.days.valid_from

    @property
    def valid_to(self) -> str:
        """The first day on which it is no more for certain, an ISO day, or empty."""
        return self.days.valid_to

    def is_there(self, day: str | None) -> bool:
        """Whether the rules let it be there on an ISO day; True for no day."""
        return day is None or (self.valid_from <= day and (not self.valid_to or day < self.valid_to))


def scope_of_row(row: dict[str, str]) -> Scope:
    """The columns units, places and except of a table of rules."""
    return Scope(*(frozenset(row[column].split()) for column in ("units", "places", "except")))


@cache
def body_rules() -> tuple[BodyRule, ...]:
    """The rules in the order of their table; raises ValueError for a row that says neither `ahead` nor `mention`."""
    return tuple(_rule(row) for row in read_table(tree("ontology") / "reference" / "body-rules.tsv"))


def bodies_of(unit: Unit, *, ahead_only: bool = False) -> list[Body]:
    """The bodies that the rules give a unit, each with its relations to others of them and to central bodies."""
    made: dict[str, list[Body]] = {}
    for rule in body_rules():
        if rule.leaf and rule.scope.holds(unit) and (rule.ahead or not ahead_only):
            body = _body(rule, unit, made)
            if body is not None:
                made.setdefault(rule.leaf, []).append(body)
    return [_related(body, made) for bodies in made.values() for body in bodies]


def find_body(bodies: Iterable[Body], *, name: str, slug: str, day: str | None) -> Body | None:
    """The body that bears a name, else the one with a slug, if the rules let it be there on the day."""
    there = [body for body in bodies if body.is_there(day)]
    wanted = fold.accented_key(name)
    called = (body for body in there if wanted in {fold.accented_key(n) for n in (body.label, *body.other_labels)})
    return next(called, None) or next((body for body in there if body.slug == slug), None)


def is_made_ahead(basis: str, level: str) -> bool:
    """Whether a body of a unit of this level that states a rule as its basis is in the graph before any report."""
    return level in _MADE_AHEAD and basis in _bases_ahead()


@cache
def _bases_ahead() -> frozenset[str]:
    return frozenset(rule.basis for rule in body_rules() if rule.ahead)


@cache
def party_parts() -> frozenset[str]:
    """The kinds of body that are part of a Party committee, whose names end in that of the committee."""
    return frozenset(rule.kind for rule in body_rules() if ("part_of", "cap-uy") in rule.relations)


def rule_of_name(name: str, unit: Unit) -> BodyRule | None:
    """The rule for bodies of which a unit has several, all called alike at the start of their names."""
    wanted = fold.accented_key(name)
    called = (rule for rule in body_rules() if rule.label and not rule.leaf and rule.scope.holds(unit))
    return next((rule for rule in called if f"{wanted} ".startswith(f"{fold.accented_key(rule.label)} ")), None)


def rule_of_kind(kind: str, unit: Unit) -> BodyRule | None:
    """How bodies of a kind stand to others in a unit like this one, for a body that no rule makes by name."""
    of_kind = [rule for rule in body_rules() if rule.kind == kind]
    return min(of_kind, key=lambda rule: (not rule.scope.holds(unit), bool(rule.leaf)), default=None)


def _rule(row: dict[str, str]) -> BodyRule:
    if row["made"] not in ("ahead", "mention"):
        raise ValueError(f"body-rules.tsv: rule {row['rule']} is made '{row['made']}', not 'ahead' or 'mention'.")
    return BodyRule(
        name=row["rule"],
        ahead=row["made"] == "ahead",
        kind=row["kind"],
        leaf=row["leaf"],
        scope=scope_of_row(row),
        label=row["name"],
        other_labels=tuple(filter(None, row["other_names"].split("; "))),
        relations=tuple((name, leaf) for name in RELATIONS for leaf in row[name].split()),
        days=Days(row["valid_from"], row["begun_by"], row["ends_from"], row["valid_to"]),
    )


def _body(rule: BodyRule, unit: Unit, made: dict[str, list[Body]]) -> Body | None:
    days = Days(valid_from=unit.valid_from, valid_to=unit.valid_to).within(rule.days)
    for name, leaf in rule.relations:
        if name == "part_of" and not leaf.startswith(_CENTRAL):
            if leaf not in made:
                return None
            for whole in made[leaf]:
                days = days.within(whole.days)
    if days.none:
        return None
    words = unit.words()
    others = tuple(name.format_map(words) for name in rule.other_labels)
    return Body(f"{rule.leaf}-{unit.slug}", rule.label.format_map(words), others, rule, unit, days)


def _related(body: Body, made: dict[str, list[Body]]) -> Body:
    found = []
    for name, leaf in body.rule.relations:
        if leaf.startswith(_CENTRAL):
            found.append((name, leaf.removeprefix(_CENTRAL)))
        elif any(_overlap(body, other) for other in made.get(leaf, ())):
            found.append((name, f"{leaf}-{body.unit.slug}"))
    return Body(
        body.slug,
        body.label,
        body.other_labels,
        body.rule,
        body.unit,
        body.days,
        tuple(found),
    )


def _earliest(*days: str) -> str:
    return min((day for day in days if day), default="")


def _overlap(one: Body, other: Body) -> bool:
    return (not other.valid_to or one.valid_from < other.valid_to) and (
        not one.valid_to or other.valid_from < one.valid_to
    )
