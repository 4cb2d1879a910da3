"""ETags: a read is a function of generation, software version and what was asked (RFC 9110 §8.8.3)."""

import hashlib

from flask import Response, request

from kg import __version__
from server import sessions
from server.service import pinned


def tag(*asked: object) -> str:
    """The opaque part of the (weak) ETag of an answer; order of rows may differ between runs, hence weak.

    Each session has its own, because its pages show who is signed in.
    """
    return tag_of(pinned().number, *asked)


def tag_of(generation: int, *asked: object) -> str:
    """The same of another generation than that of the request."""
    parts = (generation, __version__, sessions.mark(), *asked)
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:32]


def not_modified(etag: str) -> Response | None:
    """304 when the client has this answer already."""
    if not request.if_none_match.contains_weak(etag):
        return None
    return tagged(Response(status=304), etag)


def tagged(response: Response, etag: str) -> Response:
    """The response with its ETag; a cache must ask each time whether it still holds."""
    response.set_etag(etag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    return response
