"""Who owns a data folder: the one process that writes to it."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kg.store.layout import Folder, write_durably


@dataclass(frozen=True, slots=True)
class OwnerRecord:
    """The owner's process number, and the path of its socket."""

    pid: int
    socket: Path


@contextmanager
def turn(folder: Folder) -> Iterator[None]:
    """One process at a time within: whoever becomes the owner or ceases to be it, and whoever asks for the owner."""
    descriptor = os.open(folder.turn, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def take(folder: Folder) -> int | None:
    """A descriptor whose lock makes this process the owner until it is closed, or None when another one is."""
    descriptor = os.open(folder.lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def clear_up(folder: Folder) -> None:
    """Removes the socket of an owner that was killed."""
    left = find_owner(folder)
    if left is not None:
        with suppress(OSError):
            left.socket.unlink(missing_ok=True)
            left.socket.parent.rmdir()


def announce(folder: Folder, socket: Path) -> None:
    """Tells other processes where this owner listens."""
    record = {"pid": os.getpid(), "socket": str(socket)}
    write_durably(folder.owner, (json.dumps(record) + "\n").encode("utf-8"))


def withdraw(folder: Folder, descriptor: int) -> None:
    """Ends the ownership."""
    with turn(folder):
        folder.owner.unlink(missing_ok=True)
        os.close(descriptor)


def find_owner(folder: Folder) -> OwnerRecord | None:
    """What the owner has announced; None when nobody has."""
    try:
        facts = json.loads(folder.owner.read_text(encoding="utf-8"))
        return OwnerRecord(int(facts["pid"]), Path(facts["socket"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
