"""Backups: one file with all of a data folder, made while it is in use, and a folder made of it again.

A backup is a gzipped tar: FORMAT, the store of one generation, patches and source texts beside it, the proposals that
wait, tokens when asked for, and last MANIFEST.json with the size and SHA-256 of each of them. A file without its
manifest is no whole backup.
"""

import datetime as dt
import fcntl
import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

import kg
from kg.errors import BomayError, FolderError, UnreadableInput
from kg.store.generations import Generation
from kg.store.layout import Folder, sync_folder, telling
from kg.store.opening import open_graph
from kg.store.waiting import copy_of_proposals
from kg.store.writer import Writer

_VERSION: Final = 1
_MANIFEST: Final = "MANIFEST.json"
_PART: Final = 1 << 20
_SPEED: Final = 1  # of gzip: tables of the store are compressed already
_ROOTS: Final = frozenset(("FORMAT", "tokens.json", "store", "journal", "sources", "review"))
_PRIVATE: Final = frozenset(("tokens.json", "review"))  # for the owner alone
_UNNEEDED: Final = ("LOG", "LOCK")  # the engine's diary and its lock, in the folder of a store


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds; `digest` is the SHA-256 of the file itself, in hexadecimal."""

    generation: int
    files: int
    size: int
    digest: str


def back_up(path: Path | str, target: Path | str, *, tokens: bool = False) -> Backup:
    """Writes a consistent backup of a data folder, whoever owns it and whatever is committed meanwhile.

    Tokens stay out unless asked for: who restores an old backup would bring revoked ones back, and who restores it
    elsewhere would open that place to them. Raises FolderError for no data folder, a target that is there already,
    another backup to it under way, and a full disk; the target appears when it is whole.
    """
    target = Path(target)
    if target.exists():
        raise FolderError(f"{target} is there already; name another file or remove it first.")
    if not target.parent.is_dir():
        raise FolderError(f"There is no folder {target.parent} to write {target.name} into; make it first.")
    folder = Folder(Path(path))
    with (
        open_graph(path) as graph,
        telling(target.parent, "the backup"),
        copy_of_proposals(folder, target.parent) as proposals,  # first: of one accepted since, the journal tells
        graph.pin() as generation,
    ):
        part = target.with_name(f".{target.name}.partial")
        with _alone(part) as file:
            try:
                written = _Digested(file)
                with gzip.GzipFile(fileobj=written, mode="wb", compresslevel=_SPEED, mtime=0, filename="") as packed:
                    files = _pack(packed, folder, generation, proposals, tokens=tokens)
                file.flush()
                os.fsync(file.fileno())
                part.replace(target)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
        sync_folder(target.parent)
    return Backup(generation.number, files, target.stat().st_size, written.digest.hexdigest())


def restore(source: Path | str, path: Path | str) -> Backup:
    """Makes a data folder of a backup, whole or not at all.

    Raises FolderError for a folder that is there and not empty, and a full disk; UnreadableInput for a file that is no
    backup, is cut off or damaged, or comes from a later version.
    """
    source, target = Path(source), Path(path)
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise FolderError(f"{target} is not empty; restore into another folder, or move it away first.")
    with _opened(source) as file, telling(target, "restoring"):
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        try:
            with _readable(source):
                read = _Digested(file)
                manifest = _unpack(read, draft)
            folder = Folder(draft)
            generation = _settle(folder, source, manifest)
            os.sync()
            draft.chmod(0o755)
            draft.rename(target)
            sync_folder(target.parent)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return Backup(generation, len(manifest["files"]), source.stat().st_size, read.digest.hexdigest())


class _Digested(io.RawIOBase):
    """A file, with the digest of what went through it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:  # noqa: ANN401  whatever a buffer is
        self.digest.update(data)
        return self._file.write(data)

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        return data


@contextmanager
def _alone(part: Path) -> Iterator[IO[bytes]]:
    """The file to write to, for one backup at a time; what a killed one left is written over."""
    with part.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FolderError(f"Another backup to {part.parent} under this name is under way; wait for it.") from error
        file.truncate(0)
        yield file


def _pack(
    packed: gzip.GzipFile, folder: Folder, generation: Generation, proposals: Path | None, *, tokens: bool
) -> int:
    facts: dict[str, dict[str, Any]] = {}
    with tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        for name, path in _files(folder, generation, proposals, tokens=tokens):
            facts[name] = _add(tar, name, path)
        manifest = {
            "backup": _VERSION,
            "software": kg.__version__,
            "generation": generation.number,
            "created": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "files": facts,
        }
        data = json.dumps(manifest, indent=1).encode("utf-8")
        tar.addfile(_member(_MANIFEST, len(data)), io.BytesIO(data))
    return len(facts)


def _files(
    folder: Folder, generation: Generation, proposals: Path | None, *, tokens: bool
) -> Iterator[tuple[str, Path]]:
    """(name in the backup, file). Patches and texts are on disk before a generation that needs them, and stay."""
    yield "FORMAT", folder.root / "FORMAT"
    if tokens and folder.tokens.exists():
        yield "tokens.json", folder.tokens
    if proposals is not None:
        yield folder.review.relative_to(folder.root).as_posix(), proposals
    for root, base in (("store", generation.path), ("journal", folder.journal), ("sources", folder.root / "sources")):
        for path in sorted(base.rglob("*")):
            passed_over = path.name.startswith(_UNNEEDED if root == "store" else ".")
            if path.is_file() and not passed_over:
                yield f"{root}/{path.relative_to(base).as_posix()}", path


def _add(tar: tarfile.TarFile, name: str, path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        digested = _Digested(file)
        tar.addfile(_member(name, size), digested)
    return {"size": size, "sha256": digested.digest.hexdigest()}


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600 if PurePosixPath(name).parts[0] in _PRIVATE else 0o644
    return member


@contextmanager
def _opened(source: Path) -> Iterator[IO[bytes]]:
    try:
        file = source.open("rb")
    except OSError as error:
        raise UnreadableInput(f"{source} cannot be read: {error.strerror or error}.") from error
    with file:
        yield file


@contextmanager
def _readable(source: Path) -> Iterator[None]:
    """Turns what a damaged file makes of its readers into one sentence."""
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise UnreadableInput(f"{source} is no backup, or a damaged one ({error}); nothing was restored.") from error


def _unpack(read: _Digested, draft: Path) -> dict[str, Any]:
    """Writes the files into the draft; gives the manifest that they were held against. Raises ValueError and others."""
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] | None = None
    with gzip.GzipFile(fileobj=read, mode="rb") as packed:
        with tarfile.open(fileobj=packed, mode="r|") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isreg() else None
                if content is None or manifest is not None:
                    raise ValueError(f"it holds '{member.name}', which is no part of a backup")
                if member.name == _MANIFEST:
                    manifest = json.load(content)
                else:
                    found[member.name] = _write(content, *_place(draft, member.name))
        while packed.read(_PART):  # to its end, where the checksum of the whole stands
            pass
    read.read()
    if manifest is None:
        raise ValueError("it ends before its manifest")
    if manifest["backup"] != _VERSION:
        raise ValueError(f"its form is {manifest['backup']}, and this version reads {_VERSION}")
    for name in sorted(found.keys() | manifest["files"].keys()):
        if found.get(name) != manifest["files"].get(name):
            raise ValueError(f"'{name}' is not what its manifest says")
    return manifest


def _place(draft: Path, name: str) -> tuple[Path, int]:
    parts = PurePosixPath(name).parts
    if not parts or parts[0] not in _ROOTS or ".." in parts:
        raise ValueError(f"it holds '{name}', which is no part of a backup")
    return draft.joinpath(*parts), 0o600 if parts[0] in _PRIVATE else 0o644


def _write(content: IO[bytes], path: Path, mode: int) -> dict[str, Any]:
    path.parent.mkdir(0o777 if mode & 0o044 else 0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        written = _Digested(file)
        shutil.copyfileobj(content, written, _PART)
        return {"size": file.tell(), "sha256": written.digest.hexdigest()}


def _settle(folder: Folder, source: Path, manifest: dict[str, Any]) -> int:
    """Opens the store that was restored and publishes its generation. Raises UnreadableInput where it is another."""
    try:
        facts = folder.read_format()
        journalled = facts["profile"] != "empty"
        folder.generations.mkdir()
        writer = Writer.open(folder, journalled=journalled)
    except BomayError as error:
        raise UnreadableInput(f"What {source} holds cannot be opened ({error}); nothing was restored.") from error
    generation = writer.generation
    writer.live.flush()
    del writer
    if journalled and generation != manifest["generation"]:
        told = f"says generation {manifest['generation']} and holds {generation}"
        raise UnreadableInput(f"{source} {told}; nothing was restored.")
    return generation
