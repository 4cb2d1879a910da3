"""RDF in its usual syntaxes."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from kg.errors import SyntaxFault, UnreadableInput
from kg.read import load_rdf

QUAD = Quad(NamedNode("http://e.org/a"), NamedNode("http://e.org/b"), Literal("Lộc", language="vi"))
FORMS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}


def written(form: RdfFormat) -> bytes:
    data = serialize([QUAD.triple if not form.supports_datasets else QUAD], format=form)
    assert data is not None
    return data


@pytest.mark.parametrize("ending", sorted(FORMS))
def test_every_syntax_is_read_by_ending_and_by_media_type(ending: str, tmp_path: Path) -> None:
    data = written(FORMS[ending])
    path = tmp_path / f"x.{ending}"
    path.write_bytes(data)
    assert (
        load_rdf(path)
        == load_rdf(data, f"{FORMS[ending].media_type}; charset=utf-8")
        == load_rdf(data, ending)
        == [QUAD]
    )


@pytest.mark.parametrize(
    ("data", "form", "line"),
    [
        (b"<http://a> <http://b> <http://c> .\n<http://a> ;", "ttl", 2),
        (b"<rdf:RDF", "rdf", 1),
        (b'{\n"@id": }', "jsonld", 2),
    ],
)
def test_broken_rdf_is_refused_with_line_and_column(data: bytes, form: str, line: int) -> None:
    with pytest.raises(SyntaxFault) as fault:
        load_rdf(data, form)
    assert fault.value.line == line
    assert fault.value.column is not None
    assert f"line {line}, column" in str(fault.value)


def test_a_parser_that_quotes_the_file_says_little_of_it_on_one_line() -> None:
    with pytest.raises(SyntaxFault) as fault:
        load_rdf(b"one\ntwo\n" * 10_000, "rdf")
    assert "one two" in str(fault.value)
    assert "\n" not in str(fault.value) and len(str(fault.value)) < 400


def test_a_remote_context_is_refused_not_fetched() -> None:
    with pytest.raises(SyntaxFault, match="not fetched"):
        load_rdf(b'{"@context": "http://127.0.0.1:9/c", "@id": "http://a", "b": 1}', "jsonld")


def test_an_outside_entity_of_xml_is_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    data = (
        f'<!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.org/">'
        '<rdf:Description rdf:about="http://e.org/a"><e:b>&x;</e:b></rdf:Description></rdf:RDF>'
    )
    with pytest.raises(SyntaxFault):
        load_rdf(data.encode(), "rdf")


def test_an_unknown_syntax_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="csv"):
        load_rdf(b"a,b", "text/csv")
    with pytest.raises(UnreadableInput, match="cannot be opened"):
        load_rdf(tmp_path / "none.ttl")
