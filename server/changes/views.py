"""What the page of an undoing shows."""

from dataclasses import dataclass
from typing import Any

from kg.history import Part
from server.contexts import Change, Form, Link, ProblemPage


@dataclass(frozen=True, slots=True)
class RevertPage:
    """The undoing of a change: the `parts` it would change, or the later changes in its way with what each of them did.

    `total` is how many parts there are, `report` the findings of the shapes, `proposal` as in a merge.
    """

    change: Change
    parts: tuple[Part, ...]
    total: int
    report: tuple[dict[str, Any], ...]
    depends: tuple[tuple[Link, tuple[Part, ...]], ...]
    proposes: bool
    form: Form
    problem: ProblemPage | None = None
    proposal: str = ""

    @property
    def slug(self) -> str:
        """The last part of the change's IRI."""
        return self.change.iri.rpartition("/")[2]
