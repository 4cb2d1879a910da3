"""Bộ Máy: an open knowledge graph of officials, bodies and directives."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.query.view import open_view as open

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def __getattr__(name: str) -> object:
    """`kg.open`, loaded when it is first asked for, so that `import kg` costs nothing."""
    if name != "open":
        raise AttributeError(f"module 'kg' has no attribute '{name}'")
    from kg.query.view import open_view

    return open_view
