"""How a service is run: what is logged of a request, who may send how many, whether one accepts one's own."""

import datetime as dt
import json
import logging
import logging.handlers
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kg.settings import BadSetting, query_limit, rate, self_accept, setting
from kg.store.tokens import ROLES
from server.rates import Rates

OFF: Final = "off"
STDERR: Final = "stderr"


@dataclass(frozen=True, slots=True)
class Operation:
    """The settings of one application, opened. `access` gets one JSON line a request; None logs nothing.

    `cache_bytes` of answers are kept.
    """

    access: logging.Handler | None = None
    rates: Rates = field(default_factory=Rates)
    self_accept: bool = False
    cache_bytes: int = 256 << 20

    @classmethod
    def of_settings(cls) -> "Operation":
        """What the settings say. Raises BadSetting for a rate that is no number and a file that cannot be written."""
        rates = Rates({role: rate(f"rate_{role}") for role in ROLES})
        return cls(access_log(setting("access_log")), rates, self_accept(), query_limit("cache") << 20)

    def log(self, line: Mapping[str, Any]) -> None:
        """Writes one line, with the time of day first."""
        if self.access is not None:
            told = {"at": dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"), **line}
            text = json.dumps(told, ensure_ascii=False)
            self.access.handle(logging.LogRecord("bomay.access", logging.INFO, "", 0, text, None, None))

    def close(self) -> None:
        """Closes the log; harmless when done twice."""
        if self.access is not None:
            self.access.close()


def access_log(where: str) -> logging.Handler | None:
    """A handler for `stderr`, for a file (opened anew when it was moved away, as logrotate does), None for `off`."""
    if where == OFF:
        return None
    if where == STDERR:
        return logging.StreamHandler(sys.stderr)
    try:
        return logging.handlers.WatchedFileHandler(Path(where), encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadSetting(f"The access log {where} cannot be written ({reason}); name another file.") from error
