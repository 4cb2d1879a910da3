"""RDF Patch as others write it."""

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.errors import SyntaxFault
from kg.history import read_patch_text

A, B = NamedNode("u:a"), NamedNode("u:b")


def test_rows_are_applied_in_order_with_prefixes_and_comments() -> None:
    rows = ('PA "u" <u:> . # a prefix', 'A u:a u:b "x y"@vi .', "", "A _:n u:b 1 u:b .", "D u:a u:b u:a .")
    text = "\n".join(("H id <uuid:1> .", "TX .", *rows, "TC ."))
    add, remove = read_patch_text(text)
    number = Literal("1", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    assert add == {Quad(A, B, Literal("x y", language="vi")), Quad(BlankNode("n"), B, number, B)}
    assert remove == {Quad(A, B, A)}


def test_the_last_row_on_a_triple_holds() -> None:
    assert read_patch_text("A <u:a> <u:b> <u:a> .\nD <u:a> <u:b> <u:a> .") == (frozenset(), {Quad(A, B, A)})


def test_an_aborted_transaction_counts_for_nothing() -> None:
    assert read_patch_text("A <u:a> <u:b> <u:a> .\nTX .\nD <u:a> <u:b> <u:b> .\nTA .") == ({Quad(A, B, A)}, frozenset())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("A <u:a> <u:b> <u:a>", 1),
        ("TX .\nA <u:a> <u:b> .", 2),
        ("TX .\nX <u:a> .\nTC .", 2),
        ("TC .", 1),
        ("TX .\nA <u:a> <u:b> <u:a> .", 2),
        ("A <u:a> <u:b> . } .", 1),
        ("A x:a <u:b> <u:a> .", 1),
    ],
)
def test_a_broken_patch_has_its_line(text: str, line: int) -> None:
    with pytest.raises(SyntaxFault) as caught:
        read_patch_text(text)
    assert caught.value.line == line
