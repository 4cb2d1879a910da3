"""Careers: what a report says, and what the graph knows, of the posts, places and days of one person."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from pyoxigraph import Literal, NamedNode

from kg.model import fold
from kg.model.dates import PartialDate
from kg.model.extraction import PersonRead, Position
from kg.model.holding import Holding
from kg.model.spans import Span
from kg.namespaces import curie, iri
from kg.propose.draft import Draft
from kg.propose.organs import Organs
from kg.propose.places import COUNTRY, Gazetteer
from kg.propose.tenures import known_holding, said_holding
from kg.propose.titles import rank_of

_QUOTES = 12
"""Sentences about one person that are looked through for a form of address: any one that has it is enough."""
_ADDRESS = re.compile(r"\b(ông|bà)\s+$", re.IGNORECASE)
_HEADS_OF_STATE = ("GeneralSecretary", "President", "PrimeMinister")


@dataclass(frozen=True, slots=True)
class Where:
    """A place: itself and the units it lies in, the nearest first, without the country; what came before and after.

    `later` took its place, `earlier` are the units that it took the place of, with the district that they lay in:
    most leaders of a district that ended in July 2025 went to its communes. `later_of_all` is of the whole chain.
    """

    node: NamedNode
    label: str
    level: str | None
    chain: tuple[NamedNode, ...]
    later: frozenset[NamedNode]
    earlier: frozenset[NamedNode]
    later_of_all: frozenset[NamedNode]

    @property
    def is_country(self) -> bool:
        """Whether it is the whole country: the centre."""
        return self.node == COUNTRY

    @property
    def reach(self) -> frozenset[NamedNode]:
        """The unit, those it lies in, and those that took their place."""
        return self.later_of_all | frozenset(self.chain)

    @property
    def provinces(self) -> frozenset[NamedNode]:
        """The unit under the country that it lies in, and those that took its place."""
        return self.later_of_all | {self.chain[-1]} if self.chain else frozenset()


@dataclass(frozen=True, slots=True)
class Body:
    """A body: its kind and ladder (local names of codes), its place, and the bodies that continue it."""

    node: NamedNode
    label: str
    kind: str
    ladder: str
    where: Where | None
    later: frozenset[NamedNode]

    @property
    def leaf(self) -> str:
        """Its local name without that of the place: equal for bodies of one kind and name in different places."""
        place = _local(self.where.node) if self.where else ""
        return _local(self.node).removesuffix(f"-{place}")


@dataclass(frozen=True, slots=True)
class Held:
    """One post in time; `rank` and `post_type` are local names of codes."""

    title: str
    rank: str
    post_type: str
    body: Body | None
    holding: Holding

    @property
    def is_led(self) -> bool:
        """Whether it heads a body or helps to."""
        return self.post_type in ("head", "deputy")

    @property
    def is_named(self) -> bool:
        """Whether title and body name one post: a title alone does only at the head of state."""
        return self.body is not None or self.rank in _HEADS_OF_STATE

    @property
    def label(self) -> str:
        """Title and body."""
        return f"{self.title} {self.body.label}" if self.body else self.title

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Days that are known of it, in order: attested or bounding it."""
        known = self.holding
        bounds = (known.start_latest, known.end_earliest, known.start_earliest, known.end_latest)
        return tuple(sorted({*known.attested, *(day for day in bounds if day)}))


@dataclass(frozen=True, slots=True)
class Career:
    """A person as far as one side knows; bounds of birth and death are (earliest, latest)."""

    names: tuple[str, ...]
    held: tuple[Held, ...]
    born: tuple[dt.date, dt.date] | None = None
    died: tuple[dt.date, dt.date] | None = None
    address: str | None = None
    context: Where | None = None


@dataclass
class Careers:
    """Reads careers off the report and off graph and draft; places and bodies are remembered for one document."""

    draft: Draft
    organs: Organs
    gazetteer: Gazetteer
    _places: dict[NamedNode, Where] = field(default_factory=dict)
    _bodies: dict[NamedNode, Body] = field(default_factory=dict)

    def told(
        self, read: PersonRead, positions: tuple[Position, ...], spans: tuple[Span, ...], on: dt.date | None
    ) -> Career:
        """What the report says of a person with these of its posts; `on` is the day it speaks of."""
        held = [self._told_post(position, on) for position in positions if position.status != "proposed"]
        context = self.gazetteer.context
        return Career(
            (fold.composed(read.name), *(alias for alias in read.aliases if len(alias.split()) > 1)),
            tuple(held),
            _bounds(read.birth_date),
            _bounds(read.death_date),
            next((found for span in spans if (found := self._address_at(span))), None),
            self._place(context.node) if context else None,
        )

    def known(self, node: NamedNode, *, address: bool) -> Career:
        """What graph and draft know of a person; the form of address is looked for in its sentences if asked for."""
        names = [v.value for prop in ("rdfs:label", "skos:altLabel") for v in self.draft.values(node, prop)]
        return Career(
            tuple(names),
            tuple(self._known_posts(node)),
            self._span_of_life(node, "birth"),
            self._span_of_life(node, "death"),
            self._address_of(node, names) if address else None,
        )

    def _told_post(self, position: Position, on: dt.date | None) -> Held:
        organ = self.organs.find(position.organ)
        rank, post_type = rank_of(position.title)
        return Held(
            fold.composed(position.title),
            _local(rank),
            _local(post_type),
            self._body(organ) if organ else None,
            said_holding(position, on),
        )

    def _known_posts(self, person: NamedNode) -> Iterator[Held]:
        for tenure in self.draft.subjects("org:member", person):
            post = self.draft.value(tenure, "bm:post")
            if isinstance(post, NamedNode):
                organ = self.draft.value(tenure, "org:organization")
                rank, post_type = (self.draft.value(post, prop) for prop in ("bm:rank", "bm:postType"))
                yield Held(
                    self._word(post, "bm:title") or self._word(post, "rdfs:label") or "",
                    _local(rank) if isinstance(rank, NamedNode) else "Other",
                    _local(post_type) if isinstance(post_type, NamedNode) else "staff",
                    self._body(organ) if isinstance(organ, NamedNode) else None,
                    known_holding(self.draft, tenure),
                )

    def _body(self, node: NamedNode) -> Body:
        if node not in self._bodies:
            kind, ladder, place = (self.draft.value(node, f"bm:{p}") for p in ("kind", "ladder", "jurisdiction"))
            self._bodies[node] = Body(
                node,
                self._word(node, "rdfs:label") or "",
                _local(kind) if isinstance(kind, NamedNode) else "Other",
                _local(ladder) if isinstance(ladder, NamedNode) else "",
                self._place(place) if isinstance(place, NamedNode) else None,
                frozenset(self._successors(node)),
            )
        return self._bodies[node]

    def _place(self, node: NamedNode) -> Where:
        if node not in self._places:
            chain = [node] if node != COUNTRY else []
            while chain and isinstance(above := self.draft.value(chain[-1], "bm:within"), NamedNode):
                if above == COUNTRY or above in chain:
                    break
                chain.append(above)
            level = self.draft.value(node, "bm:level")
            later = frozenset(self._successors(node))
            self._places[node] = Where(
                node,
                self._word(node, "rdfs:label") or "",
                _local(level) if isinstance(level, NamedNode) else None,
                tuple(chain),
                later,
                frozenset(self._earlier(node)),
                later.union(*(self._successors(unit) for unit in chain[1:])),
            )
        return self._places[node]

    def _successors(self, node: NamedNode) -> set[NamedNode]:
        found: set[NamedNode] = set()
        new = [node]
        while new:
            new = [
                value
                for one in new
                for value in self.draft.values(one, "bm:replacedBy")
                if isinstance(value, NamedNode) and value not in found
            ]
            found.update(new)
        return found

    def _earlier(self, node: NamedNode) -> Iterator[NamedNode]:
        for before in self.draft.subjects("bm:replacedBy", node):
            yield before
            above = self.draft.value(before, "bm:within")
            if isinstance(above, NamedNode) and self.draft.value(above, "bm:level") == iri("level:district"):
                yield above

    def _span_of_life(self, node: NamedNode, what: str) -> tuple[dt.date, dt.date] | None:
        earliest, latest = (self.draft.value(node, f"bm:{what}{end}") for end in ("Earliest", "Latest"))
        if not isinstance(earliest, Literal) or not isinstance(latest, Literal):
            return None
        return dt.date.fromisoformat(earliest.value), dt.date.fromisoformat(latest.value)

    def _address_at(self, span: Span) -> str | None:
        """ "ông" or "bà" right before a mention of the whole name; a last syllable may be another's."""
        if " " not in span.of(self.draft.document.text):
            return None
        return _address(self.draft.document.text[max(0, span.start - 6) : span.start])

    def _address_of(self, node: NamedNode, names: list[str]) -> str | None:
        for piece in islice(self.draft.subjects("bm:supports", node), _QUOTES):
            quote = fold.composed(self._word(piece, "bm:quote") or "")
            for name in names:
                at = quote.find(fold.composed(name))
                if at > 0 and (found := _address(quote[:at])):
                    return found
        return None

    def _word(self, node: NamedNode, prop: str) -> str | None:
        value = self.draft.value(node, prop)
        return value.value if value is not None else None


def _address(before: str) -> str | None:
    found = _ADDRESS.search(fold.composed(before))
    return found[1].lower() if found else None


def _bounds(written: str | None) -> tuple[dt.date, dt.date] | None:
    if not written:
        return None
    known = PartialDate.parse(written)
    return known.first_day, known.last_day


def _local(code: NamedNode) -> str:
    return curie(code).partition(":")[2]
