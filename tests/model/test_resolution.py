"""Which paper a symbol means, where symbols repeat: across terms, series, provinces and years."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.numbers import parse
from kg.model.resolution import DirectiveCandidate, DirectiveMention, Resolution, resolve, roman

BAC_KAN, NGHE_AN = "place:tinh-bac-kan", "place:tinh-nghe-an"


def mention(symbol: str, **known) -> DirectiveMention:
    number = parse(symbol)
    assert number is not None
    return DirectiveMention(number.key(), number, **known)


def candidate(iri: str, symbol: str, **known) -> DirectiveCandidate:
    number = parse(symbol)
    assert number is not None
    return DirectiveCandidate(iri, number.key(), **known)


def chosen(found: Resolution) -> str | None:
    return found.choice.iri if found.choice else None


CT05 = (
    candidate(
        "directive:05-ct-tw-khoa-12", "05-CT/TW", term=12, year=2016, title="về đẩy mạnh học tập và làm theo Bác"
    ),
    candidate("directive:05-ct-tw-khoa-13", "05-CT/TW", term=13, year=2021, title="về công tác cán bộ nữ trong Đảng"),
)


@pytest.mark.parametrize(
    ("known", "meant"),
    [
        ({"term": 12}, "directive:05-ct-tw-khoa-12"),
        ({"term": 13}, "directive:05-ct-tw-khoa-13"),
        ({"year": 2016}, "directive:05-ct-tw-khoa-12"),
        ({"title": "Về công tác cán bộ nữ"}, "directive:05-ct-tw-khoa-13"),
        ({"day": dt.date(2018, 5, 1)}, "directive:05-ct-tw-khoa-12"),
        ({}, None),
        ({"day": dt.date(2022, 5, 1)}, None),
        ({"term": 11}, None),
        ({"term": 12, "title": "về công tác cán bộ nữ trong Đảng"}, "directive:05-ct-tw-khoa-12"),
    ],
)
def test_one_symbol_of_two_terms_is_told_by_term_year_title_or_day(known, meant):
    assert chosen(resolve(mention("05-CT/TW", **known), CT05)) == meant


def test_the_reasons_are_said_in_both_languages():
    first, last = resolve(mention("05-CT/TW", term=12, year=2016), CT05).ranked
    assert first.explain("vi") == "cùng số và ký hiệu; khóa XII phù hợp; năm 2016 phù hợp"
    assert first.explain("en") == "same number and symbol; term XII agrees; year 2016 agrees"
    assert last.is_contradicted
    assert "khác khóa: XII, không phải XIII" in last.explain("vi")
    assert "another term: XII, not XIII" in last.explain("en")


def test_decisions_and_regulations_share_one_series_at_the_centre():
    known = candidate("directive:37-qd-tw-khoa-13", "37-QĐ/TW", term=13, type="Quy định")
    found = resolve(mention("37-QĐ/TW", term=13, type="Quyết định"), [known])
    assert chosen(found) == known.iri
    assert "ghi loại văn bản khác: Quyết định, không phải Quy định" in found.ranked[0].explain("vi")


def test_decisions_and_regulations_of_a_province_are_two_series():
    known = candidate("directive:37-qd-tu", "37-QĐ/TU", place=BAC_KAN, type="Quy định")
    assert chosen(resolve(mention("37-QĐ/TU", place=BAC_KAN, type="Quyết định"), [known])) is None
    assert chosen(resolve(mention("37-QĐ/TU", place=BAC_KAN, type="Quy định"), [known])) == known.iri


def test_a_normative_and_an_ordinary_paper_are_two_series():
    known = candidate("directive:34-2016-qd-ttg", "34/2016/QĐ-TTg", year=2016)
    assert resolve(mention("34/QĐ-TTg", year=2016), [known]).ranked == ()


KH12 = (
    candidate("directive:12-kh-tu-bac-kan", "12-KH/TU", place=BAC_KAN, issuer="organ:cap-uy-tinh-bac-kan", year=2021),
    candidate("directive:12-kh-tu-nghe-an", "12-KH/TU", place=NGHE_AN, issuer="organ:cap-uy-tinh-nghe-an", year=2021),
)


def test_one_symbol_of_two_provinces_is_told_by_place_alone():
    assert chosen(resolve(mention("12-KH/TU", place=NGHE_AN), KH12)) == "directive:12-kh-tu-nghe-an"
    found = resolve(mention("12-KH/TU", place="place:tinh-ca-mau", year=2021), KH12)
    assert chosen(found) is None
    assert all(each.is_contradicted for each in found.ranked)


def test_without_a_place_a_provincial_symbol_stays_undecided_even_if_one_is_known():
    found = resolve(mention("12-KH/TU", year=2021), KH12[:1])
    assert chosen(found) is None
    assert "chưa rõ có cùng nơi ban hành không" in found.ranked[0].explain("vi")
    alike = replace(KH12[0], title="thực hiện Nghị quyết số 57 của Bộ Chính trị")
    assert chosen(resolve(mention("12-KH/TU", title="thực hiện Nghị quyết 57 của Bộ Chính trị"), [alike])) is None


def test_two_issuers_of_one_place_share_a_series():
    found = resolve(mention("12-KH/TU", place=BAC_KAN, issuer="organ:ban-thuong-vu-tinh-bac-kan"), KH12)
    assert chosen(found) == "directive:12-kh-tu-bac-kan"
    assert "ghi cơ quan ban hành khác nhau trong cùng dãy số" in found.ranked[0].explain("vi")


def test_one_symbol_of_two_years_is_told_by_the_year_alone():
    papers = [
        candidate(f"directive:543-{year}", "543/QĐ-UBND", place=BAC_KAN, year=year, issued=dt.date(year, 4, 5))
        for year in (2021, 2022)
    ]
    assert chosen(resolve(mention("543/QĐ-UBND", place=BAC_KAN, year=2022), papers)) == "directive:543-2022"
    assert chosen(resolve(mention("543/QĐ-UBND", place=BAC_KAN, year=2023), papers)) is None
    assert chosen(resolve(mention("543/QĐ-UBND", place=BAC_KAN), papers)) is None
    assert (
        chosen(resolve(mention("543/QĐ-UBND", place=BAC_KAN, day=dt.date(2021, 9, 1)), papers)) == "directive:543-2021"
    )


def test_a_wrong_day_within_the_term_is_a_conflict_and_no_other_paper():
    known = candidate("directive:238", "238-QĐ/TW", term=12, year=2020, issued=dt.date(2020, 9, 30))
    found = resolve(mention("238-QĐ/TW", term=12, year=2019, issued=dt.date(2019, 9, 30)), [known])
    assert chosen(found) == "directive:238"
    assert "cùng khóa nhưng ghi năm 2019 và 2020" in found.ranked[0].explain("vi")


def test_a_paper_known_by_name_needs_its_issuer():
    law = DirectiveCandidate("directive:luat-dat-dai", "luat dat dai", issuer="organ:quoc-hoi", year=2024)
    assert chosen(resolve(DirectiveMention("luat dat dai", year=2024), [law])) is None
    found = resolve(DirectiveMention("luat dat dai", year=2024, issuer="organ:quoc-hoi"), [law])
    assert chosen(found) == law.iri
    assert found.ranked[0].explain("en").startswith("same name; year 2024 agrees")


@pytest.mark.parametrize(
    ("ordinal", "written"), [(1, "I"), (9, "IX"), (14, "XIV"), (39, 3 * "X" + "IX"), (40, "40"), (0, "0")]
)
def test_terms_are_written_in_roman_numerals(ordinal, written):
    assert roman(ordinal) == written


SYMBOL = st.sampled_from(["05-CT/TW", "37-QĐ/TW", "37-QĐ/TU", "543/QĐ-UBND", "34/2016/NĐ-CP"])
KNOWN = st.fixed_dictionaries(
    {},
    optional={
        "term": st.integers(11, 13),
        "year": st.integers(2015, 2017),
        "place": st.sampled_from([BAC_KAN, NGHE_AN]),
        "issuer": st.sampled_from(["organ:a", "organ:b"]),
        "type": st.sampled_from(["Quyết định", "Quy định", "Chỉ thị"]),
        "issued": st.dates(dt.date(2015, 1, 1), dt.date(2017, 12, 31)),
        "title": st.sampled_from(["về công tác cán bộ nữ", "về học tập và làm theo Bác"]),
    },
)
MENTIONS = st.builds(lambda s, known: mention(s, **known), SYMBOL, KNOWN)
CANDIDATES = st.lists(st.tuples(SYMBOL, KNOWN), max_size=4).map(
    lambda drawn: [candidate(f"directive:{n}", symbol, **known) for n, (symbol, known) in enumerate(drawn)]
)


@given(MENTIONS, CANDIDATES)
def test_no_choice_crosses_a_contradiction_of_symbol_term_year_or_place(said, known):
    best = resolve(said, known).choice
    if best:
        assert best.symbol == said.symbol
        assert said.term is None or best.term in (None, said.term)
        assert said.year is None or best.year in (None, said.year) or best.term == said.term is not None
        assert said.number is not None
        assert (
            said.number.is_central
            or said.place is None
            or best.place in (None, said.place)
            or best.issuer == said.issuer
        )


@given(MENTIONS, CANDIDATES, st.randoms(use_true_random=False))
def test_the_order_of_candidates_does_not_matter(said, known, random):
    shuffled = random.sample(known, len(known))
    assert resolve(said, shuffled) == resolve(said, known)


@given(MENTIONS, CANDIDATES)
def test_a_twin_makes_every_choice_undecided(said, known):
    best = resolve(said, known).choice
    if best:
        assert resolve(said, [*known, replace(best, iri="directive:twin")]).choice is None


@given(MENTIONS, CANDIDATES)
def test_every_candidate_is_ranked_with_reasons_in_both_languages(said, known):
    found = resolve(said, known)
    assert {each.candidate.iri for each in found.ranked} == {c.iri for c in known if c.symbol == said.symbol}
    assert all(reason.vi and reason.en for each in found.ranked for reason in each.reasons)


def test_letters_not_in_use_on_the_day_of_a_candidate_speak_against_it():
    strange = candidate("directive:a", "94-KH/BTGDVTW", issued=dt.date(2022, 4, 5))
    usual = candidate("directive:b", "94-KH/BTGDVTW", issued=dt.date(2025, 4, 5))
    found = resolve(mention("94-KH/BTGDVTW"), (strange, usual))
    assert [each.candidate.iri for each in found.ranked] == ["directive:b", "directive:a"]
    assert "BTGDVTW not in use on 2022-04-05" in found.ranked[1].explain("en")
