"""What is to be said of the routes by which a browser signs in and out."""

from typing import Final

from server.forms import FORM
from server.negotiate import HTML
from server.openapi.parts import TEXT, Json, answers, body, choice, problems, query

_PAGE: Final = answers("The page.", {HTML.media_type: TEXT})
_LANG: Final = query("lang", "The language of the page.", choice(("vi", "en")))
_CSRF: Final[Json] = {"type": "object", "properties": {"csrf": TEXT}}
_SIGNIN: Final[Json] = {"type": "object", "properties": {"token": TEXT, "next": TEXT}, "required": ["token"]}

SIGNIN_ROUTES: Final[dict[tuple[str, str], Json]] = {
    ("signin.page", "get"): {
        "parameters": [query("next", "The page to go to afterwards.", example="/conflicts"), _LANG],
        "responses": {"200": _PAGE},
    },
    ("signin.sign_in", "post"): {
        "requestBody": body({FORM: {"schema": _SIGNIN}}),
        "responses": {"303": {"description": "Signed in; the page to go on with."}, **problems(401, 403, 413)},
    },
    ("signin.sign_out", "post"): {
        "requestBody": {"content": {FORM: {"schema": _CSRF}}},
        "responses": {"303": {"description": "Signed out."}, **problems(403, 413)},
    },
}
