"""A data folder carried to the release of this program, with all that people wrote into it kept."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pyoxigraph import CanonicalizationAlgorithm, Dataset, DefaultGraph, NamedNode, Quad, Store

import kg
from kg.errors import FolderError
from kg.history import RELEASE, load_patch, steps_back
from kg.model.changes import ChangeSet
from kg.namespaces import HISTORY, ONTOLOGY, SHAPES, iri
from kg.store.keyed import keyed
from kg.store.layout import Folder, telling
from kg.store.opening import open_graph
from kg.store.owner import Owner
from kg.store.reader import StoreReader
from kg.store.receipt import Receipt
from kg.store.release import Progress, load_release, release_digest
from kg.validate import Shapes

AGENT: Final = iri("agent:kg-upgrade")
_FACTS: Final = DefaultGraph()


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade does to a folder, in quads; `receipt` is None where nothing was altered, or nothing written.

    `kept` are those that the release no longer has and that stay, because what people wrote names their node.
    """

    release: str
    added: int
    removed: int
    kept: int
    receipt: Receipt | None = None


def is_outdated(folder: Folder) -> bool:
    """Whether another release than that of this program was last brought into the folder."""
    facts = folder.read_format()
    return facts["profile"] != "empty" and facts.get("release") != release_digest()


def upgrade(
    path: Path | str,
    progress: Progress | None = None,
    *,
    dry_run: bool = False,
    shapes: Callable[[], Shapes] = Shapes.load,
) -> Upgraded:
    """Brings the release of this program into a data folder that nobody else has open, as one change set.

    What the release has and the folder lacks is added, unless somebody took it out; what an earlier release brought
    and this one no longer has goes, unless somebody wrote it too or what they wrote names its node. Ontology and shapes
    are those of the release. The look-up keys of all that people wrote are made anew. Search index and index of changes
    are left to be made again. `progress` hears (stage, done, all); `shapes` are those that
    the release is held to, as in `open_graph`.

    Raises FolderError for no data folder, an empty one (`kg init --empty`), one that another process owns and a full
    disk; Refused where the release does not fit what people wrote; nothing is changed then.
    """
    folder = Folder(Path(path))
    facts = folder.read_format()
    if facts["profile"] == "empty":
        raise FolderError(f"{folder.root} was made with nothing in it, so there is no release to upgrade.")
    with open_graph(folder.root, own=True, shapes=shapes) as graph, telling(folder.root, "the upgrade"):
        assert isinstance(graph, Owner)  # as asked for
        draft = Path(tempfile.mkdtemp(prefix=".release.", dir=folder.root))
        try:
            release = Store(str(draft))
            load_release(release, "minimal" if facts["profile"] == "minimal" else "full", progress or _unheard)
            with graph.reader() as reader:
                change, kept = _change(reader, folder, release)
            del release
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        done = Upgraded(release_digest(), len(change.add), len(change.remove), kept)
        if dry_run:
            return done
        receipt = None if change.is_empty else graph.bring_in(change)
        folder.write_format(str(facts["profile"]), done.release, str(facts["created"]))
        folder.touched.unlink(missing_ok=True)
        shutil.rmtree(folder.search, ignore_errors=True)
    return replace(done, receipt=receipt)


def _unheard(_stage: str, _done: int, _total: int) -> None:
    return None


def _change(reader: StoreReader, folder: Folder, release: Store) -> tuple[ChangeSet, int]:
    """The change that brings the release in, and how many quads stay that it no longer has."""
    live, written = reader.store, _written(reader, folder)
    add = {quad for quad in release.quads_for_pattern(None, None, None, _FACTS) if written.get(quad, True)}
    add = {quad for quad in add if quad not in live}
    gone = {
        quad
        for quad in live.quads_for_pattern(None, None, None, _FACTS)
        if not written.get(quad) and quad not in release
    }
    kept = _still_named(gone, release, written)
    for graph in (ONTOLOGY, SHAPES):
        old, new = (frozenset(store.quads_for_pattern(None, None, None, graph)) for store in (live, release))
        if _canonical(old) != _canonical(new):
            gone |= old
            add |= new
    reason = f"Nâng cấp lên bản phát hành của bomay {kg.__version__}"
    change = ChangeSet(frozenset(add), frozenset(gone - kept), AGENT, reason, release=release_digest())
    people = frozenset(quad.subject for quad in written if isinstance(quad.subject, NamedNode))
    change = keyed(live, change, also=people)
    there = frozenset(quad for quad in change.add if quad in live)
    return replace(change, add=change.add - there, remove=change.remove - change.add), len(kept)


def _written(reader: StoreReader, folder: Folder) -> dict[Quad, bool]:
    """What people did last to each quad of the default graph that they touched: added it (True) or removed it."""
    last: dict[Quad, bool] = {}
    for step in steps_back(reader):
        if next(reader.quads(step.change, RELEASE, None, HISTORY), None) is None:
            added, removed = load_patch(folder.journal, step.digest)
            for quads, is_there in ((added, True), (removed, False)):
                for quad in quads:
                    if quad.graph_name == _FACTS:
                        last.setdefault(quad, is_there)
    return last


def _still_named(gone: set[Quad], release: Store, written: dict[Quad, bool]) -> set[Quad]:
    """Those of the quads that say what a node is that the release no longer knows, and that is named all the same."""
    about: dict[object, set[Quad]] = {}
    for quad in gone:
        about.setdefault(quad.subject, set()).add(quad)
    dropped = {node for node in about if next(release.quads_for_pattern(node, None, None, _FACTS), None) is None}  # type: ignore[arg-type]  # a subject
    named = {term for quad, is_there in written.items() if is_there for term in (quad.subject, quad.object)}
    kept: set[Quad] = set()
    todo = [node for node in dropped if node in named]
    while todo:
        node = todo.pop()
        if node in dropped:
            dropped.remove(node)
            kept |= about[node]
            todo.extend(quad.object for quad in about[node])
    return kept


def _canonical(quads: frozenset[Quad]) -> Dataset:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset
