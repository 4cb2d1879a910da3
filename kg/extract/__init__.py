"""Document → Extraction, by rules whose word lists are data (see README.md here). Deterministic, no network."""

from kg.extract.reading import extract
from kg.extract.table import Held, Table, read_held, table_of

__all__ = ["Held", "Table", "extract", "read_held", "table_of"]
