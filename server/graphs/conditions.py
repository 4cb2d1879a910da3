"""Conditions on a graph as the client last saw it (RFC 9110 §13)."""

import hashlib

from flask import Response, request
from werkzeug.exceptions import PreconditionFailed

from kg import __version__
from server.graphs.target import Target
from server.negotiate import ANY_GRAPHS, Offer


def tag(target: Target, offer: Offer, generation: int) -> str:
    """The (strong) ETag of a graph in one form: a generation never changes, and is read in a fixed order."""
    parts = ("graph", str(generation), __version__, str(target), offer.key)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def tagged(response: Response, etag: str) -> Response:
    """The response with its ETag; a cache must ask each time whether it still holds."""
    response.set_etag(etag)
    response.headers["Cache-Control"] = "no-cache"
    return response


def is_known(etag: str) -> bool:
    """Whether the client has this graph already, or says that it wants it only if there is none."""
    return request.if_none_match.star_tag or request.if_none_match.contains_weak(etag)


def require(target: Target, is_there: bool, generation: int) -> None:
    """Raises PreconditionFailed where If-Match or If-None-Match does not hold of the graph that is to be written."""
    tags = {tag(target, offer, generation) for offer in ANY_GRAPHS} if is_there else set()
    if "If-Match" in request.headers:
        wanted = request.if_match
        if not is_there or not (wanted.star_tag or any(wanted.contains(etag) for etag in tags)):
            raise PreconditionFailed
    if "If-None-Match" in request.headers and is_there:
        unwanted = request.if_none_match
        if unwanted.star_tag or any(unwanted.contains_weak(etag) for etag in tags):
            raise PreconditionFailed
