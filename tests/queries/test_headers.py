"""Every query of the library carries its manual (that headers are well-formed is tested with kg.query)."""

import re

import pytest
from pyoxigraph import Store

from kg.model.sparql_bind import bind_terms
from kg.namespaces import sparql_prologue
from kg.query import Library
from kg.query.library import LibraryQuery

LIBRARY = Library.load()
each_query = pytest.mark.parametrize("query", LIBRARY.values(), ids=LIBRARY)


def test_there_are_at_least_sixty_questions():
    assert len(LIBRARY) >= 60


def test_the_readme_lists_the_questions_and_no_other(root):
    listed = re.findall(r"^\| `([a-z]+/[a-z-]+)` \|", (root / "queries" / "README.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(f"{query.topic}/{query.name}" for query in LIBRARY.values())


@each_query
def test_the_question_is_asked_in_both_languages(query: LibraryQuery):
    assert query.summary.isascii()
    assert not query.summary_vi.isascii()


@each_query
def test_columns_are_those_that_the_header_promises(query: LibraryQuery):
    found = Store().query(sparql_prologue() + query.text)
    assert tuple(v.value for v in found.variables) == query.returns


@each_query
def test_rows_come_in_a_stated_order(query: LibraryQuery):
    assert re.search(r"^ORDER BY ", query.text, re.MULTILINE)


@each_query
def test_the_optional_parts_come_last(query: LibraryQuery):
    """After the first OPTIONAL of the outermost group no required pattern follows; BIND and FILTER may."""
    body = query.text[query.text.index("WHERE {") :]
    depth, seen, late = 0, False, []
    for line in body.splitlines()[1:]:
        if depth == 0 and line.strip().startswith("OPTIONAL"):
            seen = True
        elif depth == 0 and seen and re.match(r"\s+(\?|VALUES)", line):
            late.append(line)
        depth += line.count("{") + line.count("(") - line.count("}") - line.count(")")
        if depth < 0:
            break
    assert late == []


@each_query
def test_prefixes_are_left_to_the_program(query: LibraryQuery):
    assert "PREFIX" not in query.text


@each_query
def test_the_examples_can_be_bound(query: LibraryQuery):
    values = query.bind({name: param.example for name, param in query.params.items()})
    Store().query(sparql_prologue() + bind_terms(query.text, values))
