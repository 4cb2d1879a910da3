"""Tokens: who may do what. A secret is shown once and kept as a hash; every look-up reads the file as it is now.

Beside them lies the key by which sessions of browsers are signed.
"""

import datetime as dt
import fcntl
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from kg.errors import FolderError, NotFound
from kg.model.fold import slug
from kg.namespaces import iri
from kg.store.layout import Folder, telling, write_durably

ROLES = ("reader", "contributor", "editor", "admin")

_PREFIX = "bomay_"
_BYTES = 32  # a random secret of 256 bits needs no slow hash


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its secret. `created` is an ISO 8601 time in UTC."""

    name: str
    role: str
    created: str

    @property
    def agent(self) -> NamedNode:
        """The IRI under which its holder stands in the journal."""
        return iri(f"agent:{slug(self.name)}")

    def may(self, role: str) -> bool:
        """Whether its role is at least this one."""
        return ROLES.index(self.role) >= ROLES.index(role)


def create_token(path: Path | str, name: str, role: str) -> str:
    """Makes a token for a named agent and gives its secret, which nothing can show again.

    Raises FolderError for an unknown role, and for a name that is empty or whose agent has a token already.
    """
    folder = _folder(path)
    if role not in ROLES:
        raise FolderError(f"'{role}' is no role; choose one of {', '.join(ROLES)}.")
    if not slug(name):
        raise FolderError(f"'{name}' is no name for a token; use letters or digits.")
    secret = _PREFIX + secrets.token_urlsafe(_BYTES)
    with _rows(folder) as rows:
        taken = next((row["name"] for row in rows if slug(row["name"]) == slug(name)), None)
        if taken is not None:
            raise FolderError(f"There is a token '{taken}' already; revoke it first or choose another name.")
        created = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        rows.append({"name": name, "role": role, "created": created, "sha256": digest(secret)})
    return secret


def list_tokens(path: Path | str) -> list[Token]:
    """All tokens, by name."""
    rows = _read(_folder(path))
    return sorted((_token(row) for row in rows), key=lambda token: token.name)


def revoke_token(path: Path | str, name: str) -> None:
    """Takes a token away, at once. Raises NotFound."""
    with _rows(_folder(path)) as rows:
        kept = [row for row in rows if row["name"] != name]
        if len(kept) == len(rows):
            raise NotFound(f"There is no token '{name}'; `kg token list` shows those there are.")
        rows[:] = kept


def find_token(path: Path | str, secret: str) -> Token | None:
    """The token with this secret, or None. The time it takes does not depend on which characters are right."""
    return find_digest(path, digest(secret))


def find_digest(path: Path | str, asked: str) -> Token | None:
    """The token whose secret has this digest, or None; in the same time whatever it is."""
    given = asked.encode("utf-8", "surrogatepass")
    found = [row for row in _read(Folder(Path(path))) if hmac.compare_digest(row["sha256"].encode(), given)]
    return _token(found[0]) if found else None


def session_key(path: Path | str) -> bytes:
    """The key that signs the sessions of browsers, 32 bytes; made when it is first asked for. Raises FolderError."""
    folder = Folder(Path(path))
    with telling(folder.root, "reading the key of sessions"):
        if not folder.session_key.exists():
            with _locked(folder):
                if not folder.session_key.exists():
                    write_durably(folder.session_key, secrets.token_bytes(_BYTES), mode=0o600)
        key = folder.session_key.read_bytes()
    if len(key) != _BYTES:
        raise FolderError(f"{folder.session_key} is no key; remove it, and everybody signs in anew.")
    return key


def digest(secret: str) -> str:
    """What is kept of a secret: its SHA-256 in hexadecimal digits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _folder(path: Path | str) -> Folder:
    folder = Folder(Path(path))
    folder.read_format()
    return folder


def _token(row: dict[str, str]) -> Token:
    return Token(row["name"], row["role"], row["created"])


def _read(folder: Folder) -> list[dict[str, str]]:
    try:
        rows: list[dict[str, str]] = json.loads(folder.tokens.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except ValueError as error:
        raise FolderError(f"{folder.tokens} cannot be read; take it from a backup or remove it.") from error
    return rows


@contextmanager
def _rows(folder: Folder) -> Iterator[list[dict[str, str]]]:
    """The rows, written back when the block ends well; one process at a time."""
    with telling(folder.root, "changing the tokens"), _locked(folder):
        rows = _read(folder)
        yield rows
        data = json.dumps(rows, indent=1, ensure_ascii=False) + "\n"
        write_durably(folder.tokens, data.encode("utf-8"), mode=0o600)


@contextmanager
def _locked(folder: Folder) -> Iterator[None]:
    descriptor = os.open(folder.tokens.with_name("tokens.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
