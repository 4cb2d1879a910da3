"""The shapes of the graph, with what each of them reads."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

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
    from kg.validate.rules import Rule, Solution


@dataclass(frozen=True, slots=True)
class TargetedShape:
    """A shape that has targets, what its verdict on a focus node depends on, and the rule that it comes to, if any."""

    node: "Node"
    name: str
    targets: Targets
    needs: "Dependencies"
    rule: "Rule | None"


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
        """What the shape says of the focus nodes, each with what it finds.

        pySHACL is asked where its answer is neither sure to be nothing nor to be had for many nodes at once.
        """
        solutions = self.solutions(shape, look, focus)
        if solutions is not None:
            yield from self.findings_of(shape, look, solutions)
            return
        doubtful = focus - self.engine.conformance.sure(shape.node, look, focus) if self.spares_pyshacl else focus
        if doubtful:
            yield from self.engine.findings(shape.node, look.store, doubtful)

    def solutions(
        self,
        shape: TargetedShape,
        look: "Lookups",
        focus: set["Term"],
        pairs: Collection[tuple[NamedNode, NamedNode]] = (),
    ) -> "set[Solution] | None":
        """What a shape that comes to a rule finds on the focus nodes and, where it `takes_values`, on each first node
        of the pairs with the second as the value; None where it cannot be asked so.
        """
        named = [node for node in focus if isinstance(node, NamedNode)]
        if shape.rule is None or not self.spares_pyshacl or len(named) < len(focus):
            return None
        return shape.rule.solutions(look.store, named, pairs)

    def findings_of(
        self, shape: TargetedShape, look: "Lookups", solutions: "set[Solution]"
    ) -> "Iterator[tuple[Term, Finding]]":
        """What the shape says by its `solutions`."""
        if shape.rule is not None and solutions:
            yield from self.engine.findings_of(shape.node, shape.rule, look.store, solutions)

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
        needs = dependencies(engine.graph, node, engine.custom)
        yield TargetedShape(node, engine.name(node), targets, needs, engine.conformance.rule(node))
