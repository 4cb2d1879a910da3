"""The word lists of kg/extract/data as look-up trees over token keys, built once a process."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Generic, TypeVar

from kg.extract.view import UPPER, View, look

Entry = TypeVar("Entry")


@dataclass(slots=True)
class Trie(Generic[Entry]):
    """Phrases as paths of token keys; the longest match wins."""

    branches: dict[str, "Trie[Entry]"] = field(default_factory=dict)
    entry: Entry | None = None

    def add(self, phrase: str, entry: Entry) -> None:
        """Files an entry under a phrase, cut the way texts are cut; the first filing of a phrase stays."""
        node = self
        for key in look(" ".join(w.upper() if "." in w or "&" in w else w for w in phrase.split(" "))).keys:
            node = node.branches.setdefault(key, Trie())
        if node.entry is None:
            node.entry = entry

    def longest(self, view: View, first: int) -> tuple[int, Entry] | None:
        """The end (token index) and entry of the longest phrase that begins at a token, over wrapped lines too."""
        keys = view.keys
        size = len(keys)
        branch = self.branches.get(keys[first]) if first < size else None
        if branch is None:
            return None
        hard, at = view.hard, first + 1
        found: tuple[int, Entry] | None = None
        while branch is not None:
            if branch.entry is not None:
                found = (at, branch.entry)
            if at >= size or (hard[at] and not _joins(view, at)):
                break
            following = branch.branches.get(keys[at])
            if following is None and (behind := past_short_form(view, at)) > at:  # "Mặt trận Tổ quốc (MTTQ) Việt Nam"
                at = behind
                following = branch.branches.get(keys[at]) if at < size else None
            branch = following
            at += 1
        return found


def past_short_form(view: View, at: int) -> int:
    """The token behind letters in a parenthesis at a token, the short form of the words before: "(MTTQ)", "(BVSKBMTE &
    KHHGĐ)"; the token itself where none stand there."""
    if view.keys[at : at + 1] != ["("] or view.shapes[at + 1 : at + 2] != [UPPER]:
        return at
    end = at + 1
    while end < len(view) and end - at <= _SHORT and (view.shapes[end] == UPPER or view.keys[end] in _JOINING):
        end += 1
    closed = view.keys[end : end + 1] == [")"] and not any(view.hard[at : end + 1])
    return end + 1 if closed else at


_SHORT = 6  # tokens
_JOINING = frozenset(("&", "-", "và"))


def _joins(view: View, at: int) -> bool:
    """Whether a single line end inside capitals may still be inside a phrase (table cells, letterheads)."""
    gap = view.folded[view.ends[at - 1] : view.starts[at]]
    return gap.count("\n") == 1 and view.shapes[at - 1] == view.shapes[at] == 2


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a tab-separated list, comments left out."""
    for line in (files("kg.extract") / "data" / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def trie(entries: Iterable[tuple[str, Entry]]) -> Trie[Entry]:
    """A tree of (surfaces with | between, entry) pairs."""
    out: Trie[Entry] = Trie()
    for surfaces, entry in entries:
        for surface in surfaces.split("|"):
            out.add(surface, entry)
    return out


@cache
def phrases(name: str) -> Trie[list[str]]:
    """A list whose first column holds the surfaces; the entry is the whole row."""
    return trie((row[0], row) for row in rows(name))


@cache
def surnames() -> frozenset[str]:
    """Keys of family names."""
    return frozenset(key for row in rows("surnames.txt") for key in look(row[0]).keys)
