"""What is written is read again by other readers: igraph, and ElementTree by the GEXF specification."""

import csv
import datetime as dt
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import igraph
import networkx as nx
import pytest

from kg.model.graph import Reader
from kg.namespaces import iri
from kg.network import FORMATS, Network, export, legend, project

LINES = ("legend one", "legend two: <&>")


@pytest.fixture(scope="module")
def meetings(world: Reader) -> Network:
    return project(world, "shared-meetings")


def gexf(text: str) -> tuple[ElementTree.Element, dict[str, str]]:
    root = ElementTree.fromstring(text)
    return root, {"g": root.tag.partition("}")[0][1:]}


def test_gexf_has_a_spell_for_each_day_and_the_legend_as_description(world: Reader, meetings: Network):
    root, space = gexf(export(world, meetings, "gexf", LINES))
    assert root.findtext("g:meta/g:description", None, space) == "legend one\nlegend two: <&>"
    graph = root.find("g:graph", space)
    assert graph is not None
    said = [graph.get(name) for name in ("mode", "timeformat", "defaultedgetype")]
    assert said == ["dynamic", "date", "undirected"]
    assert {n.get("label") for n in graph.iterfind("g:nodes/g:node", space)} == {
        n.label for n in meetings.nodes.values()
    }
    spells = {
        (e.get("source", "")[-1], e.get("target", "")[-1]): [
            (s.get("start"), s.get("end")) for s in e.iterfind("g:spells/g:spell", space)
        ]
        for e in graph.iterfind("g:edges/g:edge", space)
    }
    assert spells == {
        ("a", "b"): [("2020-01-10", "2020-01-10"), ("2021-05-05", "2021-05-05")],
        ("a", "c"): [("2020-01-10", "2020-01-10")],
        ("b", "c"): [("2020-01-10", "2020-01-10")],
        ("c", "d"): [],
    }


def test_gexf_leaves_an_unknown_end_open(world: Reader):
    root, space = gexf(export(world, project(world, "chain-of-command"), "gexf", LINES))
    assert [dict(s.attrib) for s in root.iterfind(".//g:spell", space)] == [{"start": "2020-01-01"}]


def test_gexf_reads_again_as_the_same_network(world: Reader, meetings: Network, tmp_path: Path):
    file = tmp_path / "n.gexf"
    file.write_text(export(world, meetings, "gexf", LINES), encoding="utf-8")
    again = nx.read_gexf(file)
    assert {frozenset(e): w for *e, w in again.edges(data="weight")} == {
        frozenset((e.source, e.target)): e.weight for e in meetings.edges
    }


@pytest.mark.parametrize("name", ["shared-meetings", "chain-of-command"])
def test_igraph_reads_the_graphml(world: Reader, name: str, tmp_path: Path):
    network = project(world, name)
    file = tmp_path / "n.graphml"
    file.write_text(export(world, network, "graphml", LINES), encoding="utf-8")
    again = igraph.Graph.Read_GraphML(str(file))
    assert again.is_directed() is network.directed
    assert again["description"] == "\n".join(LINES)
    assert set(again.vs["label"]) == {node.label for node in network.nodes.values()}
    ids = again.vs["id"]
    found = {(ids[e.source], ids[e.target]): (e["weight"], e["certainty"], e["facts"].split(" ")) for e in again.es}
    assert found == {(e.source, e.target): (e.weight, e.certainty.word, list(e.facts)) for e in network.edges}


def test_a_row_of_the_csv_has_facts_sentences_and_days(world: Reader, meetings: Network):
    rows = list(csv.DictReader(io.StringIO(export(world, meetings, "csv", LINES))))
    assert len(rows) == len(meetings.edges)
    first = rows[0]
    assert (first["source_label"], first["target_label"], first["weight"]) == ("Đỗ An", "Lê Bình", "2")
    assert (first["certainty"], first["relations"]) == ("certain", "bm:meeting")
    assert (first["first_day"], first["last_day"]) == ("2020-01-10", "2021-05-05")
    assert first["quotes"].split("\n") == ["có Đỗ An", "và Bình", "Đỗ An chủ trì, Lê Bình, Vũ Chi dự."]
    assert first["sources"].split("\n") == [iri("source:hai").value, iri("source:mot").value]
    assert len(first["facts"].split("\n")) == 4


def test_networkx_reads_the_node_link_json_with_its_evidence(world: Reader, meetings: Network):
    lines = legend(meetings, "co-presence")
    data = json.loads(export(world, meetings, "json", lines))
    assert data["graph"]["description"] == list(lines)
    again = nx.node_link_graph(data, edges="links")
    edge = again.edges[iri("person:c").value, iri("person:d").value]
    assert (edge["weight"], edge["certainty"], edge["spells"]) == (1.0, "possible", [])
    assert edge["facts"][0]["sentences"][0]["quote"] == "Chi, Dung"
    both = again.edges[iri("person:a").value, iri("person:b").value]
    assert both["spells"][0] == [str(dt.date(2020, 1, 10)), str(dt.date(2020, 1, 11))]


@pytest.mark.parametrize("shape", sorted(FORMATS))
def test_one_network_is_one_file(world: Reader, meetings: Network, shape: str):
    assert export(world, meetings, shape, LINES) == export(world, project(world, "shared-meetings"), shape, LINES)
