"""What people decide about the graph: nodes merged and split again, conflicts between sources settled."""

from kg.curate.foresight import CurationRefused, Effect, Foreseen, Obstacle
from kg.curate.merging import foresee, merge
from kg.curate.rules import kinds
from kg.curate.settling import keep_both, prefer, reopen
from kg.curate.splitting import merged_pair, split

__all__ = [
    "CurationRefused",
    "Effect",
    "Foreseen",
    "Obstacle",
    "foresee",
    "keep_both",
    "kinds",
    "merge",
    "merged_pair",
    "prefer",
    "reopen",
    "split",
]
