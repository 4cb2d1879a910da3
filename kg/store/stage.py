"""Changes that follow each other gathered into a group, so that each is made in sight of those before it."""

from pathlib import Path
from typing import Protocol

from pyoxigraph import Store

from kg.model.changes import ChangeSet, together
from kg.model.graph import Reader
from kg.store.commit import commit
from kg.store.effective import admissible, effective
from kg.store.generations import copy_generation
from kg.store.reader import StoreReader
from kg.store.receipt import Receipt, Refused, shared_out
from kg.store.writer import Writer
from kg.validate import Report, Shapes, validate


class Stage(Protocol):
    """The graph as it would be with the changes gathered so far. Nothing is stored before `commit`."""

    @property
    def reader(self) -> Reader:
        """Reads it; what it has given stays true until the next `add`."""
        ...

    def add(self, change: ChangeSet) -> None:
        """Gathers a change. Raises Refused for what no shape need say: blank nodes, protected graphs."""
        ...

    def commit(self, *, accept_warnings: bool = False) -> tuple[Receipt, ...]:
        """Validates what was gathered as one change and stores it at once, with a journal entry for each of its parts.

        A part that alters nothing has a receipt without a change. Raises Refused, with nothing stored, when the whole
        does not conform; to be done once, last.
        """
        ...


class OwnStage:
    """A `Stage` on the trial checkpoint of the process that owns the folder."""

    def __init__(self, writer: Writer, shapes: Shapes) -> None:
        self._writer = writer
        self._shapes = shapes
        self._trial = writer.try_out(None)
        self._steps: list[ChangeSet] = []

    @property
    def reader(self) -> Reader:
        """See `Stage`; not to be kept, as the checkpoint is closed when it is committed."""
        return StoreReader(self._trial.store)

    def add(self, change: ChangeSet) -> None:
        """See `Stage`."""
        step = effective(self._trial.store, change, blank_nodes=not self._writer.journalled)
        put(self._trial.store, step)
        self._steps.append(step)

    def commit(self, *, accept_warnings: bool = False) -> tuple[Receipt, ...]:
        """See `Stage`."""
        steps = [step for step in self._steps if not step.is_empty]
        given = iter(self._store(steps, accept_warnings=accept_warnings) if steps else ())
        number = self._writer.generation
        return tuple(Receipt(None, number, 0, 0, Report()) if s.is_empty else next(given) for s in self._steps)

    def _store(self, steps: list[ChangeSet], *, accept_warnings: bool) -> tuple[Receipt, ...]:
        writer = self._writer
        judged = validate(
            writer.live, self._trial.store, steps, self._shapes, writer.generation, accept_warnings=accept_warnings
        )
        if isinstance(judged, Report):
            shares = zip(steps, shared_out(judged, steps), strict=True)
            first = next(step for step, share in shares if share.blocks(accept_warnings=accept_warnings))
            at = next(at for at, step in enumerate(self._steps) if step is first)
            raise Refused(judged, at, together(steps))
        self._trial.change = judged.change
        return commit(writer, judged)


class Copy:
    """A copy of a generation with changes put on it that nobody else sees."""

    def __init__(self, generation: Path, place: Path) -> None:
        """Copies a generation, which must stay meanwhile, into `place`, which must not be there yet."""
        self._store = copy_generation(generation, place)

    @property
    def reader(self) -> Reader:
        """Reads it."""
        return StoreReader(self._store)

    def put(self, change: ChangeSet) -> None:
        """Goes on from the copy with the change. Raises Refused for blank nodes and protected graphs."""
        put(self._store, admissible(change))


def put(store: Store, change: ChangeSet) -> None:
    """Applies a change to a store that nobody else reads and that a crash may leave half changed."""
    for quad in change.remove:
        store.remove(quad)
    store.extend(change.add)
