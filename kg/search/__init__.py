"""Finding entities by words, with or without diacritics."""

from kg.search.closeness import Closeness, closeness
from kg.search.entities import KINDS, Entity
from kg.search.index import Hit, Index

__all__ = ["KINDS", "Closeness", "Entity", "Hit", "Index", "closeness"]
