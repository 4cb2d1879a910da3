"""How many requests a minute somebody may send, by role: a token bucket each, in memory."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

_MOST_BUCKETS: Final = 10_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


@dataclass(slots=True)
class Rates:
    """Requests a minute by role; 0 or a role that is not named is no limit. Safe to share between threads.

    A bucket holds a minute's worth and fills evenly. Those used longest ago are forgotten, which gives them a full one.
    """

    per_minute: Mapping[str, int] = field(default_factory=dict)
    clock: Callable[[], float] = time.monotonic
    _buckets: OrderedDict[tuple[str, str], _Bucket] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, role: str, who: str) -> float:
        """Takes one request out of somebody's bucket: 0, or the seconds until there is one to take."""
        most = self.per_minute.get(role, 0)
        if not most:
            return 0.0
        with self._lock:
            now = self.clock()
            bucket = self._buckets.setdefault((role, who), _Bucket(most, now))
            self._buckets.move_to_end((role, who))
            if len(self._buckets) > _MOST_BUCKETS:
                self._buckets.popitem(last=False)
            bucket.tokens = min(most, bucket.tokens + (now - bucket.at) * most / 60)
            bucket.at = now
            if bucket.tokens >= 1:
                bucket.tokens -= 1
                return 0.0
            return (1 - bucket.tokens) * 60 / most
