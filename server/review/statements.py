"""Facts of a proposal in words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.namespaces import curie, iri
from kg.review import Dispute, Fact, Quoted
from kg.search import KINDS
from kg.validate import Finding, Report
from server import urls
from server.contexts import Link
from server.neighbourhood import LABEL, TYPE, Neighbourhood
from server.review.correcting import key_of
from server.review.deciding import Draft
from server.review.pieces import Cut
from server.review.views import Disputed, FactView, Quote, Rivals, Row, Value
from server.wording import words

_HIDDEN: Final = frozenset(map(iri, ("rdf:type", "bm:key", "bm:derivedByRule")))
_CONFLICT, _OPEN = iri("bm:Conflict"), iri("conflictstate:open")


@dataclass(frozen=True, slots=True)
class Telling:
    """All that a fact is told with: names, numbers of facts by their nodes, places in texts by source."""

    around: Neighbourhood
    numbers: Mapping[NamedNode, int]
    facts: Mapping[NamedNode, Fact]
    known: frozenset[NamedNode]
    cuts: Mapping[NamedNode, Cut]
    places: Mapping[tuple[NamedNode, int, int], str]
    findings: Mapping[NamedNode | None, list[Finding]]
    needed_by: Mapping[NamedNode, list[int]]
    disputes: tuple[Dispute, ...]
    draft: Draft
    problems: Mapping[str, str]

    def fact(self, fact: Fact) -> FactView:
        """One fact."""
        node, number = fact.node, self.numbers[fact.node]
        is_new = any(quad.subject == node and quad.predicate == TYPE for quad in fact.add) and node not in self.known
        label = self.label(node)
        kind = curie(node).partition(":")[0]
        rows = tuple(self._rows(fact, label))
        return FactView(
            number=number,
            node=node.value,
            label=label,
            kind=self._kind(fact, kind),
            href=None if is_new else urls.link(node.value),
            is_new=is_new,
            confidence=fact.confidence or "",
            rows=rows,
            quotes=tuple(self._quotes(fact)),
            saying=tuple(mark for cut in self.cuts.values() for mark in cut.saying.get(number, ())),
            naming=tuple(mark for cut in self.cuts.values() for mark in cut.naming.get(number, ())),
            needs=tuple(sorted(self.numbers[need] for need in fact.needs if need in self.numbers)),
            needed_by=tuple(self.needed_by.get(node, ())),
            findings=tuple(finding.to_json() for finding in self.findings.get(node, ())),
            conflicts=tuple(self._conflicts(fact)),
            disputes=tuple(self._disputes(fact)),
            verdict=self.draft.verdict(node),
            problem=self.problems.get(node.value, ""),
            same_kind=kind if is_new and kind in KINDS else "",
            same=self.draft.same.get(node.value, ""),
        )

    def link(self, term: object) -> Link:
        """A term by its name."""
        if isinstance(term, NamedNode) and term in self.numbers and term not in self.known:
            return Link(self.label(term), f"#fact-{self.numbers[term]}")
        return self.around.link(term)  # type: ignore[arg-type]  # no triple terms here

    def label(self, node: NamedNode) -> str:
        """What a node is called."""
        told = self.around.label(node)
        return self.facts[node].label if told == curie(node) and node in self.facts else told

    def _kind(self, fact: Fact, kind: str) -> str:
        own = next((one.value for one in fact.kinds if one.value in self.around.tongue.terms), None)
        said = words(self.around.tongue.language).get(f"kind.{kind}", "")
        return said or (self.around.tongue.terms[own] if own else "")

    def _rows(self, fact: Fact, label: str) -> Iterator[Row]:
        by_property: dict[tuple[NamedNode, str], list[Value]] = {}
        for quads, gone in ((fact.remove, True), (fact.add, False)):
            for quad in sorted(quads, key=str):
                if quad.subject == fact.node and quad.predicate not in _HIDDEN:
                    graph = "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)
                    by_property.setdefault((quad.predicate, graph), []).append(self._value(quad, gone=gone))
        for (prop, graph), values in sorted(by_property.items(), key=lambda item: (item[0][0] != LABEL, str(item[0]))):
            is_heading = all(value.is_words and value.link.text == label and not value.gone for value in values)
            name = self.around.tongue.property(prop)
            yield Row(f"{name} {graph}".strip(), tuple(values), is_heading)

    def _value(self, quad: Quad, *, gone: bool) -> Value:
        term, key = quad.object, key_of(quad)
        if isinstance(term, NamedNode):
            prefix = curie(term).partition(":")[0]
            is_new = term in self.numbers and term not in self.known
            state = "new" if is_new else "known" if urls.same(term.value) else ""
            pick = prefix if prefix in KINDS else ""
            return Value(self.link(term), False, state, gone, "" if gone else key, pick, self._given(key, curie(term)))
        stands = term.value if isinstance(term, Literal) else str(term)
        return Value(self.link(term), True, "", gone, "" if gone else key, "", self._given(key, stands))

    def _given(self, key: str, stands: str) -> str:
        return self.draft.fixes.get(key, stands)

    def _quotes(self, fact: Fact) -> Iterator[Quote]:
        seen: set[tuple[NamedNode, int, int]] = set()
        for said in fact.quoted:
            place = (said.source, said.start, said.end)
            if place not in seen:
                seen.add(place)
                yield self._quote(said, self.places.get(place, ""))

    def _quote(self, said: Quoted, piece: str) -> Quote:
        told, source = " ".join(said.quote.split()), self.link(said.source)
        return Quote(told, piece, said.confidence, said.rule, source, astray=not piece and said.source in self.cuts)

    def _conflicts(self, fact: Fact) -> Iterator[Rivals]:
        opened = {quad.subject for quad in fact.add if quad.object == _OPEN} & {
            quad.subject for quad in fact.add if quad.object == _CONFLICT
        }
        for node in sorted(opened, key=str):
            assert isinstance(node, NamedNode)  # the door lets no other subject in
            prop = self.around.node(node, "bm:property")
            claims = self.around.nodes(node, "bm:claim")
            values = (next(iter(self.around.links(claim, "bm:value")), self.link(claim)) for claim in claims)
            yield Rivals(self.around.tongue.property(prop) if prop else self.label(node), tuple(values))

    def _disputes(self, fact: Fact) -> Iterator[Disputed]:
        quads = fact.add | fact.remove
        for one in self.disputes:
            if (one.wanted | one.unwanted) & quads:
                yield Disputed(
                    self.link(one.subject),
                    self.around.tongue.property(one.predicate),
                    *(self._values(each) for each in (one.wanted, one.unwanted, one.standing)),
                )

    def _values(self, quads: Iterable[Quad]) -> tuple[Link, ...]:
        return tuple(self.link(quad.object) for quad in sorted(quads, key=str))


def needing(facts: Iterable[Fact], numbers: Mapping[NamedNode, int]) -> dict[NamedNode, list[int]]:
    """By the node of each fact the numbers of those that need it."""
    found: dict[NamedNode, list[int]] = defaultdict(list)
    for fact in facts:
        for need in fact.needs:
            found[need].append(numbers[fact.node])
    return found


def placed(report: Report, facts: Sequence[Fact]) -> dict[NamedNode | None, list[Finding]]:
    """Findings by the fact that they are about, itself, its evidence or a claim; None for what no one fact has."""
    owners: dict[str, set[NamedNode]] = defaultdict(set)
    for fact in facts:
        for quad in fact.add | fact.remove:
            if isinstance(quad.subject, NamedNode):
                owners[quad.subject.value].add(fact.node)
    owners |= {fact.node.value: {fact.node} for fact in facts}
    found: dict[NamedNode | None, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        nodes = owners.get(finding.focus, ())
        found[next(iter(nodes)) if len(nodes) == 1 else None].append(finding)
    return found
