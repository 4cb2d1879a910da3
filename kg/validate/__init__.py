"""Changes and graphs judged by the shapes of the ontology, with findings in Vietnamese and English."""

from kg.validate.check import ValidatedChangeSet, validate, validate_graph
from kg.validate.report import Finding, Report, finding_from_wire, finding_to_wire
from kg.validate.shapes import Shapes
from kg.validate.stored import as_stored

__all__ = [
    "Finding",
    "Report",
    "Shapes",
    "ValidatedChangeSet",
    "as_stored",
    "finding_from_wire",
    "finding_to_wire",
    "validate",
    "validate_graph",
]
