"""One place makes every address."""

import pytest

from kg.namespaces import iri
from server import urls


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("person:nguyen-van-an-1", "/doc/person/nguyen-van-an-1"),
        ("rank:Head", "/code/rank/Head"),
        ("bm:Tenure", "/ontology#Tenure"),
        ("bms:Tenure-member", "/shapes#Tenure-member"),
    ],
)
def test_data_iris_lead_to_local_pages(name: str, address: str) -> None:
    assert urls.link(iri(name).value) == address


def test_other_houses_keep_their_address_and_no_scheme_but_the_web_is_linked() -> None:
    assert urls.link("https://example.org/x") == "https://example.org/x"
    assert urls.link("javascript:alert(1)") is None
    assert urls.link("urn:x") is None


def test_what_looks_like_ours_and_is_not_stays_as_it_is() -> None:
    assert urls.local(f"{urls.entity_iri('nothing', 'x')}") is None
    assert urls.local(urls.code_iri("rank")) == "/code/rank"
