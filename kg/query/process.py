"""A process that answers queries, seen from its parent."""

from kg.apart import ChildProcess
from kg.query import messages


class WorkerProcess(ChildProcess):
    """A process that runs `kg.query.worker`, with the generation at `path` opened ahead."""

    def __init__(self, memory_bytes: int, path: str = "") -> None:
        self.path = path
        paths = (path,) if path else ()
        super().__init__("kg.query.worker", "query", messages.LONGEST, memory_bytes, *paths)
