"""Progress on standard error: a bar with rate and time left on a terminal, a plain line now and then elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

Report = Callable[[str, int, int], None]

_PLAIN_SECONDS: Final = 5.0


@contextmanager
def progress(unit: str) -> Iterator[Report]:
    """Gives a function `report(stage, done, total)`; `unit` is what is counted, as in "documents"."""
    if not sys.stderr.isatty():
        yield _Plain(unit)
        return
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    with bar:
        yield _Bars(bar, unit)


class _Bars:
    """One bar for each stage."""

    def __init__(self, bar: Progress, unit: str) -> None:
        self._bar, self._unit = bar, unit
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(stage, total=total, rate="")
        task = self._tasks[stage]
        speed = self._bar.tasks[self._bar.task_ids.index(task)].speed
        self._bar.update(task, completed=done, total=total, rate=f"{speed:.0f} {self._unit}/s" if speed else "")


class _Plain:
    """A line at the start and end of a stage, and one every few seconds between."""

    def __init__(self, unit: str) -> None:
        self._unit = unit
        self._stage: str | None = None
        self._began = self._spoke = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._began, self._spoke = stage, now, now
            print(f"{stage}: {total} {self._unit}", file=sys.stderr, flush=True)
        if done >= total or now - self._spoke >= _PLAIN_SECONDS:
            self._spoke = now
            print(self._line(stage, done, total, now - self._began), file=sys.stderr, flush=True)

    def _line(self, stage: str, done: int, total: int, seconds: float) -> str:
        share = f"{stage}: {done} of {total} {self._unit}"
        if not done or not seconds:
            return share
        rate = done / seconds
        if done >= total:
            return f"{share}, {rate:.1f} a second, {seconds:.1f} s in all"
        return f"{share}, {rate:.1f} a second, about {(total - done) / rate:.0f} s left"
