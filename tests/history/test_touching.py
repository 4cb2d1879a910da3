"""Which changes touched a node, and a change as people read it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import FolderError
from kg.history import Listed, Touched, difference, entries, recorded
from kg.model.changes import ChangeSet
from kg.namespaces import iri
from kg.store import Folder, Graph, create, open_graph
from tests.propose.factories import CLERK

AN, POST, TENURE, SENTENCE = (iri(name) for name in ("person:an", "post:p", "tenure:x", "evidence:e"))


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """A folder with five changes in a workspace."""
    folder = tmp_path_factory.mktemp("touched") / "data"
    create(folder, "minimal")
    with open_graph(folder, own=True) as opened:
        change(opened, "người", {said(AN, "rdfs:label", "An"), said(AN, "rdf:type", iri("prov:Agent"))})
        held = {said(TENURE, "org:member", AN), said(TENURE, "bm:place", POST)}
        change(opened, "giữ chức", held | {said(SENTENCE, "bm:supports", TENURE), said(SENTENCE, "bm:quote", "câu")})
        change(opened, "bỏ", set(), {said(TENURE, "org:member", AN)})
        change(opened, "sửa nhiệm kỳ", {said(TENURE, "rdfs:label", "Nhiệm kỳ")})
        change(opened, "khác", {said(iri("organ:o"), "bm:place", POST)})
        yield opened


def said(subject: NamedNode, prop: str, value: NamedNode | str) -> Quad:
    term = Literal(value, language="vi") if isinstance(value, str) else value
    return Quad(subject, iri(prop), term, NamedNode("urn:workspace"))


def change(graph: Graph, reason: str, add: set[Quad], remove: set[Quad] | None = None) -> None:
    graph.submit(ChangeSet(frozenset(add), frozenset(remove or ()), CLERK, reason))


def index(graph: Graph, name: str = "changes.sqlite") -> Touched:
    folder = Folder(Path(graph.info()["path"]))
    return Touched(folder.root / name, folder.journal)


def reasons(found: list[Listed]) -> list[str]:
    return [one.reason for one in found]


def test_the_journal_is_listed_newest_first_with_who_when_and_how_much(graph: Graph) -> None:
    with graph.reader() as reader:
        listed = entries(reader)
    assert reasons(listed)[:2] == ["khác", "sửa nhiệm kỳ"]
    assert [one.generation for one in listed] == sorted((one.generation for one in listed), reverse=True)
    assert (listed[0].agent, listed[0].added, listed[0].removed) == (CLERK, 1, 0)
    assert listed[0].to_json()["reverts"] is None


def test_changes_are_found_by_the_node_and_by_what_states_or_stated_facts_about_it(graph: Graph) -> None:
    with graph.reader() as reader:
        listed = entries(reader)
        touched = index(graph)
        assert reasons(touched.by(reader, listed, AN)) == ["sửa nhiệm kỳ", "bỏ", "giữ chức", "người"]
        assert reasons(touched.by(reader, listed, iri("organ:o"))) == ["khác"]
        assert reasons(touched.by(reader, listed, iri("person:none"))) == []


def test_the_index_is_made_anew_and_follows_the_journal(graph: Graph) -> None:
    with graph.reader() as reader:
        listed = entries(reader)
        touched = index(graph, "fresh.sqlite")
        assert reasons(touched.by(reader, listed[2:], AN)) == ["bỏ", "giữ chức", "người"]
        assert len(touched.by(reader, listed, AN)) == 4
        touched.path.unlink()
        assert len(touched.by(reader, listed, AN)) == 4


def test_a_lost_patch_hides_its_change_from_the_index_alone(graph: Graph, tmp_path: Path) -> None:
    with graph.reader() as reader:
        listed = entries(reader)
        assert Touched(tmp_path / "index.sqlite", tmp_path / "nowhere").by(reader, listed, AN) == []


def test_an_index_that_is_none_is_one_sentence(graph: Graph, tmp_path: Path) -> None:
    broken = tmp_path / "index.sqlite"
    broken.write_bytes(b"no database at all" * 100)
    with graph.reader() as reader, pytest.raises(FolderError, match="delete it"):
        Touched(broken, index(graph).journal).by(reader, entries(reader), AN)


def test_a_change_is_told_by_node_and_property_with_names_and_sentences(graph: Graph) -> None:
    journal = index(graph).journal
    with graph.reader() as reader:
        (held,) = (one for one in entries(reader) if one.reason == "giữ chức")
        done = recorded(reader, journal, held.change)
        parts = {part.node: part for part in difference(reader, done.added, done.removed, "vi")}
        own = {said(AN, "rdfs:label", "Ân")}
        (renamed,) = difference(reader, own, {said(AN, "rdfs:label", "An")}, "vi")
    tenure = parts[TENURE.value]
    assert (tenure.name, tenure.graph) == ("tenure:x", "urn:workspace")
    assert [turned.property for turned in tenure.properties] == [iri("org:member").value, iri("bm:place").value]
    assert tenure.properties[0].added[0].iri == AN.value
    assert renamed.name == "Ân"
    (label,) = renamed.properties
    assert [value.text for value in (*label.removed, *label.added)] == ["An", "Ân"]
    assert renamed.to_json()["properties"][0]["added"] == [{"text": "Ân", "language": "vi"}]
