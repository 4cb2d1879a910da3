"""Holdings drawn at random from a few days, so that they touch, cross and contradict each other often."""

import datetime as dt

from hypothesis import strategies as st

from kg.model.holding import Holding

FIRST = dt.date(2024, 2, 26)
WINDOW = tuple(FIRST + dt.timedelta(days=n) for n in range(10))
DAY = st.sampled_from(WINDOW)
BOUND = st.none() | DAY
ANY_HOLDING = st.builds(Holding, st.frozensets(DAY, max_size=3), BOUND, BOUND, BOUND, BOUND)
HOLDING = ANY_HOLDING.filter(lambda held: held.is_consistent)
