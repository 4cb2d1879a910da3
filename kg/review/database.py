"""The database of the queue: SQLite in WAL mode, opened by every process that needs it for as long as it needs it."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from kg.errors import FolderError

VERSION: Final = 2
_PATIENCE: Final = 60.0
"""Seconds to wait for another process that is deciding."""

_ROOM: Final = 1 << 20
"""Bytes that are free on a disk that is not full."""

_SCHEMA: Final = """
CREATE TABLE proposals (
  id TEXT PRIMARY KEY, state TEXT NOT NULL, kind TEXT NOT NULL, author TEXT NOT NULL, title TEXT NOT NULL,
  reason TEXT NOT NULL, source TEXT, base INTEGER NOT NULL, digest TEXT NOT NULL REFERENCES patches,
  added INTEGER NOT NULL, removed INTEGER NOT NULL, doubt INTEGER NOT NULL, doubts TEXT NOT NULL,
  report TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL, document TEXT, reverts TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE patches (digest TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT;
CREATE TABLE texts (digest TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE brought (
  proposal TEXT NOT NULL REFERENCES proposals, text TEXT NOT NULL REFERENCES texts, PRIMARY KEY (proposal, text)
) STRICT, WITHOUT ROWID;
CREATE TABLE decisions (
  number INTEGER PRIMARY KEY, proposal TEXT NOT NULL REFERENCES proposals, verdict TEXT NOT NULL, by TEXT NOT NULL,
  at TEXT NOT NULL, reason TEXT NOT NULL, change TEXT, facts TEXT NOT NULL
) STRICT;
CREATE INDEX by_doubt ON proposals (state, doubt DESC, created, id);
CREATE INDEX by_patch ON proposals (digest);
CREATE INDEX by_text ON brought (text);
CREATE INDEX by_proposal ON decisions (proposal);
"""

_SECOND: Final = ("ALTER TABLE proposals ADD COLUMN reverts TEXT",)
"""What the second version has beyond the first; reading does without."""


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection | None]:
    """A connection whose answers are of one state; None where nothing was ever proposed. Raises FolderError."""
    if not path.exists():
        yield None
        return
    with telling(path), closing(_opened(path)) as connection:
        connection.execute("BEGIN")
        yield connection


@contextmanager
def changing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that alone may change the queue within the block; what is done counts when it ends well.

    Makes the database where there is none. Raises FolderError for a full disk, a damaged database, and another process
    that does not come to an end.
    """
    with telling(path):
        _make_room(path.parent)
        with closing(_opened(path)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            if (found := _version(connection)) < VERSION:
                for statement in _SCHEMA.split(";") if found == 0 else _SECOND:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {VERSION}")
            yield connection
            connection.execute("COMMIT")


def _make_room(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise FolderError(f"The folder {folder} of the review queue cannot be made: {error.strerror}.") from error


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        if _version(connection) > VERSION:
            raise FolderError(f"The review queue {path} is of a later version; use it with the version that made it.")
    except BaseException:
        connection.close()
        raise
    return connection


def _version(connection: sqlite3.Connection) -> int:
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    return int(number)


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turns what the database says within into one sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise FolderError(_sentence(path, error)) from error


def _sentence(path: Path, error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # what the extended codes begin with
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return (
            f"The review queue {path} is damaged; take it from a backup, or move the folder {path.parent} away to "
            "begin an empty one. The graph is not touched by this."
        )
    if code == sqlite3.SQLITE_FULL or (
        code == sqlite3.SQLITE_IOERR and shutil.disk_usage(path.parent).free < _ROOM
    ):  # files beside the database are told of as errors of input and output
        return f"In the review queue, there is no space left on the disk of {path.parent}; nothing was changed."
    if code == sqlite3.SQLITE_BUSY:
        return "Somebody else has been deciding in the review queue for a minute; try again. Nothing was changed."
    return f"The review queue {path} could not be used ({error}); nothing was changed."
