"""The queue on disk: proposals with their patches, texts and decisions."""

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from pyoxigraph import NamedNode

from kg.errors import NotFound
from kg.history import digest_of, read_patch, write_patch
from kg.model.changes import ChangeSet
from kg.review.database import changing, reading
from kg.review.doubt import Doubt, Reason
from kg.review.proposal import Decision, Kind, Proposal, State
from kg.store import Folder
from kg.validate import Report, finding_from_wire, finding_to_wire

_ORDER: Final = "ORDER BY doubt DESC, added + removed DESC, created, id"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which proposals to show; `own` is an agent who sees no others'."""

    state: State | None = None
    kind: Kind | None = None
    source: NamedNode | None = None
    author: NamedNode | None = None
    own: NamedNode | None = None

    def where(self) -> tuple[str, list[str]]:
        """The condition, with its values."""
        given = (
            ("state", self.state),
            ("kind", self.kind),
            ("source", self.source),
            ("author", self.author),
            ("author", self.own),
        )
        named = [(name, value.value) for name, value in given if value is not None]
        return " AND ".join(f"{name} = ?" for name, _ in named) or "TRUE", [value for _, value in named]


@dataclass(frozen=True, slots=True)
class Queue:
    """The proposals of one data folder. Each method is one step; nothing is kept open between them."""

    data: Path

    @property
    def path(self) -> Path:
        """The database, made when something is first proposed."""
        return Folder(self.data).review

    @contextmanager
    def turn(self) -> Iterator["Turn"]:
        """The right to change the queue, one at a time over all processes. Raises FolderError."""
        with changing(self.path) as connection:
            yield Turn(connection)

    def get(self, id_: str) -> Proposal:
        """The proposal with this identifier. Raises NotFound."""
        with reading(self.path) as connection:
            found = None if connection is None else Turn(connection).find(id_)
        if found is None:
            raise _missing(id_)
        return found

    def change(self, proposal: Proposal) -> ChangeSet:
        """The change that it proposes, with the texts that it brings. Raises NotFound when it was altered meanwhile."""
        with reading(self.path) as connection:
            change = None if connection is None else Turn(connection).change(proposal)
        if change is None:
            raise NotFound(f"The proposal {proposal.id} was changed meanwhile; look at it again.")
        return change

    def listed(self, wanted: Filter, limit: int, offset: int = 0) -> tuple[int, tuple[Proposal, ...]]:
        """How many there are, and some of them: the most doubtful first, of two alike the bigger, then the older."""
        with reading(self.path) as connection:
            if connection is None:
                return 0, ()
            words, values = wanted.where()
            (total,) = connection.execute(f"SELECT COUNT(*) FROM proposals WHERE {words}", values).fetchone()
            rows = connection.execute(
                f"SELECT * FROM proposals WHERE {words} {_ORDER} LIMIT ? OFFSET ?", [*values, limit, offset]
            ).fetchall()
            turn = Turn(connection)
            return int(total), tuple(map(turn.proposal, rows))

    def holding(self, text: str) -> Proposal | None:
        """The latest proposal, not withdrawn, that brings the text with this digest."""
        with reading(self.path) as connection:
            if connection is None:
                return None
            row = connection.execute(
                "SELECT proposals.* FROM proposals JOIN brought ON brought.proposal = proposals.id "
                "WHERE brought.text = ? AND state <> 'withdrawn' ORDER BY created DESC LIMIT 1",
                [text],
            ).fetchone()
            return None if row is None else Turn(connection).proposal(row)


@dataclass(frozen=True, slots=True)
class Turn:
    """The queue within one transaction."""

    connection: sqlite3.Connection

    def get(self, id_: str) -> Proposal:
        """See `Queue.get`."""
        found = self.find(id_)
        if found is None:
            raise _missing(id_)
        return found

    def find(self, id_: str) -> Proposal | None:
        """The proposal with this identifier, or None."""
        row = self.connection.execute("SELECT * FROM proposals WHERE id = ?", [id_]).fetchone()
        return None if row is None else self.proposal(row)

    def put(self, proposal: Proposal, change: ChangeSet) -> Proposal:
        """Stores a proposal with its patch and texts, in place of what it was; gives it as stored."""
        patch = write_patch(change.add, change.remove)
        stored = replace(
            proposal,
            digest=digest_of(patch),
            texts=tuple(sorted(change.texts)),
            added=len(change.add),
            removed=len(change.remove),
        )
        before = self.find(stored.id)
        self.connection.execute("INSERT OR IGNORE INTO patches VALUES (?, ?)", [stored.digest, patch])
        row = _row(stored)
        names = ", ".join(row)
        self.connection.execute(
            f"INSERT INTO proposals ({names}) VALUES ({', '.join('?' * len(row))}) ON CONFLICT (id) DO UPDATE SET "
            + ", ".join(f"{name} = excluded.{name}" for name in row),
            list(row.values()),
        )
        self.connection.execute("DELETE FROM brought WHERE proposal = ?", [stored.id])
        for digest, text in change.texts.items():
            self.connection.execute("INSERT OR IGNORE INTO texts VALUES (?, ?)", [digest, text])
            self.connection.execute("INSERT OR IGNORE INTO brought VALUES (?, ?)", [stored.id, digest])
        if before is not None:
            self._forget(before)
        return stored

    def move(self, proposal: Proposal, state: State) -> Proposal:
        """Sets the state, whatever it was."""
        now = _now()
        self.connection.execute(
            "UPDATE proposals SET state = ?, updated = ? WHERE id = ?", [state.value, _time(now), proposal.id]
        )
        return replace(proposal, state=state, updated=now)

    def decide(self, proposal: Proposal, decision: Decision) -> Proposal:
        """Adds a decision to those on the proposal."""
        facts = json.dumps([node.value for node in decision.facts])
        change = decision.change.value if decision.change else None
        said = [decision.verdict, decision.by.value, _time(decision.at), decision.reason, change, facts]
        self.connection.execute(
            "INSERT INTO decisions (proposal, verdict, by, at, reason, change, facts) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [proposal.id, *said],
        )
        return replace(proposal, decisions=(*proposal.decisions, decision))

    def change(self, proposal: Proposal) -> ChangeSet | None:
        """The change that it proposes; None where its patch is not there any more."""
        row = self.connection.execute("SELECT data FROM patches WHERE digest = ?", [proposal.digest]).fetchone()
        if row is None:
            return None
        add, remove = read_patch(row["data"])
        texts = self.connection.execute(
            "SELECT digest, texts.text AS words FROM texts JOIN brought ON brought.text = digest WHERE proposal = ?",
            [proposal.id],
        )
        kept = MappingProxyType({text["digest"]: text["words"] for text in texts})
        known = (proposal.author, proposal.reason, proposal.source, kept)
        return ChangeSet(add, remove, *known, reverts=proposal.reverts)

    def proposal(self, row: Mapping[str, Any]) -> Proposal:
        """The proposal of a row."""
        brought = self.connection.execute("SELECT text FROM brought WHERE proposal = ? ORDER BY text", [row["id"]])
        decisions = self.connection.execute("SELECT * FROM decisions WHERE proposal = ? ORDER BY number", [row["id"]])
        return Proposal(
            row["id"],
            State(row["state"]),
            Kind(row["kind"]),
            NamedNode(row["author"]),
            row["title"],
            row["reason"],
            row["base"],
            row["digest"],
            row["added"],
            row["removed"],
            Doubt(tuple(Reason(*one) for one in json.loads(row["doubts"]))),
            Report(tuple(finding_from_wire(one) for one in json.loads(row["report"]))),
            dt.datetime.fromisoformat(row["created"]),
            dt.datetime.fromisoformat(row["updated"]),
            NamedNode(row["source"]) if row["source"] else None,
            tuple(one["text"] for one in brought),
            json.loads(row["document"]) if row["document"] else None,
            tuple(map(_decision, decisions)),
            NamedNode(reverts) if (reverts := dict(row).get("reverts")) else None,
        )

    def _forget(self, before: Proposal) -> None:
        """The patch and the texts of an earlier form go when no proposal has them any more."""
        self.connection.execute(
            "DELETE FROM patches WHERE digest = ?1 AND NOT EXISTS (SELECT 1 FROM proposals WHERE digest = ?1)",
            [before.digest],
        )
        for text in before.texts:
            self.connection.execute(
                "DELETE FROM texts WHERE digest = ?1 AND NOT EXISTS (SELECT 1 FROM brought WHERE text = ?1)", [text]
            )


def _row(proposal: Proposal) -> dict[str, str | int | None]:
    return {
        "id": proposal.id,
        "state": proposal.state.value,
        "kind": proposal.kind.value,
        "author": proposal.author.value,
        "title": proposal.title,
        "reason": proposal.reason,
        "source": proposal.source.value if proposal.source else None,
        "reverts": proposal.reverts.value if proposal.reverts else None,
        "base": proposal.base,
        "digest": proposal.digest,
        "added": proposal.added,
        "removed": proposal.removed,
        "doubt": proposal.doubt.score,
        "doubts": json.dumps([[r.ground, r.count, r.points] for r in proposal.doubt.reasons]),
        "report": json.dumps([finding_to_wire(finding) for finding in proposal.report.findings]),
        "created": _time(proposal.created),
        "updated": _time(proposal.updated),
        "document": json.dumps(dict(proposal.document)) if proposal.document is not None else None,
    }


def _decision(row: Mapping[str, Any]) -> Decision:
    facts = tuple(map(NamedNode, json.loads(row["facts"])))
    change = NamedNode(row["change"]) if row["change"] else None
    at = dt.datetime.fromisoformat(row["at"])
    return Decision(row["verdict"], NamedNode(row["by"]), at, row["reason"], change, facts)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _time(at: dt.datetime) -> str:
    return at.isoformat(timespec="microseconds")


def _missing(id_: str) -> NotFound:
    return NotFound(f"There is no proposal '{id_[:40]}'; 'kg review list' and /api/proposals show those there are.")
