"""Posts and their holding: what a mention proves of a day, and which words bound it."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.model import fold
from kg.model.dates import PartialDate
from kg.model.extraction import Position
from kg.model.holding import Holding
from kg.namespaces import PREFIXES, iri
from kg.propose.draft import Draft, day, text
from kg.propose.evidence import supporting
from kg.propose.minting import post_slug, tenure_slug
from kg.propose.organs import Organs
from kg.propose.terms import Terms
from kg.propose.titles import rank_of

_RULE = "post-on-first-mention (kg/propose/tenures.py)"
IN_OFFICE = ("current", "acting")
_ENDED = ("former", "outgoing")
_BOUNDS = {
    "bm:startEarliest": "start_earliest",
    "bm:startLatest": "start_latest",
    "bm:endEarliest": "end_earliest",
    "bm:endLatest": "end_latest",
}
_DAY = dt.timedelta(days=1)


@dataclass
class Tenures:
    """The holdings that one document states."""

    draft: Draft
    organs: Organs
    terms: Terms
    by_person: dict[NamedNode, list[tuple[Position, NamedNode]]] = field(default_factory=dict)

    def state(self, person: NamedNode, name: str, position: Position, on: dt.date | None) -> NamedNode | None:
        """The tenure that a position of a person proves, on the day of the report; None for a mere proposal."""
        if position.status == "proposed":
            return None
        organ = self._organ(position)
        post = self.post(position.title, organ, position.organ)
        tenure = self._matching(person, post, position, on) or self._new(person, name, post, organ, position)
        self._bound(tenure, position, on)
        manner = "acting" if position.status == "acting" else None
        if manner and self.draft.value(tenure, "bm:manner") is None:
            self.draft.add(tenure, "bm:manner", iri(f"manner:{manner}"))
        if position.term and self.draft.value(tenure, "bm:termWording") is None:
            self.draft.add(tenure, "bm:termWording", text(position.term))
            self.draft.add(tenure, "bm:inTerm", self.terms.find(organ, position.term) if organ else None)
        for span in position.spans:
            supporting(self.draft, span, position.rule, position.confidence, tenure)
        self.by_person.setdefault(person, []).append((position, tenure))
        return tenure

    def _organ(self, position: Position) -> NamedNode | None:
        """The body of a position; of one that ended on a known day, the body of that name that was there then."""
        when = _date(position.end) or (_date(position.start) if position.status in _ENDED else None)
        then = self.organs.at(position.organ, when) if position.organ and when else None
        return then or self.organs.find(position.organ)

    def post(self, title: str, organ: NamedNode | None, organ_name: str | None) -> NamedNode:
        """The post of this title in a body, minted by rule when the graph has none."""
        where = organ.value.removeprefix(PREFIXES["organ"]) if organ else ""
        node = self.draft.kept(iri(f"post:{post_slug(title, where)}"))
        if not self.draft.known(node):
            name = organ_name or ""
            self.draft.node(node, ("bm:Post", "org:Post"), post_label(title, name), keyed=True)
            rank, post_type = rank_of(title)
            self.draft.add(node, "bm:title", text(fold.composed(title)))
            self.draft.add(node, "bm:rank", rank)
            self.draft.add(node, "bm:postType", post_type)
            self.draft.add(node, "org:postIn", organ)
            self.draft.add(node, "bm:derivedByRule", text(_RULE))
        return node

    def _new(
        self, person: NamedNode, name: str, post: NamedNode, organ: NamedNode | None, position: Position
    ) -> NamedNode:
        who = person.value.removeprefix(PREFIXES["person"])
        what = post.value.removeprefix(PREFIXES["post"])
        proof = (self.draft.document.digest, position.spans[0].start, position.status, what)
        node = self.draft.kept(iri(f"tenure:{tenure_slug(who, what, *proof)}"))
        label = self.draft.value(post, "rdfs:label")
        self.draft.node(node, ("bm:Tenure", "org:Membership"), f"{name} – {label.value if label else position.title}")
        self.draft.add(node, "org:member", person)
        self.draft.add(node, "bm:post", post)
        self.draft.add(node, "org:organization", organ)
        return node

    def _matching(self, person: NamedNode, post: NamedNode, position: Position, on: dt.date | None) -> NamedNode | None:
        """A tenure of the same person in the same post that what is said now can belong to."""
        fits = []
        for tenure in self.draft.subjects("bm:post", post):
            if person in self.draft.values(tenure, "org:member") and self._agrees(tenure, position, on):
                fits.append(tenure)
        return fits[0] if fits else None

    def _agrees(self, tenure: NamedNode, position: Position, on: dt.date | None) -> bool:
        """Whether what is said can be of this spell: together with what is known of it there is no contradiction."""
        known, said = known_holding(self.draft, tenure), said_holding(position, on)
        if on and position.status == "outgoing" and not position.end:
            # a removal may be told long after the end; but whoever is seen in the post later is back in it
            said = replace(said, end_earliest=None, end_latest=on + _DAY)
        if on and position.status == "appointed" and known.end_latest and known.end_latest <= on:
            return False
        return known.tighten(said).is_consistent

    def _bound(self, tenure: NamedNode, position: Position, on: dt.date | None) -> None:
        ended = position.status in _ENDED
        state = "ended" if ended else "ongoing" if on else "unknown"
        said = self.draft.value(tenure, "bm:endState")
        if said is None or (ended and said != iri("endstate:ended")):
            self.draft.replace(tenure, "bm:endState", iri(f"endstate:{state}"))
        stated = said_holding(position, on)
        for attested in stated.attested:
            self.draft.add(tenure, "bm:attestedOn", day(attested))
        for prop, name in _BOUNDS.items():
            value = getattr(stated, name)
            if value is not None and self.draft.value(tenure, prop) is None and self._fits(tenure, name, value):
                self.draft.add(tenure, prop, day(value))

    def _fits(self, tenure: NamedNode, bound: str, value: dt.date) -> bool:
        """Whether a bound contradicts nothing that stands; a latest start that the end already limits is left out."""
        known = known_holding(self.draft, tenure)
        is_idle = bound == "start_latest" and known.end_latest is not None and known.end_latest <= value
        change: dict[str, Any] = {bound: value}
        return not is_idle and replace(known, **change).is_consistent


def known_holding(draft: Draft, tenure: NamedNode) -> Holding:
    """What graph and draft know of when a tenure was."""
    attested = frozenset(dt.date.fromisoformat(v.value) for v in draft.values(tenure, "bm:attestedOn"))
    bounds = (draft.value(tenure, prop) for prop in _BOUNDS)
    return Holding(attested, *(dt.date.fromisoformat(b.value) if isinstance(b, Literal) else None for b in bounds))


def said_holding(position: Position, on: dt.date | None) -> Holding:
    """What the words give: the day itself for somebody in office, and bounds."""
    said = Holding.between(_date(position.start), _date(position.end))
    if on is None:
        return said
    if position.status in IN_OFFICE and not position.end:
        return replace(said, attested=frozenset({on}))
    if position.status == "appointed" and not position.start:
        return replace(said, start_latest=on)
    if position.status == "outgoing" and not position.end:
        return replace(said, end_earliest=on)  # a decision made known today may take effect later
    if position.status == "former" and not position.end:
        return replace(said, end_latest=on + _DAY)
    return said


def post_label(title: str, organ: str) -> str:
    """ "Trưởng Ban" in "Ban Tuyên giáo …" is called "Trưởng Ban Tuyên giáo …": a word that both share is said once."""
    words, name = title.split(), organ.split()
    if words and name and fold.accented_key(words[-1]) == fold.accented_key(name[0]):
        words = [*words[:-1], words[-1][0].upper() + words[-1][1:]]
        name = name[1:]
    elif len(words) > 1 and fold.accented_key(" ".join(words[-2:])) == fold.accented_key(" ".join(name[:2])):
        name = name[2:]
    return " ".join([*words, *name])


def _date(written: str | None) -> PartialDate | None:
    try:
        return PartialDate.parse(written) if written else None
    except ValueError:
        return None
