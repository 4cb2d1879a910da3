"""The index on disk says after each change what one made anew would say."""

import datetime as dt
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg.errors import FolderError
from kg.history import Entry, digest_of, head, write_patch
from kg.namespaces import iri, sparql_prologue
from kg.search import KINDS, Follower, Index
from kg.search import following as following_module
from kg.search.touched import nodes_since
from kg.store import Folder

from .conftest import FACTS, StoreReader

ROWS = """
place:nuoc a bm:Place ; rdfs:label "Nước"@vi ; bm:level level:country .
place:tinh a bm:Place ; rdfs:label "Tỉnh Thử"@vi , "Tỉnh Mới"@vi ; bm:within place:nuoc ; bm:level level:province .
place:huyen a bm:Place ; rdfs:label "Huyện Thử"@vi ; bm:within place:tinh ; bm:validTo "2025-07-01"^^xsd:date .
place:xa a bm:Place ; rdfs:label "Xã Thử"@vi ; bm:within place:huyen , place:tinh ; bm:replacedBy place:phuong .
place:phuong a bm:Place ; rdfs:label "Phường Thử"@vi ; bm:within place:khac ; bm:validFrom "2025-07-01"^^xsd:date .
place:khac a bm:Place ; rdfs:label "Tỉnh Khác"@vi ; dcterms:isReplacedBy place:tinh .
organ:a a bm:Organ ; rdfs:label "Ủy ban nhân dân xã Thử"@vi ; bm:jurisdiction place:xa , place:phuong .
organ:a skos:altLabel "UBND Thử"@vi ; bm:validTo "2025-07-01"^^xsd:date ; dcterms:isReplacedBy organ:b .
organ:b a bm:Organ ; rdfs:label "Huyện ủy Thử"@vi ; bm:jurisdiction place:huyen .
post:a a bm:Post ; rdfs:label "Chủ tịch Thử"@vi ; org:postIn organ:a , organ:b .
post:b a bm:Post ; rdfs:label "Bí thư Thử"@vi ; org:postIn organ:b .
tenure:a a bm:Tenure ; org:member person:a , person:b ; bm:post post:a , post:b ; bm:attestedOn "2021-01-01"^^xsd:date .
tenure:b a bm:Tenure ; org:member person:b ; bm:post post:b ; bm:endLatest "2020-01-01"^^xsd:date .
tenure:b org:organization organ:a ; bm:startEarliest "2015-01-01"^^xsd:date .
person:a a bm:Person ; rdfs:label "Lê Văn Thử"@vi ; skos:altLabel "Lê Thử"@vi ; dcterms:isReplacedBy person:b .
person:b a bm:Person ; rdfs:label "Lê Thị Thử"@vi .
meeting:a a bm:Meeting ; rdfs:label "Họp Thử"@vi ; bm:place place:xa , place:tinh ; bm:day "2022-04-05"^^xsd:date .
directive:a a bm:Directive ; rdfs:label "Quyết định 1-QĐ/TU Thử"@vi ; bm:issuer organ:a .
directive:a dcterms:title "Về việc Thử"@vi ; bm:issuedOn "2020-05-01"^^xsd:date .
term:a a bm:Term ; rdfs:label "Nhiệm kỳ Thử"@vi ; bm:termOf organ:b ; bm:nominalStart "2020"^^xsd:gYear .
"""
POOL: list[Quad] = list(parse(sparql_prologue() + ROWS, RdfFormat.TURTLE))
PLACES = sorted(
    {quad.subject.value for quad in POOL if str(quad.subject).startswith("<https://w3id.org/bomay/id/place")}
)
DAYS = (None, dt.date(2014, 12, 31), dt.date(2016, 1, 1), dt.date(2022, 4, 5), dt.date(2025, 7, 1))
AGENT = iri("agent:test")


class Graph:
    """A graph with its journal, changed without a door."""

    def __init__(self, data: Path) -> None:
        self.store, self.folder = Store(), Folder(data)
        self.folder.root.mkdir()
        self.folder.write_format("minimal", "")
        self.opened = 0

    def flip(self, quads: set[Quad]) -> None:
        """Takes those that are there out and puts the others in, as one change."""
        remove = frozenset(quad for quad in quads if quad in self.store)
        add = frozenset(quads - remove)
        previous, number = head(self.store)
        patch = write_patch(add, remove)
        path = self.folder.patch(digest_of(patch))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(patch)
        now = dt.datetime.now(dt.UTC)
        entry = Entry(number + 1, digest_of(patch), AGENT, "", now, len(add), len(remove), previous=previous)
        before = entry.head_before()
        for quad in (*remove, *((before,) if before else ())):
            self.store.remove(quad)
        self.store.extend((*add, *entry.quads()))

    @contextmanager
    def reader(self) -> Iterator[StoreReader]:
        self.opened += 1
        yield StoreReader(self.store)

    def follower(self) -> Follower:
        return Follower(self.folder.root, self.reader)


def said(index: Index) -> list[object]:
    """All that the index says of the pool."""
    named = [index.named(node) for node in sorted({str(quad.subject).strip("<>") for quad in POOL})]
    asked = ("thử", "t", "le van", "ubnd", '"lê thử"', "quyet dinh 1 qd tu")
    found = [index.find(text, limit=100) for text in asked]
    narrowed = [index.find("thử", None, 100, place=place, on=day) for place in PLACES for day in DAYS]
    return [named, found, narrowed, [index.find("thử", kind) for kind in KINDS]]


def follows(folder: Path, changes: list[set[int]]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    graph = Graph(folder)
    follower = graph.follower()
    for change in changes:
        graph.flip({POOL[number] for number in change})
        assert said(follower.index()) == said(Index.build(StoreReader(graph.store)))


CHANGES = st.lists(st.sets(st.integers(0, len(POOL) - 1), min_size=1, max_size=6), min_size=1, max_size=5)


@settings(max_examples=4, deadline=None)
@given(changes=CHANGES)
def test_the_index_that_follows_is_the_one_made_anew(
    tmp_path_factory: pytest.TempPathFactory, changes: list[set[int]]
) -> None:
    follows(tmp_path_factory.getbasetemp() / "follows", [set(range(len(POOL))), *changes])


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(changes=CHANGES)
def test_the_index_follows_from_nothing_for_long(
    tmp_path_factory: pytest.TempPathFactory, changes: list[set[int]]
) -> None:
    follows(tmp_path_factory.getbasetemp() / "long", [set(range(0, len(POOL), 2)), *changes])


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    """A graph of the facts that the other tests know."""
    made = Graph(tmp_path / "data")
    made.flip(set(parse(sparql_prologue() + FACTS, RdfFormat.TURTLE)))
    return made


def called(name: str) -> Quad:
    return Quad(iri("person:du"), iri("skos:altLabel"), Literal(name, language="vi"), DefaultGraph())


def test_a_change_reads_no_more_than_what_it_touches(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    follower = graph.follower()
    follower.index()
    read: list[NamedNode] = []
    kept = following_module.read_entity
    monkeypatch.setattr(following_module, "read_entity", lambda facts, node: read.append(node) or kept(facts, node))
    graph.flip({called("Chú Dũng")})
    assert follower.index().find("chu dung")[0].iri == iri("person:du").value
    assert read == [iri("person:du")]


def test_a_new_name_of_a_body_reaches_who_holds_its_posts(graph: Graph) -> None:
    known = next(iter(graph.store.quads_for_pattern(None, iri("bm:generation"), None))).subject
    assert isinstance(known, NamedNode)
    graph.flip({Quad(iri("organ:ubnd"), iri("rdfs:label"), Literal("Ủy ban", language="vi"), DefaultGraph())})
    touched = nodes_since(StoreReader(graph.store), graph.folder.journal, known.value)
    assert touched == {iri(name) for name in ("organ:ubnd", "post:p1", "post:p2", "person:du")}


def test_an_index_that_is_there_is_used_by_the_next_process(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    graph.follower().index()
    monkeypatch.setattr(following_module, "read_entities", None)
    assert graph.follower().index().find("do dung")


def test_an_index_of_other_software_is_made_anew(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    graph.follower().index()
    monkeypatch.setattr(following_module, "LAYOUT", 0)
    index = graph.follower().index()
    assert index.find("do dung")
    assert (index.state or "").startswith("0 ")


def test_without_patches_all_is_read_anew(graph: Graph) -> None:
    follower = graph.follower()
    follower.index()
    graph.flip({called("Chú Dũng")})
    shutil.rmtree(graph.folder.journal)
    assert follower.index().find("chu dung")


def test_an_index_of_a_change_that_is_not_in_the_journal_is_made_anew(graph: Graph, tmp_path: Path) -> None:
    graph.follower().index()
    other = Graph(tmp_path / "other")
    other.flip(
        {
            called("Người Khác"),
            *parse(sparql_prologue() + 'person:du a bm:Person ; rdfs:label "X"@vi .', RdfFormat.TURTLE),
        }
    )
    shutil.copytree(graph.folder.search, other.folder.search)
    index = other.follower().index()
    assert index.find("nguoi khac")
    assert not index.find("ubnd")


@pytest.mark.parametrize("damage", ["meta.json", "*.store"])
def test_a_damaged_index_is_made_anew(graph: Graph, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    graph.follower().index()
    hurt = list(graph.folder.search.glob(damage))
    assert hurt
    for path in hurt:
        path.write_bytes(b"")
    assert graph.follower().index().find("do dung")
    monkeypatch.setattr(following_module, "read_entities", None)  # from now on it is there again
    assert graph.follower().index().find("do dung")


def test_an_index_that_is_thrown_away_meanwhile_is_made_anew(graph: Graph) -> None:
    follower = graph.follower()
    follower.index()
    shutil.rmtree(graph.folder.search)
    assert follower.index().find("do dung")


def test_where_no_index_can_be_written_one_is_kept_in_memory(graph: Graph, caplog: pytest.LogCaptureFixture) -> None:
    graph.folder.search.write_bytes(b"")
    assert graph.follower().index().find("do dung")
    assert "cannot be kept" in caplog.text


def test_a_folder_without_a_journal_is_read_each_time(tmp_path: Path) -> None:
    graph = Graph(tmp_path / "data")
    graph.folder.write_format("empty", "")
    follower = graph.follower()
    assert follower.index().find("x") == []
    graph.store.extend(parse(sparql_prologue() + 'person:x a bm:Person ; rdfs:label "X"@vi .', RdfFormat.TURTLE))
    assert follower.index().find("x")
    assert not graph.folder.search.exists()


def test_two_who_ask_at_once_share_one_index(graph: Graph) -> None:
    followers = [graph.follower(), graph.follower()]
    found: list[int] = []
    threads = [threading.Thread(target=lambda f=f: found.append(len(f.index().find("thử")))) for f in followers * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found) == 6


def test_what_was_begun_is_there_for_the_first_to_ask(graph: Graph) -> None:
    follower = graph.follower()
    follower.begin()
    assert follower.index().find("do dung")
    follower.close()
    follower.close()


def test_a_program_that_ends_does_not_wait_for_its_index(graph: Graph) -> None:
    follower = graph.follower()
    follower.close()
    with pytest.raises(FolderError, match="was not finished"):
        follower.index()
    assert graph.follower().index().find("do dung")
