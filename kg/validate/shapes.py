"""The shapes of the graph, with what each of them reads."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.errors import SyntaxFault
from kg.resources import tree
from kg.validate.targets import Targets

if TYPE_CHECKING:
    from rdflib.term import Node

    from kg.validate.dependencies import Dependencies
    from kg.validate.engine import Engine
    from kg.validate.lookups import Lookups
    from kg.validate.paths import Term
    from kg.validate.report import Finding


@dataclass(frozen=True, slots=True)
class TargetedShape:
    """A shape that has targets, and what its verdict on a focus node depends on."""

    node: "Node"
    name: str
    targets: Targets
    needs: "Dependencies"


@dataclass(frozen=True, slots=True)
class Shapes:
    """All shapes, built once: about a tenth of a second, and kept for the life of the process."""

    engine: "Engine"
    targeted: tuple[TargetedShape, ...]
    spares_pyshacl: bool = True

    @classmethod
    def load(cls) -> "Shapes":
        """The shapes of the ontology: every `shapes.ttl` under it."""
        files = sorted(tree("ontology").rglob("shapes.ttl"))
        return cls.parse(b"\n".join(file.read_bytes() for file in files))

    @classmethod
    def parse(cls, turtle: bytes) -> "Shapes":
        """The shapes of a Turtle document. Raises SyntaxFault for broken Turtle and for malformed shapes."""
        from pyshacl.errors import ShapeLoadError  # slow to import, rdflib too; readers do without

        from kg.validate.engine import Engine

        try:
            engine = Engine(turtle)
        except SyntaxError as error:
            raise SyntaxFault("Turtle of the shapes", error.msg, error.lineno, error.offset) from error
        except ShapeLoadError as error:
            raise SyntaxFault("shapes graph", str(error)) from error
        return cls(engine, tuple(_targeted(engine)))

    def findings(self, shape: TargetedShape, look: "Lookups", focus: set["Term"]) -> "Iterator[tuple[Term, Finding]]":
        """What the shape says of the focus nodes, each with what it finds. pySHACL is asked where that is not sure."""
        doubtful = focus - self.engine.conformance.sure(shape.node, look, focus) if self.spares_pyshacl else focus
        if doubtful:
            yield from self.engine.findings(shape.node, look.store, doubtful)

    def by_pyshacl_alone(self) -> "Shapes":
        """The same shapes, with pySHACL asked of every focus node: the same findings, to compare with."""
        return replace(self, spares_pyshacl=False)

    @property
    def unbounded(self) -> tuple[tuple[str, str], ...]:
        """(shape, why) for each shape that every change validates on all its targets."""
        return tuple((s.name, s.needs.unbounded) for s in self.targeted if s.needs.unbounded)


def _targeted(engine: "Engine") -> Iterator[TargetedShape]:
    from kg.validate.dependencies import dependencies

    for node, targets in engine.targeted():
        yield TargetedShape(node, engine.name(node), targets, dependencies(engine.graph, node, engine.custom))
