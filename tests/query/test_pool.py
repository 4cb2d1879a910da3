"""What the pool answers."""

import json
import threading
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal

from kg.errors import BomayError, FolderError, QueryRefused, SyntaxFault
from kg.namespaces import iri
from kg.query import BINDINGS_FORMATS, GRAPH_FORMATS, Formats, Limits, QueryPool, WrongKind

from .conftest import PEOPLE, Ask

POINT = "SELECT ?key { person:p7 bm:key ?key }"


def test_known_prefixes_need_no_prefix_lines(ask: Ask) -> None:
    assert ask(POINT) == b"key\r\n7\r\n"


def test_each_kind_of_query_has_its_media_type(pool: QueryPool, generation: Path) -> None:
    kinds = {
        POINT: ("bindings", "application/sparql-results+json"),
        "ASK { person:p7 bm:key ?key }": ("boolean", "application/sparql-results+json"),
        "CONSTRUCT WHERE { person:p7 bm:key ?key }": ("graph", "text/turtle"),
        "DESCRIBE person:p7": ("graph", "text/turtle"),
    }
    for text, expected in kinds.items():
        answer = pool.run(generation, text)
        assert b"".join(answer.chunks)
        assert (answer.kind, answer.media_type) == expected


@pytest.mark.parametrize("form", BINDINGS_FORMATS)
def test_a_table_comes_in_each_form(pool: QueryPool, generation: Path, form: str) -> None:
    assert b"7" in b"".join(pool.run(generation, POINT, formats=Formats(bindings=form)).chunks)


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_a_graph_comes_in_each_form(pool: QueryPool, generation: Path, form: str) -> None:
    answer = pool.run(generation, "CONSTRUCT WHERE { person:p7 bm:key ?key }", formats=Formats(graph=form))
    assert b"7" in b"".join(answer.chunks)


def test_turtle_declares_the_prefixes_that_it_uses_and_no_others(ask: Ask) -> None:
    turtle = ask("CONSTRUCT WHERE { person:p7 bm:key ?key }").decode()
    assert "person:p7 bm:key" in turtle
    assert turtle.count("@prefix") == 2


def test_a_graph_for_which_no_form_was_allowed_is_of_the_wrong_kind(pool: QueryPool, generation: Path) -> None:
    with pytest.raises(WrongKind) as caught:
        pool.run(generation, "DESCRIBE person:p7", formats=Formats(graph=None))
    assert caught.value.kind == "graph"


def test_a_form_that_does_not_exist_is_refused() -> None:
    with pytest.raises(QueryRefused, match="'yaml'"):
        Formats(bindings="yaml")


def test_a_long_answer_comes_whole_in_several_parts(pool: QueryPool, generation: Path) -> None:
    text = "SELECT ?a ?b { ?a bm:key ?x . ?b bm:key ?y } LIMIT 20000"
    parts = list(pool.run(generation, text).chunks)
    assert len(parts) > 10
    assert len(json.loads(b"".join(parts))["results"]["bindings"]) == 20000


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("SELECT ?a, ?b WHERE { ?a ?c ?b }", 1, 10),
        ("SELECT * WHERE {\n ?s ?p }", 2, 8),
        ("SELECT * WHERE { ?s ?p ?o } }", 1, 29),
        ("ASK { ?s ?p ?o . OPTIONAL ?s ?p ?o }", 1, 27),
        ("SELECT ?key {\n  person:p7 bm:key ?key", 2, 24),
        ("SELECT ?key {\n  perso:p7 bm:key ?key }", 2, 3),
        ("SELECT ?x { ?x bm:key 'Nguyễn Thị Ðượm' ! }", 1, 41),
        ("SELECT ?x WHER { ?x bm:key ?key }", 1, 11),
        ("SELECT ?x {\n  ?x bm:key ?key .\n  OPTINAL { ?x bm:key ?key }\n}", 3, 3),
        ("SELECT ?x { ?x bm:key ?key FILTER(?key = ) }", 1, 42),
        ("SELECT ?x { ?x bm:key ?key } LIMIT many", 1, 36),
        ("", 1, 1),
    ],
)
def test_a_syntax_error_has_the_place_in_the_users_own_text(ask: Ask, text: str, line: int, column: int) -> None:
    with pytest.raises(SyntaxFault) as caught:
        ask(text)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_an_undeclared_prefix_is_named(ask: Ask) -> None:
    with pytest.raises(SyntaxFault, match="'perso:' is not declared"):
        ask("SELECT * { perso:p7 bm:key ?key }")


def test_an_update_is_told_where_to_go(ask: Ask) -> None:
    with pytest.raises(QueryRefused, match="/update"):
        ask("INSERT DATA { person:p7 bm:key 'x' }")


def test_parameters_are_bound_as_terms(pool: QueryPool, generation: Path) -> None:
    text = "SELECT ?who { ?who bm:key ?key FILTER(?key = ?wanted) }"
    for wanted, expected in (("7", b"who\r\nhttps://w3id.org/bomay/id/person/p7\r\n"), ("' } #", b"who\r\n")):
        answer = pool.run(generation, text, formats=Formats("csv"), bindings={"wanted": Literal(wanted)})
        assert b"".join(answer.chunks) == expected


def test_a_syntax_error_of_a_query_with_parameters_has_its_own_place(pool: QueryPool, generation: Path) -> None:
    with pytest.raises(SyntaxFault) as caught:
        pool.run(generation, "SELECT * { ?who bm:key ?k ! }", bindings={"who": iri("person:a-rather-long-name")})
    assert (caught.value.line, caught.value.column) == (1, 27)


def test_a_parameter_that_cannot_stand_in_its_place_is_refused(pool: QueryPool, generation: Path) -> None:
    for term in (Literal("words"), BlankNode()):
        with pytest.raises(QueryRefused, match="parameter"):
            pool.run(generation, "SELECT ?key { GRAPH ?graph { ?who bm:key ?key } }", bindings={"graph": term})


def test_a_graph_that_is_not_here_is_empty(ask: Ask) -> None:
    assert ask("SELECT (COUNT(*) AS ?n) FROM <http://example.org/nowhere> { ?s ?p ?o }") == b"n\r\n0\r\n"


def test_protocol_datasets_outrank_from(pool: QueryPool, generation: Path) -> None:
    text = "SELECT (COUNT(*) AS ?n) FROM <http://example.org/nowhere> { ?s ?p ?o }"
    answer = pool.run(generation, text, formats=Formats("csv"), default_graphs=["http://example.org/workspace"])
    assert b"".join(answer.chunks) == b"n\r\n1\r\n"


def test_named_graphs_alone_leave_the_default_graph_empty(pool: QueryPool, generation: Path) -> None:
    in_default, in_named = "(COUNT(*) AS ?n) { ?s ?p ?o }", "(COUNT(*) AS ?m) { GRAPH ?g { ?s ?p ?o } }"
    text = f"SELECT ?n ?m {{ {{ SELECT {in_default} }} {{ SELECT {in_named} }} }}"
    answer = pool.run(generation, text, formats=Formats("csv"), named_graphs=["http://example.org/workspace"])
    assert b"".join(answer.chunks) == b"n,m\r\n0,1\r\n"


def test_the_default_graph_is_no_union(ask: Ask) -> None:
    assert ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == f"n\r\n{PEOPLE}\r\n".encode()


def test_a_generation_that_is_not_there_is_a_clear_error(pool: QueryPool, tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="no generation"):
        pool.run(tmp_path / "gone", POINT)


def test_sixteen_threads_get_their_own_answers(pool: QueryPool, generation: Path) -> None:
    wrong: list[object] = []

    def asker(number: int) -> None:
        for turn in range(10):
            wanted = number * 10 + turn
            text = f"SELECT ?key {{ person:p{wanted} bm:key ?key }}"
            got = b"".join(pool.run(generation, text, formats=Formats("csv")).chunks)
            if got != f"key\r\n{wanted}\r\n".encode():
                wrong.append(got)
            if turn % 5 == 0:
                long = pool.run(generation, "SELECT * { ?a bm:key ?x . ?b bm:key ?y } LIMIT 5000")
                if turn:
                    long.chunks.close()
                elif len(json.loads(b"".join(long.chunks))["results"]["bindings"]) != 5000:
                    wrong.append(number)

    threads = [threading.Thread(target=asker, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_closed_pool_says_so(generation: Path) -> None:
    pool = QueryPool(1, Limits(), spares=0)
    pool.close()
    with pytest.raises(BomayError, match="closed"):
        pool.run(generation, POINT)


@pytest.mark.parametrize("form", BINDINGS_FORMATS)
@pytest.mark.parametrize(("rows", "cut"), [(0, True), (2, True), (3, False), (9, False)])
def test_rows_over_those_asked_for_are_cut_off_and_said_to_be(
    pool: QueryPool, generation: Path, form: str, rows: int, cut: bool
) -> None:
    text = """SELECT ?a ?b { VALUES (?a ?b) {
        ("x\\t\\"y\\"\\n\\\\"@vi 1.5) (UNDEF <http://example.org/>) (<<( <a:b> <a:c> <<( <a:b> <a:c> "d" )>> )>> true)
        } }"""
    whole = pool.run(generation, f"{text} LIMIT {min(rows, 3)}", formats=Formats(bindings=form))
    answer = pool.run(generation, text, formats=Formats(bindings=form), rows=rows)
    assert b"".join(answer.chunks) == b"".join(whole.chunks)
    assert (answer.is_cut, whole.is_cut) == (cut, False)


def test_a_graph_is_cut_by_its_triples_and_a_truth_is_not(pool: QueryPool, generation: Path) -> None:
    graph = pool.run(generation, "CONSTRUCT WHERE { ?a bm:key ?key }", formats=Formats(graph="nt"), rows=5)
    assert (b"".join(graph.chunks).count(b"\n"), graph.is_cut) == (5, True)
    truth = pool.run(generation, "ASK { ?a bm:key ?key }", formats=Formats(bindings="csv"), rows=0)
    assert (b"".join(truth.chunks), truth.is_cut) == (b"true", False)


def test_a_value_longer_than_a_message_comes_whole(ask: Ask) -> None:
    doubled = " ".join(f"BIND(CONCAT({','.join([f'?v{n}'] * 8)}) AS ?v{n + 1})" for n in range(6))
    assert len(ask(f"SELECT ?v6 {{ BIND('xxxxxxxx' AS ?v0) {doubled} }}")) > 1 << 21


def test_a_fault_quotes_little_of_a_long_query(ask: Ask) -> None:
    with pytest.raises(SyntaxFault) as caught:
        ask(f"SELECT * {{ ?a 'x' {'<urn:' + 'x' * 100_000 + '>'} <urn:y> }}")
    assert len(str(caught.value)) < 2000


def test_a_plan_is_refused_as_a_query_would_be(pool: QueryPool) -> None:
    with pytest.raises(QueryRefused, match="SERVICE"):
        pool.plan("SELECT * { SERVICE <http://example.org/> { ?a ?b ?c } }")
    assert pool.plan(POINT) == POINT
