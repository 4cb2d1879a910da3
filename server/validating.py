"""Validation kept within bounds: a short-lived process for each, a few at a time."""

import json
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.errors import LimitExceeded
from server.apart import Bounds, run_apart

_TOO_BIG: Final = (
    "Validating this needs more memory than one request may use; send less at a time, or use `kg validate`."
)


@dataclass(frozen=True, slots=True)
class Job:
    """Data to be validated; `shapes` (Turtle) empty for our own, `generation` None to judge the data by themselves.

    `remove` (N-Triples) is to be taken out of that generation; `repair`, the rows of an RDF Patch, is carried out on
    the data first; `repairs` asks for repairs of what is found then.
    """

    data: bytes
    media_type: str
    shapes: bytes = b""
    generation: Path | None = None
    remove: bytes = b""
    repair: bytes = b""
    repairs: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """A report in its forms: plain values, SHACL in Turtle, a table.

    `data` (Turtle) is what a repair made of the data, None without one; `remove` (N-Triples) what it left to take out.
    """

    report: dict[str, Any]
    turtle: str
    csv: str
    data: str | None
    remove: str


class Desk:
    """Validates for many, at most `places` at a time, each within `seconds` and `memory_bytes`."""

    def __init__(
        self, *, places: int = 2, seconds: float = 30.0, memory_bytes: int = 1 << 30, patience: float = 10.0
    ) -> None:
        self._free = threading.BoundedSemaphore(places)
        self._seconds, self._memory_bytes, self._patience = seconds, memory_bytes, patience

    def validate(self, job: Job, scratch: Path) -> Outcome:
        """Judges in a process of its own, with a temporary folder in `scratch` that is removed afterwards.

        Raises SyntaxFault, UnreadableInput and LimitExceeded (time, memory, concurrency).
        """
        if not self._free.acquire(timeout=self._patience):
            raise LimitExceeded("concurrency", "Too many validations are under way; try again in a moment.")
        try:
            with tempfile.TemporaryDirectory(prefix=".validating-", dir=scratch) as folder:
                return Outcome(**self._run(job, Path(folder)))
        finally:
            self._free.release()

    def _run(self, job: Job, folder: Path) -> dict[str, Any]:
        texts = {"data": job.data, "shapes": job.shapes, "remove": job.remove, "repair": job.repair}
        head = {
            "media_type": job.media_type,
            "lengths": {name: len(text) for name, text in texts.items()},
            "repairs": job.repairs,
            "generation": None if job.generation is None else str(job.generation),
            "scratch": str(folder),
        }
        bounds = Bounds(
            self._seconds,
            self._memory_bytes,
            f"Validating took longer than {self._seconds:g} seconds and was stopped; send less at a time.",
            _TOO_BIG,
        )
        sent = b"".join([json.dumps(head).encode(), b"\n", *texts.values()])
        return run_apart("server.validation_child", sent, bounds)
