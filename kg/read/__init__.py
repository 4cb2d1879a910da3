"""Files, streams, corpora and tables → documents; RDF in any syntax → quads. The words of a text are never altered."""

from kg.read.capitals import each_word, is_capitals
from kg.read.decoding import decode
from kg.read.documents import INPUT_FORMATS, BadDocument, read_bytes, read_documents
from kg.read.post_rows import PostRow, PostTable, Unread
from kg.read.rdf import load_rdf, rdf_format
from kg.read.tables import read_table

__all__ = [
    "INPUT_FORMATS",
    "BadDocument",
    "PostRow",
    "PostTable",
    "Unread",
    "decode",
    "each_word",
    "is_capitals",
    "load_rdf",
    "rdf_format",
    "read_bytes",
    "read_documents",
    "read_table",
]
