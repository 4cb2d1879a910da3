"""Who held a post on a day: the laws that certain, likely, possible and no obey."""

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.model.dates import PartialDate
from kg.model.holding import Certainty, Holding

from .holdings import ANY_HOLDING, DAY, HOLDING, WINDOW

NO, POSSIBLE, LIKELY, CERTAIN = Certainty
RIVALS = st.lists(ANY_HOLDING, max_size=3)


def day(n: int) -> dt.date:
    return dt.date(2022, 4, n)


def seen(*days: int) -> Holding:
    return Holding(frozenset(day(n) for n in days))


def answers(held: Holding, *days: int, rivals: tuple[Holding, ...] = ()) -> list[Certainty]:
    return [held.certainty_on(day(n), rivals) for n in days]


def test_a_day_in_the_news_proves_that_day_alone():
    assert answers(seen(5), 4, 5, 6) == [POSSIBLE, CERTAIN, POSSIBLE]


def test_between_two_attestations_it_is_likely():
    assert answers(seen(5, 9), 5, 6, 8, 9, 10) == [CERTAIN, LIKELY, LIKELY, CERTAIN, POSSIBLE]


def test_bounds_are_half_open():
    held = Holding(frozenset(), day(2), day(4), day(6), day(8))
    assert answers(held, 1, 2, 3, 4, 5, 6, 7, 8) == [NO, POSSIBLE, POSSIBLE, CERTAIN, CERTAIN, POSSIBLE, POSSIBLE, NO]


def test_a_known_first_day_is_certain_and_what_follows_is_not():
    assert answers(Holding(start_earliest=day(5), start_latest=day(5)), 4, 5, 6) == [NO, CERTAIN, POSSIBLE]


def test_a_start_and_a_later_sighting_make_it_likely_in_between():
    held = Holding(frozenset({day(9)}), start_latest=day(5))
    assert answers(held, 4, 5, 8, 9, 10) == [POSSIBLE, LIKELY, LIKELY, CERTAIN, POSSIBLE]


def test_an_end_of_which_only_the_earliest_day_is_known_excludes_nothing_after_it():
    held = Holding(frozenset({day(3)}), end_earliest=day(6))
    assert answers(held, 2, 3, 5, 6, 30) == [POSSIBLE, CERTAIN, LIKELY, POSSIBLE, POSSIBLE]


def test_somebody_else_seen_in_the_seat_in_between_makes_it_only_possible():
    assert answers(seen(1, 9), 5, rivals=(seen(3),)) == [POSSIBLE]
    assert answers(seen(1, 9), 5, rivals=(Holding(start_earliest=day(3), start_latest=day(3)),)) == [POSSIBLE]
    assert answers(seen(1, 9), 5, rivals=(Holding(start_latest=day(2), end_earliest=day(4)),)) == [POSSIBLE]


def test_somebody_else_seen_in_another_gap_or_at_the_handing_over_speaks_against_nothing():
    assert answers(seen(1, 5, 9), 3, 7, rivals=(seen(7),)) == [LIKELY, POSSIBLE]
    assert answers(seen(1, 9), 5, rivals=(seen(1), seen(9), seen(12))) == [LIKELY]
    assert answers(seen(2, 9), 5, rivals=(Holding(end_earliest=day(7)), Holding(start_latest=day(4)))) == [LIKELY]
    assert answers(seen(2, 9), 5, rivals=(Holding(start_latest=day(1), end_earliest=day(2)),)) == [LIKELY]


@pytest.mark.parametrize(
    ("start", "end", "bounds"),
    [
        ("2022", "2023", ("2022-01-01", "2022-12-31", "2023-01-01", "2024-01-01")),
        ("2022-02", "2024-02", ("2022-02-01", "2022-02-28", "2024-02-01", "2024-03-01")),
        ("2022-04-05", "2022-12-31", ("2022-04-05", "2022-04-05", "2022-12-31", "2023-01-01")),
        (None, "2023", (None, None, "2023-01-01", "2024-01-01")),
        ("2022", None, ("2022-01-01", "2022-12-31", None, None)),
    ],
)
def test_partial_dates_bound_as_far_as_they_go(start, end, bounds):
    held = Holding.between(PartialDate.parse(start) if start else None, PartialDate.parse(end) if end else None)
    got = (held.start_earliest, held.start_latest, held.end_earliest, held.end_latest)
    assert got == tuple(dt.date.fromisoformat(b) if b else None for b in bounds)


def test_a_term_of_years_is_certain_only_inside_both_years():
    held = Holding.between(PartialDate(2020), PartialDate(2025))
    days = [dt.date(2019, 12, 31), dt.date(2020, 6, 1), dt.date(2020, 12, 31), dt.date(2024, 12, 31)]
    days += [dt.date(2025, 1, 1), dt.date(2025, 12, 31), dt.date(2026, 1, 1)]
    assert [held.certainty_on(d) for d in days] == [NO, POSSIBLE, CERTAIN, CERTAIN, POSSIBLE, POSSIBLE, NO]


@pytest.mark.parametrize(
    ("held", "pair"),
    [
        (Holding(start_earliest=day(5), start_latest=day(4)), ("start_earliest", "start_latest")),
        (Holding(end_earliest=day(5), end_latest=day(4)), ("end_earliest", "end_latest")),
        (Holding(start_earliest=day(5), end_latest=day(5)), ("start_earliest", "end_latest")),
        (Holding(frozenset({day(4)}), start_earliest=day(5)), ("attested", "start_earliest")),
        (Holding(frozenset({day(5)}), end_latest=day(5)), ("attested", "end_latest")),
    ],
)
def test_what_cannot_both_be_right_is_named(held, pair):
    assert pair in held.contradictions()
    assert not held.is_consistent


def test_nothing_known_is_possible_on_any_day_and_consistent():
    assert Holding().certainty_on(day(5)) == POSSIBLE
    assert Holding().is_consistent


def test_words_of_certainty_are_those_of_the_library():
    assert [certainty.word for certainty in Certainty] == ["no", "possible", "likely", "certain"]


@given(HOLDING, HOLDING, DAY)
def test_more_evidence_never_makes_a_surer_answer_less_sure(known, more, on):
    both = known.tighten(more)
    assume(both.is_consistent)
    before, after = known.certainty_on(on), both.certainty_on(on)
    assert after >= before or (before == POSSIBLE and after == NO)


@given(HOLDING, HOLDING, RIVALS, DAY)
def test_more_days_in_office_keep_their_strength_against_rivals(known, more, rivals, on):
    both = known.tighten(Holding(attested=more.attested))
    assume(both.is_consistent)
    before, after = known.certainty_on(on, rivals), both.certainty_on(on, rivals)
    assert after >= before or (before == POSSIBLE and after == NO)


def test_a_start_known_to_be_earlier_lets_a_rival_in_between_count():
    """So the law above is one of days: a bound that is narrowed moves a known day away from the day asked for."""
    held, rival = Holding(frozenset({day(9)}), start_latest=day(5)), seen(3)
    assert answers(held, 7, rivals=(rival,)) == [LIKELY]
    assert answers(held.tighten(Holding(start_latest=day(2))), 7, rivals=(rival,)) == [POSSIBLE]


@given(HOLDING, HOLDING, DAY)
def test_a_no_stays_a_no(known, more, on):
    if known.certainty_on(on) == NO:
        assert known.tighten(more).certainty_on(on) == NO


@given(ANY_HOLDING, RIVALS, DAY)
def test_rivals_only_turn_likely_into_possible(held, rivals, on):
    alone, against = held.certainty_on(on), held.certainty_on(on, rivals)
    assert against == alone or (alone, against) == (LIKELY, POSSIBLE)


@given(ANY_HOLDING, DAY)
def test_stretches_are_the_days_of_that_certainty_or_surer(held, on):
    for least in (POSSIBLE, LIKELY, CERTAIN):
        assert any(on in stretch for stretch in held.stretches(least)) == (held.certainty_on(on) >= least)


@given(ANY_HOLDING)
def test_certain_days_are_likely_and_likely_days_possible(held):
    days = {least: {d for d in WINDOW if held.certainty_on(d) >= least} for least in Certainty}
    assert days[CERTAIN] <= days[LIKELY] <= days[POSSIBLE] <= set(WINDOW)


@given(HOLDING)
def test_attested_days_are_certain_and_the_first_day_outside_is_a_no(held):
    assert all(held.certainty_on(d) == CERTAIN for d in held.attested)
    if held.end_latest:
        assert held.certainty_on(held.end_latest) == NO
    if held.start_earliest:
        assert held.certainty_on(held.start_earliest) >= POSSIBLE
        assert held.certainty_on(held.start_earliest - dt.timedelta(days=1)) == NO


@given(ANY_HOLDING, ANY_HOLDING)
def test_overlap_is_symmetric_and_the_surest_common_day(one, other):
    assert one.overlap(other) == other.overlap(one)
    margin = [WINDOW[0] - dt.timedelta(days=1), *WINDOW, WINDOW[-1] + dt.timedelta(days=1)]
    assert one.overlap(other) == max(min(one.certainty_on(d), other.certainty_on(d)) for d in margin)


def test_an_end_and_a_start_on_one_day_do_not_overlap():
    before = Holding(start_earliest=day(1), start_latest=day(1), end_earliest=day(5), end_latest=day(5))
    after = Holding(start_earliest=day(5), start_latest=day(5))
    assert before.overlap(after) == NO


@given(ANY_HOLDING, ANY_HOLDING, ANY_HOLDING)
def test_tightening_is_idempotent_commutative_and_associative(a, b, c):
    assert a.tighten(a) == a == a.tighten(Holding())
    assert a.tighten(b) == b.tighten(a)
    assert a.tighten(b).tighten(c) == a.tighten(b.tighten(c))


@given(ANY_HOLDING, ANY_HOLDING)
def test_what_contradicts_itself_is_not_mended_by_more(one, more):
    if not one.is_consistent:
        assert not one.tighten(more).is_consistent
