"""Changes as RDF Patch (https://afs.github.io/rdf-patch/), the same bytes for the same change."""

import gzip
import hashlib
import io
from collections.abc import Iterable

from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from kg.errors import SyntaxFault


def write_patch(add: Iterable[Quad], remove: Iterable[Quad]) -> bytes:
    """The text of the change (`as_patch`), gzipped."""
    out = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0, compresslevel=6) as file:
        file.write(as_patch(add, remove).encode("utf-8"))
    return out.getvalue()


def as_patch(add: Iterable[Quad], remove: Iterable[Quad]) -> str:
    """One transaction: deletions, then additions, each in the order of their text."""
    lines = ["TX .", *sorted(_row("D", quad) for quad in remove), *sorted(_row("A", quad) for quad in add), "TC .", ""]
    return "\n".join(lines)


def read_patch(data: bytes) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """(added, removed) of what `write_patch` wrote. Raises SyntaxFault for anything else."""
    try:
        lines = gzip.decompress(data).decode("utf-8").split("\n")
    except (gzip.BadGzipFile, EOFError, UnicodeDecodeError) as error:
        raise SyntaxFault("RDF Patch", f"It is not gzipped UTF-8 text ({error}).") from error
    if lines[0] != "TX ." or lines[-2:] != ["TC .", ""]:
        raise SyntaxFault("RDF Patch", "It is not one whole transaction, from TX to TC.")
    rows: dict[str, list[str]] = {"A": [], "D": []}
    for number, line in enumerate(lines[1:-2], start=2):
        code, _, rest = line.partition(" ")
        if code in rows:
            rows[code].append(rest)
        else:
            raise SyntaxFault("RDF Patch", f"'{code}' is no row of a patch of ours.", number, 1)
    return _quads(rows["A"]), _quads(rows["D"])


def digest_of(data: bytes) -> str:
    """SHA-256 (hex), the name of a patch."""
    return hashlib.sha256(data).hexdigest()


def _row(code: str, quad: Quad) -> str:
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else f"{quad.graph_name} "
    return f"{code} {quad.subject} {quad.predicate} {quad.object} {graph}."


def _quads(rows: list[str]) -> frozenset[Quad]:
    try:
        return frozenset(parse("\n".join(rows), format=RdfFormat.N_QUADS))
    except SyntaxError as error:
        raise SyntaxFault("RDF Patch", error.msg, error.lineno, error.offset) from error
