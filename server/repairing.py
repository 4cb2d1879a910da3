"""Repairs of a change that the door refused: tried on the graph, stored nowhere."""

from functools import cache

from flask import request

from kg.store import Refused
from kg.validate import Report, Shapes, with_repairs_of_change
from server.negotiate import wants_page
from server.service import service

_shapes = cache(Shapes.load)


def is_wanted() -> bool:
    """Whether repairs are asked for: by `?repairs=true`, and by every page."""
    return request.args.get("repairs") == "true" or wants_page()


def report_of(refused: Refused) -> Report:
    """Why the change was refused, with repairs where they are wanted and a shape refused it."""
    if refused.change is None or not is_wanted():
        return refused.report
    graph = service().graph
    with graph.reader() as reader:
        return with_repairs_of_change(refused.report, _shapes(), reader.quads, refused.change, graph.check)
