"""The only function that writes to a graph."""

import datetime as dt
from pathlib import Path

from kg.history import Entry, digest_of, head, write_patch
from kg.model.documents import normalised
from kg.store.generations import publish, sweep
from kg.store.layout import require_room, telling, write_durably
from kg.store.receipt import Receipt, StaleValidation
from kg.store.updates import apply
from kg.store.writer import Writer
from kg.validate import ValidatedChangeSet


def commit(writer: Writer, validated: ValidatedChangeSet) -> Receipt:
    """Stores a validated change and makes it the current generation.

    Texts and patch are on disk first; then facts, journal entry and head go into the live store in one transaction,
    which is flushed; only then does the receipt come back. Raises TypeError for anything but a ValidatedChangeSet,
    StaleValidation when another change came in between, FolderError when the disk is full (nothing is changed then).
    """
    if not isinstance(validated, ValidatedChangeSet):
        raise TypeError(f"commit takes a ValidatedChangeSet from kg.validate, not {type(validated).__name__}.")
    if validated.base_generation != writer.generation:
        raise StaleValidation(
            f"The change was validated on generation {validated.base_generation}, but {writer.generation} is current; "
            "submit it again."
        )
    change, number = validated.change, writer.generation + 1
    with telling(writer.folder.root, "this change", writer.distrust):
        require_room(writer.folder.root, sum(len(str(quad)) for quad in change.add | change.remove))
        _keep_texts(writer, validated)
        entry = _record(writer, validated, number) if writer.journalled else None
        journal = frozenset(entry.quads()) if entry else frozenset()
        old_head = entry.head_before() if entry else None
        moved = frozenset((old_head,) if old_head else ())
        place = writer.complete(change, journal, moved)
        apply(writer.live, change.add | journal, change.remove | moved)
    with telling(writer.folder.root, "making sure of what was stored", writer.distrust, changed=True):
        writer.live.flush()
        writer.generation = number
        publish(writer.folder, place, number)
        sweep(writer.folder, number)
    return Receipt(entry.change if entry else None, number, len(change.add), len(change.remove), validated.report)


def _keep_texts(writer: Writer, validated: ValidatedChangeSet) -> None:
    for digest, text in validated.change.texts.items():
        if digest_of(normalised(text).encode("utf-8")) != digest:
            raise ValueError(f"The text given as {digest} has another digest.")
        _keep(writer.folder.source(digest), text.encode("utf-8"))


def _record(writer: Writer, validated: ValidatedChangeSet, number: int) -> Entry:
    """Writes the patch under its digest and gives the journal entry that names it."""
    change = validated.change
    patch = write_patch(change.add, change.remove)
    digest = digest_of(patch)
    _keep(writer.folder.patch(digest), patch)
    previous, _ = head(writer.live)
    now = dt.datetime.now(dt.UTC)
    counts = len(change.add), len(change.remove)
    return Entry(number, digest, change.agent, change.reason, now, *counts, change.source, previous)


def _keep(path: Path, data: bytes) -> None:
    """Writes a file that is named for its content, once."""
    if not path.exists():
        write_durably(path, data)
