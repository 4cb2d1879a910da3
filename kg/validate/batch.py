"""A SELECT asked of many nodes at once, where that is sure to say what asking it of each node says.

`VALUES ?node { … } LATERAL { SELECT … }` (https://github.com/w3c/sparql-dev/blob/main/SEP/SEP-0006/sep-0006.md) runs
the SELECT once for each node with the variable in place, as pre-binding does (https://www.w3.org/TR/shacl/#pre-binding).
The engine plans it knowing that the variable is bound, but plans a pre-bound query as if it were not: an expression on
a variable that no triple pattern of its group binds is then taken for an error. So only queries come in question in
which both plans must agree: the variable is projected; each expression that names it stands in a group with a triple
pattern that does; nothing asks whether it is bound; nothing counts, cuts, orders or excludes solutions.
Affected-focus queries are bound as text, so that the engine knows the term in both ways.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, QuerySolution, QuerySolutions, Store, Triple

from kg.model.sparql_text import Token, tokens, unescaped
from kg.namespaces import PREFIXES
from kg.validate.paths import Term

_REFUSED = frozenset(
    {
        *("MINUS", "VALUES", "SERVICE", "LATERAL", "GRAPH", "FROM", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET"),
        *("RAND", "UUID", "STRUUID", "NOW", "BNODE", "CONSTRUCT", "DESCRIBE", "ASK", "BASE"),
    }
)
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Batch:
    """A query that can be asked of many nodes at once: its PREFIX lines, the rest, and the names of two variables.

    `given` is the variable that the nodes are put in place of, `wanted` the one whose values are the answer, `columns`
    are all that the query projects. `takes_values` says whether ?value can be given too.
    """

    prologue: str
    select: str
    given: str
    wanted: str
    columns: tuple[str, ...]
    takes_values: bool = False

    def answers(self, store: Store, nodes: Collection[NamedNode]) -> Iterator[Term | Triple]:
        """The values of the wanted variable, each once for up to 2,000 nodes, in the store's default graph."""
        given = [(node,) for node in sorted(nodes, key=str)]
        for row in self._ask(store, f"DISTINCT ?{self.wanted}", (self.given,), given):
            if row[0] is not None:
                yield row[0]

    def rows(self, store: Store, nodes: Collection[NamedNode]) -> Iterator[QuerySolution]:
        """The solutions for each of the nodes, with all columns."""
        given = [(node,) for node in sorted(nodes, key=str)]
        return self._ask(store, " ".join(f"?{name}" for name in self.columns), (self.given,), given)

    def rows_of_pairs(self, store: Store, pairs: Collection[tuple[NamedNode, NamedNode]]) -> Iterator[QuerySolution]:
        """The solutions for each of the nodes with the ?value beside it, of a query that `takes_values`."""
        given = sorted(pairs, key=str)
        return self._ask(store, " ".join(f"?{name}" for name in self.columns), (self.given, "value"), given)

    def _ask(
        self, store: Store, head: str, names: tuple[str, ...], given: Sequence[tuple[NamedNode, ...]]
    ) -> Iterator[QuerySolution]:
        variables = " ".join(f"?{name}" for name in names)
        for start in range(0, len(given), _AT_ONCE):
            values = " ".join(f"({' '.join(map(str, terms))})" for terms in given[start : start + _AT_ONCE])
            text = (
                f"{self.prologue} SELECT {head} WHERE "
                f"{{ VALUES ({variables}) {{ {values} }} LATERAL {{ {self.select} }} }}"
            )
            solutions = store.query(text)
            assert isinstance(solutions, QuerySolutions)
            yield from solutions


def constraint(query: str) -> Batch | None:
    """The select of a SPARQL constraint, to tell of which focus nodes it says something; None where it cannot be asked
    of many.
    """
    return _batch(query, "this", "this", {name: PREFIXES[name] for name in ("owl", "rdf", "rdfs")})


def declared(query: str) -> Batch | None:
    """An affected-focus query (from ?changed to ?focus), with our prefixes; None where it cannot be asked of many."""
    return _batch(query, "changed", "focus", PREFIXES)


def _batch(query: str, given: str, wanted: str, prefixes: Mapping[str, str]) -> Batch | None:
    seen = list(tokens(query))
    words = [token.text.upper() if token.kind == "word" else "" for token in seen]
    opening = next((at for at, token in enumerate(seen) if token.text == "{"), len(seen))
    may_hide = any(token.kind == "iri" and set(token.text) & set("?$") for token in seen)  # `?a<?b&&?c>?d`
    if may_hide or unescaped(query) != query or words.count("SELECT") != 1 or _REFUSED & set(words):
        return None
    if _asks_whether_bound(seen, given):
        return None
    at = words.index("SELECT")
    listed = seen[at + 1 : opening]
    names = [token.text[1:] for token in listed if token.kind == "variable"]
    if wanted not in names or any(token.kind not in ("variable", "word") for token in listed):
        return None
    if given in names:
        select = query[seen[at].start :]
        if not _is_bound_where_asked(seen[opening:], given):
            return None
    else:
        last = listed[-1] if listed[-1].kind == "variable" else listed[-2]
        place = last.start + len(last.text)
        select = f"{query[seen[at].start : place]} ?{given} {query[place:]}"
    takes_values = (
        "value" in names and not _asks_whether_bound(seen, "value") and _is_bound_where_asked(seen[opening:], "value")
    )
    prologue = _prologue(query[: seen[at].start], seen, prefixes)
    batch = Batch(prologue, select, given, wanted, tuple(dict.fromkeys(names)), takes_values)
    try:
        list(batch.answers(Store(), [NamedNode("urn:x")]))
    except SyntaxError:
        return None
    return batch


def _asks_whether_bound(seen: list[Token], variable: str) -> bool:
    return any(
        token.text.upper() == "BOUND" and after.text[1:] == variable
        for token, after in zip(seen, seen[2:], strict=False)
    )


def _prologue(own: str, seen: list[Token], prefixes: Mapping[str, str]) -> str:
    """The query's own prefixes, after those of `prefixes` that it uses."""
    used = {token.text.partition(":")[0] for token in seen if token.kind == "name"}
    return "".join(f"PREFIX {name}: <{base}>\n" for name, base in prefixes.items() if name in used) + own


def _is_bound_where_asked(body: list[Token], given: str) -> bool:
    """Whether every expression on the variable stands in a group with a triple pattern on it, and none is assigned."""
    open_brackets: list[int] = []  # where each bracket that is open was opened
    groups: list[int] = []
    in_pattern: set[int] = set()
    in_expression: set[int] = set()
    for at, token in enumerate(body):
        if token.text in ("{", "(", "["):
            open_brackets.append(at)
            if token.text == "{":
                groups.append(at)
        elif token.text in ("}", ")", "]"):
            if not open_brackets:
                return False
            if body[open_brackets.pop()].text == "{":
                groups.pop()
        elif token.kind == "variable" and token.text[1:] == given:
            if not groups:
                return False
            around = body[open_brackets[-1]].text
            if around == "(" and _is_bind(body, open_brackets):
                return False
            (in_expression if around == "(" else in_pattern).add(groups[-1])
    return in_expression <= in_pattern


def _is_bind(body: list[Token], open_brackets: list[int]) -> bool:
    return any(at and body[at].text == "(" and body[at - 1].text.upper() == "BIND" for at in open_brackets)
