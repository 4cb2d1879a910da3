"""Document numbers: every printed form is read, one form is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.numbers import DocumentNumber, issuers, parse, types


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
    ],
)
def test_dirty_forms_are_read_and_written_clean(printed: str, written: str) -> None:
    assert str(read(printed)) == written


@pytest.mark.parametrize("text", ["05/4/2022", "quý II-2022", "II-2022", "65/67", "2016-2021", "16", "", "-/-", "24/7"])
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


def test_a_letter_has_no_type() -> None:
    letter = read("5973/UBND-KT")
    assert (letter.type_code, letter.issuer_code, letter.units) == (None, "UBND", ("KT",))


def test_a_law_states_its_term() -> None:
    law = read("72/2025/QH15")
    assert (law.year, law.term, law.number) == (2025, 15, 72)


def test_the_closed_lists_are_not_empty() -> None:
    assert len(types()) > 30
    assert len(issuers()) > 60


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


@given(st.text(max_size=40))
def test_no_text_makes_it_fail(text: str) -> None:
    number = parse(text)
    assert number is None or parse(str(number)) == number
