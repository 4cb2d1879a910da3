"""Document → Extraction, by rules whose word lists are data (see README.md here). Deterministic, no network."""

from kg.extract.reading import extract

__all__ = ["extract"]
