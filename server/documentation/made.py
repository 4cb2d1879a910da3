"""Having the page made: pyLODE runs in a process of its own, once for each ontology and language.

It is kept out of the service because it sets up logging for everybody when it is imported, leaves event loops and files
open, and ends its process on what it cannot read.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_LONGEST_SECONDS: Final = 120.0
_ENTRANCE: Final = "server.documentation.child"


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page: its anchor, and (anchor, name) of each term in it."""

    anchor: str
    terms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Documentation:
    """What pyLODE made: its sections in order, the HTML below the page's heading, and the version that made it."""

    parts: tuple[Part, ...]
    body: str
    tool: str


@lru_cache(maxsize=4)
def documented(ontology: bytes, language: str) -> Documentation:
    """The documentation of an ontology in N-Triples, remembered as long as the process lives.

    Raises RuntimeError, with what the process said, when it could not be made, and TimeoutExpired when it takes long.
    """
    paths = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
    done = subprocess.run(
        [
            sys.executable,
            "-P",
            "-W",
            "ignore",
            "-m",
            _ENTRANCE,
            language,
        ],  # pyLODE's and dominate's, not for us to mend
        input=ontology,
        capture_output=True,
        timeout=_LONGEST_SECONDS,
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace")
        raise RuntimeError(f"documenting the ontology ended with status {done.returncode}: {said}")
    return _read(json.loads(done.stdout))


def _read(said: dict[str, Any]) -> Documentation:
    parts = tuple(
        Part(part["anchor"], tuple((anchor, name) for anchor, name in part["terms"])) for part in said["parts"]
    )
    return Documentation(parts, said["body"], said["tool"])
