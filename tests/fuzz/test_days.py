"""Days and periods: in the calendar, within the text, whatever stands around them."""

from hypothesis import strategies as st

from kg.extract.dates import date_at, year_at
from kg.extract.view import look
from kg.model.dates import PartialDate
from kg.read.cell_dates import read_date, read_period
from tests.fuzz import words
from tests.fuzz.budget import Budget, budgets
from tests.fuzz.texts import ODD, changed

dated = changed(
    st.lists(words.date | words.frame | words.parting | st.sampled_from(ODD), min_size=1, max_size=6).map(" ".join)
)


def is_in_the_calendar(text: str, year: int | None) -> None:
    """A date that begins at a token ends behind it, within the text, and is a day, month or year that there is."""
    view = look(text)
    for at in range(len(view)):
        for read in (date_at(view, at, year), year_at(view, at)):
            if read is not None:
                assert at == read.start < read.end <= len(view)
                said = PartialDate.parse(read.edtf)
                assert not read.inferred or said.year == year


@budgets(examples=300, seconds=2)
def test_every_date_of_a_text_is_in_the_calendar(budget: Budget) -> None:
    budget.holds(is_in_the_calendar, dated, st.none() | st.integers(1, 9999))


def is_a_date_or_a_sentence(text: str) -> None:
    for read in (read_date, read_period):
        try:
            read(text)
        except ValueError as fault:
            assert str(fault).endswith(".")


@budgets(examples=300, seconds=2)
def test_every_cell_is_a_date_a_period_or_one_sentence(budget: Budget) -> None:
    budget.holds(is_a_date_or_a_sentence, changed(words.date) | dated)


def comes_back(day: PartialDate) -> None:
    assert PartialDate.parse(str(day)) == day
    assert day.first_day <= day.last_day
    assert read_date(str(day)) == day


_days = st.dates(min_value=PartialDate.parse("1800").first_day, max_value=PartialDate.parse("2099").first_day)
partial = st.one_of(
    _days.map(PartialDate.of),
    _days.map(lambda day: PartialDate(day.year, day.month)),
    _days.map(lambda day: PartialDate(day.year)),
)


@budgets(examples=100, seconds=1)
def test_a_written_date_comes_back(budget: Budget) -> None:
    budget.holds(comes_back, partial)
