"""What was changed, when, by whom and why: the journal in the graph, and patches beside it."""

from kg.history.files import load_patch, patch_path
from kg.history.journal import HEAD, Entry, head
from kg.history.patch import digest_of, read_patch, write_patch
from kg.history.patch_text import read_patch_text
from kg.history.walking import Step, last_change, steps_back

__all__ = [
    "HEAD",
    "Entry",
    "Step",
    "digest_of",
    "head",
    "last_change",
    "load_patch",
    "patch_path",
    "read_patch",
    "read_patch_text",
    "steps_back",
    "write_patch",
]
