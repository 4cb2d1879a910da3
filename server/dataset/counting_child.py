"""Counting one generation, in a process of its own that is off the network and gives way to others.

Started by `server.dataset.counting` as `python -m server.dataset.counting_child BYTES`. Standard input is the path of a
checkpoint; standard output is the members of `server.dataset.counting.Figures`.
"""

import os
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO, Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions, Store

from kg.namespaces import BASE, PREFIXES, sparql_prologue
from server.apart import work_apart

_QUERIES: Final = Path(__file__).resolve().parent / "queries"
_SHOWN: Final = ("bm:Person", "bm:Organ", "bm:Place", "bm:Meeting", "bm:Directive")  # examples are taken of these
_LOOK_SECONDS: Final = 1.0


def counted(store: Store) -> dict[str, Any]:
    """What there is in the default graph of a store, and how many triples each named graph has."""
    properties = _pairs(store, "properties")
    classes = _pairs(store, "classes")
    return {
        "triples": sum(number for _, number in properties),
        "entities": _one(store, "entities"),
        "subjects": _one(store, "subjects"),
        "objects": _one(store, "objects"),
        "classes": classes,
        "properties": properties,
        "graphs": _pairs(store, "graphs"),
        "links": _pairs(store, "links"),
        "vocabularies": sorted({_space(name) for name, _ in (*classes, *properties)}),
        "examples": [example for name in _SHOWN if (example := _example(store, name))],
    }


def _rows(store: Store, name: str) -> QuerySolutions:
    text = sparql_prologue() + (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")
    found = store.query(text)
    assert isinstance(found, QuerySolutions)
    return found


def _one(store: Store, name: str) -> int:
    return next(int(_value(row["number"])) for row in _rows(store, name))


def _pairs(store: Store, name: str) -> list[tuple[str, int]]:
    return [(_value(row["name"]), int(_value(row["number"]))) for row in _rows(store, name)]


def _value(term: object) -> str:
    assert isinstance(term, NamedNode | Literal)
    return term.value


def _space(name: str) -> str:
    """The namespace of a term: one of ours where it fits, else up to its last `#` or `/`."""
    known = [base for base in PREFIXES.values() if name.startswith(base)]
    return max(known, key=len, default=name[: max(name.rfind("#"), name.rfind("/")) + 1])


def _example(store: Store, name: str) -> str | None:
    prefix, _, local = name.partition(":")
    kind, type_ = NamedNode(PREFIXES[prefix] + local), NamedNode(f"{PREFIXES['rdf']}type")
    quads = store.quads_for_pattern(None, type_, kind, DefaultGraph())
    found = (quad.subject for quad in quads)
    return next((one.value for one in found if isinstance(one, NamedNode) and one.value.startswith(f"{BASE}id/")), None)


def _end_with(parent: int) -> None:
    """Ends this process when the service has ended: nobody waits for the figures any more."""
    never = threading.Event()
    while not never.wait(_LOOK_SECONDS):
        if os.getppid() != parent:
            os._exit(1)


def work(stream: BinaryIO) -> dict[str, Any]:
    """Counts the checkpoint that is named."""
    os.nice(10)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    return counted(Store.read_only(stream.read().decode()))


if __name__ == "__main__":
    work_apart(int(sys.argv[1]), work)
