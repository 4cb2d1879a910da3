"""Who asks: bearer tokens (RFC 6750) or the session of a browser, and their roles."""

from flask import request

from kg.errors import Forbidden, Unauthorised
from kg.store import tokens
from server import sessions
from server.service import service


def sent_token() -> tokens.Token | None:
    """The token that came with this request or that its session was begun with, when it is known here.

    Of who may write it says nothing: that is for `require`.
    """
    secret = _bearer()
    if secret is not None:
        return tokens.find_token(service().data, secret)
    session = sessions.current()
    return session.token if session else None


def require(role: str, why: str) -> tokens.Token:
    """The token of this request or of its session, whose role is at least `role`.

    Raises Unauthorised without a known token, Forbidden (with the sentence `why`) for a lower role, and for an unsafe
    method of a session without its CSRF token.
    """
    token = sent_token()
    if token is None and _bearer() is None:
        raise Unauthorised(
            "This needs a token: send `Authorization: Bearer TOKEN` (`kg token create` makes one), or sign in at "
            "/signin."
        )
    if token is None:
        raise Unauthorised("This token is not known here; it may have been revoked. `kg token create` makes a new one.")
    if _bearer() is None and (session := sessions.current()) is not None:
        sessions.require_csrf(session)
    if not token.may(role):
        raise Forbidden(why)
    return token


def _bearer() -> str | None:
    sent = request.authorization
    return sent.token if sent is not None and sent.type == "bearer" and sent.token else None
