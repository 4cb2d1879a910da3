"""Who asks: bearer tokens (RFC 6750) and their roles."""

from flask import request

from kg.errors import Forbidden, Unauthorised
from kg.store import tokens
from server.service import service


def sent_token() -> tokens.Token | None:
    """The token that came with this request, when it is known here."""
    sent = request.authorization
    if sent is None or sent.type != "bearer" or not sent.token:
        return None
    return tokens.find_token(service().data, sent.token)


def require(role: str, why: str) -> tokens.Token:
    """The token of this request, whose role is at least `role`.

    Raises Unauthorised without a known token, Forbidden (with the sentence `why`) for a lower role.
    """
    sent = request.authorization
    if sent is None or sent.type != "bearer" or not sent.token:
        raise Unauthorised("This needs a token: send `Authorization: Bearer TOKEN` (`kg token create` makes one).")
    token = tokens.find_token(service().data, sent.token)
    if token is None:
        raise Unauthorised("This token is not known here; it may have been revoked. `kg token create` makes a new one.")
    if tokens.ROLES.index(token.role) < tokens.ROLES.index(role):
        raise Forbidden(why)
    return token
