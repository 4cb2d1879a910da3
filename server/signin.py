"""`/signin` and `/signout`: a browser gives a token once and has a session."""

from typing import Final

from flask import Blueprint, Response, render_template, request

from kg.errors import Forbidden, Unauthorised
from kg.store import tokens
from server import sessions, urls
from server.contexts import SigninPage
from server.negotiate import language, wants_page
from server.service import service
from server.wording import say

blueprint = Blueprint("signin", __name__)

_OTHER_SITES: Final = ("cross-site", "same-site")


@blueprint.get("/signin")
def page() -> Response:
    """A form for a token; `next` is the page to go to afterwards."""
    shown = SigninPage(_next(request.args.get("next", "")))
    return Response(render_template("signin/form.html", page=shown), mimetype="text/html")


@blueprint.post("/signin")
def sign_in() -> Response:
    """Begins a session with the `token` of the form; 303 to the page of `next`."""
    if request.headers.get("Sec-Fetch-Site") in _OTHER_SITES:
        raise Forbidden("This form was sent from another site; sign in with the form that is here, at /signin.")
    secret, then = request.form.get("token", "").strip(), _next(request.form.get("next", ""))
    if tokens.find_token(service().data, secret) is None:
        sentence = say(language(), "signin.unknown")
        if not wants_page():
            raise Unauthorised(sentence)
        shown = render_template("signin/form.html", page=SigninPage(then, sentence))
        return Response(shown, 401, {"WWW-Authenticate": 'Bearer realm="bomay"'}, mimetype="text/html")
    response = _to(then or urls.home())
    sessions.begin(response, secret)
    return response


@blueprint.post("/signout")
def sign_out() -> Response:
    """Ends the session of this browser; 303 to the start page."""
    session = sessions.current()
    if session is not None:
        sessions.require_csrf(session)
    response = _to(urls.home())
    sessions.end(response)
    return response


def _to(address: str) -> Response:
    return Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})


def _next(given: str) -> str:
    """The address, if it surely is one of this site; else none."""
    own = given.startswith("/") and not given.startswith("//") and given.isprintable() and "\\" not in given
    return given if own else ""
