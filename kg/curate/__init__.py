"""What people decide about the graph: nodes merged and split again, conflicts between sources settled."""

from kg.curate.merging import CurationRefused, merge, shared_posts
from kg.curate.settling import keep_both, prefer, reopen
from kg.curate.splitting import merged_pair, split

__all__ = [
    "CurationRefused",
    "keep_both",
    "merge",
    "merged_pair",
    "prefer",
    "reopen",
    "shared_posts",
    "split",
]
