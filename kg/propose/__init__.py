"""Mentions → ChangeSet: linking to known entities, minting new ones, evidence for each fact."""

from kg.propose.assemble import known_source, propose
from kg.propose.rows import known_rows, propose_rows
from kg.propose.tenures import post_label

__all__ = ["known_rows", "known_source", "post_label", "propose", "propose_rows"]
