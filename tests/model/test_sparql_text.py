"""Keywords of a SPARQL text, whatever they are hidden in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.model.sparql_text import forbidden_keyword, keywords_of, scan, tokens

OUT = {"SERVICE", "LOAD"}

REACHING_OUT = [
    ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { service?x{ ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { SERVICE SILENT <http://x/> { ?s ?p ?o } }", "SERVICE"),
    ("PREFIX : <http://x/> SELECT * { SERVICE:x { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { ?s ?p true SERVICE <http://x/> { } }", "SERVICE"),
    ("SELECT * { ?s ?p trueSERVICE <http://x/> { } }", "SERVICE"),
    ("SELECT * { ?s ?p 5SERVICE <http://x/> { } }", "SERVICE"),
    (r"SELECT * { \u0053ERVICE <http://x/> { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { ?s ?p ?b FILTER(1<?b)SERVICE?x#>\n { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { FILTER(?a = 'it''s') SERVICE <http://x/> { } }", "SERVICE"),
    ("SELECT * { # '''\n SERVICE <http://x/> { } #'''\n }", "SERVICE"),
    ("LOAD <http://x/>", "LOAD"),
    ("load<http://x/>", "LOAD"),
    ("PREFIX : <http://x/> LOAD:x", "LOAD"),
    ("CLEAR ALL ; LOAD SILENT <http://x/> INTO GRAPH <http://g/>", "LOAD"),
    ("INSERT DATA { <a:a> <a:b> 1 };LOAD<http://x/>", "LOAD"),
    ("PREFIX : <http://x/> CLEAR ALL;LOAD:x", "LOAD"),
]

STAYING = [
    "PREFIX service: <http://s/> SELECT * { service:x service:load ?service . ?load a service:y }",
    "PREFIX load: <http://s/> INSERT DATA { load:x load:y load:z ; load:b 'LOAD <http://x>' }",
    "PREFIX load: <http://s/> CLEAR SILENT GRAPH load:x",
    "PREFIX load: <http://s/> WITH load:g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "PREFIX service: <http://s/> SELECT * { GRAPH service:x { ?s ?p ?o } }",
    "PREFIX service: <http://s/> SELECT * FROM service:g { ?s ?p ?o }",
    "SELECT * { ?s <http://service/load> 'SERVICE', \"LOAD\", '''a ' SERVICE''', \"\"\"LOAD \" \"\"\" }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://x/> { }",
    "SELECT * { ?s ?p 'x'@load }",
    "SELECT * { _:service ?p ?SERVICE ; ?LOAD $load }",
]


@pytest.mark.parametrize(("text", "keyword"), REACHING_OUT)
def test_a_keyword_is_found(text: str, keyword: str) -> None:
    assert forbidden_keyword(text, OUT) == keyword


@pytest.mark.parametrize("text", STAYING)
def test_words_in_strings_comments_iris_and_names_do_not_count(text: str) -> None:
    assert forbidden_keyword(text, OUT) is None


@pytest.mark.parametrize("text", STAYING)
def test_the_texts_that_pass_are_ones_that_the_engine_takes(text: str) -> None:
    store = Store()
    if "SELECT" in keywords_of(text):
        store.query(text)
    else:
        store.update(text)


def test_keywords_are_the_words_that_stand_as_such() -> None:
    text = "PREFIX a: <b:c> DELETE DATA { a:insert a:where 'CLEAR' } ; drop silent all # MOVE"
    assert keywords_of(text) == {"PREFIX", "DELETE", "DATA", "DROP", "SILENT", "ALL"}


def test_tokens_leave_out_blanks_and_comments() -> None:
    assert [token.text for token in tokens("SELECT * # all\n { ?s a <x:y> }")] == [
        "SELECT",
        "*",
        "{",
        "?s",
        "a",
        "<x:y>",
        "}",
    ]


@given(st.text() | st.text(alphabet="<>\"'\\#?$:@_-.a5 \n"))
def test_all_tokens_joined_are_the_text(text: str) -> None:
    read = list(scan(text))
    assert "".join(token.text for token in read) == text
    assert all(text.startswith(token.text, token.start) for token in read)
