"""Review: proposals wait in a small database beside the graph until somebody else accepts or rejects them."""

from kg.review.accepting import Foreseen, Outcome, accept, accept_batch, foresee_batch, reject
from kg.review.doubt import Doubt, Reason, doubt_of
from kg.review.facts import LEVELS, Fact, Quoted, facts_of, lines
from kg.review.fitting import Dispute, Fit, Since, Stale, changes_since, fit
from kg.review.gathering import Gathered
from kg.review.mentions import Mark, marks_of, stands
from kg.review.parting import Choice
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
    "Foreseen",
    "Gathered",
    "Kind",
    "Mark",
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
    "foresee_batch",
    "lines",
    "marks_of",
    "reject",
    "revise",
    "save",
    "settle",
    "settled_page",
    "stands",
    "withdraw",
]
