"""What people decide about the graph: two nodes for one person are merged, a merge is split again."""

from kg.curate.journal import Recorded, recorded, recorded_after
from kg.curate.merging import CurationRefused, merge, shared_posts
from kg.curate.splitting import merged_pair, split

__all__ = [
    "CurationRefused",
    "Recorded",
    "merge",
    "merged_pair",
    "recorded",
    "recorded_after",
    "shared_posts",
    "split",
]
