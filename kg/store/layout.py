"""The data folder: what lies where, and how it is made to last."""

import datetime as dt
import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import kg
from kg.errors import FolderError, NotFound
from kg.history import patch_path

FORMAT = 1
PROFILES = ("full", "minimal", "empty")

_SPARE = 4 << 20  # bytes: log files, manifests and options of the live store and a checkpoint
_GROWTH = 4  # log and table, in the live store and in the checkpoint

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_SAID_FULL = ("No space left", "File too large", "Disk quota")  # RocksDB gives words without a number


@dataclass(frozen=True, slots=True)
class Folder:
    """The parts of one data folder."""

    root: Path

    @property
    def live(self) -> Path:
        """The database that its owner writes to."""
        return self.root / "store"

    @property
    def generations(self) -> Path:
        """Checkpoints for readers, one a generation, and which of them is the current one."""
        return self.root / "generations"

    @property
    def lock(self) -> Path:
        """The file whose lock makes a process the owner."""
        return self.root / "lock"

    @property
    def turn(self) -> Path:
        """The file whose lock is held by whoever is opening or closing the folder."""
        return self.root / "lock.turn"

    @property
    def owner(self) -> Path:
        """Who the owner is and where it listens."""
        return self.root / "owner.json"

    @property
    def tokens(self) -> Path:
        """The tokens, hashed."""
        return self.root / "tokens.json"

    @property
    def session_key(self) -> Path:
        """The key that signs the sessions of browsers, in no backup; where it is missing, a new one is made."""
        return self.root / "session.key"

    @property
    def journal(self) -> Path:
        """Patches, by digest."""
        return self.root / "journal"

    @property
    def review(self) -> Path:
        """The database of proposals (`kg.review`), there once something was proposed."""
        return self.root / "review" / "queue.sqlite3"

    @property
    def touched(self) -> Path:
        """Which changes touched which nodes; made from the patches, so it may be deleted and is in no backup."""
        return self.root / "changes.sqlite"

    @property
    def search(self) -> Path:
        """The text index, which is made anew where it is missing, and is in no backup."""
        return self.root / "search"

    def source(self, digest: str) -> Path:
        """Where the text of a source lies, as it was received."""
        return self.root / "sources" / digest[:2] / f"{digest}.txt"

    def patch(self, digest: str) -> Path:
        """Where a patch lies."""
        return patch_path(self.journal, digest)

    def source_text(self, digest: str) -> str:
        """The text of a source as it was received; raises NotFound."""
        try:
            return self.source(digest).read_bytes().decode("utf-8")
        except FileNotFoundError as error:
            raise NotFound(f"There is no source text with the digest '{digest}'.") from error

    def write_format(self, profile: str, release: str, created: str | None = None) -> None:
        """Records which version of which program made the folder (or upgraded it), and with which release in it."""
        made = created or dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        facts = {
            "format": FORMAT,
            "software": kg.__version__,
            "profile": profile,
            "release": release,
            "created": made,
        }
        write_durably(self.root / "FORMAT", (json.dumps(facts, indent=1) + "\n").encode("utf-8"))

    def read_format(self) -> dict[str, str | int]:
        """What `write_format` recorded. Raises FolderError for no data folder and for one of another format."""
        try:
            facts: dict[str, str | int] = json.loads((self.root / "FORMAT").read_text(encoding="utf-8"))
            number, software = facts["format"], facts["software"]
        except (FileNotFoundError, NotADirectoryError) as error:
            advice = f"make one with `kg init --data {self.root}`"
            raise FolderError(f"There is no data folder at {self.root}; {advice}.") from error
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise FolderError(f"The file FORMAT of {self.root} cannot be read; take it from a backup.") from error
        if number != FORMAT:
            raise FolderError(
                f"The data folder {self.root} has format {number}, made by bomay {software}, but this is bomay "
                f"{kg.__version__} for format {FORMAT}; use it with the version that made it."
            )
        return facts


def require_room(root: Path, size: int) -> None:
    """Raises OSError (ENOSPC) where the disk has no room for a write of `size` bytes and what the engine makes of it.

    The engine does not always survive a full disk without doubt about its last write, so it is not brought there.
    """
    if shutil.disk_usage(root).free < _SPARE + _GROWTH * size:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def write_durably(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Replaces the file in one step: after a crash there is the old content or the new, never part of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(path.parent)


def write_all_durably(files: Mapping[Path, bytes]) -> None:
    """As `write_durably` for each of the files; together they take the disk far less time than one by one."""
    parts = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in files}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            parts[path].write_bytes(data)
        for path, part in parts.items():
            _sync(part)
            part.replace(path)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    for folder in {path.parent for path in files}:
        sync_folder(folder)


def sync_folder(path: Path) -> None:
    """Makes the names in a folder survive a power cut."""
    _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def telling(
    root: Path, doing: str, failed: Callable[[], None] | None = None, *, changed: bool = False
) -> Iterator[None]:
    """Turns what the disk or the engine says within into one FolderError sentence, calling `failed` first.

    `changed` says whether something had been stored by then.
    """
    try:
        yield
    except OSError as error:
        if failed is not None:
            failed()
        words = str(error)
        full = error.errno in _FULL or any(said in words for said in _SAID_FULL)
        what = f"there is no space left on the disk of {root}" if full else f"{root} could not be used ({words})"
        effect = "the change may have been stored; free some and look" if changed else "nothing was changed"
        raise FolderError(f"In {doing}, {what}; {effect}.") from error
