"""What the program knows before it has read anything: places, terms and central bodies, and where the ontology lies."""

from kg.reference.files import code_files, ontology_files, reference_files, shape_files
from kg.reference.quads import Profile, reference_quads

__all__ = ["Profile", "code_files", "ontology_files", "reference_files", "reference_quads", "shape_files"]
