"""What the server refuses before the application hears of it: in the same form as all other problems."""

import json
from typing import Any, Final

from waitress.task import ErrorTask

from server.errors import BY_STATUS
from server.security import HEADERS
from server.urls import problem
from server.wording import say

_LANGUAGE: Final = "en"  # what the request asks for is not read
_TOO_LONG: Final = 431


class Refusal(ErrorTask):  # type: ignore[misc]  # waitress ships no types
    """A request that is no HTTP, has a head or body that is too long, or broke the application."""

    def execute(self) -> None:
        """Writes the problem and ends the connection."""
        error = self.request.error
        slug = "too-large" if error.code == _TOO_LONG else BY_STATUS.get(error.code, "fault")
        told: dict[str, Any] = {
            "type": problem(slug),
            "title": error.reason if error.code == _TOO_LONG else say(_LANGUAGE, f"problem.{slug}"),
            "status": error.code,
            "detail": " ".join(str(error.body).split()),
        }
        body = json.dumps(told, indent=1).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.extend((("Content-Type", "application/problem+json"), *HEADERS.items()))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)
