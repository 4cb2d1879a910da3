"""Mentions → ChangeSet: linking to known entities, minting new ones, evidence for each fact."""

from kg.propose.assemble import known_source, propose

__all__ = ["known_source", "propose"]
