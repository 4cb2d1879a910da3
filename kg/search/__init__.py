"""Finding entities by words, with or without diacritics."""

from kg.search.entities import KINDS
from kg.search.index import Hit, Index

__all__ = ["KINDS", "Hit", "Index"]
