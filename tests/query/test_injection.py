"""Whatever is given for a parameter, the question stays the question: only a term changes."""

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rdflib import BNode, Literal, URIRef
from rdflib.paths import Path
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Identifier

from kg.errors import QueryRefused
from kg.model.sparql_bind import bind_terms
from kg.namespaces import sparql_prologue
from kg.query import Library

LIBRARY = Library.load()
TAKING = [(name, param) for name, query in LIBRARY.items() for param in query.params]
SIGNS = st.text(st.sampled_from("\"'\\u0022}{)(#<>?$.;|^`@% \t\n\ra1é:/")) | st.text()


def values(name: str, param: str) -> st.SearchStrategy[str]:
    """Words that may be a value: the example, broken open in every way, and words that are none."""
    example = LIBRARY[name].params[param].example
    return st.one_of(SIGNS, SIGNS.map(lambda signs: example + signs), SIGNS.map(lambda signs: f"<{example}{signs}>"))


def algebra(name: str, term: Identifier, given: dict[str, str], param: str) -> Any:
    """The algebra of a bound question as plain tuples, a hole where `term` stands."""
    query = LIBRARY[name]
    text = sparql_prologue() + bind_terms(query.text, query.bind(given))
    return plain(translateQuery(parseQuery(text)).algebra, term, {})


def plain(node: Any, term: Identifier, blanks: dict[BNode, int]) -> Any:
    if isinstance(node, CompValue):
        return node.name, [(k, plain(v, term, blanks)) for k, v in node.items() if k not in ("_vars", "lazy")]
    if isinstance(node, list | tuple):
        return [plain(each, term, blanks) for each in node]
    if isinstance(node, set):
        return sorted(str(plain(each, term, blanks)) for each in node)
    if isinstance(node, dict):
        return [(str(k), plain(v, term, blanks)) for k, v in node.items()]
    if isinstance(node, BNode):
        return blanks.setdefault(node, len(blanks))
    if isinstance(node, Path):
        return type(node).__name__, [plain(v, term, blanks) for k, v in sorted(vars(node).items())]
    return "here" if isinstance(node, Identifier) and node == term and type(node) is type(term) else node


def as_rdflib(name: str, param: str, value: str) -> Identifier:
    term = LIBRARY[name].params[param].term(value)
    if hasattr(term, "datatype"):
        return Literal(term.value, datatype=None if term.datatype.value.endswith("#string") else term.datatype.value)
    return URIRef(term.value)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_value_of_a_parameter_changes_the_algebra(data: st.DataObject) -> None:
    name, param = data.draw(st.sampled_from(TAKING))
    value = data.draw(values(name, param))
    assume(value.strip())
    examples = {one.name: one.example for one in LIBRARY[name].params.values()}
    try:
        hostile = as_rdflib(name, param, value)
    except QueryRefused as refusal:
        assert f"'{param}'" in str(refusal)
        return
    # A term of its own for the plain value: the example of a question may stand in it elsewhere too.
    plain_value = {
        "iri": "urn:plain",
        "string": "plain words",
        "date": "1111-11-11",
        "gYear": "1111",
        "integer": "1111",
    }[LIBRARY[name].params[param].type]
    harmless = as_rdflib(name, param, plain_value)
    plainly = {**examples, param: plain_value}
    assume("'here'" not in repr(algebra(name, hostile, plainly, param)))  # a term that the question has elsewhere
    assert algebra(name, hostile, {**examples, param: value}, param) == algebra(name, harmless, plainly, param)
