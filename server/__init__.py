"""The web service: `create_app` for any WSGI server; `server.serving.serve` for the one that comes along."""

from server.app import create_app

__all__ = ["create_app"]
