"""LOAD taken out of an update: nothing is loaded here, and a LOAD SILENT that fails is passed over (Update §3.1.4)."""

from collections.abc import Iterator
from typing import Final

from kg.model.sparql_text import Token, scan

_NOTHING: Final = "DELETE DATA { }"


def without_loads(update: str) -> tuple[str, bool]:
    """(the update with an operation that does nothing in the place of each LOAD, whether one of them was not SILENT).

    What is no well-formed LOAD stays as it is.
    """
    parts: list[str] = []
    loud = False
    for text, is_loud in _parts(list(scan(update))):
        parts.append(text)
        loud = loud or is_loud
    return "".join(parts), loud


def _parts(tokens: list[Token]) -> Iterator[tuple[str, bool]]:
    depth = at = 0
    while at < len(tokens):
        token = tokens[at]
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        end = _end_of_load(tokens, at) if depth == 0 and _is(token, "LOAD") else None
        if end is None:
            yield token.text, False
            at += 1
        else:
            words = [each.text.upper() for each in tokens[at:end] if each.kind == "word"]
            breaks = "\n" * sum(each.text.count("\n") for each in tokens[at:end])
            yield _NOTHING + breaks, "SILENT" not in words
            at = end


def _end_of_load(tokens: list[Token], at: int) -> int | None:
    """The place behind `LOAD SILENT? iri (INTO GRAPH iri)?` that begins here; None for anything else."""
    seen = [place for place in range(at, len(tokens)) if tokens[place].kind != "space"][:6]
    seen.pop(0)
    if seen and _is(tokens[seen[0]], "SILENT"):
        seen.pop(0)
    if not seen or tokens[seen[0]].kind not in ("iri", "name"):
        return None
    end = seen.pop(0) + 1
    if seen and _is(tokens[seen[0]], "INTO"):
        if len(seen) < 3 or not _is(tokens[seen[1]], "GRAPH") or tokens[seen[2]].kind not in ("iri", "name"):
            return None
        end = seen[2] + 1
    return end


def _is(token: Token, word: str) -> bool:
    return token.kind == "word" and token.text.upper() == word
