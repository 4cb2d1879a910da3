"""`kg.open`: a read-only view of a graph, here or on a server, whose answers are plain Python values."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from pyoxigraph import QuerySolutions, Store

from kg.errors import BomayError, FolderError, QueryRefused
from kg.model.graph import Term
from kg.query.endpoint import Endpoint
from kg.query.evaluate import evaluate
from kg.query.outreach import refuse_outreach
from kg.query.values import Bindable, Native, as_term, native

if TYPE_CHECKING:
    import pandas

Solve = Callable[[str, Mapping[str, Term]], QuerySolutions]


def open_view(path_or_url: str | Path) -> "View":
    """A view of a data folder (as it is now; also while a server owns it), of a generation, or of a SPARQL endpoint.

    The address of a server of ours will do for its endpoint. Raises FolderError.
    """
    if str(path_or_url).startswith(("http://", "https://")):
        return View(Endpoint(str(path_or_url)).solve, ExitStack())
    path, held = Path(path_or_url), ExitStack()
    if not path.is_dir():
        raise FolderError(f"There is no folder {path}; `kg init --data {path}` makes one.")
    if not (path / "CURRENT").is_file():  # the file by which the engine knows its own folders
        from kg.store import open_graph  # a view of an endpoint should not have to load all that stands behind a store

        with open_graph(path) as graph:  # for a moment only: the pin alone keeps the generation, and owns nothing
            path = held.enter_context(graph.pin()).path
    try:
        store = Store.read_only(str(path))
    except OSError as error:
        held.close()
        raise FolderError(f"There is no generation to read at {path}: {error}") from error
    return View(_solver(store), held)


class View:
    """Answers SELECT. A query runs in this process, without limits; `kg.query.QueryPool` is for queries of strangers.

    Prefixes of `kg.namespaces` need no PREFIX. Keyword arguments bind variables, as terms (`kg.model.sparql_bind`):
    NamedNode for an IRI (`kg.namespaces.iri("organ:…")`), else strings, numbers and dates.
    """

    def __init__(self, solve: Solve, held: ExitStack) -> None:
        self._solve: Solve | None = solve
        self._held = held

    def rows(self, sparql: str, /, **bindings: Bindable) -> list[dict[str, Native]]:
        """One dict for each solution: IRIs as strings, numbers and dates as Python's own, None where unbound.

        Raises SyntaxFault, QueryRefused.
        """
        return self._answer(sparql, bindings)[1]

    def frame(self, sparql: str, /, **bindings: Bindable) -> "pandas.DataFrame":
        """The same as a pandas DataFrame, with the query's columns in order. Raises BomayError without pandas."""
        try:
            from pandas import DataFrame
        except ImportError as error:
            message = "A DataFrame needs pandas; install it with `pip install 'bomay[frames]'`, or use rows()."
            raise BomayError(message) from error
        names, rows = self._answer(sparql, bindings)
        return DataFrame(rows, columns=names)

    def close(self) -> None:
        """Lets go of the graph; it cannot be asked any more."""
        self._solve = None
        self._held.close()

    def __enter__(self) -> "View":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _answer(self, sparql: str, bindings: dict[str, Bindable]) -> tuple[list[str], list[dict[str, Native]]]:
        if self._solve is None:
            raise BomayError("This view is closed; open another with kg.open().")
        refuse_outreach(sparql)
        solutions = self._solve(sparql, {name: as_term(value) for name, value in bindings.items()})
        names = [variable.value for variable in solutions.variables]
        return names, [dict(zip(names, map(native, solution), strict=True)) for solution in solutions]


def _solver(store: Store) -> Solve:
    def solve(sparql: str, bindings: Mapping[str, Term]) -> QuerySolutions:
        found = evaluate(store, sparql, bindings)
        if not isinstance(found, QuerySolutions):
            raise QueryRefused("A view answers SELECT; this query is of another kind.")
        return found

    return solve
