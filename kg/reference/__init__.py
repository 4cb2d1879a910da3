"""What the program knows before it has read anything: places, their bodies, terms, and where the ontology lies."""

from kg.reference.bodies import (
    RULES_FILE,
    Body,
    BodyRule,
    bodies_of,
    find_body,
    is_made_ahead,
    party_parts,
    rule_of_kind,
    rule_of_name,
)
from kg.reference.body_quads import period_quads, relation_quad
from kg.reference.files import alignment_files, code_files, ontology_files, reference_files, shape_files
from kg.reference.quads import Profile, reference_quads
from kg.reference.relations import OrganRelation, relation_quads, relations_of
from kg.reference.terms import TermByRule, term_quads, terms_of
from kg.reference.units import LEVEL_OF_UNIT, Unit, is_merged, split_unit

__all__ = [
    "LEVEL_OF_UNIT",
    "RULES_FILE",
    "Body",
    "BodyRule",
    "OrganRelation",
    "Profile",
    "TermByRule",
    "Unit",
    "alignment_files",
    "bodies_of",
    "code_files",
    "find_body",
    "is_made_ahead",
    "is_merged",
    "ontology_files",
    "party_parts",
    "period_quads",
    "reference_files",
    "reference_quads",
    "relation_quad",
    "relation_quads",
    "relations_of",
    "rule_of_kind",
    "rule_of_name",
    "shape_files",
    "split_unit",
    "term_quads",
    "terms_of",
]
