"""pandas.read_csv of an address, and the frame of our own view."""

from urllib.parse import urlencode

import pandas as pd

import kg
from kg.namespaces import iri
from tests.clients.conftest import Site

QUERY = "SELECT ?kind (COUNT(*) AS ?n) WHERE { ?thing a ?kind } GROUP BY ?kind ORDER BY DESC(?n) ?kind"


def test_an_answer_of_the_endpoint_is_a_table(site: Site) -> None:
    frame = pd.read_csv(f"{site.sparql}?{urlencode({'query': QUERY, 'format': 'csv'})}")
    assert list(frame.columns) == ["kind", "n"]
    assert frame["n"].dtype.kind == "i"
    assert frame.set_index("kind")["n"][iri("bm:Person").value] == 1
    tabs = pd.read_csv(f"{site.sparql}?{urlencode({'query': QUERY, 'format': 'tsv'})}", sep="\t")
    assert list(tabs["?n"]) == list(frame["n"])


def test_a_question_of_the_library_is_a_table(site: Site) -> None:
    asked = urlencode({"meeting": "meeting:giao-ban-mau", "format": "csv"})
    frame = pd.read_csv(f"{site.base}/api/queries/meeting-participants?{asked}")
    assert "Đinh Thị Hòa" in set(frame["name"])


def test_a_long_answer_comes_whole(site: Site) -> None:
    query = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
    frame = pd.read_csv(
        f"{site.sparql}?{urlencode({'query': query, 'format': 'csv'})}", dtype=str, keep_default_na=False
    )
    with kg.open(site.base) as view:
        (counted,) = view.rows("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert len(frame) == counted["n"] > 10_000
