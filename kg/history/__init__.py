"""What was changed, when, by whom and why: the journal in the graph, and patches beside it; and changes undone."""

from kg.history.diffing import Part, Turned, Value, difference, touched_nodes
from kg.history.files import load_patch, patch_path
from kg.history.journal import HEAD, RELEASE, Entry, head
from kg.history.patch import as_patch, digest_of, read_patch, write_patch
from kg.history.patch_text import read_patch_text
from kg.history.recorded import Listed, Recorded, between, entries, entry_of, recorded, recorded_after
from kg.history.reverting import Dependent, RevertRefused, revert, undo
from kg.history.touching import Touched
from kg.history.walking import Step, last_change, steps_back

__all__ = [
    "HEAD",
    "RELEASE",
    "Dependent",
    "Entry",
    "Listed",
    "Part",
    "Recorded",
    "RevertRefused",
    "Step",
    "Touched",
    "Turned",
    "Value",
    "as_patch",
    "between",
    "difference",
    "digest_of",
    "entries",
    "entry_of",
    "head",
    "last_change",
    "load_patch",
    "patch_path",
    "read_patch",
    "read_patch_text",
    "recorded",
    "recorded_after",
    "revert",
    "steps_back",
    "touched_nodes",
    "undo",
    "write_patch",
]
