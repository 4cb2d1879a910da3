"""SPARQL Updates read as operations whose effect is known without comparing all of a store before and after.

Running an update on a copy and comparing both says the same, but takes seconds for each million quads. What is not
read here beyond doubt is left to that comparison.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, QuerySolutions, Store

from kg.model.sparql_text import Token, scan, tokens
from kg.namespaces import PREFIXES
from kg.store.templates import Template

Changes = tuple[frozenset[Quad], frozenset[Quad]]


@dataclass(frozen=True, slots=True)
class Data:
    """`INSERT DATA {…}` or `DELETE DATA {…}`; `block` with its brackets."""

    prologue: str
    verb: str
    block: str

    def changes(self, _store: Store, base: str | None = None) -> Changes:
        """(to insert, to delete), whether or not they are there."""
        quads = _data(self.prologue, self.block, base)
        return (quads, frozenset()) if self.verb == "INSERT" else (frozenset(), quads)


@dataclass(frozen=True, slots=True)
class Modify:
    """`WITH … DELETE {…} INSERT {…} USING … WHERE {…}`; the parts are texts, groups with their brackets."""

    prologue: str
    where: str
    delete: str | None = None
    insert: str | None = None
    graph: str | None = None
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()

    def changes(self, store: Store, base: str | None = None) -> Changes:
        """(to insert, to delete), whether or not they are there: both templates filled from each solution once.

        Raises SyntaxError for parts that are none.
        """
        graph = DefaultGraph() if self.graph is None else self._iri(self.graph, base)
        insert, delete = (Template.read(self.prologue, part, base, graph) for part in (self.insert, self.delete))
        names = insert.variables | delete.variables
        query = f"{self.prologue} SELECT {' '.join(f'?{n}' for n in sorted(names)) or '*'} WHERE {self.where}"
        default: list[NamedNode | BlankNode | DefaultGraph] = [self._iri(name, base) for name in self.using]
        named: list[NamedNode | BlankNode] | None = [self._iri(name, base) for name in self.using_named]
        if not default and not named:  # without USING: what WITH names, and every named graph
            default, named = [graph], None
        rows = store.query(query, prefixes=PREFIXES, base_iri=base, default_graph=default, named_graphs=named)
        assert isinstance(rows, QuerySolutions)
        inserted: set[Quad] = set()
        deleted: set[Quad] = set()
        for row in rows:
            inserted.update(insert.filled(row))
            deleted.update(delete.filled(row))
        return frozenset(inserted), frozenset(deleted)

    def _iri(self, token: str, base: str | None) -> NamedNode:
        (quad,) = _data(self.prologue, f"{{ GRAPH {token} {{ <urn:x> <urn:x> <urn:x> }} }}", base)
        assert isinstance(quad.graph_name, NamedNode)
        return quad.graph_name


@dataclass(slots=True)
class _Reading:
    """A place among the tokens of a text; what does not stand there raises _Unread."""

    text: str
    seen: list[Token]
    at: int = 0
    prologue: list[str] = field(default_factory=list)

    def word(self, *words: str) -> str:
        """The word here, if it is one of these, and goes on; else empty."""
        token = self.seen[self.at] if self.at < len(self.seen) else None
        if token is None or token.kind != "word" or token.text.upper() not in words:
            return ""
        self.at += 1
        return token.text.upper()

    def one_of(self, *kinds: str) -> str:
        """The text of the token here, which must be of one of these kinds."""
        if self.at >= len(self.seen) or self.seen[self.at].kind not in kinds:
            raise _Unread
        self.at += 1
        return self.seen[self.at - 1].text

    def group(self) -> str:
        """The text of the group that opens here, with its brackets."""
        closing = _closing(self.seen, self.at) if self.at < len(self.seen) else None
        if closing is None:
            raise _Unread
        start, self.at = self.seen[self.at].start, closing + 1
        return self.text[start : self.seen[closing].start + 1]


class _Unread(Exception):  # no error: the comparison takes over
    """Something stands in a text that this module does not read."""


def operations(text: str) -> tuple[Data | Modify, ...] | None:
    """The operations of a text that the engine takes as an update; None where there are others, or escapes."""
    if "\\u" in text or "\\U" in text:
        return None
    reading = _Reading(text, [token for token in scan(text) if token.kind != "space"])
    try:
        return tuple(_operations(reading))
    except _Unread:
        return None


def _operations(reading: _Reading) -> Iterator[Data | Modify]:
    while reading.at < len(reading.seen):
        if reading.seen[reading.at].text == ";":
            reading.at += 1
        elif reading.word("PREFIX"):
            reading.prologue.append(f"PREFIX {reading.one_of('name')} {reading.one_of('iri')}\n")
        elif reading.word("BASE"):
            reading.prologue.append(f"BASE {reading.one_of('iri')}\n")
        else:
            yield _operation(reading, "".join(reading.prologue))


def _operation(reading: _Reading, prologue: str) -> Data | Modify:
    graph = reading.one_of("iri", "name") if reading.word("WITH") else None
    parts: dict[str, str | None] = {"DELETE": None, "INSERT": None}
    while verb := reading.word("DELETE", "INSERT"):
        if reading.word("DATA"):
            return Data(prologue, verb, reading.group())
        if verb == "DELETE" and reading.word("WHERE"):
            where = reading.group()
            return Modify(prologue, where, delete=where)
        parts[verb] = reading.group()
    using: dict[bool, list[str]] = {False: [], True: []}
    while reading.word("USING"):
        is_named = bool(reading.word("NAMED"))
        using[is_named].append(reading.one_of("iri", "name"))
    if not reading.word("WHERE"):
        raise _Unread
    named = tuple(using[True])
    return Modify(prologue, reading.group(), parts["DELETE"], parts["INSERT"], graph, tuple(using[False]), named)


def data_changes(text: str, base: str | None = None) -> tuple[frozenset[Quad], frozenset[Quad]] | None:
    """(to insert, to delete) of a text that has only INSERT DATA and DELETE DATA, or None for any other text.

    The text must be one that the engine takes as an update.
    """
    seen = list(tokens(text))
    words = [token.text.upper() if token.kind == "word" else "" for token in seen]
    if "\\u" in text or "\\U" in text or not set(words) & {"INSERT", "DELETE"}:
        return None
    insert: set[Quad] = set()
    delete: set[Quad] = set()
    prologue, at = "", 0
    while at < len(seen):
        if seen[at].text == ";":
            at += 1
        elif words[at] in ("PREFIX", "BASE"):
            length = 3 if words[at] == "PREFIX" else 2
            prologue += " ".join(token.text for token in seen[at : at + length]) + "\n"
            at += length
        elif words[at] in ("INSERT", "DELETE") and words[at + 1] == "DATA":
            closing = _closing(seen, at + 2)
            assert closing is not None, "the engine took it"
            quads = _data(prologue, text[seen[at + 2].start : seen[closing].start + 1], base)
            wanted, unwanted = (insert, delete) if words[at] == "INSERT" else (delete, insert)
            wanted |= quads
            unwanted -= quads
            at = closing + 1
        else:
            return None
    return frozenset(insert), frozenset(delete)


def _data(prologue: str, block: str, base: str | None) -> frozenset[Quad]:
    scratch = Store()
    scratch.update(f"{prologue}INSERT DATA {block}", prefixes=PREFIXES, base_iri=base)
    return frozenset(scratch)


def _closing(seen: list[Token], opening: int) -> int | None:
    depth = 0
    for at in range(opening, len(seen)):
        depth += {"{": 1, "}": -1}.get(seen[at].text, 0)
        if depth == 0:
            return at if at > opening else None
    return None
