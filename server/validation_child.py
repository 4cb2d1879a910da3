"""One validation in a process of its own: no network, bounded memory, killed at its deadline by `server.validating`.

Started as `python -m server.validation_child BYTES`. Standard input is a line of JSON (`Job` without its texts, with
their lengths), then its texts; standard output is one JSON object: the report in each form, or a fault.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO, Final

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, serialize

from kg.history import read_patch_text
from kg.model.changes import ChangeSet
from kg.namespaces import PROTECTED_GRAPHS, iri
from kg.read import load_rdf
from kg.reference import code_files
from kg.store import Refused, StoreReader, canonical, copy_generation, effective
from kg.validate import (
    RepairBounds,
    Report,
    Shapes,
    ValidatedChangeSet,
    as_stored,
    changed,
    validate,
    validate_graph,
    with_repairs_of_change,
    with_repairs_of_data,
)
from server.apart import work_apart
from server.negotiate import NTRIPLES, TURTLE
from server.rdf import written

TEXTS: Final = ("data", "shapes", "remove", "repair")
_PATIENCE: Final = 5.0  # seconds; of what takes longer to judge, repairs are not tried


def judged(job: dict[str, Any], add: frozenset[Quad], remove: frozenset[Quad], shapes_text: bytes) -> Report:
    """The report on the data by themselves, or as a change of the generation that the job names."""
    shapes = Shapes.parse(shapes_text) if shapes_text else Shapes.load()
    if job["generation"] is not None:
        return Addition(shapes, Path(job["generation"]), Path(job["scratch"])).report(add, remove, job["repairs"])
    store = Store()
    store.extend(add)
    if not shapes_text:
        for codes in code_files():
            store.extend(load_rdf(codes))
    report, bounds = _timed(lambda: validate_graph(store, shapes))
    return with_repairs_of_data(report, shapes, store, bounds=bounds) if job["repairs"] else report


class Addition:
    """Judges changes of a generation on a copy of it (hard links) in the folder `scratch`."""

    def __init__(self, shapes: Shapes, generation: Path, scratch: Path) -> None:
        self._shapes = shapes
        self._before = Store.read_only(str(generation))
        self._copy = copy_generation(generation, scratch / "after")

    def report(self, add: Iterable[Quad], remove: Iterable[Quad], repairs: bool = False) -> Report:
        """What a change would introduce, with repairs where they are asked for."""
        change = ChangeSet(frozenset(add), frozenset(remove), iri("agent:validation"), "validation")
        try:
            report, bounds = _timed(lambda: self._check(change))
        except Refused as refusal:
            return refusal.report
        if not repairs:
            return report
        return with_repairs_of_change(
            report, self._shapes, StoreReader(self._before).quads, change, self._check, bounds
        )

    def _check(self, change: ChangeSet) -> Report:
        wanted = effective(self._before, change)
        with changed(self._copy, wanted.add, wanted.remove):
            result = validate(self._before, self._copy, wanted, self._shapes, 0, accept_warnings=True)
        return result.report if isinstance(result, ValidatedChangeSet) else result


def _timed(judge: Callable[[], Report]) -> tuple[Report, RepairBounds]:
    """A report, and how much may be tried to repair it: nothing where judging it took long already."""
    begun = time.monotonic()
    report = judge()
    return report, RepairBounds() if time.monotonic() - begun < _PATIENCE else RepairBounds(dry_runs=0)


def as_facts(quads: Iterable[Quad]) -> frozenset[Quad]:
    """All of it in the default graph, where facts live; an export's journal, ontology and shapes are left out."""
    return frozenset(
        Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads if q.graph_name not in PROTECTED_GRAPHS
    )


def repaired(add: frozenset[Quad], remove: frozenset[Quad], patch: str) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """(to add, to remove) after a repair, the rows of an RDF Patch. Raises SyntaxFault."""
    more, less = map(as_facts, read_patch_text(patch))
    return (add - less) | more, (remove | (less - add)) - more


def told(report: Report) -> dict[str, Any]:
    """The report in every form that somebody may ask for."""
    return {"report": report.to_json(), "turtle": report.to_turtle(), "csv": report.to_csv()}


def work(stream: BinaryIO) -> dict[str, Any]:
    """Reads the job, and does it; data that were repaired come back, in Turtle."""
    job = json.loads(stream.readline())
    data, shapes, unwanted, repair = (stream.read(job["lengths"][name]) for name in TEXTS)
    add = as_facts(load_rdf(data, job["media_type"]))
    remove = as_facts(load_rdf(unwanted, NTRIPLES.media_type))
    if not repair:
        return {**told(judged(job, add, remove, shapes)), "data": None, "remove": unwanted.decode()}
    stored = as_stored if job["generation"] is None else canonical  # the form of what the repair names
    add, remove = repaired(stored(add), remove, repair.decode())
    kept = serialize((quad.triple for quad in sorted(remove, key=str)), format=RdfFormat.N_TRIPLES)
    assert kept is not None
    new = {"data": written((quad.triple for quad in add), TURTLE).decode(), "remove": kept.decode()}
    return {**told(judged(job, add, remove, shapes)), **new}


if __name__ == "__main__":
    work_apart(int(sys.argv[1]), work)
