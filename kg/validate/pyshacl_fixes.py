"""What pySHACL 0.40.1 needs before it is right on Oxigraph; importing this module puts it in force."""

from collections.abc import Generator, Mapping
from typing import Any, cast

import rdflib
from pyshacl.constraints.constraint_component import ConstraintComponent
from pyshacl.graph_abstraction import OxigraphDataGraph
from pyshacl.monkey import apply_patches
from rdflib import Literal
from rdflib.term import Node

from kg.errors import QueryRefused
from kg.model.sparql_bind import bind_terms
from kg.validate.messages import fill

apply_patches()  # type: ignore[no-untyped-call]  # pySHACL gives it no types

# Literals are compared as the store keeps them (W3C suite: 118 of 120; with rdflib's default 116).
rdflib.NORMALIZE_LITERALS = False


def _filled(_self: ConstraintComponent, message: str, bound: object) -> str:
    """pySHACL's own fills with `re.sub`, which fails on values with a backslash."""
    values: dict[str, Any] = {}
    if isinstance(bound, dict):
        values = dict(bound)
    elif isinstance(bound, tuple):
        values = dict(bound[3]) if len(bound) == 4 else {}
        values.update(zip(("this", "path", "value"), bound[:3], strict=True))
    return fill(message, {str(name): str(value) for name, value in values.items() if value is not None})


ConstraintComponent._format_sparql_based_result_message = _filled  # type: ignore[method-assign]  # see _filled


def _undescribed(*_given: object, **_more: object) -> str:
    """The text of a result for a terminal took half of the time of making it, and nobody reads it."""
    return ""


ConstraintComponent.make_v_result_description = _undescribed  # type: ignore[method-assign]  # see _undescribed


class DefaultGraphData(OxigraphDataGraph):
    """A store's default graph. pySHACL's own raises TypeError where a path or a closed shape goes on from a literal.

    pySHACL asks of each result whether the graph is empty (`datagraph or …`), and its own graph then counts everything
    that there is: seconds for each finding on a graph of half a million triples.
    """

    def __bool__(self) -> bool:
        return any(True for _ in self.impl.quads_for_pattern(None, None, None, None))

    def query_oxigraph(
        self,
        query_object: str,
        initNs: Mapping[str, Any] | None = None,  # noqa: N803  # as pySHACL has it
        initBindings: Mapping[str, Any] | None = None,  # noqa: N803
        **kwargs: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Values are written into the text (`kg.model.sparql_bind` says why), as far as they can be."""
        try:
            bound = bind_terms(query_object, {str(name): term for name, term in (initBindings or {}).items()})
            return super().query_oxigraph(bound, initNs, None, **kwargs)
        except (QueryRefused, SyntaxError):
            return super().query_oxigraph(query_object, initNs, initBindings, **kwargs)

    def objects(self, subject: Node, predicate: Node, unique: bool = False) -> Generator[Node, None, None]:  # type: ignore[override]  # as pySHACL has it
        if not isinstance(subject, Literal):
            yield from super().objects(cast(Any, subject), cast(Any, predicate), unique)

    def predicate_objects(self, subject: Node, unique: bool = False) -> Generator[tuple[Node, Node], None, None]:  # type: ignore[override]  # as pySHACL has it
        if not isinstance(subject, Literal):
            yield from super().predicate_objects(cast(Any, subject), unique)
