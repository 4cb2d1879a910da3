"""The start page, and who we are."""

from typing import Final

from flask import Blueprint, Response, render_template
from pyoxigraph import Literal, NamedNode

from kg.model.graph import Row
from kg.namespaces import curie
from server import asking, caching, questions, urls
from server.contexts import Change, Count, HomePage, Link
from server.negotiate import language
from server.sentences import spoken_time
from server.service import pinned, service
from server.wording import grouped, say

blueprint = Blueprint("pages", __name__)

_COUNTED: Final = ("person", "organ", "meeting", "directive", "source")
_EXAMPLES: Final = ("meeting-participants", "directive-cascade", "conflicts")
_LIST: Final = (
    "SELECT ?thing ?name\nWHERE {{\n  ?thing a bm:{kind} ;\n         rdfs:label ?name .\n}}\nORDER BY ?name\nLIMIT 200"
)


@blueprint.get("/")
def home() -> Response:
    """The start page."""
    spoken = language()
    etag = caching.tag("home", spoken)
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    page = service().memory.recall(pinned().number, f"home-{spoken}", lambda: _home(spoken))
    return caching.tagged(Response(render_template("pages/home.html", page=page), mimetype="text/html"), etag)


@blueprint.get("/about")
@blueprint.get("/policy")
def about() -> Response:
    """The policy, and what is not covered."""
    return Response(render_template("pages/about.html"), mimetype="text/html")


def _home(spoken: str) -> HomePage:
    found = {curie(row["kind"].value): int(row["number"].value) for row in asking.rows(asking.page_query("counts"))}
    library = service().library
    return HomePage(
        counts=tuple(_count(kind, found.get(f"bm:{kind.capitalize()}", 0), spoken) for kind in _COUNTED),
        examples=tuple(
            Link(
                questions.summary(library[name], spoken),
                urls.query(name, questions.example_values(library[name]) or {"run": "1"}),
            )
            for name in _EXAMPLES
        ),
        changes=tuple(_change(row, spoken) for row in asking.rows(asking.page_query("latest"))),
    )


def _count(kind: str, number: int, spoken: str) -> Count:
    return Count(
        say(spoken, f"count.{kind}"), grouped(number, spoken), urls.sparql(_LIST.format(kind=kind.capitalize()))
    )


def _change(row: Row, spoken: str) -> Change:
    agent, source, label = row["agent"].value, row.get("source"), row.get("source_label")
    shown = label.value if isinstance(label, Literal) else curie(source.value) if isinstance(source, NamedNode) else ""
    reason = row["reason"].value
    return Change(
        label=reason or row["generation"].value,
        agent=Link(agent.rpartition("/")[2], urls.link(agent)),
        when=spoken_time(row["at"].value, spoken),
        added=int(row["added"].value),
        removed=int(row["removed"].value),
        source=Link(shown, urls.link(source.value)) if isinstance(source, NamedNode) and shown not in reason else None,
        href=urls.change(row["change"].value.rpartition("/")[2]),
    )
