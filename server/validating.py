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
    """Data to be validated; `shapes` (Turtle) empty for our own, `generation` None to judge the data by themselves."""

    data: bytes
    media_type: str
    shapes: bytes = b""
    generation: Path | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A report in its forms: findings as plain dicts, SHACL in Turtle, a table."""

    conforms: bool
    findings: tuple[dict[str, Any], ...]
    turtle: str
    csv: str


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
                return _outcome(self._run(job, Path(folder)))
        finally:
            self._free.release()

    def _run(self, job: Job, folder: Path) -> dict[str, Any]:
        head = {
            "media_type": job.media_type,
            "data_length": len(job.data),
            "shapes_length": len(job.shapes),
            "generation": None if job.generation is None else str(job.generation),
            "scratch": str(folder),
        }
        bounds = Bounds(
            self._seconds,
            self._memory_bytes,
            f"Validating took longer than {self._seconds:g} seconds and was stopped; send less at a time.",
            _TOO_BIG,
        )
        return run_apart("server.validation_child", json.dumps(head).encode() + b"\n" + job.data + job.shapes, bounds)


def _outcome(said: dict[str, Any]) -> Outcome:
    return Outcome(said["conforms"], tuple(said["findings"]), said["turtle"], said["csv"])
