"""Meetings, their connected sites, and who was there in which role and capacity."""

import datetime as dt
import re
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kg.model import fold
from kg.model.extraction import MeetingRead
from kg.model.spans import Span
from kg.namespaces import PREFIXES, iri
from kg.propose.directives import Directives
from kg.propose.draft import Draft, day, short_hash, text, vi
from kg.propose.evidence import supporting
from kg.propose.minting import occasion_slug
from kg.propose.organs import Organs
from kg.propose.persons import Persons
from kg.propose.places import Gazetteer
from kg.propose.tenures import IN_OFFICE, Tenures
from kg.propose.titles import roles_of

FORMS = {"in_person": "inPerson", "online": "online", "hybrid": "hybrid"}
SAME_NAME = 0.7
"""Share of the words of the shorter name from which two names of one day may mean one meeting."""

_SITE_WORD = re.compile(r"^\s*điểm\s+cầu\s+(?:tại\s+)?", re.IGNORECASE)


@dataclass
class Meetings:
    """The meetings of one document."""

    draft: Draft
    gazetteer: Gazetteer
    organs: Organs
    persons: Persons
    tenures: Tenures
    directives: Directives
    nodes: list[NamedNode] = field(default_factory=list)

    def mention(self, read: MeetingRead) -> NamedNode:
        """The node of a meeting with its sites, participants and what it did with directives."""
        on = _day(read.date)
        organizers = [o for name in re.split(r"\s*;\s*", read.organizer or "") if (o := self.organs.find(name))]
        node = self._linked(read, on, organizers) or self.draft.kept(iri(f"meeting:{self._slug(read)}"))
        self.nodes.append(node)
        name = " ".join(read.name.split())
        if self.draft.known(node) and fold.key(name) != self._key(node):
            self.draft.add(node, "skos:altLabel", vi(name))
        self.draft.node(node, ("bm:Meeting", "prov:Activity"), name, keyed=True)
        self.draft.add(node, "bm:form", iri(f"form:{FORMS[read.form]}") if read.form else None)
        self.draft.add(node, "bm:day", day(on) if on else None)
        for organizer in organizers:
            self.draft.add(node, "bm:convenedBy", organizer)
        if read.place:
            place = self.gazetteer.find(read.place)
            self.draft.add(node, "bm:place", place.node if place else None)
            self.draft.add(node, "bm:placeWording", text(" ".join(read.place.split())))
        for span in read.spans:
            supporting(self.draft, span, "meeting-named", "high", node)
        sites = {fold.accented_key(name): self._site(node, name, span) for name, span in read.sites}
        self._participants(node, read, sites, on)
        for use in read.directives:
            paper = self.directives.find(use.ref)
            if paper:
                self.draft.add(node, f"bm:{use.action}", paper)
                supporting(self.draft, use.span, f"meeting-{use.action}", "high", node)
        return node

    def _participants(
        self, node: NamedNode, read: MeetingRead, sites: dict[str, NamedNode], on: dt.date | None
    ) -> None:
        local = node.value.removeprefix(PREFIXES["meeting"])
        label = " ".join(read.name.split())
        for one in read.participants:
            person = self.persons.find(one.name, one.spans)
            if not person:
                continue
            part = self.draft.kept(iri(f"participation:{local}-{person.value.removeprefix(PREFIXES['person'])}"))
            self._took_part(part, node, f"{one.name} – {label}", sites.get(fold.accented_key(one.site or "")))
            self.draft.add(part, "bm:participant", person)
            for wording in filter(None, (w.strip() for w in one.role.split(";"))):
                self.draft.add(part, "bm:roleWording", text(wording))
                for role in roles_of(wording):
                    self.draft.add(part, "bm:role", role)
            for position, tenure in self.tenures.by_person.get(person, ()):
                if position.status in IN_OFFICE and on and not position.end:
                    self.draft.add(part, "bm:inCapacityOf", tenure)
            for span in one.spans or read.spans[:1]:
                supporting(self.draft, span, "participant", "high", part)
        for some in read.collective:
            words = " ".join(some.text.split())
            slug = f"{local}-{fold.slug(words)[:40].strip('-')}-{short_hash(words, some.site)}"
            part = self.draft.kept(iri(f"participation:{slug}"))
            self._took_part(part, node, f"{words} – {label}", sites.get(fold.accented_key(some.site or "")))
            self.draft.add(part, "bm:participantWording", text(words))
            self.draft.add(part, "bm:role", iri("role:Attends"))
            supporting(self.draft, some.span, "collective-participant", "high", part)

    def _took_part(self, part: NamedNode, meeting: NamedNode, label: str, site: NamedNode | None) -> None:
        self.draft.node(part, ("bm:Participation",), label)
        self.draft.add(part, "bm:meeting", meeting)
        if self.draft.value(part, "bm:site") is None:
            self.draft.add(part, "bm:site", site)

    def _site(self, meeting: NamedNode, name: str, span: Span) -> NamedNode:
        local = meeting.value.removeprefix(PREFIXES["meeting"])
        words = " ".join(name.split())
        node = self.draft.kept(iri(f"site:{local}-{fold.slug(_SITE_WORD.sub('', words))}"))
        self.draft.node(node, ("bm:Site",), words)
        self.draft.add(node, "bm:ofMeeting", meeting)
        where = _SITE_WORD.sub("", words)
        organ = self.organs.find(where) or self.organs.ending(where)
        place = self.gazetteer.find(where) or self.gazetteer.find(f"tỉnh {where}")
        self.draft.add(node, "bm:atOrgan", organ)
        self.draft.add(node, "bm:place", place.node if place else None)
        supporting(self.draft, span, "site-named", "high", node)
        return node

    def _linked(self, read: MeetingRead, on: dt.date | None, organizers: list[NamedNode]) -> NamedNode | None:
        """The meeting of that day that another report tells of, when just one fits.

        It fits by its name, unless its conveners are others; or by most of the words of its name and at least two
        officials in common.
        """
        if on is None:
            return None
        here = {person for one in read.participants if (person := self.persons.find(one.name, one.spans))}
        fits = [
            node
            for node in self.draft.subjects("bm:day", day(on))
            if node not in self.nodes and self._is_the_same(node, fold.key(read.name), set(organizers), here)
        ]
        return fits[0] if len(fits) == 1 else None

    def _is_the_same(self, node: NamedNode, name: str, organizers: set[NamedNode], here: set[NamedNode]) -> bool:
        if iri("bm:Meeting") not in self.draft.values(node, "rdf:type"):
            return False
        conveners = set(self.draft.values(node, "bm:convenedBy"))
        if organizers and conveners and not organizers & conveners:
            return False
        names = [fold.key(v.value) for prop in ("rdfs:label", "skos:altLabel") for v in self.draft.values(node, prop)]
        if name in names:
            return bool(organizers & conveners) or not organizers
        there = {
            who for part in self.draft.subjects("bm:meeting", node) for who in self.draft.values(part, "bm:participant")
        }
        return len(here & there) >= 2 and any(_share_of_words(name, other) >= SAME_NAME for other in names)

    def _key(self, node: NamedNode) -> str:
        label = self.draft.value(node, "rdfs:label")
        return fold.key(label.value) if label else ""

    def _slug(self, read: MeetingRead) -> str:
        return occasion_slug(read.name, read.date or "", self.draft.document.digest, read.spans[0].start)


def _share_of_words(one: str, other: str) -> float:
    """Of the words of the shorter name, the share that the other has too."""
    a, b = set(one.split()), set(other.split())
    return len(a & b) / max(1, min(len(a), len(b)))


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written and re.fullmatch(r"\d{4}-\d{2}-\d{2}", written) else None
