"""Reading kept within bounds: a short-lived process for each long text, a few at a time."""

import json
import threading
from dataclasses import dataclass
from typing import Any

from kg.errors import LimitExceeded
from server.apart import Bounds, run_apart


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text ("txt") or a page ("html"), the day it came out, and the place that completes "UBND tỉnh"."""

    data: bytes
    form: str
    published: str | None
    place: str | None


class ReadingDesk:
    """Readings apart from the serving threads: `places` at a time, each within time and memory."""

    def __init__(
        self, *, places: int = 2, seconds: float = 60.0, memory_bytes: int = 1 << 30, patience: float = 10.0
    ) -> None:
        self._free = threading.BoundedSemaphore(places)
        self._patience = patience
        self._bounds = Bounds(
            seconds,
            memory_bytes,
            f"Reading took longer than {seconds:g} seconds and was stopped; send a shorter text.",
            "Reading this needs more memory than one request may use; send a shorter text.",
        )

    def read(self, wanted: Wanted) -> dict[str, Any]:
        """The extraction JSON. Raises UnreadableInput and LimitExceeded (time, memory, concurrency)."""
        if not self._free.acquire(timeout=self._patience):
            raise LimitExceeded("concurrency", "Too many texts are being read; try again in a moment.")
        try:
            head = {"form": wanted.form, "published": wanted.published, "place": wanted.place}
            sent = json.dumps(head).encode() + b"\n" + wanted.data
            return run_apart("server.extraction_child", sent, self._bounds)
        finally:
            self._free.release()
