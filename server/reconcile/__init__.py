"""The Reconciliation API 0.2: names in somebody's table to entities of the graph."""

from server.reconcile.routes import blueprint

__all__ = ["blueprint"]
