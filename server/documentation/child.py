"""pyLODE in a process of its own, without network, started by `server.documentation.made`.

Started as `python -m server.documentation.child LANGUAGE`. Standard input is the ontology in N-Triples; standard output
is one JSON object with the fields of `Documentation`.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import pylode
from pylode import OntPub
from rdflib import Graph

from kg.apart import cut_network
from server.documentation.feed import anchors, fed
from server.documentation.markup import adapt


def made(ontology: Graph, language: str) -> dict[str, Any]:
    """The fields of `Documentation`."""
    names = anchors(ontology)
    with tempfile.TemporaryDirectory(prefix="bomay-pylode-") as folder:
        # pyLODE keeps pickles of background vocabularies in its own package folder, which may be read-only and is
        # shared by processes; their labels are not needed, for the names of properties come from our own words.
        pylode.utils.RDF_FOLDER = Path(folder)
        page = OntPub(fed(ontology, names, language))
        page.fids.update(names)  # else it makes anchors out of labels
        page.make_html()
    parts = [{"anchor": part, "terms": [(href[1:], name[0]) for href, name in page.toc[part]]} for part in _parts(page)]
    return {"parts": parts, "body": adapt(page.content, ontology, names, language), "tool": pylode.__version__}


def _parts(page: OntPub) -> list[str]:
    return [part for part, terms in page.toc.items() if terms and part != "namespaces"]


def main(arguments: list[str]) -> None:
    """Reads the ontology, writes its documentation."""
    cut_network()
    (language,) = arguments
    ontology = Graph(bind_namespaces="none").parse(data=sys.stdin.buffer.read(), format="nt")
    sys.stdout.write(json.dumps(made(ontology, language)))


if __name__ == "__main__":
    main(sys.argv[1:])
