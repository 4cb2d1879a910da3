"""Reports and papers of our own, with the extraction expected of them; README.md here says what is invented."""

import json
from pathlib import Path
from typing import Any

from kg.errors import NotFound, UnreadableInput
from kg.model.documents import Document
from kg.read import BadDocument, read_documents
from kg.resources import tree

__all__ = ["expected", "sample_documents", "sample_names"]


def sample_names() -> list[str]:
    """The names of the samples in reading order ("01-…", "02-…")."""
    return [path.stem for path in sorted(_reports().glob("*.txt"))]


def sample_documents() -> list[Document]:
    """All samples in reading order; a document's id is its sample's name. Raises UnreadableInput."""
    documents = []
    for read in read_documents([_reports()]):
        if isinstance(read, BadDocument):
            raise UnreadableInput(f"The sample {read.name} is broken: {read.reason}")
        documents.append(read)
    return documents


def expected(name: str) -> dict[str, Any]:
    """The extraction expected of a sample, in the annotation format of `kg extract`'s scorer; raises NotFound."""
    path = tree("samples") / "expected" / f"{name}.json"
    if not path.is_file():
        raise NotFound(f"There is no sample '{name}'; the samples are: {', '.join(sample_names())}.")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _reports() -> Path:
    return tree("samples") / "reports"
