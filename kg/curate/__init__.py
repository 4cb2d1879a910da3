"""What people decide about the graph: nodes merged and split again, conflicts between sources settled."""

from kg.curate.journal import Recorded, recorded, recorded_after
from kg.curate.listing import Listed, entries, touching
from kg.curate.merging import CurationRefused, merge, shared_posts
from kg.curate.reverting import Depended, Obstacle, revert, said
from kg.curate.settling import keep_both, prefer, reopen
from kg.curate.splitting import merged_pair, split

__all__ = [
    "CurationRefused",
    "Depended",
    "Listed",
    "Obstacle",
    "Recorded",
    "entries",
    "keep_both",
    "merge",
    "merged_pair",
    "prefer",
    "recorded",
    "recorded_after",
    "reopen",
    "revert",
    "said",
    "shared_posts",
    "split",
    "touching",
]
