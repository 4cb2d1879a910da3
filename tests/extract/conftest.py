"""The reader on whole texts of the shared corpus and on sentences."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.extract import extract
from kg.model.documents import Document
from kg.model.extraction import Extraction


@pytest.fixture(scope="session")
def article(shared: Path) -> Callable[[str], Document]:
    """An article of the corpus with the context that its annotation gives."""

    def read(name: str) -> Document:
        known = json.loads((shared / "corpus" / "gold" / f"{name}.json").read_text(encoding="utf-8"))["doc"]
        text = (shared / "corpus" / "articles" / f"{name}.txt").read_bytes().decode("utf-8")
        return Document(name, text, published=known.get("pub_date"), place=known.get("place"))

    return read


@pytest.fixture(scope="session")
def said() -> Callable[..., Extraction]:
    """What is read from a few words."""

    def read(text: str, place: str | None = "Bắc Kạn", published: str | None = "2022-04-06") -> Extraction:
        return extract(Document("x", text, published=published, place=place))

    return read
