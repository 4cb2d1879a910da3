"""RDF Patch as others write it (https://afs.github.io/rdf-patch/): plain text, prefixes, several transactions."""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Quad, RdfFormat, parse

from kg.errors import SyntaxFault
from kg.model.sparql_text import scan

_LANGUAGE: Final = "RDF Patch"
Rows = tuple[frozenset[Quad], frozenset[Quad]]


def read_patch_text(text: str) -> Rows:
    """(added, removed): what the rows come to, one after the other; an aborted transaction (TA) counts for nothing.

    Blank nodes are those of the store, by their labels. Raises SyntaxFault with the line.
    """
    done: tuple[set[Quad], set[Quad]] = (set(), set())
    kept: Rows | None = None
    prefixes: dict[str, str] = {}
    for number, words in _rows(text):
        match words:
            case ["A" | "D" as code, *terms] if len(terms) in (3, 4):
                quad = _quad(terms, prefixes, number)
                wanted, unwanted = done if code == "A" else done[::-1]
                wanted.add(quad)
                unwanted.discard(quad)
            case ["PA", name, base] if base.startswith("<"):
                prefixes[name.strip('"').rstrip(":")] = base
            case ["PD", name]:
                prefixes.pop(name.strip('"').rstrip(":"), None)
            case ["TX"] if kept is None:
                kept = frozenset(done[0]), frozenset(done[1])
            case ["TC"] if kept is not None:
                kept = None
            case ["TA"] if kept is not None:
                done, kept = (set(kept[0]), set(kept[1])), None
            case ["H", _, *_]:
                continue
            case _:
                raise SyntaxFault(_LANGUAGE, f"'{' '.join(words)[:80]}' is no row that can stand here.", number, 1)
    if kept is not None:
        raise SyntaxFault(_LANGUAGE, "The last transaction is not ended; write TC at its end.", text.count("\n") + 1, 1)
    return frozenset(done[0]), frozenset(done[1])


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and words of each row, without the full stop at its end."""
    for number, line in enumerate(text.split("\n"), 1):
        words: list[str] = []
        together = False
        for token in scan(line):
            if token.kind == "space":
                together = False
            elif together and token.text != ".":
                words[-1] += token.text
            else:
                words.append(token.text)
                together = True
        if not words:
            continue
        if words[-1] != ".":
            raise SyntaxFault(_LANGUAGE, "A row ends with a full stop.", number, len(line) + 1)
        yield number, words[:-1]


def _quad(terms: list[str], prefixes: dict[str, str], number: int) -> Quad:
    prologue = "".join(f"PREFIX {name}: {base} " for name, base in prefixes.items())
    triple = " ".join(terms[:3])
    row = f"{prologue} GRAPH {terms[3]} {{ {triple} }}" if len(terms) == 4 else f"{prologue} {triple} ."
    try:
        found: list[Quad] = list(parse(row, format=RdfFormat.TRIG))
    except SyntaxError as error:
        raise SyntaxFault(_LANGUAGE, f"'{' '.join(terms)[:80]}' is no triple or quad.", number, 1) from error
    if len(found) != 1:
        raise SyntaxFault(_LANGUAGE, "A row holds one triple or quad.", number, 1)
    return found[0]
