"""Connections that keep the service waiting are closed, those that work are left."""

from dataclasses import dataclass, field

import pytest

from server.connections import Connections


@dataclass(eq=False)
class Channel:
    """What is looked at of a connection."""

    request: object | None = None
    requests: list[object] = field(default_factory=list)
    total_outbufs_len: int = 0
    last_activity: float = 0.0
    will_close: bool = False


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def swept(channels: list[Channel], most: int, *, upto: int) -> list[bool]:
    """Which are closed after so many seconds, looked at each second."""
    clock = Clock()
    connections = Connections(most, clock)
    for second in range(upto + 1):
        clock.now = float(second)
        connections.sweep(channels)
    return [channel.will_close for channel in channels]


@pytest.mark.parametrize(("seconds", "closed"), [(59, False), (62, True)])
def test_a_request_that_comes_drop_by_drop_has_a_minute(seconds: int, closed: bool) -> None:
    slow = Channel(request=object(), last_activity=1e9)  # something comes all the time
    assert swept([slow], 100, upto=seconds) == [closed]


@pytest.mark.parametrize(("seconds", "closed"), [(29, False), (32, True)])
def test_a_client_that_takes_nothing_of_its_answer_has_half_a_minute(seconds: int, closed: bool) -> None:
    assert swept([Channel(total_outbufs_len=10)], 100, upto=seconds) == [closed]


def test_idle_ones_are_left_unless_there_are_many() -> None:
    assert swept([Channel()], 100, upto=200) == [False]
    crowd = [Channel() for _ in range(9)]
    busy = Channel(requests=[object()])
    assert swept([*crowd, busy], 10, upto=10) == [True] * 9 + [False]
