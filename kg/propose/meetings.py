"""Meetings, their connected sites, and who was there in which role and capacity."""

import datetime as dt
import re
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from kg.model import fold
from kg.model.extraction import MeetingRead
from kg.model.spans import Span
from kg.namespaces import PREFIXES, iri
from kg.propose.directives import Directives
from kg.propose.draft import Draft, day, short_hash, text
from kg.propose.evidence import supporting
from kg.propose.organs import Organs
from kg.propose.persons import Persons
from kg.propose.places import Gazetteer
from kg.propose.tenures import IN_OFFICE, Tenures
from kg.propose.titles import roles_of

FORMS = {"in_person": "inPerson", "online": "online", "hybrid": "hybrid"}
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
        node = self._linked(read, on, organizers) or iri(f"meeting:{self._slug(read)}")
        self.nodes.append(node)
        self.draft.node(node, ("bm:Meeting", "prov:Activity"), " ".join(read.name.split()), keyed=True)
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
            person = self.persons.find(one.name)
            if not person:
                continue
            part = iri(f"participation:{local}-{person.value.removeprefix(PREFIXES['person'])}")
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
            part = iri(f"participation:{local}-{fold.slug(words)[:40].strip('-')}-{short_hash(words, some.site)}")
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
        node = iri(f"site:{local}-{fold.slug(_SITE_WORD.sub('', words))}")
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
        """The meeting of the same name or by the same convener on the same day, when there is just one."""
        if on is None:
            return None
        wanted = fold.key(read.name)
        fits = []
        for node in self.draft.subjects("bm:day", day(on)):
            if iri("bm:Meeting") not in self.draft.values(node, "rdf:type") or node in self.nodes:
                continue
            label = self.draft.value(node, "rdfs:label")
            same_name = isinstance(label, Literal) and fold.key(label.value) == wanted
            shared = set(organizers) & set(self.draft.values(node, "bm:convenedBy"))
            if same_name and (shared or not organizers):
                fits.append(node)
        return fits[0] if len(fits) == 1 else None

    def _slug(self, read: MeetingRead) -> str:
        proof = short_hash(self.draft.document.digest, read.spans[0].start)
        parts = [fold.slug(read.name)[:60].strip("-"), read.date or "", proof]
        return "-".join(part for part in parts if part)


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written and re.fullmatch(r"\d{4}-\d{2}-\d{2}", written) else None
