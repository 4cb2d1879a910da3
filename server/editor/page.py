"""The page of the SPARQL editor as values: what the form shows, and what the bundled editor is told."""

from collections.abc import Sequence
from typing import Any, Final

from kg.namespaces import CODE_SCHEMES, PREFIXES
from kg.query import Limits
from kg.search import KINDS
from server import urls
from server.contexts import EditorPage, Link, ProblemPage
from server.editor.bundle import find_bundle
from server.negotiate import ANY_GRAPHS, RESULTS, Offer, language
from server.questions import examples
from server.showing import Shown
from server.wording import words

_SPOKEN: Final = "editor."
_FIRST_QUERY: Final = (
    "PREFIX bm: <{bm}>\nPREFIX rdfs: <{rdfs}>\n"
    "SELECT ?person ?name\nWHERE {{\n  ?person a bm:Person ;\n          rdfs:label ?name .\n}}\n"
    "ORDER BY ?name\nLIMIT 20"
).format(**PREFIXES)


def editor_page(
    limits: Limits,
    query: str = _FIRST_QUERY,
    seconds: float | None = None,
    *,
    answer: Shown | None = None,
    downloads: Sequence[Link] = (),
    error: ProblemPage | None = None,
) -> EditorPage:
    """The page with a query, and with its answer or its fault where it was run; `seconds` is the limit asked for."""
    seen = answer or Shown()
    return EditorPage(
        query=query,
        examples=examples(language()),
        seconds=min(seconds or limits.seconds, limits.seconds),
        longest=limits.seconds,
        megabytes=limits.result_bytes >> 20,
        settings=_settings(limits),
        bundle=find_bundle(),
        downloads=tuple(downloads),
        table=seen.table,
        truth=seen.truth,
        graph=seen.graph,
        error=error,
    )


def _settings(limits: Limits) -> dict[str, Any]:
    said = words(language())
    return {
        "endpoint": urls.sparql(),
        "search": urls.api_search(),
        "prefixes": PREFIXES,
        "kinds": KINDS,
        "schemes": CODE_SCHEMES,
        "seconds": limits.seconds,
        "formats": {"table": _named(RESULTS), "graph": _named(ANY_GRAPHS)},
        "words": {key.removeprefix(_SPOKEN): text for key, text in said.items() if key.startswith(_SPOKEN)},
    }


def _named(offers: Sequence[Offer]) -> list[tuple[str, str]]:
    return [(offer.key, offer.title) for offer in offers]
