"""A new data folder, whole or not at all."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Literal as Choice

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store

from kg.errors import FolderError
from kg.namespaces import ONTOLOGY, SHAPES
from kg.store.generations import checkpoint, publish
from kg.store.layout import PROFILES, Folder, sync_folder, telling

Profile = Choice["full", "minimal", "empty"]
Progress = Callable[[str, int, int], None]

_BATCH = 20_000


def create(path: Path | str, profile: Profile = "full", progress: Progress | None = None) -> None:
    """Makes a data folder with the ontology, the shapes, the codes and the reference graph in it.

    "minimal" leaves out districts and communes; "empty" has nothing in it at all. `progress` hears (stage, done, all).
    Raises FolderError for a folder that is there already, an unknown profile and a full disk; nothing half made stays.
    """
    target = Path(path)
    if profile not in PROFILES:
        raise FolderError(f"'{profile}' is no profile; choose one of {', '.join(PROFILES)}.")
    if target.exists():
        raise FolderError(f"{target} is there already; give another folder or remove it first.")
    with telling(target, "making the data folder"):
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        try:
            _fill(Folder(draft), profile, progress or (lambda _stage, _done, _total: None))
            draft.chmod(0o755)
            draft.rename(target)
            sync_folder(target.parent)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def _fill(folder: Folder, profile: Profile, progress: Progress) -> None:
    store = Store(str(folder.live))
    if profile != "empty":
        _load_reference(store, profile, progress)
    store.flush()
    folder.generations.mkdir()
    publish(folder, checkpoint(folder, store, 0), 0)
    folder.write_format(profile)


def _load_reference(store: Store, profile: Choice["full", "minimal"], progress: Progress) -> None:
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
