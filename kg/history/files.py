"""Patches on disk, each under the digest of its bytes."""

from pathlib import Path

from pyoxigraph import Quad

from kg.errors import NotFound
from kg.history.patch import digest_of, read_patch


def patch_path(journal: Path, digest: str) -> Path:
    """Where a patch lies: `<journal>/<aa>/<digest>.rdfp.gz`."""
    return journal / digest[:2] / f"{digest}.rdfp.gz"


def load_patch(journal: Path, digest: str) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """(added, removed) of the change with this patch.

    Raises NotFound where it is missing or its bytes are no longer those that the digest names.
    """
    path = patch_path(journal, digest)
    if not path.is_file():
        raise NotFound(f"There is no patch {digest} in {journal}.")
    data = path.read_bytes()
    if digest_of(data) != digest:
        raise NotFound(f"The patch {digest} in {journal} was altered; take it from a backup.")
    return read_patch(data)
