"""PREFIX between the operations of an update (SPARQL 1.1 grammar, rule 29), which pyoxigraph 0.5.13 does not read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.model.sparql_text import Token, scan

_SCHEME_END: Final = ":"


@dataclass(slots=True)
class _Moved:
    """What was declared, and the declarations to be moved: start and end in the text, and what is put in front."""

    declared: dict[str, str]
    later: list[tuple[int, int, str]] = field(default_factory=list)
    first_operation: int | None = None


def with_prologue_first(update: str, prefixes: Mapping[str, str]) -> str:
    """The update with each later PREFIX before the first operation; lines stay where they are.

    Left as it is where that could change what it means: a prefix declared twice with two IRIs (`prefixes` being
    declared beforehand), a relative IRI, BASE between operations.
    """
    seen = [token for token in scan(update) if token.kind != "space"]
    moved = _Moved({f"{name}:": f"<{base}>" for name, base in prefixes.items()})
    depth = at = 0
    while at < len(seen):
        token = seen[at]
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        word = token.text.upper() if token.kind == "word" and depth == 0 else ""
        if word == "PREFIX" and not _declare(moved, seen[at : at + 3]):
            return update
        if word == "BASE" and moved.first_operation is not None:
            return update
        if word in ("PREFIX", "BASE"):
            at += 3 if word == "PREFIX" else 2
            continue
        if moved.first_operation is None and token.text != ";":
            moved.first_operation = token.start
        at += 1
    if moved.first_operation is None or not moved.later:
        return update
    return _rewritten(update, moved.first_operation, moved.later)


def _declare(moved: _Moved, tokens: list[Token]) -> bool:
    """Takes a declaration in; False where it must stay where it is."""
    if [token.kind for token in tokens[1:]] != ["name", "iri"]:
        return False
    name, iri = tokens[1].text, tokens[2].text
    if moved.first_operation is None:
        moved.declared[name] = iri
        return True
    if _SCHEME_END not in iri or moved.declared.setdefault(name, iri) != iri:
        return False
    moved.later.append((tokens[0].start, tokens[2].start + len(iri), f"PREFIX {name} {iri}"))
    return True


def _rewritten(update: str, first: int, later: list[tuple[int, int, str]]) -> str:
    front = " ".join(declaration for _, _, declaration in later)
    parts, at = [update[:first], front, " "], first
    for start, end, _ in later:
        parts += [update[at:start], "\n" * update.count("\n", start, end)]
        at = end
    return "".join([*parts, update[at:]])
