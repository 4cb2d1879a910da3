"""Review: proposals wait in a small database beside the graph until somebody else accepts or rejects them."""

from kg.review.accepting import Choice, Outcome, accept, accept_batch, reject
from kg.review.doubt import Doubt, Reason, doubt_of
from kg.review.facts import LEVELS, Fact, Quoted, facts_of, lines
from kg.review.fitting import Dispute, Fit, Since, Stale, changes_since, fit
from kg.review.proposal import Decision, Kind, NothingProposed, Proposal, ReviewRefused, State
from kg.review.proposing import revise, save, withdraw
from kg.review.queue import Filter, Queue
from kg.review.settling import settle, settled_page

__all__ = [
    "LEVELS",
    "Choice",
    "Decision",
    "Dispute",
    "Doubt",
    "Fact",
    "Filter",
    "Fit",
    "Kind",
    "NothingProposed",
    "Outcome",
    "Proposal",
    "Queue",
    "Quoted",
    "Reason",
    "ReviewRefused",
    "Since",
    "Stale",
    "State",
    "accept",
    "accept_batch",
    "changes_since",
    "doubt_of",
    "facts_of",
    "fit",
    "lines",
    "reject",
    "revise",
    "save",
    "settle",
    "settled_page",
    "withdraw",
]
