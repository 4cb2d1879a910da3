"""What a merge would do, before anybody does it: what moves, what meets, what stands in the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from kg.errors import BomayError
from kg.model.changes import ChangeSet
from kg.model.graph import Term
from kg.namespaces import curie

_CORRECT: Final = "correct one of them first."
_SENTENCES: Final = {
    "apart": "{kept} and {gone} are told apart; if that is wrong, delete '{one} {property} {other}' by a SPARQL "
    "Update, then merge them.",
    "bounds": "{kept} and {gone} cannot be one: the {property} of the first is {ones}, that of the second {others}; "
    + _CORRECT,
    "values": "{kept} has {property} {ones} and {gone} has {others}; " + _CORRECT,
    "text": "{kept} and {gone} are two texts ({property} differs), and the evidence of each counts places in its own; "
    "keep both.",
    "days": "{kept} was on {ones} and {gone} on {others}; " + _CORRECT,
    "linked": "'{one} {property} {other}' says that {kept} and {gone} are two; " + "take that away first.",
    "derived": "{gone} is made by a rule of the reference data ({others}) and would be made again; keep that one, and "
    "let the other go.",
}


class CurationRefused(BomayError):
    """A decision that the graph as it stands does not allow; the sentence says what to do first."""

    exit_status = 1


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why two nodes cannot become one: the name of a rule, and what each of them says that meets it.

    `apart`, `linked`: a statement that they are two (`kept` its subject, `gone` its value); `bounds`: days that
    contradict; `values`: a property with one value has two; `text`: two texts of sources; `days`: meetings of two days;
    `derived`: a duplicate that the reference data would make again.
    """

    code: str
    property: NamedNode | None
    kept: tuple[Term, ...]
    gone: tuple[Term, ...]

    def sentence(self, kept: str, gone: str) -> str:
        """In English, with the names of the two; says what to do."""
        said = {"ones": listed(self.kept), "others": listed(self.gone)}
        ends = {"one": shown(self.kept[0]) if self.kept else "", "other": shown(self.gone[0]) if self.gone else ""}
        prop = curie(self.property) if self.property else ""
        return _SENTENCES[self.code].format(kept=kept, gone=gone, property=prop, **said, **ends)


@dataclass(frozen=True, slots=True)
class Effect:
    """What comes of a merge beyond facts that move.

    `name`: a name of the duplicate that becomes another name; `narrower`: of two spans of days what is common; `finer`:
    of two codes the one that says more; `disputed`: claims that differ, a conflict for the desk; `twice`: a statement
    that both had, now one; `settled`: a doubt whether they are one; `two`: nodes alike that stay two.
    """

    code: str
    property: NamedNode | None
    kept: tuple[Term, ...]
    gone: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A merge worked out: `change` makes it, unless there are `obstacles`; `moved` counts facts by property."""

    kept: NamedNode
    gone: NamedNode
    kind: NamedNode
    change: ChangeSet
    moved: Mapping[NamedNode, int]
    effects: tuple[Effect, ...]
    obstacles: tuple[Obstacle, ...]
    names: tuple[str, str]

    def sentences(self) -> tuple[str, ...]:
        """The obstacles in English, one sentence each."""
        kept, gone = (
            f"{name} ({curie(node)})" if name else curie(node)
            for name, node in zip(self.names, (self.kept, self.gone), strict=True)
        )
        return tuple(obstacle.sentence(kept, gone) for obstacle in self.obstacles)


def listed(terms: tuple[Term, ...]) -> str:
    """Terms as people read them, one after the other."""
    return ", ".join(map(shown, terms))


def shown(term: Term) -> str:
    """A node by its short name, a literal by its text."""
    return curie(term) if isinstance(term, NamedNode) else term.value
