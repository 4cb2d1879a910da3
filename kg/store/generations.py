"""Generations: read-only checkpoints of the graph, one for each committed state, kept while somebody reads them.

`generations/<n>/store` is the checkpoint, `generations/<n>/pin` a file on which readers hold a shared lock (across
processes too), `generations/current` the number of the one to read.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from kg.errors import FolderError
from kg.store.layout import Folder, sync_folder, write_durably

_DIGITS = 32  # more than a number of a generation has


@dataclass(frozen=True, slots=True)
class Generation:
    """A state of the graph that stays on disk while it is pinned; `path` can be opened with `Store.read_only`."""

    number: int
    path: Path


class Pin:
    """A shared lock that keeps a generation on disk until `release`."""

    def __init__(self, folder: Folder) -> None:
        """Pins the current generation; raises FolderError where there is none."""
        self._descriptor, self.generation = _lock_current(folder)

    def release(self) -> None:
        """Lets the generation go; harmless when done twice."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _lock_current(folder: Folder) -> tuple[int, Generation]:
    while True:
        number = current(folder)
        place = folder.generations / str(number)
        try:
            descriptor = os.open(place / "pin", os.O_RDONLY)
        except FileNotFoundError as error:
            if current(folder) == number:
                raise FolderError(f"Generation {number} of {folder.root} is missing; open the folder anew.") from error
            continue
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        if (place / "pin").exists():
            return descriptor, Generation(number, place / "store")
        os.close(descriptor)


@contextmanager
def pinned(folder: Folder) -> Iterator[Generation]:
    """The current generation, kept on disk within the block."""
    pin = Pin(folder)
    try:
        yield pin.generation
    finally:
        pin.release()


def current(folder: Folder) -> int:
    """The number of the current generation. Every request asks for it, so it is read without a file object."""
    try:
        descriptor = os.open(f"{folder.generations}/current", os.O_RDONLY)
        try:
            return int(os.read(descriptor, _DIGITS))
        finally:
            os.close(descriptor)
    except (FileNotFoundError, ValueError) as error:
        raise FolderError(f"{folder.root} has no current generation; open it once as its owner.") from error


def checkpoint(folder: Folder, live: Store, number: int) -> Path:
    """A writable copy of the live store (hard links, milliseconds) that is not a generation yet; gives its folder."""
    place = Path(tempfile.mkdtemp(prefix=f"{number}.", suffix=".new", dir=folder.generations))
    place.chmod(0o755)
    live.backup(str(place / "store"))
    (place / "pin").touch()
    return place


def copy_generation(generation: Path, place: Path) -> Store:
    """A store of one's own with what a generation holds, in `place`, which must not be there yet.

    The files are copied: a backup of a store that is open for reading alone leaves out what is still in its log, that
    is the last commit.
    """
    shutil.copytree(generation, place, copy_function=_link_or_copy)
    return Store(str(place))


def _link_or_copy(source: str, target: str) -> None:
    """Links tables, which the store never changes once they are written; copies all else, and tables to other disks."""
    if source.endswith(".sst"):
        with suppress(OSError):
            os.link(source, target)
            return
    shutil.copyfile(source, target)


def publish(folder: Folder, place: Path, number: int) -> None:
    """Makes a checkpoint, which nobody has open for writing, the current generation."""
    target = folder.generations / str(number)
    shutil.rmtree(target, ignore_errors=True)
    place.rename(target)
    sync_folder(folder.generations)
    write_durably(folder.generations / "current", f"{number}\n".encode("ascii"))


def sweep(folder: Folder, keep: int) -> None:
    """Removes unfinished checkpoints and generations that nobody has pinned, all but `keep`. For the owner only."""
    for place in folder.generations.iterdir():
        if not place.is_dir() or place.name == str(keep):
            continue
        with suppress(BlockingIOError, FileNotFoundError):
            _remove(place)


def _remove(place: Path) -> None:
    pin = place / "pin"
    if not pin.exists():
        shutil.rmtree(place, ignore_errors=True)
        return
    with pin.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        pin.unlink()
        shutil.rmtree(place, ignore_errors=True)
