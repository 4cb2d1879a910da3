"""Relations that a text states, by the one table from the reader's predicates to the model."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.model.extraction import Position, RelationRead
from kg.namespaces import iri
from kg.propose.claims import Said, claim
from kg.propose.directives import Directives
from kg.propose.draft import Draft, day, short_hash
from kg.propose.evidence import sentence_around, supporting
from kg.propose.organs import Organs
from kg.propose.persons import Persons
from kg.propose.tenures import Tenures
from kg.propose.titles import cause_of, official_causes


@dataclass(frozen=True, slots=True)
class Direct:
    """A property from the subject's node to the object's, with a claim that carries the evidence."""

    prop: str
    subject: str
    object: str


@dataclass(frozen=True, slots=True)
class Event:
    """A personnel event of this kind, which bounds the tenure of the person."""

    cause: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Read and shown, but not carried into the graph, and why."""

    reason: str


PREDICATES: dict[str, Direct | Event | LeftOut] = {
    "implements": Direct("bm:implements", "directive", "directive"),
    "continues_implementation_of": Direct("bm:continues", "directive", "directive"),
    "amends": Direct("bm:amends", "directive", "directive"),
    "based_on": Direct("bm:basedOn", "directive", "directive"),
    "guides": Direct("bm:guides", "directive", "directive"),
    "details": Direct("bm:details", "directive", "directive"),
    "approves": Direct("bm:approves", "directive", "directive"),
    "follows_up": Direct("bm:followsUp", "directive", "directive"),
    "orders_implementation_of": Direct("bm:carriesOut", "organ", "directive"),
    "establishes": Direct("bm:establishes", "directive", "organ"),
    "signed_by": Direct("bm:signedBy", "directive", "person"),
    "passed_by": Direct("bm:adoptedBy", "directive", "organ"),
    "inspects": Direct("bm:inspects", "organ", "organ"),
    "appoints": Event("Appointment"),
    "elects": Event("Election"),
    "promotes": Event("Appointment"),
    "presents": LeftOut("carried by the meeting (bm:disseminates) and the participant's role"),
    "succeeds": LeftOut("follows from the two tenures of the post"),
    "disciplined_by": LeftOut("discipline needs an official source and its outcome; a report alone does not carry it"),
    "criticised_by": LeftOut("the same as discipline"),
    "merged_from": LeftOut("changes of units come from the reference tables with their legal basis"),
    "renamed_from": LeftOut("the same as merged_from"),
}
"""Every predicate that a reader may give, and what the graph makes of it."""

_GOES_ON = frozenset({"Reappointment"})
"""Events on a holding that goes on as it was: no cause of its start."""


@dataclass
class Relations:
    """States the relations and personnel events of one document."""

    draft: Draft
    organs: Organs
    persons: Persons
    directives: Directives
    tenures: Tenures
    own: NamedNode | None = None
    """The paper that the document itself is, when it has its own number in its head."""

    def state(self, read: RelationRead, on: dt.date | None) -> None:
        """Carries one relation into the draft, when both its ends are known nodes."""
        rule = PREDICATES[read.predicate]
        if isinstance(rule, Direct):
            self._direct(rule, read)
        elif isinstance(rule, Event):
            person, organ = self.persons.find(read.object, read.spans), self.organs.find(read.subject)
            for position, tenure in self.tenures.by_person.get(person, ()) if person else ():
                if position.status == "appointed" and person:
                    cause = self._cause("start", position) or rule.cause
                    self.event(cause, person, position, tenure, on, organ)

    def events(self, read: tuple[RelationRead, ...], on: dt.date | None) -> None:
        """States an event for every taking up and leaving of a post that no relation names the decider of.

        Of a post that is held in another's stead there is an event when the words say that it was given.
        """
        decided = {self.persons.find(r.object, r.spans) for r in read if isinstance(PREDICATES[r.predicate], Event)}
        for person, held in self.tenures.by_person.items():
            for position, tenure in held:
                if position.status == "appointed" and person not in decided:
                    self.event(self._cause("start", position) or "Appointment", person, position, tenure, on, None)
                elif position.status == "outgoing":
                    self.event(self._cause("end", position) or "Release", person, position, tenure, on, None)
                elif position.status == "acting" and self._cause("start", position) == "Assignment":
                    self.event("Assignment", person, position, tenure, on, None)

    def event(
        self,
        cause: str,
        person: NamedNode,
        position: Position,
        tenure: NamedNode,
        on: dt.date | None,
        organ: NamedNode | None,
    ) -> NamedNode | None:
        """States that somebody took up or left a post; sets the cause at that end of the tenure.

        None for a disciplinary cause that no official paper carries: the holding is over, and why is left unsaid.
        """
        if cause in official_causes() and self.own is None:
            return None
        local = tenure.value.rsplit("/", 1)[1]
        node = self.draft.kept(iri(f"event:{local}-{cause.lower()}-{short_hash(tenure, cause, on)}"))
        label = self.draft.value(tenure, "rdfs:label")
        self.draft.node(node, ("bm:PersonnelEvent", "prov:Activity"), label.value if label else local)
        self.draft.add(node, "bm:eventKind", iri(f"cause:{cause}"))
        self.draft.add(node, "bm:person", person)
        self.draft.add(node, "bm:bounds", tenure)
        self.draft.add(node, "bm:day", day(on) if on else None)
        if self.draft.value(node, "bm:decidedBy") is None:
            self.draft.add(node, "bm:decidedBy", organ)
        if self.own and self._decides(self.own):
            self.draft.add(node, "bm:byDirective", self.own)
        end = "bm:endCause" if position.status == "outgoing" else "bm:startCause"
        if cause not in _GOES_ON and self.draft.value(tenure, end) is None:
            self.draft.add(tenure, end, iri(f"cause:{cause}"))
        for span in position.spans[:1]:
            supporting(self.draft, span, f"event-{cause.lower()}", position.confidence, node)
        return node

    def _decides(self, paper: NamedNode) -> bool:
        """Whether a paper is of a type that decides; a report or notice only tells of what another decided."""
        return self.draft.value(paper, "bm:documentType") in (iri("doctype:Decision"), iri("doctype:Resolution"))

    def _cause(self, end: str, position: Position) -> str | None:
        post = position.spans[0]
        sentence = sentence_around(self.draft.document.text, post)
        return cause_of(end, sentence.of(self.draft.document.text), post.start - sentence.start)

    def _direct(self, rule: Direct, read: RelationRead) -> None:
        find: dict[str, Callable[[str | None], NamedNode | None]] = {
            "directive": self.directives.find,
            "organ": self.organs.find,
            "person": lambda name: self.persons.find(name, read.spans),
        }
        subject, value = find[rule.subject](read.subject), find[rule.object](read.object)
        if subject and value and subject != value and read.spans:
            self.draft.add(subject, rule.prop, value)
            claim(self.draft, subject, rule.prop, value, Said(read.spans[0], f"relation-{read.predicate}"))
