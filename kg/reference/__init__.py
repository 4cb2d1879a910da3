"""What the program knows before it has read anything: places, their bodies, terms, and where the ontology lies."""

from kg.reference.bodies import Body, bodies_of, find_body, party_parts, rule_of_kind
from kg.reference.body_quads import period_quads, relation_quad
from kg.reference.files import alignment_files, code_files, ontology_files, reference_files, shape_files
from kg.reference.quads import Profile, reference_quads
from kg.reference.terms import TermByRule, term_quads, terms_of
from kg.reference.units import Unit, split_unit

__all__ = [
    "Body",
    "Profile",
    "TermByRule",
    "Unit",
    "alignment_files",
    "bodies_of",
    "code_files",
    "find_body",
    "ontology_files",
    "party_parts",
    "period_quads",
    "reference_files",
    "reference_quads",
    "relation_quad",
    "rule_of_kind",
    "shape_files",
    "split_unit",
    "term_quads",
    "terms_of",
]
