"""Names that honour somebody and say nothing of an office: temples, streets, prizes, campaigns."""

from typing import Final

from kg.extract.lexicon import phrases
from kg.extract.tables import ranks
from kg.extract.view import View

_REACH: Final = 4


def is_memorial(view: View, i: int) -> bool:
    """Whether a name that begins at a token is part of such a name, a rank between forgiven."""
    at = i
    for k in range(max(0, i - 3), i):
        found = ranks().longest(view, k)
        if found is not None and found[0] == i:
            at = k
            break
    if at == i and is_commemorated(view, i):
        return not view.hard[i]
    tree = phrases("memorials.txt")
    wrapped = view.hard[at] and not is_commemorated(view, i)
    for k in range(max(0, at - _REACH), at):
        found_before = tree.longest(view, k) if view.keys[k] in tree.branches else None
        if found_before is not None and found_before[0] == at and not wrapped and not _is_other(view, k):
            return True
    return False


def is_commemorated(view: View, i: int) -> bool:
    """Whether a name that begins at a token is that of somebody of whom the press speaks in memory."""
    return phrases("commemorated.txt").longest(view, i) is not None


def _is_other(view: View, k: int) -> bool:
    """Whether a word only ends another one ("Thành phố", "Nội vụ", "Môi trường")."""
    found = phrases("memorial_traps.txt").longest(view, k - 1) if k > 0 else None
    return found is not None and found[0] > k
