"""People find what they mean, however they type it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.errors import QueryRefused
from kg.namespaces import curie
from kg.reference import reference_quads
from kg.search import KINDS, Index

from .conftest import StoreReader


def found(index: Index, text: str, kind: str | None = None, limit: int = 10) -> list[str]:
    return [curie(hit.iri) for hit in index.find(text, kind, limit)]


@pytest.mark.parametrize(
    "text",
    [
        "Đỗ Đức Dũng",
        "do duc dung",
        "ĐỖ ĐỨC DŨNG",
        "Ðỗ Đức Dũng",
        "đỗ  đức-dũng",
        unicodedata.normalize("NFD", "Đỗ Đức Dũng"),
        "dung do",
        "Đỗ Dũng",
        "do duc d",
        "do duc du",
    ],
)
def test_a_person_is_found_however_the_name_is_typed(index: Index, text: str) -> None:
    assert found(index, text)[0] == "person:du"


def test_a_name_of_another_people_is_found(index: Index) -> None:
    assert found(index, "H’Yim Kdoh") == found(index, "h yim") == ["person:hyim"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Nguyễn Thị Hoa", "person:hoa-1"),
        ("Nguyễn Thị Hòa", "person:hoa-2"),
        ("Nguyễn Thị Hoà", "person:hoa-2"),
        ("Nguyễn Thị Hóa", "person:hoa-3"),
    ],
)
def test_the_same_marks_come_before_other_marks(index: Index, text: str, first: str) -> None:
    hits = found(index, text)
    assert hits[0] == first
    assert set(hits) == {"person:hoa-1", "person:hoa-2", "person:hoa-3"}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("UBND tỉnh Thử", "organ:ubnd"),
        ("ubnd tinh", "organ:ubnd"),
        ("Ủy ban nhân dân tỉnh Thử", "organ:ubnd"),
        ("Hội đồng nhân dân tỉnh Thử", "organ:hdnd"),
        ("HĐND", "organ:hdnd"),
        ("Chủ tịch Ủy ban nhân dân tỉnh", "post:p2"),
    ],
)
def test_short_forms_find_long_ones_and_the_other_way_round(index: Index, text: str, first: str) -> None:
    assert found(index, text)[0] == first


@pytest.mark.parametrize("text", ["238-QĐ/TW", "238 qd tw", "quyết định 238", "công tác dư luận"])
def test_a_directive_is_found_by_symbol_and_by_title(index: Index, text: str) -> None:
    assert found(index, text)[0] == "directive:d"


def test_a_province_comes_before_a_commune_of_its_name(index: Index) -> None:
    assert found(index, "Thử", "place")[:2] == ["place:tinh", "place:xa"]


def test_the_whole_name_comes_before_longer_ones(index: Index) -> None:
    assert found(index, "tỉnh thử")[0] == "place:tinh"


def test_a_kind_can_be_asked_for(index: Index) -> None:
    assert {hit.kind for hit in index.find("thử")} == {"place", "organ", "post"}
    assert {hit.kind for hit in index.find("thử", "organ")} == {"organ"}


def test_a_kind_that_does_not_exist_is_refused(index: Index) -> None:
    with pytest.raises(QueryRefused, match="person, organ"):
        index.find("thử", "people")


def test_a_merged_entity_is_found_under_the_one_that_remains(index: Index) -> None:
    assert "person:merged" not in found(index, "Đỗ Đức Dung")


def test_what_is_no_entity_is_not_found(index: Index) -> None:
    assert found(index, "Báo") == []


def test_when_nothing_has_all_the_words_most_of_them_will_do(index: Index) -> None:
    assert found(index, "đồng chí Đỗ Đức Dũng")[0] == "person:du"
    assert found(index, "hoàn toàn không có gì") == []


def test_the_limit_is_kept(index: Index) -> None:
    assert len(found(index, "n", limit=2)) == 2
    assert found(index, "n", limit=0) == []


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Đỗ Đức Dũng", "Chủ tịch UBND tỉnh Thử; Phó Chủ tịch"),
        ("Xã Thử", "Huyện Trên, Tỉnh Thử · 2000-01-01–2025-07-01"),
        ("Tỉnh Thử", ""),
        ("HĐND tỉnh Thử", "–2025-07-01"),
        ("UBND tỉnh Thử", ""),
        ("Phó Chủ tịch", "Ủy ban nhân dân tỉnh Thử"),
        ("238-QĐ/TW", "2020-09-30 · Về công tác dư luận"),
        ("giao ban", "2022-04-05 · Tỉnh Thử"),
    ],
)
def test_a_note_tells_namesakes_apart(index: Index, text: str, note: str) -> None:
    assert index.find(text)[0].note == note


@given(st.text(max_size=80))
def test_no_text_breaks_the_search(index: Index, text: str) -> None:
    assert len(index.find(text, limit=3)) <= 3


def test_the_whole_reference_graph_is_indexed() -> None:
    store = Store()
    store.extend(reference_quads("full"))
    index = Index.build(StoreReader(store))
    assert found(index, "bac kan")[0] == "place:tinh-bac-kan"
    assert set(KINDS) >= {hit.kind for hit in index.find("bac", limit=1000)}
