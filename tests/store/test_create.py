"""Making and opening data folders."""

import json
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Store

from kg.errors import FolderError
from kg.namespaces import HISTORY, ONTOLOGY, SHAPES, iri
from kg.store import create, open_graph


def test_a_new_folder_has_ontology_shapes_codes_and_places_in_their_graphs(template: Path) -> None:
    with open_graph_read(template) as store:
        assert any(store.quads_for_pattern(None, None, None, ONTOLOGY))
        assert any(store.quads_for_pattern(None, iri("rdf:type"), iri("sh:NodeShape"), SHAPES))
        assert any(store.quads_for_pattern(None, iri("rdf:type"), iri("skos:Concept"), DefaultGraph()))
        assert any(store.quads_for_pattern(iri("place:viet-nam"), None, None, DefaultGraph()))
        assert not any(store.quads_for_pattern(None, None, None, HISTORY))


class open_graph_read:  # noqa: N801  # used as a function
    """The first generation of a folder that nobody owns."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Store:
        return Store.read_only(str(self._path / "generations" / "0" / "store"))

    def __exit__(self, *_: object) -> None:
        return None


def test_an_empty_folder_has_no_quad_at_all(tmp_path: Path) -> None:
    create(tmp_path / "data", "empty")
    with open_graph(tmp_path / "data") as graph, graph.reader() as reader:
        assert not any(True for _ in reader.quads(graph=None))


def test_progress_is_told_from_nothing_to_all_of_each_stage(tmp_path: Path) -> None:
    heard: list[tuple[str, int, int]] = []
    create(tmp_path / "data", "minimal", lambda stage, done, total: heard.append((stage, done, total)))
    for stage in ("ontology", "reference"):
        steps = [(done, total) for name, done, total in heard if name == stage]
        assert steps[0][0] == 0
        assert steps[-1][0] == steps[-1][1] > 0
        assert steps == sorted(steps)


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(FolderError, match="is there already"):
        create(tmp_path / "data", "empty")
    assert list(tmp_path.iterdir()) == [tmp_path / "data"]


def test_a_failure_on_the_way_leaves_nothing_half_made(tmp_path: Path) -> None:
    def fail(_stage: str, _done: int, _total: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(FolderError, match="no space left on the disk"):
        create(tmp_path / "data", "minimal", fail)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_profile_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="'huge' is no profile"):
        create(tmp_path / "data", "huge")


def test_opening_what_is_no_data_folder_says_how_to_make_one(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(FolderError, match="kg init"):
            open_graph(path)


def test_a_folder_of_another_format_names_the_version_that_made_it(folder: Path) -> None:
    facts = json.loads((folder / "FORMAT").read_text())
    (folder / "FORMAT").write_text(json.dumps(facts | {"format": 99, "software": "7.5.0"}))
    with pytest.raises(FolderError, match=r"format 99, made by bomay 7\.5\.0"):
        open_graph(folder)


def test_a_broken_format_file_is_one_sentence(folder: Path) -> None:
    (folder / "FORMAT").write_text("{")
    with pytest.raises(FolderError, match="FORMAT"):
        open_graph(folder)
