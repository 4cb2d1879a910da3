"""Changes and graphs judged by the shapes of the ontology, with findings in Vietnamese and English.

The README of this folder says what a finding tells, and how repairs come to it.
"""

from kg.validate.check import ValidatedChangeSet, validate, validate_graph
from kg.validate.details import Repair, Sentence
from kg.validate.repairing import RepairBounds, with_repairs_of_change
from kg.validate.report import Finding, Report, finding_from_wire, finding_to_wire
from kg.validate.shapes import Shapes
from kg.validate.stored import as_stored
from kg.validate.trying import changed, with_repairs_of_data

__all__ = [
    "Finding",
    "Repair",
    "RepairBounds",
    "Report",
    "Sentence",
    "Shapes",
    "ValidatedChangeSet",
    "as_stored",
    "changed",
    "finding_from_wire",
    "finding_to_wire",
    "validate",
    "validate_graph",
    "with_repairs_of_change",
    "with_repairs_of_data",
]
