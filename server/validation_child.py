"""One validation in a process of its own: no network, bounded memory, killed at its deadline by `server.validating`.

Started as `python -m server.validation_child BYTES`. Standard input is a line of JSON (`Job` without its bodies, with
their lengths), then the data, then the shapes; standard output is one JSON object: the report in each form, or a fault.
"""

import json
import sys
from pathlib import Path
from typing import Any, BinaryIO

from pyoxigraph import DefaultGraph, Quad, Store

from kg.model.changes import ChangeSet
from kg.namespaces import PROTECTED_GRAPHS, iri
from kg.read import load_rdf
from kg.reference import code_files
from kg.store import Refused, copy_generation, effective
from kg.validate import Report, Shapes, ValidatedChangeSet, validate, validate_graph
from server.apart import work_apart


def judged(job: dict[str, Any], data: bytes, shapes_text: bytes) -> Report:
    """The report on the data by themselves, or as an addition to the generation that the job names."""
    quads = as_facts(load_rdf(data, job["media_type"]))
    shapes = Shapes.parse(shapes_text) if shapes_text else Shapes.load()
    if job["generation"] is not None:
        return as_addition(quads, shapes, Path(job["generation"]), Path(job["scratch"]))
    store = Store()
    store.extend(quads)
    if not shapes_text:
        for codes in code_files():
            store.extend(load_rdf(codes))
    return validate_graph(store, shapes)


def as_facts(quads: list[Quad]) -> list[Quad]:
    """All of it in the default graph, where facts live; an export's journal, ontology and shapes are left out."""
    return [
        Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads if q.graph_name not in PROTECTED_GRAPHS
    ]


def as_addition(quads: list[Quad], shapes: Shapes, generation: Path, scratch: Path) -> Report:
    """What the data would introduce, found on a copy (hard links) of the generation in the folder `scratch`."""
    before = Store.read_only(str(generation))
    change = ChangeSet(frozenset(quads), frozenset(), iri("agent:validation"), "validation")
    try:
        wanted = effective(before, change)
    except Refused as refusal:
        return refusal.report
    after = copy_generation(generation, scratch / "after")
    after.extend(wanted.add)
    result = validate(before, after, wanted, shapes, 0, accept_warnings=True)
    return result.report if isinstance(result, ValidatedChangeSet) else result


def told(report: Report) -> dict[str, Any]:
    """The report in every form that somebody may ask for."""
    return {"report": report.to_json(), "turtle": report.to_turtle(), "csv": report.to_csv()}


def work(stream: BinaryIO) -> dict[str, Any]:
    """Reads the job, and does it."""
    job = json.loads(stream.readline())
    data, shapes = stream.read(job["data_length"]), stream.read(job["shapes_length"])
    return told(judged(job, data, shapes))


if __name__ == "__main__":
    work_apart(int(sys.argv[1]), work)
