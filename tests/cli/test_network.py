"""`kg network` prints what it finds and, with it, what that rests on."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
ABSENCE = "# What no source here reports is not shown: no edge does not mean no meeting and no tie."
PRESENCE = "# Being at one meeting is co-presence as reported, and no sign of belonging together."


def rows(out: str) -> list[dict[str, str]]:
    lines = [line for line in out.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture
def network(kg: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `kg network …` on the folder with one report, in English."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return lambda *words: kg("network", *words, "--data", filled)


@pytest.mark.parametrize("measure", ["degree", "strength", "pagerank", "betweenness", "core", "constraint"])
def test_every_ranking_is_followed_by_coverage_and_certainty(network: Run, measure: str):
    status, out, _ = network("rank", "--measure", measure, "--limit", "2")
    assert (status, len(rows(out))) == (0, 2)
    assert [line for line in out.splitlines() if line.startswith("#")] == [
        "# shared-meetings: 4 nodes, 6 edges, weighted by meetings",
        *[line for line in out.splitlines() if line.startswith("# rests on 4 facts")],
        "# years of the edges: 2022 6; without a known day: 0",
        "# provinces of the nodes: Tỉnh Bắc Kạn 3",
        "# certainty of the edges: certain 6, likely 0, possible 0",
        ABSENCE,
        PRESENCE,
    ]
    assert "# rests on 4 facts" in out


def test_the_legend_is_vietnamese_to_who_reads_it(network: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    assert "# Cùng dự họp chỉ là cùng có mặt theo nguồn tin" in network("rank")[1]


def test_ego_and_path_give_the_sentence_of_each_step(network: Run):
    people = [row["iri"] for row in rows(network("rank")[1])]
    status, out, _ = network("ego", people[0])
    assert (status, len(rows(out))) == (0, 6)
    assert all(row["sentences"] for row in rows(out))
    status, out, _ = network("path", people[0], people[1], "--projection", "shared-meetings", "--chains", "2")
    assert status == 0
    assert [row["chain"] for row in rows(out)] == ["1", "2", "2"]
    assert all(row["sentences"] and row["certainty"] == "certain" for row in rows(out))
    assert ABSENCE in out


def test_communities_say_their_seed_modularity_and_assortativity(network: Run):
    status, out, _ = network("communities", "--seed", "7")
    assert (status, {row["community"] for row in rows(out)}) == (0, {"1"})
    assert "# Louvain, seed 7, modularity 0.0000" in out
    assert "# assortativity by ladder " in out
    assert PRESENCE in out


def test_a_cascade_is_told_by_depth(network: Run):
    status, out, _ = network("cascade", "directive:238-qd-tw-khoa-12")
    assert (status, [(row["depth"], row["meetings"]) for row in rows(out)]) == (0, [("1", "1")])
    assert "# depth 1, breadth 1, size 1" in out


@pytest.mark.parametrize("shape", ["gexf", "graphml", "csv", "json"])
def test_an_export_is_a_file_on_standard_output_with_the_coverage_beside_it(network: Run, shape: str):
    status, out, told = network("export", "--format", shape)
    assert (status, ABSENCE in told, PRESENCE in told) == (0, True, True)
    if shape == "csv":
        assert len(list(csv.DictReader(io.StringIO(out)))) == 6
    elif shape == "json":
        assert len(json.loads(out)["links"]) == 6
    else:
        assert out.startswith("<")
        assert PRESENCE[2:] in out


def test_nothing_in_the_slice_is_status_1_with_what_was_looked_at(network: Run):
    status, out, _ = network("rank", "--until", "2000-01-01")
    assert (status, rows(out)) == (1, [])
    assert "# shared-meetings: 0 nodes, 0 edges" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rank", "--measure", "in-degree"), "'in-degree' is for directed networks"),
        (("rank", "--from", "2020-13-01"), "The parameter 'from' cannot be '2020-13-01'"),
        (("rank", "--weighting", "love"), "no weighting 'love'"),
        (("ego", "person:nobody"), "person:nobody is not in the network 'shared-meetings'"),
        (("export", "--projection", "cascade"), "needs a directive"),
        (("path", "person:nobody", "person:none"), "person:nobody is in none of these networks"),
    ],
)
def test_bad_input_is_one_sentence_and_status_2(network: Run, words: tuple[str, ...], said: str):
    status, out, err = network(*words)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
