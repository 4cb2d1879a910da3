"""Networks for other programs: GEXF with spells, GraphML, a CSV of edges, node-link JSON."""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from xml.etree import ElementTree

import networkx as nx

from kg.model.graph import Reader
from kg.model.holding import Stretch
from kg.namespaces import curie
from kg.network.chains import told
from kg.network.graphs import relation_words
from kg.network.grounds import sentences
from kg.network.values import Edge, Network, Node

_DAY: Final = dt.timedelta(days=1)
_COLUMNS: Final = (
    *("source", "source_label", "target", "target_label", "weight", "certainty", "relations", "first_day", "last_day"),
    *("facts", "quotes", "sources"),
)


def export(reader: Reader, network: Network, shape: str, lines: Sequence[str]) -> str:
    """The network in one of FORMATS. `lines` (`legend`) go in as the description of the file.

    A CSV has none, so show them beside it. All name the facts of each edge; CSV and JSON have their sentences.
    """
    return FORMATS[shape](reader, network, lines)


def as_gexf(reader: Reader, network: Network, lines: Sequence[str]) -> str:  # noqa: ARG001  # as the other formats
    """GEXF 1.2 with spells: the days of an edge, the first and the last both within it; an open side is unknown."""
    graph = _plain(network, _gexf_spells)
    graph.graph["mode"] = "dynamic" if any(edge.spells for edge in network.edges) else "static"
    written = io.BytesIO()
    nx.write_gexf(graph, written, encoding="utf-8", version="1.2draft")
    tree = ElementTree.fromstring(written.getvalue())
    space = tree.tag.partition("}")[0][1:]
    ElementTree.register_namespace("", space)
    meta = tree.find(f"{{{space}}}meta")
    if meta is not None:
        meta.clear()  # the day of writing, which would make one network two files
        ElementTree.SubElement(meta, f"{{{space}}}creator").text = "Bộ Máy"
        ElementTree.SubElement(meta, f"{{{space}}}description").text = "\n".join(lines)
    return ElementTree.tostring(tree, encoding="unicode", xml_declaration=True)


def as_graphml(reader: Reader, network: Network, lines: Sequence[str]) -> str:  # noqa: ARG001  # as the other formats
    """GraphML; the description is data of the graph."""
    graph = _plain(network, _first_and_last)
    graph.graph["description"] = "\n".join(lines)
    return "\n".join(nx.generate_graphml(graph))


def as_csv(reader: Reader, network: Network, lines: Sequence[str]) -> str:  # noqa: ARG001  # as the other formats
    """One edge a row; facts, quotes and sources are parted by line ends within their cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for edge in network.edges:
        said = told(reader, edge)
        days = _first_and_last(edge.spells)
        writer.writerow(
            (
                *(edge.source, network.nodes[edge.source].label, edge.target, network.nodes[edge.target].label),
                *(f"{edge.weight:g}", edge.certainty.word, relation_words(edge)),
                *(days.get("first_day", ""), days.get("last_day", ""), "\n".join(edge.facts)),
                "\n".join(dict.fromkeys(one.quote for one in said if one.quote)),
                "\n".join(dict.fromkeys(one.source for one in said if one.source)),
            )
        )
    return out.getvalue()


def as_json(reader: Reader, network: Network, lines: Sequence[str]) -> str:
    """Node-link data as networkx reads them (`edges="links"`), each link with its facts and their sentences."""
    return json.dumps(node_link(reader, network, lines), ensure_ascii=False, indent=1)


def node_link(reader: Reader, network: Network, lines: Sequence[str]) -> dict[str, Any]:
    """The data of `as_json`."""
    return {
        "directed": network.directed,
        "multigraph": False,
        "graph": {"projection": network.projection, "weighting": network.weighting, "description": list(lines)},
        "nodes": [{"id": iri, **_of_node(node)} for iri, node in network.nodes.items()],
        "links": [_link(reader, edge) for edge in network.edges],
    }


def _link(reader: Reader, edge: Edge) -> dict[str, Any]:
    facts = [
        {
            "fact": fact,
            "sentences": [
                {"basis": one.basis, "quote": one.quote, "source": one.source, "title": one.source_name} for one in some
            ],
        }
        for fact, some in sentences(reader, edge.facts).items()
    ]
    spells = [[_iso(spell.first), _iso(spell.end)] for spell in edge.spells]
    return {
        "source": edge.source,
        "target": edge.target,
        "weight": edge.weight,
        "certainty": edge.certainty.word,
        "relations": [curie(one) for one in edge.relations],
        "spells": spells,
        "facts": facts,
    }


def _plain(network: Network, days: Callable[[Sequence[Stretch]], Mapping[str, Any]]) -> "nx.Graph[str]":
    """With values that XML formats can hold: words and numbers."""
    graph: nx.Graph[str] = nx.DiGraph() if network.directed else nx.Graph()
    for iri, node in network.nodes.items():
        graph.add_node(iri, **_of_node(node))
    for edge in network.edges:
        said = {
            "weight": edge.weight,
            "certainty": edge.certainty.word,
            "relations": relation_words(edge),
            "facts": " ".join(edge.facts),
        }
        graph.add_edge(edge.source, edge.target, **said, **days(edge.spells))
    return graph


def _of_node(node: Node) -> dict[str, str]:
    return {
        "label": node.label,
        "kind": node.kind,
        "ladder": node.ladder or "",
        "province": curie(node.province) if node.province else "",
    }


def _gexf_spells(spells: Sequence[Stretch]) -> dict[str, Any]:
    shown = [(_iso(spell.first), _iso(spell.end - _DAY if spell.end else None)) for spell in spells]
    return {"spells": shown} if shown else {}


def _first_and_last(spells: Sequence[Stretch]) -> dict[str, str]:
    """The first and the last day, each where all spells have one."""
    firsts, ends = [spell.first for spell in spells], [spell.end for spell in spells]
    known: dict[str, str] = {}
    if firsts and None not in firsts:
        known["first_day"] = min(day for day in firsts if day).isoformat()
    if ends and None not in ends:
        known["last_day"] = (max(day for day in ends if day) - _DAY).isoformat()
    return known


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


FORMATS: Final[Mapping[str, Callable[[Reader, Network, Sequence[str]], str]]] = {
    "gexf": as_gexf,
    "graphml": as_graphml,
    "csv": as_csv,
    "json": as_json,
}
