"""People find what they mean, however they type it."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store

from kg.errors import QueryRefused
from kg.model.holding import Stretch
from kg.namespaces import curie, iri, sparql_prologue
from kg.reference import reference_quads
from kg.search import KINDS, Index
from kg.search.days import pieces_of, pieces_with

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


@pytest.mark.parametrize(
    "text",
    [
        "238-QĐ/TW",
        "238 qd tw",
        "238 QĐ/TW",
        "238-QĐ-TW",
        "quyết định 238 trung ương",
        "quyết định 238",
        "công tác dư luận",
    ],
)
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


def within(index: Index, place: str | None, on: str | None = None, text: str = "thử") -> set[str]:
    named = index.place(place).iri if place else None
    day = dt.date.fromisoformat(on) if on else None
    return {curie(hit.iri) for hit in index.find(text, limit=100, place=named, on=day)}


@pytest.mark.parametrize("place", ["place:tinh", iri("place:tinh").value, "tỉnh thử", "tinh th"])
def test_what_belongs_to_a_place_or_to_a_unit_of_it_is_found(index: Index, place: str) -> None:
    assert within(index, place) == {"place:tinh", "place:xa", "organ:ubnd", "post:p2"}
    assert within(index, place, text="dung") == {"person:du"}
    assert within(index, place, text="giao ban") == {"meeting:m"}


def test_what_belongs_to_no_place_is_in_none(index: Index) -> None:
    assert within(index, "place:huyen") == {"place:xa"}
    assert within(index, "place:nuoc", text="nguyen") == set()


@pytest.mark.parametrize("place", ["place:nowhere", "organ:ubnd", "không có nơi nào tên vậy", "https://example.org/x"])
def test_what_is_no_place_is_refused(index: Index, place: str) -> None:
    with pytest.raises(QueryRefused, match="'place' cannot be"):
        index.place(place)


@pytest.mark.parametrize(
    ("on", "found"), [("1999-12-31", False), ("2000-01-01", True), ("2025-06-30", True), ("2025-07-01", False)]
)
def test_what_there_was_on_a_day_is_found(index: Index, on: str, found: bool) -> None:
    assert ("place:xa" in within(index, None, on)) is found
    assert "organ:ubnd" in within(index, None, on)


def test_a_meeting_is_found_on_its_day_and_a_paper_from_its_day_on(index: Index) -> None:
    days = ("2022-04-04", "2022-04-05", "2022-04-06")
    assert [within(index, None, on, "giao") for on in days] == [set(), {"meeting:m"}, set()]
    days = ("2020-09-29", "2020-09-30", "2026-01-01")
    assert [within(index, None, on, "238") for on in days] == [set(), {"directive:d"}, {"directive:d"}]


def test_a_person_is_found_where_and_when_one_post_may_have_been_held() -> None:
    store = Store()
    rows = """
    place:a a bm:Place ; rdfs:label "Xã A"@vi . place:b a bm:Place ; rdfs:label "Xã B"@vi ; bm:replacedBy place:c .
    place:c a bm:Place ; rdfs:label "Xã C"@vi .
    organ:a a bm:Organ ; bm:jurisdiction place:a ; rdfs:label "UBND A"@vi .
    organ:b a bm:Organ ; bm:jurisdiction place:b ; rdfs:label "UBND B"@vi .
    post:a a bm:Post ; rdfs:label "Chủ tịch A"@vi ; org:postIn organ:a .
    post:b a bm:Post ; rdfs:label "Chủ tịch B"@vi ; org:postIn organ:b .
    tenure:a org:member person:x ; bm:post post:a ; bm:endLatest "2010-01-01"^^xsd:date .
    tenure:b org:member person:x ; bm:post post:b ; bm:startEarliest "2010-01-01"^^xsd:date .
    person:x a bm:Person ; rdfs:label "Lê X"@vi . person:y a bm:Person ; rdfs:label "Lê Y"@vi .
    """
    store.load(sparql_prologue() + rows, RdfFormat.TURTLE)
    index = Index.build(StoreReader(store))
    assert within(index, None, "2005-01-01", "le") == {"person:x"}
    found = {
        (place, on): bool(within(index, f"place:{place}", on, "le"))
        for place in "abc"
        for on in ("2005-01-01", "2015-01-01")
    }
    assert [pair for pair, there in found.items() if there] == [
        ("a", "2005-01-01"),
        ("b", "2015-01-01"),
        ("c", "2015-01-01"),
    ]


@given(st.dates(), st.dates(), st.dates())
def test_a_day_has_a_piece_of_a_stretch_if_it_lies_in_it(first: dt.date, end: dt.date, day: dt.date) -> None:
    def shown(day: dt.date) -> dt.date:  # what lies further off counts as the edge
        return min(max(day, dt.date(1600, 1, 1)), dt.date(2317, 1, 1))

    first, end, day = map(shown, (first, end, day))
    for stretch in (Stretch(first, end), Stretch(None, end), Stretch(first, None), Stretch(None, None)):
        pieces = pieces_of(stretch)
        assert len(pieces) == len(set(pieces)) <= 36
        assert (not set(pieces).isdisjoint(pieces_with(day))) == (day in stretch)


@pytest.mark.parametrize(
    ("text", "found"),
    [('"đức dũng"', ["person:du"]), ("“duc dung” do", ["person:du"]), ('"dũng đức"', []), ('"do dung"', ["person:du"]),
     ('"du"', []), ("du", ["person:du"])],
)  # fmt: skip
def test_words_in_quotation_marks_follow_each_other_and_are_whole(index: Index, text: str, found: list[str]) -> None:
    assert [hit for hit in [curie(one.iri) for one in index.find(text)] if hit.startswith("person:")] == found


def test_the_best_may_be_left_out(index: Index) -> None:
    every = [hit.iri for hit in index.find("thử", limit=10)]
    assert [hit.iri for hit in index.find("thử", limit=2, offset=2)] == every[2:4]
    assert index.find("thử", offset=1000) == []


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
