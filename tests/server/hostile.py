"""Queries that ask for more than there is, by name."""

from typing import Final


def _nested(opening: str, closing: str, times: int, middle: str = "") -> str:
    return opening * times + middle + closing * times


def _doubling(times: int) -> str:
    """A string that grows eightfold with each step."""
    steps = (f"BIND(CONCAT({','.join([f'?v{n}'] * 8)}) AS ?v{n + 1}) " for n in range(times))
    return f"SELECT ?v{times} {{ BIND('xxxxxxxx' AS ?v0) {''.join(steps)} }}"


_DEEP: Final = 50_000
_IRIS: Final = " ".join(f"<urn:x:{number}>" for number in range(200_000))
_LIST: Final = _IRIS.replace(" ", ",")

HOSTILE: Final = {
    "cross product counted": "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z }",
    "cross product streamed": "SELECT * { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z }",
    "cross product sorted": "SELECT * { ?a ?p ?x . ?b ?q ?y } ORDER BY ?y ?x",
    "cross product as a graph": "CONSTRUCT { ?a ?q ?y } { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z }",
    "cross product described": "DESCRIBE * { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z }",
    "path over everything": "SELECT (COUNT(*) AS ?n) { ?a (!bm:none+)+ ?b . ?c (!bm:none)* ?d }",
    "groups without end": "SELECT ?x ?y ?z (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z } GROUP BY ?x ?y ?z",
    "distinct": "SELECT (COUNT(DISTINCT ?t) AS ?n) "
    "{ ?a ?p ?x . ?b ?q ?y . ?c ?r ?z BIND(CONCAT(STR(?x), STR(?z)) AS ?t) }",
    "everything concatenated": "SELECT (GROUP_CONCAT(?x) AS ?all) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z }",
    "strings that double": _doubling(9),
    "list of IN": f"SELECT (COUNT(*) AS ?n) {{ ?a ?p ?x . ?b ?q ?y FILTER(?x IN ({_LIST}) || ?y IN ({_LIST})) }}",
    "values": f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {_IRIS} }} VALUES ?y {{ {_IRIS} }} }}",
    "regular expression": "SELECT * { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z "
    "FILTER(REGEX(CONCAT(STR(?x), STR(?y)), '(((a{1,30}){1,30}){1,9}){1,2}!')) }",
    "existence of a cross product": "SELECT * { ?a ?p ?x FILTER NOT EXISTS "
    "{ ?b ?q ?y . ?c ?r ?z FILTER(?y = ?x && ?z != ?x && ?c = <urn:x>) } }",
    "sequence of paths": f"SELECT * {{ ?a {'/'.join(['!bm:none'] * 5000)} ?b }}",
    "unions": f"SELECT * {{ {{ ?a ?b 1 }}{' UNION { ?a ?b 2 }' * _DEEP} }}",
    "many patterns": f"SELECT * {{ {'?a ?b ?c . ' * 900_000} }}",
    "columns": f"SELECT {' '.join(f'?v{number}' for number in range(1_000_000))} {{ ?a ?b ?c }}",
    "parentheses": f"SELECT * {{ BIND({_nested('(', ')', _DEEP, '1')} AS ?x) }}",
    "groups in groups": f"SELECT * {_nested('{', '}', _DEEP, ' ?a ?b ?c ')}",
    "queries in queries": f"{_nested('SELECT * { ', '}', _DEEP, ' ?a ?b ?c ')}",
    "functions in functions": f"SELECT * {{ BIND({_nested('STR(', ')', _DEEP, '1')} AS ?x) }}",
    "optional in optional": f"SELECT * {{ ?a ?b ?c {_nested('OPTIONAL { ?a ?b ?c ', '}', 5000)} }}",
    "paths in paths": f"SELECT * {{ ?a {_nested('(', ')', _DEEP, 'bm:key')} ?b }}",
    "lists in lists": f"SELECT * {{ ?a ?b {_nested('(', ')', _DEEP)} }}",
    "sum": f"SELECT (1{'+1' * _DEEP} AS ?x) {{}}",
    "signs": "SELECT * { " + "%" * 9_000_000,
    "quotes": "SELECT * { " + "'" * 9_000_000,
    "less than": "SELECT * { " + "<" * 9_000_000,
    "update": f"INSERT DATA {{ {'<urn:a> <urn:b> <urn:c> . ' * 300_000} }}",
}
QUICK: Final = (
    *("cross product counted", "cross product streamed", "cross product sorted", "path over everything"),
    *("groups in groups", "signs"),
)
