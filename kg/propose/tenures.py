"""Posts and their holding: what a mention proves of a day, and which words bound it."""

import datetime as dt
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from kg.model import fold
from kg.model.dates import PartialDate
from kg.model.extraction import Position
from kg.namespaces import PREFIXES, iri
from kg.propose.draft import Draft, day, short_hash, text
from kg.propose.evidence import supporting
from kg.propose.organs import Organs
from kg.propose.titles import rank_of

_RULE = "post-on-first-mention (kg/propose/tenures.py)"
IN_OFFICE = ("current", "acting")
_ENDED = ("former", "outgoing")


@dataclass
class Tenures:
    """The holdings that one document states."""

    draft: Draft
    organs: Organs
    by_person: dict[NamedNode, list[tuple[Position, NamedNode]]] = field(default_factory=dict)

    def state(self, person: NamedNode, name: str, position: Position, on: dt.date | None) -> NamedNode | None:
        """The tenure that a position of a person proves, on the day of the report; None for a mere proposal."""
        if position.status == "proposed":
            return None
        organ = self.organs.find(position.organ)
        post = self.post(position.title, organ, position.organ)
        tenure = self._matching(person, post, position, on) or self._new(person, name, post, organ, position)
        self._bound(tenure, position, on)
        manner = "acting" if position.status == "acting" else None
        if manner and self.draft.value(tenure, "bm:manner") is None:
            self.draft.add(tenure, "bm:manner", iri(f"manner:{manner}"))
        if position.term and self.draft.value(tenure, "bm:termWording") is None:
            self.draft.add(tenure, "bm:termWording", text(position.term))
        for span in position.spans:
            supporting(self.draft, span, position.rule, position.confidence, tenure)
        self.by_person.setdefault(person, []).append((position, tenure))
        return tenure

    def post(self, title: str, organ: NamedNode | None, organ_name: str | None) -> NamedNode:
        """The post of this title in a body, minted by rule when the graph has none."""
        where = organ.value.removeprefix(PREFIXES["organ"]) if organ else ""
        node = iri(f"post:{fold.slug(title)}-{where}".rstrip("-"))
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
        proof = short_hash(self.draft.document.digest, position.spans[0].start, position.status, what)
        node = iri(f"tenure:{who}-{what}-{proof}")
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
        end = self._date(tenure, "bm:endLatest")
        start = self._date(tenure, "bm:startEarliest")
        attested = [dt.date.fromisoformat(v.value) for v in self.draft.values(tenure, "bm:attestedOn")]
        first, last = _bounds_said(position, on)
        if position.status in IN_OFFICE and on:
            return (end is None or on < end) and (start is None or start <= on)
        if position.status == "appointed":
            return (end is None or on is None or on < end) and (first is None or all(first <= a for a in attested))
        if last is not None and any(a >= last for a in attested):
            return False
        return not (start and last and start >= last)

    def _bound(self, tenure: NamedNode, position: Position, on: dt.date | None) -> None:
        ended = position.status in _ENDED
        state = "ended" if ended else "ongoing" if on else "unknown"
        said = self.draft.value(tenure, "bm:endState")
        if said is None or (ended and said != iri("endstate:ended")):
            self.draft.replace(tenure, "bm:endState", iri(f"endstate:{state}"))
        if position.status in IN_OFFICE and on and not position.end:
            self.draft.add(tenure, "bm:attestedOn", day(on))
        for prop, value in zip(_BOUNDS, self._said(position, on), strict=True):
            if value is not None and self.draft.value(tenure, prop) is None and self._keeps_order(tenure, prop, value):
                self.draft.add(tenure, prop, day(value))

    def _said(self, position: Position, on: dt.date | None) -> tuple[dt.date | None, ...]:
        """The bounds that the words give: earliest and latest start, earliest and latest first day out of office."""
        start_first = start_last = end_first = end_last = None
        if position.start:
            start_first, start_last = _ends(position.start)
        elif position.status == "appointed":
            start_last = on
        if position.end:
            end_first, end_last = _ends(position.end)
            end_last = end_last + dt.timedelta(days=1) if end_last else None
        elif position.status == "outgoing" and on:
            end_first = on  # a decision made known today may take effect later
        elif position.status == "former" and on:
            end_last = on + dt.timedelta(days=1)
        return start_first, start_last, end_first, end_last

    def _keeps_order(self, tenure: NamedNode, prop: str, value: dt.date) -> bool:
        """Whether a bound fits the days on which the holding is attested and the bounds that stand."""
        attested = [dt.date.fromisoformat(v.value) for v in self.draft.values(tenure, "bm:attestedOn")]
        if prop in ("bm:startEarliest", "bm:startLatest"):
            ends = self._date(tenure, "bm:endLatest")
            return all(value <= a for a in attested if prop == "bm:startEarliest") and (ends is None or value < ends)
        starts = self._date(tenure, "bm:startEarliest")
        return all(a < value for a in attested if prop == "bm:endLatest") and (starts is None or starts <= value)

    def _date(self, tenure: NamedNode, prop: str) -> dt.date | None:
        value = self.draft.value(tenure, prop)
        return dt.date.fromisoformat(value.value) if isinstance(value, Literal) else None


_BOUNDS = ("bm:startEarliest", "bm:startLatest", "bm:endEarliest", "bm:endLatest")


def post_label(title: str, organ: str) -> str:
    """ "Trưởng Ban" in "Ban Tuyên giáo …" is called "Trưởng Ban Tuyên giáo …": a word that both share is said once."""
    words, name = title.split(), organ.split()
    if words and name and fold.accented_key(words[-1]) == fold.accented_key(name[0]):
        words = [*words[:-1], words[-1][0].upper() + words[-1][1:]]
        name = name[1:]
    elif len(words) > 1 and fold.accented_key(" ".join(words[-2:])) == fold.accented_key(" ".join(name[:2])):
        name = name[2:]
    return " ".join([*words, *name])


def _ends(written: str) -> tuple[dt.date | None, dt.date | None]:
    try:
        known = PartialDate.parse(written)
    except ValueError:
        return None, None
    return known.first_day, known.last_day


def _bounds_said(position: Position, on: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    first = _ends(position.start)[0] if position.start else None
    last = _ends(position.end)[1] if position.end else None
    if last is None and position.status in _ENDED and on:
        last = on + dt.timedelta(days=1)
    return first, last
