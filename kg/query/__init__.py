"""Asking: the query library, and queries in isolated worker processes with limits."""

from kg.query.answer import Answer
from kg.query.formats import BINDINGS_FORMATS, GRAPH_FORMATS, Formats, WrongKind
from kg.query.library import Library, LibraryQuery
from kg.query.params import Param
from kg.query.pool import QueryPool, refuse_outreach
from kg.query.rearrange import rearranged
from kg.query.workforce import Limits

__all__ = [
    "BINDINGS_FORMATS",
    "GRAPH_FORMATS",
    "Answer",
    "Formats",
    "Library",
    "LibraryQuery",
    "Limits",
    "Param",
    "QueryPool",
    "WrongKind",
    "rearranged",
    "refuse_outreach",
]
