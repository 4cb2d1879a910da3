"""Mentions → ChangeSet: linking to known entities, minting new ones, evidence for each fact."""

from kg.propose.assemble import known_source, propose
from kg.propose.draft import Draft, short_hash
from kg.propose.evidence import supporting
from kg.propose.kinds import Kinds
from kg.propose.minting import directive_slug, occasion_slug, organ_slug, person_slug, post_slug, tenure_slug
from kg.propose.rows import known_rows, propose_rows
from kg.propose.tenures import post_label

__all__ = [
    "Draft",
    "Kinds",
    "directive_slug",
    "known_rows",
    "known_source",
    "occasion_slug",
    "organ_slug",
    "person_slug",
    "post_label",
    "post_slug",
    "propose",
    "propose_rows",
    "short_hash",
    "supporting",
    "tenure_slug",
]
