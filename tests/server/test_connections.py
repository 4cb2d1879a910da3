"""Connections on which nothing moves are closed."""

from dataclasses import dataclass, field

import pytest

from server.connections import Connections


@dataclass(eq=False)
class Line:
    """What waitress' channel shows."""

    request: object | None = None
    requests: list[object] = field(default_factory=list)
    total_outbufs_len: int = 0
    last_activity: float = 0.0
    will_close: bool = False


@pytest.fixture
def now() -> list[float]:
    return [0.0]


def look(now: list[float], lines: list[Line], most: int, *times: float) -> None:
    connections = Connections(most, lambda: now[0])
    for at in (0.0, *times):
        now[0] = at
        connections.sweep(lines)


def test_a_request_that_never_comes_whole_is_given_up_however_often_a_byte_comes(now: list[float]) -> None:
    slow = Line(request=object())
    connections = Connections(100, lambda: now[0])
    for second in range(70):
        now[0] = slow.last_activity = float(second)
        connections.sweep([slow])
        assert slow.will_close == (second > 60)


def test_who_takes_nothing_of_an_answer_is_let_go_and_who_takes_some_is_not(now: list[float]) -> None:
    stuck, slow = Line(requests=[1], total_outbufs_len=9), Line(requests=[1], total_outbufs_len=9, last_activity=20.0)
    look(now, [stuck, slow], 100, 31.0)
    assert (stuck.will_close, slow.will_close) == (True, False)


def test_a_query_that_computes_is_no_idle_connection(now: list[float]) -> None:
    lines = [Line(requests=[1]) for _ in range(10)]
    look(now, lines, 10, 200.0)
    assert not any(line.will_close for line in lines)


def test_idle_ones_and_slow_ones_make_room_in_a_crowd(now: list[float]) -> None:
    crowd = [*(Line() for _ in range(5)), *(Line(request=object()) for _ in range(4))]
    look(now, crowd, 100, 10.0)
    assert not any(line.will_close for line in crowd)
    look(now, crowd, 10, 10.0)
    assert all(line.will_close for line in crowd)


def test_it_looks_once_a_second(now: list[float]) -> None:
    line, connections = Line(last_activity=-10.0), Connections(1, lambda: now[0])
    connections.sweep([])
    for at, closed in ((0.5, False), (1.1, True)):
        now[0] = at
        connections.sweep([line])
        assert line.will_close is closed
