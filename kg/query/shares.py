"""How much of the workers each client used lately, so that who used least is served first."""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

_HALF_LIFE: Final = 10.0  # seconds
_MOST_CLIENTS: Final = 10_000


class Shares:
    """Seconds of workers by client, halved every ten seconds; the clients seen longest ago are forgotten."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._used: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def used(self, client: str) -> float:
        """Seconds that count against a client now."""
        seconds, at = self._used.get(client, (0.0, 0.0))
        return seconds * 0.5 ** ((self._clock() - at) / _HALF_LIFE) if seconds else 0.0

    def add(self, client: str, seconds: float) -> None:
        """Counts seconds of a worker."""
        self._used[client] = (self.used(client) + seconds, self._clock())
        self._used.move_to_end(client)
        if len(self._used) > _MOST_CLIENTS:
            self._used.popitem(last=False)
