"""The only function that writes to a graph."""

import datetime as dt
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, serialize

from kg.history import HEAD, Entry, digest_of, head, write_patch
from kg.model.changes import ChangeSet
from kg.model.documents import normalised
from kg.store.generations import publish, sweep
from kg.store.layout import require_room, telling, write_all_durably
from kg.store.receipt import Receipt, StaleValidation, shared_out
from kg.store.updates import apply
from kg.store.writer import Writer
from kg.validate import ValidatedChangeSet


def commit(writer: Writer, validated: ValidatedChangeSet) -> tuple[Receipt, ...]:
    """Stores a validated change and makes it the current generation; a receipt for each of its steps.

    Each step has its own journal entry, patch and generation, of which only the last can be read.
    Texts and patches are on disk first; then facts, journal entries and head go into the live store in one transaction,
    which is flushed; only then do the receipts come back. Raises TypeError for anything but a ValidatedChangeSet,
    StaleValidation when another change came in between, FolderError when the disk is full (nothing is changed then).
    """
    if not isinstance(validated, ValidatedChangeSet):
        raise TypeError(f"commit takes a ValidatedChangeSet from kg.validate, not {type(validated).__name__}.")
    if validated.base_generation != writer.generation:
        raise StaleValidation(
            f"The change was validated on generation {validated.base_generation}, but {writer.generation} is current; "
            "submit it again."
        )
    change, first = validated.change, writer.generation + 1
    number = writer.generation + len(validated.steps)
    with telling(writer.folder.root, "this change", writer.distrust):
        require_room(writer.folder.root, len(serialize(change.add | change.remove, format=RdfFormat.N_QUADS) or b""))
        entries = _record(writer, validated)
        journal = _journal(entries)
        old_head = entries[0].head_before() if entries else None
        moved = frozenset((old_head,) if old_head else ())
        place = writer.complete(change, journal, moved)
        apply(writer.live, change.add | journal, change.remove | moved)
    with telling(writer.folder.root, "making sure of what was stored", writer.distrust, changed=True):
        writer.live.flush()
        writer.generation = number
        publish(writer.folder, place, number)
        sweep(writer.folder, number)
    reports = shared_out(validated.report, validated.steps)
    return tuple(
        Receipt(entries[at].change if entries else None, first + at, len(step.add), len(step.remove), reports[at])
        for at, step in enumerate(validated.steps)
    )


def _record(writer: Writer, validated: ValidatedChangeSet) -> list[Entry]:
    """Writes texts and patches under their digests; gives the journal entries that name the patches."""
    files: dict[Path, bytes] = {}
    entries: list[Entry] = []
    now = dt.datetime.now(dt.UTC)
    previous, _ = head(writer.live)
    for number, step in enumerate(validated.steps, writer.generation + 1):
        files |= _texts(writer, step)
        if writer.journalled:
            patch = write_patch(step.add, step.remove)
            digest = digest_of(patch)
            files[writer.folder.patch(digest)] = patch
            counts = len(step.add), len(step.remove)
            said = (step.agent, step.reason, now, *counts, step.source)
            entries.append(Entry(number, digest, *said, previous, step.approval, step.reverts, step.release))
            previous = entries[-1].change
    write_all_durably({path: data for path, data in files.items() if not path.exists()})
    return entries


def _texts(writer: Writer, step: ChangeSet) -> dict[Path, bytes]:
    for digest, text in step.texts.items():
        if digest_of(normalised(text).encode("utf-8")) != digest:
            raise ValueError(f"The text given as {digest} has another digest.")
    return {writer.folder.source(digest): text.encode("utf-8") for digest, text in step.texts.items()}


def _journal(entries: list[Entry]) -> frozenset[Quad]:
    """The entries, with the head pointing to the last."""
    told = {quad for entry in entries for quad in entry.quads() if quad.predicate != HEAD}
    return frozenset(told | {quad for entry in entries[-1:] for quad in entry.quads() if quad.predicate == HEAD})
