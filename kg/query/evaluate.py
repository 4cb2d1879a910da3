"""A query on a store, with our prefixes, terms for its parameters, and errors that a person understands."""

from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Store

from kg.errors import QueryRefused
from kg.model.graph import Term
from kg.model.sparql_bind import bind_terms
from kg.namespaces import PREFIXES
from kg.query.faults import syntax_fault
from kg.query.formats import Results
from kg.query.rearrange import rearranged


def evaluate(
    store: Store,
    text: str,
    bindings: Mapping[str, Term],
    default_graphs: Iterable[str] | None = None,
    named_graphs: Iterable[str] | None = None,
    base: str | None = None,
    *,
    rearrange: bool = True,
) -> Results:
    """The results, most of them not computed before they are asked for.

    Either list of graph IRIs makes the dataset what the two of them name, nothing else, whatever FROM says (SPARQL 1.1
    Protocol, 2.1.4). Relative IRIs are resolved against `base`. Unless told not to, OPTIONAL goes behind what it need
    not stand before. Raises SyntaxFault with the place in `text` itself, and QueryRefused.
    """
    default: list[NamedNode | BlankNode | DefaultGraph] | None = None
    named: list[NamedNode | BlankNode] | None = None
    bound = text
    try:
        if default_graphs is not None or named_graphs is not None:
            default, named = [NamedNode(g) for g in default_graphs or ()], [NamedNode(g) for g in named_graphs or ()]
        if bindings:
            Store().query(text, prefixes=PREFIXES, base_iri=base)
            bound = bind_terms(text, bindings)
        elif rearrange and rearranged(text) != text:
            Store().query(text, prefixes=PREFIXES, base_iri=base)  # a fault's place is one in the text as written
        if rearrange:
            bound = rearranged(bound)
        return store.query(bound, prefixes=PREFIXES, base_iri=base, default_graph=default, named_graphs=named)
    except SyntaxError as error:
        if bindings and bound != text:
            raise QueryRefused(f"A parameter has a value that cannot stand where the query uses it: {error}") from error
        raise syntax_fault(text, error, base) from error
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryRefused(f"The query could not be answered: {error}") from error
