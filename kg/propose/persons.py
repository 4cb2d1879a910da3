"""Persons: recognised by a scored decision on name, posts, places and days, or minted beside their namesakes."""

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from itertools import product

from pyoxigraph import NamedNode

from kg.model import fold
from kg.model.dates import PartialDate
from kg.model.extraction import PersonRead, Position
from kg.model.spans import Span
from kg.namespaces import iri
from kg.propose.careers import Career, Careers
from kg.propose.decisions import state_link, state_namesake
from kg.propose.draft import Draft, day, text, vi
from kg.propose.evidence import supporting
from kg.propose.mentions import nearest, one_by_one
from kg.propose.minting import person_slug
from kg.propose.namesakes import Decision, Verdict, judge
from kg.propose.organs import Organs
from kg.propose.places import Gazetteer

Spans = tuple[Span, ...]
_I_OR_Y = re.compile(r"^(.*[hklmst]|qu)([iy])$")  # the syllables that are spelt both ways: Lý and Lí, Quý and Quí


@dataclass
class Persons:
    """The persons of one document by name; `verdicts` tells how each compares with those who bear its name."""

    draft: Draft
    organs: Organs
    gazetteer: Gazetteer
    verdicts: dict[NamedNode, list[Verdict]] = field(default_factory=dict)
    _nodes: dict[str, list[tuple[Spans, NamedNode]]] = field(default_factory=dict)
    _told: dict[NamedNode, Career] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._careers = Careers(self.draft, self.organs, self.gazetteer)

    def mention(self, read: PersonRead, on: dt.date | None) -> list[tuple[NamedNode, tuple[Position, ...]]]:
        """The persons that a document calls by one name, each with its posts: mostly one.

        More than one where posts at two mentions of the name cannot be held by one person on `on`, the day of the
        report. Each is a person of the graph when enough speaks for it, else a new one.
        """
        found = []
        for spans, positions in one_by_one(read, lambda positions, at: self._careers.told(read, positions, at, on)):
            career = self._careers.told(read, positions, spans, on)
            node = self._person(read, spans, career)
            self._nodes.setdefault(read.name, []).append((spans, node))
            self._told[node] = _joined(career, self._told.get(node))
            found.append((node, positions))
        return found

    def find(self, name: str | None, near: Spans = ()) -> NamedNode | None:
        """The person who was mentioned under this name; of several, the one mentioned nearest to the first span."""
        known = self._nodes.get(name, []) if name else []
        if len(known) < 2 or not near:
            return known[0][1] if known else None
        spans = [span for spans, _ in known for span in spans]
        chosen = spans[nearest(spans, near[0])]
        return next(node for spans, node in known if chosen in spans)

    def _person(self, read: PersonRead, spans: Spans, career: Career) -> NamedNode:
        verdicts = judge(career, self._namesakes(career), self._is_open)
        linked = verdicts[0] if verdicts and verdicts[0].decision == Decision.LINK else None
        node = linked.person if linked else self.draft.kept(self._minted(read, spans))
        self.verdicts[node] = verdicts
        self._describe(node, read)
        supporting(self.draft, spans[0], "person-named", "high", node)
        if linked:
            state_link(self.draft, linked, read.name, spans[0])
            return node
        spellings = set(_spellings(read.name))
        for verdict in (verdict for verdict in verdicts if verdict.person != node):
            bears_it = any(v.value in spellings for v in self.draft.values(verdict.person, "bm:key"))
            if bears_it or verdict.decision != Decision.APART:
                state_namesake(self.draft, node, verdict, spans[0])
        return node

    def _minted(self, read: PersonRead, spans: Spans) -> NamedNode:
        """The node for this mention: reading it again comes to the same."""
        return iri(f"person:{person_slug(read.name, self.draft.document.digest, spans[0].start)}")

    def _describe(self, node: NamedNode, read: PersonRead) -> None:
        self.draft.node(node, ("bm:Person", "foaf:Person"), read.name, keyed=True)
        name = fold.composed(read.name)
        if self.draft.value(node, "foaf:name") is None:
            self.draft.add(node, "foaf:name", text(name))
        names = {v.value for prop in ("foaf:name", "rdfs:label") for v in self.draft.values(node, prop)}
        if name not in names:
            self.draft.add(node, "skos:altLabel", vi(name))
        for alias in read.aliases:
            if len(alias.split()) > 1:  # "ông Thiện" is a way of speaking, not another name
                self.draft.add(node, "skos:altLabel", vi(alias))
        for what, written in (("birth", read.birth_date), ("death", read.death_date)):
            if written and self.draft.value(node, f"bm:{what}Earliest") is None:
                known = PartialDate.parse(written)
                self.draft.add(node, f"bm:{what}Earliest", day(known.first_day))
                self.draft.add(node, f"bm:{what}Latest", day(known.last_day))

    def _namesakes(self, career: Career) -> dict[NamedNode, Career]:
        """The persons of graph and draft who bear the name, by its folded key, or to whom it was given as another."""
        keys = dict.fromkeys(key for name in career.names for key in _spellings(name))
        found = [node for key in keys for node in self.draft.subjects("bm:key", text(key))]
        found += self.draft.subjects("skos:altLabel", vi(career.names[0]))
        kept = filter(self._is_person, dict.fromkeys(map(self.draft.kept, found)))
        known = {node: self._careers.known(node, address=career.address is not None) for node in kept}
        return {node: _joined(each, self._told.get(node)) for node, each in known.items()}

    def _is_open(self, one: NamedNode, other: NamedNode) -> bool:
        """Whether it is undecided if two persons of the graph are one."""
        pairs = ((one, other), (other, one))
        return any(right in self.draft.values(left, "bm:possiblySameAs") for left, right in pairs)

    def _is_person(self, node: NamedNode) -> bool:
        return iri("bm:Person") in self.draft.values(node, "rdf:type")


def _spellings(name: str) -> list[str]:
    """The folded keys under which the name can stand: as it is written, and with i for y or y for i."""
    words = [dict.fromkeys((word, *_I_OR_Y.sub(_other_letter, word).split())) for word in fold.key(name).split()]
    return [" ".join(spelling) for spelling in product(*words)]


def _other_letter(found: re.Match[str]) -> str:
    return found[1] + ("i" if found[2] == "y" else "y")


def _joined(career: Career, told: Career | None) -> Career:
    """A career with what the document itself has said of the person so far."""
    if told is None:
        return career
    return replace(
        career,
        held=career.held + told.held,
        born=career.born or told.born,
        died=career.died or told.died,
        address=career.address or told.address,
    )
