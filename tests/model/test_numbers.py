"""Document numbers: every printed form is read, one form is written."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.numbers import DocumentCode, DocumentNumber, issuers, parse, types
from kg.resources import tree


def read(text: str) -> DocumentNumber:
    number = parse(text)
    assert number is not None, text
    return number


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("238-QĐ/TW", "238-QĐ/TW"),
        ("94- KH/BTGDVTW", "94-KH/BTGDVTW"),
        ("72-NQ-TW", "72-NQ-TW"),
        ("10/2016/QĐ- TTg", "10/2016/QĐ-TTg"),
        ("476-QĐNS/TW", "476-QĐNS/TW"),
        ("19-2017/NQ-CP", "19-2017/NQ-CP"),
        ("101-SL/L.003", "101-SL/L.003"),
        ("4–KH/TW", "4-KH/TW"),
        ("160/Q\u00d0-TW", "160/QĐ-TW"),
        ("543/QĐ\u00a0-UBND", "543/QĐ-UBND"),
        ("12/QĐ-BCA-C06", "12/QĐ-BCA-C06"),
        ("81/2025/QH15", "81/2025/QH15"),
        ("123/QĐ-", "123/QĐ"),
        ("46 CT/TW", "46-CT/TW"),
        ("46-CT TW", "46-CT/TW"),
        ("46 CT TW", "46-CT/TW"),
        ("94-KH / BTGDVTW", "94-KH/BTGDVTW"),
        ("65 Ctr/TU", "65-Ctr/TU"),
        ("12 NQ/2020/HĐND", "12/2020-NQ/HĐND"),
        ("15a/QĐ-UBND", "15a/QĐ-UBND"),
    ],
)
def test_dirty_forms_are_read_and_written_clean(printed: str, written: str) -> None:
    assert str(read(printed)) == written


@pytest.mark.parametrize(
    "text",
    ["05/4/2022", "quý II-2022", "II-2022", "65/67", "2016-2021", "16", "", "-/-", "24/7", "２３-CT/TW", "12abc/TW"],
)
def test_dates_terms_and_ratios_are_no_numbers(text: str) -> None:
    assert parse(text) is None


def test_printed_forms_of_one_number_have_one_key() -> None:
    assert read("04-KH/TW").key() == read("4- KH/TW").key() == read("4/KH-TW").key()


def test_the_separators_decide_between_party_and_state() -> None:
    party, state = read("12-QĐ/BTC"), read("12/QĐ-BTC")
    assert (party.ladder, state.ladder) == ("Party", "State")
    assert party.issuer() is not None
    assert state.issuer() is not None
    assert [n.issuer().name for n in (party, state)] == ["Ban Tổ chức", "Bộ Tài chính"]  # type: ignore[union-attr]  # asserted above


def test_an_issuer_of_one_ladder_decides_over_the_separators() -> None:
    assert read("160/QĐ-TW").ladder == "Party"


def test_the_code_qd_is_a_decision_or_a_regulation_in_the_party_only() -> None:
    assert read("37-QĐ/TW").type_names() == ("Quyết định", "Quy định")
    assert read("37/QĐ-UBND").type_names() == ("Quyết định",)


def test_letters_that_changed_hands_mean_what_they_meant_on_the_day() -> None:
    old, new = (
        DocumentCode("XX", "Party", "cũ", True, valid_to=dt.date(2025, 2, 3)),
        DocumentCode("XX", "Party", "mới", True, valid_from=dt.date(2025, 2, 3)),
    )
    assert [code.is_used_on(dt.date(2025, 2, 2)) for code in (old, new)] == [True, False]
    assert [code.is_used_on(dt.date(2025, 2, 3)) for code in (old, new)] == [False, True]
    assert old.is_used_on(None)


def test_letters_of_another_time_are_told() -> None:
    number = read("94-KH/BTGDVTW")
    assert number.unused_letters(dt.date(2022, 4, 5)) == ("BTGDVTW",)
    assert number.unused_letters(dt.date(2025, 4, 5)) == ()
    assert read("81/2025/QH15").unused_letters(dt.date(2025, 6, 25)) == ()


def test_a_letter_has_no_type() -> None:
    letter = read("5973/UBND-KT")
    assert (letter.type_code, letter.issuer_code, letter.units) == (None, "UBND", ("KT",))


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("35-NQ/TƯ", "35-NQ-TW"),
        ("35-NQ/T.Ư", "35-NQ-TW"),
        ("37-QĐi/TW", "37-QĐ-TW"),
        ("37-QyĐ/TƯ", "37-QĐ-TW"),
        ("37-QĐi/TU", "37-QĐI-TU"),
    ],
)
def test_letters_of_the_centre_and_its_one_series_of_decisions_and_regulations_have_one_key(written: str, key: str):
    assert read(written).key() == key


@pytest.mark.parametrize("written", ["12/QĐ-C06", "1/KH-BCĐ389", "101-SL/L.003", "25-KH/TU"])
def test_figures_of_other_issuers_are_no_term(written: str) -> None:
    assert read(written).term is None


@pytest.mark.parametrize("written", ["35-NQ/TƯ", "35-NQ/T.Ư", "35-NQ/TW"])
def test_letters_that_hide_which_body_of_the_centre_it_was(written: str) -> None:
    assert read(written).hides_issuer
    assert read(written).issuer() == read("35-NQ/TW").issuer() is not None
    assert read(written).is_central


def test_a_law_states_its_term() -> None:
    law = read("72/2025/QH15")
    assert (law.year, law.term, law.number) == (2025, 15, 72)


PARTY_TYPES = "NQ CT KL QC QĐ QĐi QyĐ QĐNS TT HD TB BC KH CTr ĐA TTr CV QTr BB TC CL"
STATE_TYPES = "NQ QĐ CT QC QyĐ TC TB HD CTr KH PA ĐA DA BC BB TTr HĐ CĐ NĐ TT TTLT VBHN L PL SL"
PARTY_ISSUERS = (
    "TW VPTW UBKTTW BTGTW BTGDVTW BTCTW BDVTW BNCTW TU HU QU ĐU ĐB CB BTGTU BTGDVTU BTCTU UBKTTU BDVTU BNCTU VPTU "
    "BCSĐ ĐĐ BCĐ BTV BCH"
)


def test_the_closed_lists_hold_every_code_of_the_field() -> None:
    held = {(row.code, ladder) for row in types() for ladder in ("Party", "State") if row.ladder in ("*", ladder)}
    assert {(code, "Party") for code in PARTY_TYPES.split()} <= held
    assert {(code, "State") for code in STATE_TYPES.split()} <= held
    assert set(PARTY_ISSUERS.split()) <= {row.code for row in issuers() if row.ladder in ("*", "Party")}
    assert len(types()) > 30
    assert len(issuers()) > 60


def test_the_closed_lists_say_of_which_rules_and_day_they_are() -> None:
    for scheme in ("typecode", "issuer"):
        head = (tree("ontology") / "codes" / f"{scheme}.ttl").read_text(encoding="utf-8").partition("skos:Concept ;")[0]
        for source in ("66-QĐ/TW ngày 6/2/2017", "399-QĐ/TW ngày 9/1/2026", "30/2020/NĐ-CP ngày 5/3/2020"):
            assert source in head


def test_no_row_of_the_closed_lists_stands_twice() -> None:
    rows = [(row.code.lower(), row.ladder, row.name) for row in (*types(), *issuers())]
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("row", types(), ids=lambda row: f"{row.ladder} {row.code} {row.name}")
def test_every_type_is_read_on_its_ladder_and_named(row: DocumentCode) -> None:
    for ladder, written in (("Party", f"12-{row.code}/XX"), ("State", f"12/{row.code}-XX")):
        if row.ladder in ("*", ladder):
            assert read(written).ladder == ladder
            assert row.name in read(written).type_names()


@pytest.mark.parametrize("row", issuers(), ids=lambda row: f"{row.ladder} {row.code}")
def test_every_issuer_is_read_on_its_ladder(row: DocumentCode) -> None:
    written = f"12/KH-{row.code}" if row.ladder == "State" else f"12-KH/{row.code}"
    issuer = read(written).issuer()
    assert issuer is not None
    assert (issuer.code, issuer.name) == ("TW" if row.code == "TƯ" else row.code, row.name)
    assert read(written).is_central == (row.is_central or row.code in ("TW", "TƯ"))


SERIAL = st.integers(1, 99_999).map(str) | st.integers(1, 99).map(lambda n: f"{n:03d}")
TYPE = st.sampled_from(sorted({row.code for row in types()}))
ISSUER = st.sampled_from(sorted({row.code for row in issuers()} - {row.code for row in types()}))
YEAR = st.integers(1945, 2030)


@given(SERIAL, TYPE, ISSUER)
def test_party_numbers_come_back_as_written(serial: str, kind: str, issuer: str) -> None:
    written = f"{serial}-{kind}/{issuer}"
    assert str(read(written)) == written
    assert read(str(read(written))) == read(written)


@given(SERIAL, YEAR, TYPE, ISSUER, st.sampled_from(["", " ", "\u00a0", "\n"]))
def test_state_numbers_come_back_without_their_blanks(serial: str, year: int, kind: str, issuer: str, gap: str) -> None:
    number = read(f"{serial}/{year}/{kind}-{gap}{issuer}")
    assert str(number) == f"{serial}/{year}/{kind}-{issuer}"
    assert (number.year, number.type_code, number.issuer_code) == (year, kind, issuer)


DASH = st.sampled_from([*"-\u2010\u2011\u2012\u2013\u2014\u2212"])
GAP = st.sampled_from(["", " ", "\u00a0", "\n", " \t"])
WRITTEN = st.one_of(
    st.builds("{}-{}/{}".format, SERIAL, TYPE, ISSUER),
    st.builds("{}/{}/{}-{}".format, SERIAL, YEAR, TYPE, ISSUER),
    st.builds("{}/{}-{}-C06".format, SERIAL, TYPE, ISSUER),
    st.builds("{}/UBND-KT".format, SERIAL),
    st.builds("{}/{}/QH{}".format, SERIAL, YEAR, st.integers(1, 16)),
    st.builds("{}/NQ-UBTVQH{}".format, SERIAL, st.integers(1, 16)),
)


@given(WRITTEN, st.data())
def test_a_dirty_print_of_a_number_has_its_key(written: str, data: st.DataObject) -> None:
    """Any dash, blanks around the separators, any case, Icelandic Ð, decomposed letters, a dash for "/"."""
    dirty = "".join(_smudged(mark, data) if mark in "-/" else mark for mark in written)
    change = data.draw(st.sampled_from([str, str.lower, str.upper, lambda s: unicodedata.normalize("NFD", s)]))
    dirty = change(dirty).replace("Đ", data.draw(st.sampled_from(["Đ", "\u00d0"])))
    assert read(dirty).key() == read(written).key()


def _smudged(mark: str, data: st.DataObject) -> str:
    dash = data.draw(DASH) if mark == "-" or data.draw(st.booleans()) else "/"
    return data.draw(GAP) + dash + data.draw(GAP)


@given(WRITTEN)
def test_what_is_written_is_read_as_written(written: str) -> None:
    assert str(read(written)) == written


@given(st.text(max_size=40))
def test_no_text_makes_it_fail(text: str) -> None:
    number = parse(text)
    assert number is None or parse(str(number)) == number
