"""Files, streams and corpora → documents; RDF in any syntax → quads. The words of a text are never altered."""

from kg.read.decoding import decode
from kg.read.documents import INPUT_FORMATS, BadDocument, read_documents
from kg.read.rdf import load_rdf

__all__ = ["INPUT_FORMATS", "BadDocument", "decode", "load_rdf", "read_documents"]
