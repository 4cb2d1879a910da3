"""Browser sessions: a signed cookie that says which token was given, and the CSRF token of the pages under it.

A session ends 12 hours after signing in, when it is signed out, and with its token. Nothing of it is stored here but
the key that signs. Pages of a session are for one person: no cache may keep them.
"""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any, Final, cast

from flask import Flask, Response, g, request
from itsdangerous import BadSignature, Signer, TimestampSigner

from kg.errors import Forbidden
from kg.store import tokens
from server import urls
from server.service import service

LIFETIME: Final = 12 * 3600  # seconds
COOKIE: Final = "bomay_session"
FIELD: Final = "csrf"
HEADER: Final = "X-CSRF-Token"
_SAFE: Final = frozenset(("GET", "HEAD", "OPTIONS", "TRACE"))  # RFC 9110 §9.2.1
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
_LONGEST_WAY_BACK: Final = 500


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in, and what a write from a page of this session must carry."""

    token: tokens.Token
    csrf: str


def init(app: Flask) -> None:
    """Shows pages who is signed in, and keeps what they are shown out of caches."""
    app.context_processor(_for_templates)
    app.after_request(_keep_apart)


def current() -> Session | None:
    """The session of this request; None without a cookie, for one that is over, and where its token was revoked."""
    if "session" not in g:
        g.session = None  # also for the page that says that the tokens cannot be read
        g.session = _read()
    return cast(Session | None, g.session)


def begin(response: Response, secret: str) -> None:
    """Signs in whoever has sent this secret of a token."""
    signed = TimestampSigner(**_signing("session")).sign(tokens.digest(secret)).decode("ascii")
    response.set_cookie(COOKIE, signed, max_age=LIFETIME, **_attributes())


def end(response: Response) -> None:
    """Signs out."""
    response.delete_cookie(COOKIE, **_attributes())


def mark() -> str:
    """What tells the pages of this session from those of others, empty without one."""
    session = current()
    return session.csrf if session else ""


def require_csrf(session: Session) -> None:
    """Raises Forbidden for an unsafe method without the CSRF token of this session."""
    if request.method in _SAFE:
        return
    given = request.headers.get(HEADER) or (request.form.get(FIELD, "") if request.mimetype in _FORMS else "")
    if not secrets.compare_digest(given.encode("utf-8", "replace"), session.csrf.encode()):
        raise Forbidden(
            f"A write from a page needs the CSRF token of its session, as '{FIELD}' in the form or in {HEADER}: load "
            "the page again and send it anew."
        )


def _read() -> Session | None:
    sent = request.cookies.get(COOKIE)
    if not sent:
        return None
    try:
        digest = TimestampSigner(**_signing("session")).unsign(sent, max_age=LIFETIME)
    except BadSignature:
        return None
    token = tokens.find_digest(service().data, digest.decode("utf-8", "replace"))
    return Session(token, Signer(**_signing("csrf")).get_signature(sent).decode("ascii")) if token else None


def _signing(salt: str) -> dict[str, Any]:
    return {
        "secret_key": tokens.session_key(service().data),
        "salt": f"bomay {salt}",
        "digest_method": hashlib.sha256,
        "key_derivation": "hmac",
    }


def _attributes() -> dict[str, Any]:
    return {"httponly": True, "samesite": "Lax", "secure": request.is_secure, "path": "/"}


def _for_templates() -> dict[str, Any]:
    here = request.full_path.rstrip("?")
    is_page = request.method == "GET" and request.blueprint != "signin" and len(here) <= _LONGEST_WAY_BACK
    return {"signed_in": current(), "signin_url": urls.signin(here if is_page else "")}


def _keep_apart(response: Response) -> Response:
    if request.endpoint != "static" and current() is not None:
        response.vary.add("Cookie")
        kept = "no-store" if response.mimetype == "text/html" else "no-cache"
        response.headers["Cache-Control"] = f"private, {kept}"
    return response
