"""Directives: one node for a paper however it is cited; what each citation states of it is a claim."""

import datetime as dt
import re
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from kg.model import fold
from kg.model.dates import PartialDate
from kg.model.extraction import Citation, DirectiveRead
from kg.model.numbers import DocumentNumber, parse
from kg.model.ordinals import ordinal as ordinal_of
from kg.model.resolution import DirectiveCandidate, DirectiveMention, Resolution, resolve
from kg.namespaces import PREFIXES, iri
from kg.propose.claims import Said, single_valued
from kg.propose.draft import Draft, day, integer, short_hash, text, vi
from kg.propose.evidence import supporting
from kg.propose.minting import directive_slug
from kg.propose.organs import Organs
from kg.propose.tenures import Tenures
from kg.propose.titles import rank_of

CENTRAL_COMMITTEE = "organ:ban-chap-hanh-trung-uong-dang"
_SAID = ("bm:key", "bm:symbol", "bm:year", "bm:issuedOn", "dcterms:title")
_ROMAN = re.compile(r"\b([IVXLC]+|\d{1,2})\b")
_TERM_BY_ORDINAL = "SELECT * WHERE { ?term bm:termOf ?organ ; bm:ordinal ?ordinal }"
_TERM_ON = """
SELECT ?organ ?day ?term ?ordinal WHERE {
  ?term bm:termOf ?organ ; bm:ordinal ?ordinal ; bm:firstDay ?first .
  OPTIONAL { ?term bm:lastDay ?last }
  FILTER(?first <= ?day && (!BOUND(?last) || ?day <= ?last))
}"""
_CODES = """
SELECT ?base ?code ?label WHERE {
  ?code a skos:Concept ; skos:prefLabel|skos:altLabel ?label . FILTER(LANG(?label) = "vi")
  FILTER(STRSTARTS(STR(?code), ?base))
}"""


@dataclass(frozen=True, slots=True)
class _Identity:
    """What tells a paper from others with the same symbol."""

    number: DocumentNumber | None
    issuer: NamedNode | None
    term: NamedNode | None
    ordinal: int | None
    year: int | None
    issued: dt.date | None


@dataclass
class Directives:
    """The papers that one document cites, by number or name; `decisions` tells why each was linked or minted."""

    draft: Draft
    organs: Organs
    tenures: Tenures
    decisions: dict[NamedNode, Resolution] = field(default_factory=dict)
    _nodes: dict[str, NamedNode] = field(default_factory=dict)
    _types: dict[str, NamedNode] = field(default_factory=dict)

    def mention(self, read: DirectiveRead) -> NamedNode:
        """The node of a cited paper, with a claim for each thing that a citation states of it."""
        known = self._identity(read)
        found = self._resolved(read, known)
        node = NamedNode(found.choice.iri) if found.choice else self._named(read, known, found)
        self._nodes[_ref_key(read.ref)] = node
        self.decisions[node] = found
        label = f"{read.type} {read.number}" if read.type and read.number else read.number or read.name or "Văn bản"
        if not self.draft.known(node):
            self.draft.node(node, ("bm:Directive", "prov:Entity"), label)
            self.draft.add(node, "bm:key", text(_key(read, known.number)))
        self._describe(node, read, known)
        for citation in read.citations:
            supporting(self.draft, citation.span, citation.rule, "high", node, exact=True)
            self._claims(node, citation)
        if read.title and not any(c.title for c in read.citations) and self.draft.value(node, "dcterms:title") is None:
            self.draft.add(node, "dcterms:title", vi(read.title))
        return node

    def find(self, ref: str | None) -> NamedNode | None:
        """A paper that was mentioned under this number or name."""
        return self._nodes.get(_ref_key(ref)) if ref else None

    def all(self) -> list[NamedNode]:
        """All papers mentioned."""
        return list(self._nodes.values())

    def issuer(self, name: str | None, when: PartialDate | None) -> NamedNode | None:
        """Who issued at that time: a body that was mentioned or that the centre has, or a post in one (Thủ tướng)."""
        if not name:
            return None
        words = name.split()
        for size in range(min(len(words), 6) + 1):
            title, rest = " ".join(words[:size]), " ".join(words[size:])
            organ = self.organs.at(rest, when) if rest else None
            if organ and not title:
                return organ
            if title and (organ or not rest) and rank_of(title)[0] != iri("rank:Other"):
                return self.tenures.post(title, organ, rest)
        return None

    def _identity(self, read: DirectiveRead) -> _Identity:
        number = parse(read.number) if read.number and not read.number_partial else None
        issued = _full_day(read.date)
        year = (number.year if number else None) or read.year or (issued.year if issued else None)
        term, ordinal = None, None
        if number and number.hides_issuer:
            term, ordinal = self._term(read.issuer_term, issued)
        return _Identity(number, self.issuer(read.issuer, _when(issued, year)), term, ordinal, year, issued)

    def _term(self, wording: str | None, issued: dt.date | None) -> tuple[NamedNode | None, int | None]:
        organ = iri(CENTRAL_COMMITTEE)
        match = _ROMAN.search(wording or "")
        if match:
            ordinal = ordinal_of(match[1])
            rows = self.draft.reader.select(_TERM_BY_ORDINAL, {"organ": organ, "ordinal": integer(ordinal)})
            term = rows[0]["term"] if rows else None
            return (term if isinstance(term, NamedNode) else None), ordinal
        if issued:
            for row in self.draft.reader.select(_TERM_ON, {"organ": organ, "day": day(issued)}):
                if isinstance(row["term"], NamedNode):
                    return row["term"], int(row["ordinal"].value)
        return None, None

    def _resolved(self, read: DirectiveRead, known: _Identity) -> Resolution:
        """The papers in graph and draft that can be meant, ranked; those of this key alone are looked at."""
        found = map(self.draft.kept, self.draft.subjects("bm:key", Literal(_key(read, known.number))))
        papers = [node for node in dict.fromkeys(found) if iri("bm:Directive") in self.draft.values(node, "rdf:type")]
        published = self.draft.value(self.draft.source, "bm:publishedLatest")
        mention = DirectiveMention(
            symbol=known.number.key() if known.number else _key(read, None),
            number=known.number,
            term=known.ordinal,
            year=known.year,
            issuer=known.issuer.value if known.issuer else None,
            place=self._place(known.issuer),
            type=self._word(self._type(read.type)) or read.type,
            title=read.title,
            issued=known.issued,
            day=_full_day(published.value) if published else None,
        )
        return resolve(mention, [self._candidate(node, known.number) for node in papers])

    def _candidate(self, node: NamedNode, number: DocumentNumber | None) -> DirectiveCandidate:
        key, symbol, year, issued, title = (self._said(node, prop) for prop in _SAID)
        written = parse(symbol) if symbol and number else None
        term = self.draft.value(node, "bm:inTerm")
        ordinal = self._said(term, "bm:ordinal") if isinstance(term, NamedNode) else None
        issuer = self.draft.value(node, "bm:issuer")
        of = issuer if isinstance(issuer, NamedNode) else None
        kind = self.draft.value(node, "bm:documentType")
        return DirectiveCandidate(
            iri=node.value,
            symbol=written.key() if written else key or "",
            term=int(ordinal) if ordinal else None,
            year=int(year) if year else None,
            issuer=of.value if of else None,
            place=self._place(of),
            type=self._word(kind if isinstance(kind, NamedNode) else None),
            title=title,
            issued=_full_day(issued),
        )

    def _said(self, node: NamedNode, prop: str) -> str | None:
        value = self.draft.value(node, prop)
        return value.value if value is not None else None

    def _word(self, kind: NamedNode | None) -> str | None:
        """What a type of document is called in Vietnamese."""
        labels = self.draft.values(kind, "skos:prefLabel") if kind else iter(())
        return next((w.value for w in labels if isinstance(w, Literal) and w.language == "vi"), None)

    def _place(self, issuer: NamedNode | None) -> str | None:
        if issuer is None:
            return None
        organ = self.draft.value(issuer, "org:postIn")
        return self._said(organ if isinstance(organ, NamedNode) else issuer, "bm:jurisdiction")

    def _named(self, read: DirectiveRead, known: _Identity, found: Resolution) -> NamedNode:
        """The paper by its identity (series and number, with term or place and year), else by its first mention.

        An identity that the graph has given to a paper which cannot be the one meant is not given twice.
        """
        slug, is_identity = self._slug(read, known)
        node = self.draft.kept(iri(f"directive:{slug}"))
        fits = [each.candidate.iri for each in found.ranked if not each.is_contradicted]
        if is_identity and (node.value in fits or not self.draft.known(node)):
            return node
        proof = short_hash(self.draft.document.digest, read.citations[0].span.start)
        return self.draft.kept(iri(f"directive:{slug}-{proof}"))

    def _slug(self, read: DirectiveRead, known: _Identity) -> tuple[str, bool]:
        """A readable slug, and whether it says enough to tell the paper from all others."""
        place = self.organs.places.get(known.issuer) if known.issuer else None
        return directive_slug(
            read.number or read.name or read.type or "van-ban",
            known.number,
            ordinal=known.ordinal,
            place=place.slug if place else "",
            year=known.year,
        )

    def _describe(self, node: NamedNode, read: DirectiveRead, known: _Identity) -> None:
        number = known.number
        facts = {
            "bm:symbol": text(fold.plain(read.number)) if read.number else None,
            "bm:number": integer(number.number) if number else None,
            "bm:documentType": self._type(read.type),
            "bm:ladder": iri(f"ladder:{number.ladder}") if number and number.ladder else None,
            "bm:inTerm": known.term,
            "bm:year": integer(known.year) if known.year else None,
        }
        if read.issuer_from != "text":
            facts["bm:issuer"] = known.issuer
        for prop, value in facts.items():
            if value is not None and self.draft.value(node, prop) is None:
                self.draft.add(node, prop, value)

    def _claims(self, node: NamedNode, citation: Citation) -> None:
        said = Said(citation.span, citation.rule)
        if citation.title:
            single_valued(self.draft, node, "dcterms:title", vi(" ".join(citation.title.split())), said)
        issued = _full_day(citation.date)
        if issued:
            single_valued(self.draft, node, "bm:issuedOn", day(issued), said)
        issuer = self.issuer(citation.issuer, self._time(node, issued))
        if issuer:
            single_valued(self.draft, node, "bm:issuer", issuer, said)

    def _time(self, node: NamedNode, issued: dt.date | None) -> PartialDate | None:
        """When a paper was issued: as a citation says, else by what is known of it."""
        known = self.draft.value(node, "bm:issuedOn") or self.draft.value(node, "bm:year")
        if issued or known is None:
            return _when(issued, None)
        return PartialDate.parse(known.value) if isinstance(known, Literal) else None

    def _type(self, word: str | None) -> NamedNode | None:
        if not self._types:
            rows = self.draft.reader.select(_CODES, {"base": text(PREFIXES["doctype"])})
            self._types = {fold.key(r["label"].value): c for r in rows if isinstance(c := r["code"], NamedNode)}
        words = fold.key(word or "").split()
        shorter = (
            " ".join(words[:size]) for size in range(len(words), 0, -1)
        )  # "Chương trình phối hợp" is a programme
        return next((self._types[name] for name in shorter if name in self._types), None)


def _when(issued: dt.date | None, year: int | None) -> PartialDate | None:
    if issued:
        return PartialDate.of(issued)
    return PartialDate(year) if year else None


def _ref_key(ref: str) -> str:
    number = parse(ref)
    return number.key() if number else fold.accented_key(ref)


def _key(read: DirectiveRead, number: DocumentNumber | None) -> str:
    return fold.key(number.key() if number else read.number or read.name or "")


def _full_day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written and re.fullmatch(r"\d{4}-\d{2}-\d{2}", written) else None
