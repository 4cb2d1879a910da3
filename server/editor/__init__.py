"""The editor of the SPARQL page: YASGUI, bundled by `server.editor.build` into a folder of `static/`."""

from server.editor.bundle import BUILT, GRIP_STYLE, Bundle, find_bundle

__all__ = ["BUILT", "GRIP_STYLE", "Bundle", "find_bundle"]
