"""The library reads its headers strictly and binds typed values."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg.errors import NotFound, QueryRefused, UnreadableInput
from kg.model.sparql_bind import bind_terms
from kg.namespaces import PREFIXES, iri
from kg.query import Library, LibraryQuery

GOOD = """\
#+ summary: Who held a post on a day?
#+ summary_vi: Ai giữ chức vụ vào ngày đã cho?
#+ params:
#+   organ: {type: iri, class: bm:Organ, example: organ:ubnd-tinh-bac-kan}
#+   day: {type: date, example: 2022-04-05}
#+   limit: {type: integer, default: 10}
#+   name: {type: string, example: An, optional: true}
#+   year: {type: gYear, example: 2022, optional: true}
#+ returns: [person]
SELECT ?person WHERE { ?person bm:x ?organ , ?day , ?limit , ?name , ?year } ORDER BY ?person
"""
XSD = PREFIXES["xsd"]


def library(folder: Path, text: str) -> Library:
    (folder / "organs").mkdir(exist_ok=True)
    (folder / "organs" / "holders.rq").write_text(text, encoding="utf-8")
    return Library.load(folder)


@pytest.fixture
def holders(tmp_path: Path) -> LibraryQuery:
    return library(tmp_path, GOOD).find("holders")


def test_a_query_carries_its_manual(holders: LibraryQuery) -> None:
    assert (holders.name, holders.topic, holders.returns) == ("holders", "organs", ("person",))
    assert holders.params["organ"].class_ == "bm:Organ"
    assert holders.params["day"].example == "2022-04-05"
    assert [name for name, param in holders.params.items() if param.is_required] == ["organ", "day"]


def test_values_become_typed_terms_and_defaults_are_filled_in(holders: LibraryQuery) -> None:
    values = {"organ": "organ:so-y-te", "day": "2022-04-05", "name": "An", "year": "2022"}
    assert holders.bind(values) == {
        "organ": iri("organ:so-y-te"),
        "day": Literal("2022-04-05", datatype=NamedNode(f"{XSD}date")),
        "limit": Literal("10", datatype=NamedNode(f"{XSD}integer")),
        "name": Literal("An"),
        "year": Literal("2022", datatype=NamedNode(f"{XSD}gYear")),
    }


@pytest.mark.parametrize("value", ["https://example.org/a", "<https://example.org/a>", " https://example.org/a "])
def test_an_iri_can_be_written_out(holders: LibraryQuery, value: str) -> None:
    assert holders.bind({"organ": value, "day": "2022-04-05"})["organ"] == NamedNode("https://example.org/a")


def test_an_optional_parameter_left_empty_is_not_bound(holders: LibraryQuery) -> None:
    assert "name" not in holders.bind({"organ": "organ:a", "day": "2022-04-05", "name": ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("day", "5/4/2022"),
        ("day", "2022-02-30"),
        ("day", "20220405"),
        ("organ", "So Y te"),
        ("organ", "nobody:knows"),
        ("organ", "https://example.org/a b"),
        ("organ", "https://example.org/> } #"),
        ("limit", "ten"),
        ("year", "22"),
    ],
)
def test_a_value_of_another_type_is_refused_with_what_to_write(holders: LibraryQuery, name: str, value: str) -> None:
    with pytest.raises(QueryRefused, match=rf"'{name}' cannot be .*; write .*, for example"):
        holders.bind({"organ": "organ:a", "day": "2022-04-05", name: value})


def test_a_missing_parameter_is_named(holders: LibraryQuery) -> None:
    with pytest.raises(QueryRefused, match="needs the parameter 'day', for example day=2022-04-05"):
        holders.bind({"organ": "organ:a"})


def test_an_unknown_parameter_is_named_with_those_that_exist(holders: LibraryQuery) -> None:
    with pytest.raises(QueryRefused, match="no parameter 'dya'; it takes organ, day"):
        holders.bind({"dya": "2022-04-05"})


def test_a_query_that_does_not_exist_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="kg queries"):
        library(tmp_path, GOOD).find("holder")


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        ("SELECT * { }", "has no header"),
        (GOOD.replace("#+ returns: [person]\n", ""), "lacks 'returns'"),
        (GOOD.replace("type: date", "type: day"), "'day' needs a type"),
        (GOOD.replace("example: 2022-04-05", "example: yesterday"), "'day' cannot be 'yesterday'"),
        (GOOD.replace(", example: 2022-04-05", ""), "'day' needs an example"),
        (GOOD.replace("?day ,", ""), "never uses [?]day"),
        (GOOD.replace("optional: true", "optionl: true"), "'optionl'"),
        (GOOD.replace("#+ params:", "#+ parameters:"), "'parameters'"),
        (GOOD.replace("[person]", "person"), "'returns' a list"),
        (GOOD.replace("[person]", "[person"), "is not YAML"),
    ],
)
def test_a_broken_header_says_which_file_and_what(tmp_path: Path, broken: str, complaint: str) -> None:
    with pytest.raises(UnreadableInput, match=complaint) as caught:
        library(tmp_path, broken)
    assert "organs/holders.rq" in str(caught.value)


def test_two_queries_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "holders.rq").write_text(GOOD, encoding="utf-8")
    with pytest.raises(UnreadableInput, match="Two queries"):
        library(tmp_path, GOOD)


def test_the_shipped_queries_give_the_columns_that_they_name() -> None:
    library = Library.load()
    assert len(library) >= 10
    for query in library.values():
        examples = query.bind({name: param.example for name, param in query.params.items()})
        for bindings in ({}, examples):
            found = Store().query(bind_terms(query.text, bindings), prefixes=PREFIXES)
            assert isinstance(found, QuerySolutions)
            assert tuple(variable.value for variable in found.variables) == query.returns
