"""Document numbers, terms and choices among papers, of whatever text."""

import unicodedata

from hypothesis import strategies as st

from kg.model.numbers import parse
from kg.model.ordinals import ordinal
from kg.model.resolution import DirectiveCandidate, DirectiveMention, resolve, roman
from tests.fuzz import words
from tests.fuzz.budget import Budget, budgets
from tests.fuzz.texts import ODD, changed

numbers = changed(words.number) | st.lists(
    st.one_of(
        words.type_code, words.issuer_code, words.mark, words.gap, st.integers(0, 2050).map(str), st.sampled_from(ODD)
    ),
    max_size=8,
).map("".join)


def is_read_and_written(text: str) -> None:
    """A number is none, or is written in one form that is read as the same number with the same key and meanings."""
    number = parse(text)
    if number is None:
        return
    again = parse(str(number))
    assert again == number
    assert again.key() == number.key()
    assert parse(number.key()) is not None
    assert number.number >= 0
    assert number.ladder in (None, "Party", "State", "Front")
    assert (number.issuer() is None) <= (not number.is_central or number.hides_issuer)
    assert all(number.type_names())
    for form in ("NFC", "NFD"):
        changed_form = parse(unicodedata.normalize(form, text))
        assert changed_form is not None
        assert changed_form.key() == number.key()


@budgets(examples=600, seconds=3)
def test_any_text_is_a_number_with_one_form_or_none(budget: Budget) -> None:
    budget.holds(is_read_and_written, numbers)


def is_a_term(text: str) -> None:
    try:
        number = ordinal(text)
    except ValueError as fault:
        assert str(fault).endswith(".")
    else:
        assert ordinal(roman(number)) == number or number <= 0 or text.upper() != roman(number)


@budgets(examples=200, seconds=1)
def test_any_text_is_the_number_of_a_term_or_one_sentence(budget: Budget) -> None:
    budget.holds(is_a_term, st.text("IVXLCivxlc", max_size=8) | st.sampled_from(ODD) | st.text(max_size=6))


known = st.fixed_dictionaries(
    {},
    optional={
        "term": st.integers(-1, 50),
        "year": st.integers(0, 9999),
        "place": words.place,
        "issuer": words.organ,
        "type": words.phrase,
        "title": changed(st.builds("{} {}".format, words.phrase, words.organ)),
        "issued": st.dates(),
    },
)


def is_decided(text: str, said: dict, others: list[dict]) -> None:
    """Every paper of the symbol is ranked, whatever is known, and none is chosen against a contradiction."""
    number = parse(text)
    symbol = number.key() if number else text
    papers = [DirectiveCandidate(f"directive:{at}", symbol, **each) for at, each in enumerate(others)]
    found = resolve(DirectiveMention(symbol, number, **said), papers)
    assert len(found.ranked) == len(papers)
    assert all(each.explain("vi") and each.explain("en") for each in found.ranked)
    assert found.choice is None or not found.ranked[0].is_contradicted


@budgets(examples=150, seconds=2)
def test_any_symbol_is_decided_among_any_papers(budget: Budget) -> None:
    budget.holds(is_decided, numbers, known, st.lists(known, max_size=4))
