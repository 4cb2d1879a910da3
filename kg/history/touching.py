"""Which changes touched which nodes: an index beside the journal, filled from the patches when it is asked.

It holds nothing that the patches do not, so it may be thrown away at any time. Changes are known by their IRIs, which
hold the digests of their patches: what the index knows of one is true in whichever folder it lies.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Quad

from kg.errors import FolderError, NotFound
from kg.history.files import load_patch
from kg.history.recorded import Listed
from kg.model.graph import Reader
from kg.namespaces import BASE, PREFIXES

_ENTITIES: Final = f"{BASE}id/"
_STATING: Final = tuple(
    PREFIXES[kind]
    for kind in (
        *("tenure", "term", "site", "participation", "signature", "task"),
        *("evidence", "claim", "conflict", "relation", "event"),
    )
)
"""Nodes that state facts about others."""
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS indexed (number INTEGER PRIMARY KEY, change TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS node (number INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS touched (node INTEGER, change INTEGER, PRIMARY KEY (node, change)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stating (about INTEGER, node INTEGER, PRIMARY KEY (about, node)) WITHOUT ROWID;
"""
_BY_NODE: Final = """
SELECT indexed.change FROM touched
JOIN node ON node.number = touched.node JOIN indexed ON indexed.number = touched.change
WHERE iri = ?"""
_STATING_IT: Final = """
SELECT said.iri FROM stating JOIN node AS told ON told.number = about JOIN node AS said ON said.number = stating.node
WHERE told.iri = ?"""
_PATIENCE: Final = 30.0  # seconds that one process waits for another to have filled the index


@dataclass(frozen=True, slots=True)
class Touched:
    """The index at `path`, of the patches in `journal`."""

    path: Path
    journal: Path

    def by(self, reader: Reader, listed: Iterable[Listed], node: NamedNode) -> list[Listed]:
        """Those of the changes that touched a node, directly or through a node that states, or stated, facts about it.

        A change touches what its quads begin with, and the entities that they lead to. Raises FolderError where the
        index can be neither read nor made.
        """
        changes = list(listed)
        standing = {
            quad.subject.value for quad in reader.quads(None, None, node) if isinstance(quad.subject, NamedNode)
        }
        with self._opened() as index:
            self._catch_up(index, changes)
            nodes = {node.value, *filter(_states, standing)}
            nodes.update(row[0] for row in index.execute(_STATING_IT, (node.value,)))
            found = {row[0] for each in nodes for row in index.execute(_BY_NODE, (each,))}
        return [one for one in changes if one.change.value in found]

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(self._connected()) as index:
                yield index
        except sqlite3.Error as error:
            raise FolderError(f"The index {self.path} cannot be used ({error}); delete it, it is made anew.") from error

    def _connected(self) -> sqlite3.Connection:
        index = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
        index.executescript(_TABLES)
        return index

    def _catch_up(self, index: sqlite3.Connection, changes: list[Listed]) -> None:
        if not _unknown(index, changes):
            return
        index.execute("BEGIN IMMEDIATE")
        for one in _unknown(index, changes):  # another process may have filled it in the meantime
            try:
                added, removed = load_patch(self.journal, one.digest)
            except NotFound:  # a patch that was lost hides its change from this index, not from the journal
                continue
            _put(index, one.change.value, added | removed)
        index.execute("COMMIT")


def _unknown(index: sqlite3.Connection, changes: list[Listed]) -> list[Listed]:
    known = {row[0] for row in index.execute("SELECT change FROM indexed")}
    return [one for one in changes if one.change.value not in known]


def _put(index: sqlite3.Connection, change: str, quads: frozenset[Quad]) -> None:
    done = index.execute("INSERT INTO indexed (change) VALUES (?)", (change,)).lastrowid
    ties = {tie for quad in quads for tie in _ties(quad)}
    named = {node for tie in ties for node in tie if node}
    index.executemany("INSERT OR IGNORE INTO node (iri) VALUES (?)", ((node,) for node in sorted(named)))
    number = {node: index.execute("SELECT number FROM node WHERE iri = ?", (node,)).fetchone()[0] for node in named}
    index.executemany("INSERT OR IGNORE INTO touched VALUES (?, ?)", ((at, done) for at in number.values()))
    index.executemany(
        "INSERT OR IGNORE INTO stating VALUES (?, ?)",
        ((number[about], number[node]) for node, about in ties if about and _states(node)),
    )


def _ties(quad: Quad) -> Iterator[tuple[str, str]]:
    """(what a quad begins with, the entity that it leads to or "")."""
    subject, value = quad.subject, quad.object
    if isinstance(subject, NamedNode):
        yield subject.value, ""
        if isinstance(value, NamedNode) and value.value.startswith(_ENTITIES):
            yield subject.value, value.value


def _states(node: str) -> bool:
    return node.startswith(_STATING)
