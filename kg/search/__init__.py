"""Finding entities by words, with or without diacritics."""

from kg.search.closeness import Closeness, closeness
from kg.search.entities import Entity
from kg.search.facts import KINDS
from kg.search.following import Follower
from kg.search.index import Hit, Index

__all__ = ["KINDS", "Closeness", "Entity", "Follower", "Hit", "Index", "closeness"]
