"""What a version of the program brings into every data folder: ontology, shapes, codes, places and bodies."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Literal as Choice

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store

import kg
from kg.namespaces import ONTOLOGY, SHAPES
from kg.resources import tree

Progress = Callable[[str, int, int], None]

_BATCH = 20_000


def release_digest() -> str:
    """SHA-256 (hex) of the version of the program and the files of its release; another one, another release."""
    from kg.reference import ontology_files, reference_files, shape_files

    root, digest = tree("ontology"), hashlib.sha256(kg.__version__.encode("utf-8"))
    for file in (*ontology_files(), *shape_files(), *reference_files()):
        digest.update(file.relative_to(root).as_posix().encode("utf-8") + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def load_release(store: Store, profile: Choice["full", "minimal"], progress: Progress) -> None:
    """Loads the release into a store that is empty. `progress` hears (stage, done, all)."""
    from kg.reference import code_files, ontology_files, reference_quads, shape_files

    files: list[tuple[Path, NamedNode | DefaultGraph]] = [
        *((file, ONTOLOGY) for file in ontology_files()),
        *((file, SHAPES) for file in shape_files()),
        *((file, DefaultGraph()) for file in code_files()),
    ]
    for done, (file, graph) in enumerate(files):
        progress("ontology", done, len(files))
        store.bulk_load(path=str(file), format=RdfFormat.TURTLE, to_graph=graph)
    progress("ontology", len(files), len(files))
    facts = list(reference_quads(profile))
    done = 0
    for batch in _batches(facts):
        progress("reference", done, len(facts))
        store.bulk_extend(batch)
        done += len(batch)
    progress("reference", len(facts), len(facts))


def _batches(quads: Iterable[Quad]) -> Iterator[list[Quad]]:
    rest = iter(quads)
    while batch := list(islice(rest, _BATCH)):
        yield batch
