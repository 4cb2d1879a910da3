"""The ontology as a page for people, made by pyLODE out of the ontology graph."""

from server.documentation.made import Documentation, Part, documented

__all__ = ["Documentation", "Part", "documented"]
