"""SPARQL Updates whose effect can be read from their text, or asked for, without running them.

Running an update on a checkpoint and comparing all of both stores says the same, but takes seconds for each million
quads. What is not plain beyond doubt is left to that comparison.
"""

from dataclasses import dataclass

from pyoxigraph import Quad, QueryTriples, Store

from kg.model.sparql_text import Token, tokens
from kg.namespaces import PREFIXES

_NOT_PLAIN = {"WITH", "USING", "DATA", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "LOAD"}
_NOT_REPEATABLE = {"RAND", "UUID", "STRUUID", "NOW", "BNODE", "LIMIT", "OFFSET", "SAMPLE"}


@dataclass(frozen=True, slots=True)
class Operation:
    """`DELETE {…} INSERT {…} WHERE {…}` on the default graph; the parts are texts with their brackets."""

    prologue: str
    delete: str | None
    insert: str | None
    where: str

    def changes(self, store: Store, base: str | None = None) -> tuple[frozenset[Quad], frozenset[Quad]]:
        """(to insert, to delete), whether or not they are there."""
        return self._construct(store, self.insert, base), self._construct(store, self.delete, base)

    def _construct(self, store: Store, template: str | None, base: str | None) -> frozenset[Quad]:
        if template is None:
            return frozenset()
        query = f"{self.prologue} CONSTRUCT {template} WHERE {self.where}"
        answer = store.query(query, prefixes=PREFIXES, base_iri=base)
        assert isinstance(answer, QueryTriples)
        return frozenset(Quad(*triple) for triple in answer)


def plain_operation(text: str) -> Operation | None:
    """The operation of a text that the engine takes as an update, or None where it is not plain."""
    if "\\u" in text or "\\U" in text:
        return None
    seen = list(tokens(text))
    words = [token.text.upper() if token.kind == "word" else "" for token in seen]
    if set(words) & (_NOT_PLAIN | _NOT_REPEATABLE):
        return None
    first = next((at for at, word in enumerate(words) if word in ("DELETE", "INSERT")), len(seen))
    parts: dict[str, str] = {}
    at = first
    while at < len(seen) and words[at] in ("DELETE", "INSERT", "WHERE") and words[at] not in parts:
        name, opening = words[at], at + 1
        if name == "DELETE" and opening < len(seen) and words[opening] == "WHERE":
            parts["DELETE"], at = "", opening
            continue
        closing = _closing(seen, opening)
        if closing is None or (name != "WHERE" and not _is_plain_template(seen[opening : closing + 1])):
            return None
        parts[name] = text[seen[opening].start : seen[closing].start + 1]
        if parts.get("DELETE") == "" and not _is_plain_template(seen[opening : closing + 1]):
            return None
        at = closing + 1
    rest = [token.text for token in seen[at:]]
    if "WHERE" not in parts or rest not in ([], [";"]) or not {"DELETE", "INSERT"} & set(parts):
        return None
    where = parts["WHERE"]
    delete = where if parts.get("DELETE") == "" else parts.get("DELETE")
    return Operation(text[: seen[first].start], delete, parts.get("INSERT"), where)


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


def _is_plain_template(part: list[Token]) -> bool:
    """Triples of the default graph without blank nodes."""
    return not any(
        token.kind == "blank" or token.text in ("[", "(", "<<") or token.text.upper() == "GRAPH" for token in part
    )
