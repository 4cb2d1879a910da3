"""The reference graph as a file to hand on: made from the tables, validated in full, named by its digest.

`python -m kg.store.artefact FOLDER` makes it for both profiles; `make reference` calls that.
"""

import gzip
import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal as Choice

from pyoxigraph import Quad, RdfFormat, Store, parse, serialize

import kg
from kg.errors import UnreadableInput
from kg.reference import code_files, reference_files, reference_quads
from kg.validate import Report, Shapes, validate_graph

Progress = Callable[[str, int, int], None]
_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Artefact:
    """What the manifest says: `digest` is the SHA-256 of the lines, `tables` holds those of the sources."""

    file: str
    profile: str
    digest: str
    facts: int
    size_bytes: int
    build_seconds: float
    software: str
    tables: dict[str, str]


def build(
    folder: Path, profile: Choice["full", "minimal"], progress: Progress | None = None
) -> tuple[Artefact | None, Report]:
    """Writes `reference-<profile>-<digest>.nq.gz` and its manifest, where the graph with the codes conforms.

    Gives the report in any case, and no artefact where it has violations. The same tables give the same file.
    """
    began = time.monotonic()
    facts = set(reference_quads(profile))
    store = Store()
    store.bulk_extend(facts)
    for file in code_files():
        store.bulk_load(path=str(file), format=RdfFormat.TURTLE)
    report = validate_graph(store, Shapes.load(), progress)
    if not report.conforms:
        return None, report
    lines = _lines(facts)
    digest = hashlib.sha256(lines).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"reference-{profile}-{digest[:_LETTERS]}.nq.gz"
    path.write_bytes(gzip.compress(lines, mtime=0))
    made = Artefact(
        file=path.name,
        profile=profile,
        digest=digest,
        facts=len(facts),
        size_bytes=path.stat().st_size,
        build_seconds=round(time.monotonic() - began, 1),
        software=kg.__version__,
        tables={file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in reference_files()},
    )
    _manifest(path).write_text(json.dumps(asdict(made), indent=1) + "\n", encoding="utf-8")
    return made, report


def read(path: Path) -> list[Quad]:
    """The facts of an artefact; raises UnreadableInput where it is not what its manifest says."""
    try:
        lines = gzip.decompress(path.read_bytes())
        digest = json.loads(_manifest(path).read_text(encoding="utf-8"))["digest"]
    except (OSError, EOFError, ValueError, KeyError) as error:
        raise UnreadableInput(f"The artefact {path} or its manifest cannot be read ({error}).") from error
    if hashlib.sha256(lines).hexdigest() != digest:
        raise UnreadableInput(f"The artefact {path} is damaged: its digest is not that of its manifest.")
    return list(parse(lines, format=RdfFormat.N_QUADS))


def _lines(quads: Iterable[Quad]) -> bytes:
    text = serialize(quads, format=RdfFormat.N_QUADS)
    assert text is not None
    return b"\n".join(sorted(text.splitlines())) + b"\n"


def _manifest(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(".nq.gz") + ".json")


def main() -> int:
    """Makes the artefacts of both profiles and says what came of it; 1 where one does not conform."""
    folder = Path(sys.argv[1])
    for profile in ("minimal", "full"):
        made, report = build(folder, profile)
        if made is None:
            print(report.to_text(), file=sys.stderr)
            return 1
        words = f"{made.facts:,} facts, {made.size_bytes / 1e6:.1f} MB, built and validated in {made.build_seconds} s"
        print(f"{folder / made.file}: {words}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
