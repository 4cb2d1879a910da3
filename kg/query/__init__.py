"""Asking: the query library, and queries in isolated worker processes with limits."""

from kg.query.answer import Answer
from kg.query.formats import BINDINGS_FORMATS, GRAPH_FORMATS, Formats, WrongKind
from kg.query.lease import RUNNING, STREAMING, WAITING, Asker, Limits, Underway
from kg.query.library import Library, LibraryQuery
from kg.query.outreach import refuse_outreach
from kg.query.params import Param
from kg.query.pool import QueryPool
from kg.query.rearrange import rearranged

__all__ = [
    "BINDINGS_FORMATS",
    "GRAPH_FORMATS",
    "RUNNING",
    "STREAMING",
    "WAITING",
    "Answer",
    "Asker",
    "Formats",
    "Library",
    "LibraryQuery",
    "Limits",
    "Param",
    "QueryPool",
    "Underway",
    "WrongKind",
    "rearranged",
    "refuse_outreach",
]
