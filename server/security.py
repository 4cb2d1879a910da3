"""Headers that every response carries."""

from typing import Final

from flask import Flask, Response, request

from server.errors import PackedBody

_POLICY: Final = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"
HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_EXPOSED: Final = "ETag, Link, Location, Content-Disposition, Bomay-Query, Bomay-Truncated"
_READ_METHODS: Final = "GET, HEAD, POST, QUERY, OPTIONS"
_OPEN_PREFIXES: Final = (
    *("/sparql", "/graphs", "/api/", "/id/", "/doc/", "/code/", "/align/"),
    *("/ontology", "/shapes", "/queries", "/validate", "/openapi.json", "/reconcile", "/void"),
)
_FRAMED: Final = "/reconcile/preview"  # made to be shown in a frame of another site's page
_FRAMED_POLICY: Final = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"


def allow_style(response: Response, digest: str) -> Response:
    """Lets this one page have one style element more, the one whose text has this digest ("sha256-…")."""
    response.headers["Content-Security-Policy"] = f"{_POLICY}; style-src 'self' '{digest}'"
    return response


def add_headers(response: Response) -> Response:
    """Security headers on all; CORS on what is open for reading; Vary on what is negotiated."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path == _FRAMED:
        response.headers["Content-Security-Policy"] = _FRAMED_POLICY
        del response.headers["X-Frame-Options"]
    response.vary.update(("Accept", "Accept-Language", "Cookie") if response.mimetype == "text/html" else ("Accept",))
    if request.path.startswith(_OPEN_PREFIXES):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = _EXPOSED
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = _READ_METHODS
            response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, Content-Type, If-None-Match"
            response.headers["Access-Control-Max-Age"] = "86400"
    return response


def refuse_packed_bodies() -> None:
    """Raises PackedBody for a body in a content coding, which would be read as if it were none."""
    coding = request.headers.get("Content-Encoding", "identity").strip()
    if coding.lower() not in ("", "identity"):
        raise PackedBody(f"A body in the coding '{coding[:40]}' is not taken; send it as it is, without packing it.")


def init(app: Flask) -> None:
    """Registers the headers on an application."""
    app.before_request(refuse_packed_bodies)
    app.after_request(add_headers)
