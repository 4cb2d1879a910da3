"""Connections that keep the service waiting are closed: a place is for somebody who sends and takes."""

import time
from collections.abc import Callable, Iterable
from typing import Final, Protocol

_WHOLE_SECONDS: Final = 60.0  # for a request to come whole
_TAKING_SECONDS: Final = 30.0  # in which a client takes something of what waits for it
_CROWDED_SECONDS: Final = 5.0  # for both, and for connections without a request, when there are many
_CROWDED: Final = 0.8  # of the most connections that there may be


class Channel(Protocol):
    """What is used of waitress' HTTPChannel; times are those of time.time."""

    request: object | None  # one that is still coming
    requests: list[object]  # those that are being answered or wait for it
    total_outbufs_len: int
    last_activity: float
    will_close: bool


class Connections:
    """Looks after the connections of a server that takes `most` of them."""

    def __init__(self, most: int, clock: Callable[[], float] = time.time) -> None:
        self._most, self._clock = most, clock
        self._coming: dict[Channel, float] = {}
        self._next = 0.0

    def sweep(self, channels: Iterable[Channel]) -> None:
        """Has those closed that took too long; looks once a second, however often it is called."""
        now = self._clock()
        if now < self._next:
            return
        self._next, seen = now + 1.0, list(channels)
        crowded = len(seen) > _CROWDED * self._most
        coming = [each for each in seen if each.request is not None and not each.requests]
        self._coming = {each: self._coming.get(each, now) for each in coming}
        for each in seen:
            idle = now - each.last_activity
            if each in self._coming:
                late = now - self._coming[each] > (_CROWDED_SECONDS if crowded else _WHOLE_SECONDS)
            elif each.total_outbufs_len:
                late = idle > (_CROWDED_SECONDS if crowded else _TAKING_SECONDS)
            else:
                late = crowded and not each.requests and idle > _CROWDED_SECONDS
            if late:
                each.will_close = True
