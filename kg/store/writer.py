"""The live store of a folder that this process owns, and the checkpoint on which the next change is tried."""

import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Quad, Store

from kg.errors import FolderError
from kg.history import head
from kg.model.changes import ChangeSet
from kg.store.generations import checkpoint, current, publish, sweep
from kg.store.layout import Folder, telling
from kg.store.updates import apply


@dataclass(slots=True)
class Trial:
    """A checkpoint of the live store, open for writing, with `change` applied to it."""

    place: Path
    store: Store
    change: ChangeSet | None = None


@dataclass(slots=True)
class Writer:
    """Where a folder stands. The live store is the truth; generations follow it.

    `journalled` is False for an empty folder, which holds nothing that was not put there, not even a journal.
    """

    folder: Folder
    live: Store
    generation: int
    journalled: bool
    trial: Trial | None = None
    trusted: bool = field(default=True)

    @classmethod
    def open(cls, folder: Folder, *, journalled: bool) -> "Writer":
        """Opens the live store, brings the generations into step with it and clears what a crash left behind."""
        with telling(folder.root, "opening the data folder"):
            writer = cls(folder, Store(str(folder.live)), 0, journalled)
            writer.settle()
        return writer

    def settle(self) -> None:
        """Makes the current generation what the live store holds."""
        published = _published(self.folder)
        if self.journalled:
            _, self.generation = head(self.live)
        else:
            self.generation = (
                0 if published is None else published + 1
            )  # without a journal nothing tells whether it is old
        if published != self.generation:
            publish(self.folder, checkpoint(self.folder, self.live, self.generation), self.generation)
        sweep(self.folder, self.generation)

    def distrust(self) -> None:
        """Has the live store opened anew before the next change: after a failed write the engine refuses all others."""
        self.drop_trial()
        self.trusted = False

    def recover(self) -> None:
        """Opens the live store anew when it was distrusted. Raises FolderError while the disk will not have it."""
        if self.trusted:
            return
        with telling(self.folder.root, "opening the data folder again"):
            with suppress(AttributeError):  # an earlier try, on a disk that was still full, got no further than this
                del self.live
            self.live = Store(str(self.folder.live))
            self.settle()
        self.trusted = True

    def try_out(self, change: ChangeSet | None) -> Trial:
        """A checkpoint with the change applied (None: as it is), in place of any earlier one."""
        self.drop_trial()
        with telling(self.folder.root, "trying the change", self.distrust):
            place = checkpoint(self.folder, self.live, self.generation + 1)
            self.trial = Trial(place, Store(str(place / "store")), change)
            if change is not None:
                apply(self.trial.store, change.add, change.remove)
        return self.trial

    def complete(self, change: ChangeSet, journal: frozenset[Quad], moved: frozenset[Quad]) -> Path:
        """Adds the journal to the trial of this change and closes it; gives the folder of the finished checkpoint."""
        trial = self.trial
        if trial is None or trial.change is not change:
            trial = self.try_out(change)
        apply(trial.store, journal, moved)
        self.trial = None
        del trial.store
        return trial.place

    def drop_trial(self) -> None:
        """Throws the checkpoint away."""
        if self.trial is not None:
            trial, self.trial = self.trial, None
            del trial.store  # whoever has the trial still must not keep the files open that are to go
            shutil.rmtree(trial.place, ignore_errors=True)


def _published(folder: Folder) -> int | None:
    try:
        number = current(folder)
    except FolderError:
        return None
    return number if (folder.generations / str(number) / "pin").exists() else None
