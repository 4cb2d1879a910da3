"""`kg merge` and `kg split`, from a doubt to one person and back, through the door and the journal."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from kg.cli import main
from kg.namespaces import HISTORY, PROTECTED_GRAPHS, curie, iri
from kg.store import open_graph
from tests.cli.test_ownership import elsewhere

Run = Callable[..., tuple[int, str, str]]

NAME = "Nông Quốc Khánh"
TEXTS = {
    "a.txt": f"Sáng 5/4/2022, tại Bắc Kạn, Tỉnh ủy họp. Đồng chí {NAME}, Giám đốc Sở Y tế tỉnh Bắc Kạn dự.",
    "b.txt": f"Sáng 9/4/2023, tại Bắc Kạn, Tỉnh ủy họp. Đồng chí {NAME}, Phó Giám đốc Sở Xây dựng tỉnh Bắc Kạn dự.",
}


@pytest.fixture(scope="module")
def two_reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two reports."""
    folder = tmp_path_factory.mktemp("reports")
    for name, words in TEXTS.items():
        (folder / name).write_text(words, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def template(filled: Path, two_reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two nodes of one name. Not to be written to."""
    folder = shutil.copytree(filled, tmp_path_factory.mktemp("doubtful") / "data")
    assert main(["ingest", str(two_reports), "--place", "Bắc Kạn", "--commit", "--data", str(folder)]) == 0
    return folder


@pytest.fixture
def doubtful(template: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return shutil.copytree(template, tmp_path / "data")


def named(folder: Path) -> list[str]:
    with open_graph(folder) as graph, graph.reader() as reader:
        found = reader.select("SELECT ?p { ?p bm:key 'nong quoc khanh' } ORDER BY ?p")
    return [curie(row["p"].value) for row in found]


def facts(folder: Path) -> frozenset[Quad]:
    """All quads of the folder apart from the journal."""
    with open_graph(folder) as graph, graph.reader() as reader:
        quads = frozenset(reader.quads(graph=None))
    assert {quad.graph_name for quad in quads} & PROTECTED_GRAPHS
    return frozenset(quad for quad in quads if quad.graph_name != HISTORY)


def merge_of(out: str) -> str:
    (change,) = re.findall(r"kg split (change:\S+) --commit", out)
    return str(change)


def test_a_dry_run_shows_what_would_move_and_writes_nothing(kg: Run, doubtful: Path) -> None:
    kept, gone = named(doubtful)
    before = facts(doubtful)
    status, out, _ = kg("merge", kept, gone, "--reason", "một người", "--data", doubtful)
    assert status == 0
    assert f"moves to {kept}: bm:participant 1, org:member 1" in out
    assert "Nothing was written; add --commit" in out
    (settled,) = (line.split() for line in out.splitlines() if line.startswith("settled: "))
    assert settled[2] == "bm:possiblySameAs" and {settled[1], settled[3]} == {kept, gone}
    assert facts(doubtful) == before


def test_a_dry_run_tells_what_moves_from_what_is_settled_and_what_stays_two(
    kg: Run, doubtful: Path, tmp_path: Path
) -> None:
    kept, gone = named(doubtful)
    third = f"Sáng 8/8/2024, tại Bắc Kạn, Tỉnh ủy họp. Đồng chí {NAME}, Trưởng phòng Sở Tài chính tỉnh Bắc Kạn dự."
    (tmp_path / "c.txt").write_text(third, encoding="utf-8")
    assert kg("ingest", tmp_path / "c.txt", "--place", "Bắc Kạn", "--commit", "--data", doubtful)[0] == 0
    (other,) = {*named(doubtful)} - {kept, gone}
    with open_graph(doubtful) as graph:
        same_post = f"""DELETE {{ ?b bm:post ?other ; org:organization ?there }}
            INSERT {{ ?b bm:post ?post ; org:organization ?here }}
            WHERE {{ ?a org:member {kept} ; bm:post ?post ; org:organization ?here .
                     ?b org:member {gone} ; bm:post ?other ; org:organization ?there }}"""
        graph.submit_update(same_post, agent=iri("agent:lan"), reason="cùng chức", accept_warnings=True)
    status, out, _ = kg("merge", kept, gone, "--reason", "một người", "--data", doubtful)
    assert status == 0
    settled = [line for line in out.splitlines() if line.startswith("settled: ")]
    assert len(settled) == 1 and other not in settled[0]
    assert "stays two: tenure:" in out


def test_merge_then_split_leaves_the_folder_as_it_was_with_both_in_the_journal(kg: Run, doubtful: Path) -> None:
    kept, gone = named(doubtful)
    before = facts(doubtful)
    status, out, _ = kg("merge", kept, gone, "--reason", "một người", "--agent", "Lan", "--commit", "--data", doubtful)
    assert status == 0 and f"{gone} was merged into {kept}." in out
    change = merge_of(out)
    assert facts(doubtful) != before
    status, out, _ = kg("split", change, "--data", doubtful)
    assert status == 0 and "Nothing was written" in out
    status, out, _ = kg("split", change, "--agent", "Lan", "--reason", "hai người", "--commit", "--data", doubtful)
    assert status == 0 and "two again" in out
    assert facts(doubtful) == before
    with open_graph(doubtful) as graph, graph.reader() as reader:
        by_lan = {
            next(reader.quads(quad.subject, iri("bm:reason"), None, HISTORY)).object.value
            for quad in reader.quads(None, iri("prov:wasAssociatedWith"), iri("agent:lan"), HISTORY)
            if isinstance(quad.subject, NamedNode)
        }
    assert by_lan == {"một người", "hai người"}


def test_after_a_merge_search_finds_one_and_the_same_reports_add_nothing(
    kg: Run, doubtful: Path, two_reports: Path
) -> None:
    kept, gone = named(doubtful)
    assert kg("merge", kept, gone, "--reason", "một người", "--commit", "--data", doubtful)[0] == 0
    out = kg("search", NAME, "--kind", "person", "--data", doubtful)[1]
    assert kept in out and gone not in out
    before = facts(doubtful)
    status, out, _ = kg("ingest", two_reports, "--place", "Bắc Kạn", "--commit", "--data", doubtful)
    assert status == 0 and "0 stored, 2 known already" in out
    assert facts(doubtful) == before


def test_a_later_change_in_the_way_is_named_and_nothing_is_written(kg: Run, doubtful: Path) -> None:
    kept, gone = named(doubtful)
    change = merge_of(kg("merge", kept, gone, "--reason", "một người", "--commit", "--data", doubtful)[1])
    with open_graph(doubtful) as graph:
        update = f"DELETE WHERE {{ {gone} bm:reason ?why }}"
        graph.submit_update(update, agent=iri("agent:lan"), reason="bỏ lý do", accept_warnings=True)
    before = facts(doubtful)
    status, out, err = kg("split", change, "--commit", "--data", doubtful)
    assert (status, out) == (1, "")
    assert err.count("\n") == 1 and "(bỏ lý do) removed" in err and f"{gone} bm:reason" in err
    assert facts(doubtful) == before


def test_a_split_that_would_tear_a_later_event_from_its_holding_is_refused_by_the_shapes(
    kg: Run, doubtful: Path
) -> None:
    kept, gone = named(doubtful)
    with open_graph(doubtful) as graph, graph.reader() as reader:
        (tenure,) = (curie(quad.subject.value) for quad in reader.quads(None, iri("org:member"), iri(gone)))
    change = merge_of(kg("merge", kept, gone, "--reason", "một người", "--commit", "--data", doubtful)[1])
    with open_graph(doubtful) as graph:
        event = f"""INSERT DATA {{ event:moi a bm:PersonnelEvent , prov:Activity ; rdfs:label "Bổ nhiệm"@vi ;
            bm:eventKind cause:Appointment ; bm:person {kept} ; bm:bounds {tenure} ; bm:curatedBy agent:lan }}"""
        graph.submit_update(event, agent=iri("agent:lan"), reason="bổ nhiệm", accept_warnings=True)
    before = facts(doubtful)
    status, out, err = kg("split", change, "--commit", "--data", doubtful)
    assert status == 1
    assert "violation: bms:PersonnelEvent-tenureOfPerson" in out and "nothing was stored" in err
    assert facts(doubtful) == before


def test_both_go_through_the_process_that_owns_the_folder(doubtful: Path) -> None:
    kept, gone = named(doubtful)
    with open_graph(doubtful, own=True) as graph:
        before = graph.info()["generation"]
        done = elsewhere("merge", kept, gone, "--reason", "một người", "--commit", "--data", doubtful)
        assert done.returncode == 0, done.stderr
        assert elsewhere("split", merge_of(done.stdout), "--commit", "--data", doubtful).returncode == 0
        assert graph.info()["generation"] == before + 2


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("merge", "person:nobody", "person:noone", "--reason", "x"), 2, "Nothing is known of person:nobody"),
        (("merge", "nobody at all", "person:noone", "--reason", "x"), 2, "is no IRI"),
        (("merge", "organ:bo-chinh-tri", "organ:bo-chinh-tri", "--reason", "x"), 1, "given twice"),
        (
            ("merge", "organ:bo-chinh-tri", "place:viet-nam", "--reason", "x"),
            1,
            "is bm:Organ and place:viet-nam bm:Place; only two of one kind",
        ),
        (("merge", "person:nobody", "person:noone"), 2, "--reason"),
        (("merge", "person:nobody", "person:noone", "--reason", "x", "--agent", "…"), 2, "no letter or digit"),
        (("split", "change:0-none"), 2, "The journal has no change change:0-none"),
        (("split", "organ:bo-chinh-tri"), 2, "The journal has no change organ:bo-chinh-tri"),
    ],
)
def test_wrong_use_is_one_sentence(kg: Run, filled: Path, arguments: tuple[str, ...], status: int, words: str) -> None:
    found, out, err = kg(*arguments, "--data", filled)
    assert (found, out) == (status, "")
    assert words in err and err.count("\n") == 1


def test_a_change_that_is_no_merge_cannot_be_split(kg: Run, filled: Path) -> None:
    with open_graph(filled) as graph, graph.reader() as reader:
        (head,) = (quad.object for quad in reader.quads(HISTORY, iri("bm:head"), None, HISTORY))
    assert isinstance(head, NamedNode)
    status, _, err = kg("split", curie(head), "--data", filled)
    assert status == 1 and "is no merge" in err
