"""One piece of work in a process of its own, killed at its deadline: for work that cannot be interrupted otherwise."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from kg.apart import bound_memory, cut_network
from kg.errors import BomayError, LimitExceeded, SyntaxFault, UnreadableInput


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one piece of work may use, and what is said (one sentence each) when it wants more."""

    seconds: float
    memory_bytes: int
    too_long: str
    too_big: str


def run_apart(module: str, sent: bytes, bounds: Bounds) -> dict[str, Any]:
    """Runs `python -m MODULE BYTES` with `sent` on its standard input; what it writes is one JSON object.

    An object with a member `fault` (syntax, unreadable, memory) is raised as the error that it stands for. Raises
    SyntaxFault, UnreadableInput, LimitExceeded, and RuntimeError for a process that failed.
    """
    paths = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", module, str(bounds.memory_bytes)],
            input=sent,
            capture_output=True,
            timeout=bounds.seconds,
            env={**os.environ, "PYTHONPATH": paths, "MALLOC_ARENA_MAX": "2"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise LimitExceeded("time", bounds.too_long) from error
    said = done.stderr.decode(errors="replace")
    if done.returncode < 0 or "MemoryError" in said or "memory allocation" in said:
        raise LimitExceeded("memory", bounds.too_big)
    if done.returncode:
        raise RuntimeError(f"the process of {module} ended with status {done.returncode}: {said}")
    outcome: dict[str, Any] = json.loads(done.stdout)
    match outcome.get("fault"):
        case "syntax":
            raise SyntaxFault(outcome["language"], outcome["message"], outcome["line"], outcome["column"])
        case "unreadable":
            raise UnreadableInput(outcome["message"])
        case "memory":
            raise LimitExceeded("memory", bounds.too_big)
    return outcome


def work_apart(memory_bytes: int, work: Callable[[BinaryIO], dict[str, Any]]) -> None:
    """The other end of `run_apart`, in the process of its own: off the network, the work on what was sent, its outcome.

    SyntaxFault, any other BomayError and MemoryError become the faults that `run_apart` raises again.
    """
    cut_network()
    bound_memory(memory_bytes)
    try:
        outcome = work(sys.stdin.buffer)
    except SyntaxFault as fault:
        place = {"line": fault.line, "column": fault.column}
        outcome = {"fault": "syntax", "language": fault.language, "message": fault.message, **place}
    except BomayError as fault:
        outcome = {"fault": "unreadable", "message": str(fault)}
    except MemoryError:
        outcome = {"fault": "memory"}
    sys.stdout.write(json.dumps(outcome))
