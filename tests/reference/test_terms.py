"""Bodies below the centre have the terms of their calendar, and none from a time when they were not there."""

import pytest

from kg.reference import bodies_of, terms_of
from kg.reference.quads import reference_quads, reference_units

UNITS = {unit.slug: unit for unit in reference_units("full")}


def years(place: str, leaf: str) -> list[str]:
    terms = terms_of(body for body in bodies_of(UNITS[place]) if body.rule.leaf == leaf)
    return [term.slug.rsplit("-nhiem-ky-", 1)[1] for term in terms]


def test_old_province_ends_before_the_congresses_of_2025() -> None:
    assert years("tinh-bac-kan", "cap-uy")[-2:] == ["2015-2020", "2020-2025"]
    assert years("tinh-bac-kan", "hdnd")[-2:] == ["2016-2021", "2021-2026"]


def test_merged_province_has_the_rest_of_two_terms_of_different_calendars() -> None:
    assert years("tinh-thai-nguyen-2025", "cap-uy") == ["2020-2025", "2025-2030"]
    assert years("tinh-thai-nguyen-2025", "hdnd") == ["2021-2026", "2026-2031"]
    assert years("tinh-thai-nguyen-2025", "mttq") == ["2025-2030"]


@pytest.mark.parametrize(
    ("place", "last"),
    [
        ("quan-1-ho-chi-minh", "2016-2021"),
        ("quan-hai-chau-da-nang", "2016-2021"),
        ("quan-ba-dinh-ha-noi", "2021-2026"),
        ("huyen-cho-don-bac-kan", "2021-2026"),
    ],
)
def test_councils_that_were_not_elected_in_2021_have_no_term_from_then_on(place: str, last: str) -> None:
    assert years(place, "hdnd")[-1] == last


def test_unit_that_began_within_a_term_has_it_and_none_before() -> None:
    assert years("thanh-pho-thu-duc-ho-chi-minh", "cap-uy") == ["2020-2025"]
    assert years("thanh-pho-thu-duc-ho-chi-minh", "hdnd") == ["2016-2021", "2021-2026"]


def test_boards_have_no_terms_of_their_own() -> None:
    assert not list(terms_of(b for b in bodies_of(UNITS["tinh-bac-kan"]) if b.rule.leaf in ("ban-to-chuc", "ubnd")))


def test_name_says_body_and_years_and_the_term_says_its_rule() -> None:
    province = bodies_of(UNITS["tinh-bac-kan"])
    term = next(t for t in terms_of(province) if t.slug == "hdnd-tinh-bac-kan-nhiem-ky-2004-2011")
    assert term.label == "Hội đồng nhân dân tỉnh Bắc Kạn nhiệm kỳ 2004–2011"
    assert term.years == ((2004, 2011), (2004, 2009))
    assert term.basis == "council-term-2004 (ontology/reference/term-calendars.tsv)"


def test_artefact_has_terms_of_provinces_and_leaves_those_below_to_first_mention() -> None:
    terms = {
        quad.subject.value.rsplit("/", 1)[1] for quad in reference_quads("full") if "/id/term/" in str(quad.subject)
    }
    assert {"cap-uy-tinh-bac-kan-nhiem-ky-2020-2025", "ban-chap-hanh-trung-uong-dang-khoa-13"} <= terms
    assert not any("huyen-cho-don" in term for term in terms)
