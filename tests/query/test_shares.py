"""How much of the workers a client used, and how that is forgotten."""

from kg.query.shares import Shares


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_was_used_counts_half_after_ten_seconds() -> None:
    clock = Clock()
    shares = Shares(clock)
    shares.add("lan", 8.0)
    shares.add("mai", 1.0)
    assert (shares.used("lan"), shares.used("mai"), shares.used("nobody")) == (8.0, 1.0, 0.0)
    clock.now = 10.0
    assert shares.used("lan") == 4.0
    shares.add("lan", 1.0)
    assert shares.used("lan") == 5.0
    clock.now = 1000.0
    assert shares.used("lan") < 1e-6


def test_the_clients_seen_longest_ago_are_forgotten() -> None:
    shares = Shares(Clock())
    for number in range(10_001):
        shares.add(f"c{number}", 1.0)
    assert shares.used("c0") == 0.0
    assert shares.used("c1") == shares.used("c10000") == 1.0
