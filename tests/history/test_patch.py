"""Changes as RDF Patch."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import NotFound, SyntaxFault
from kg.history import digest_of, load_patch, patch_path, read_patch, write_patch
from kg.namespaces import iri

NODES = [NamedNode(f"http://example.org/{name}") for name in ("a", "b", "c%20d", "đ")]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TERMS = st.one_of(
    st.sampled_from(NODES),
    st.builds(Literal, TEXT),
    st.builds(lambda text: Literal(text, language="vi"), TEXT),
    st.builds(lambda text: Literal(text, datatype=iri("bm:kind")), TEXT),
)
QUADS = st.one_of(
    st.builds(Quad, st.sampled_from(NODES), st.sampled_from(NODES), TERMS),
    st.builds(Quad, st.sampled_from(NODES), st.sampled_from(NODES), TERMS, st.sampled_from(NODES)),
)
SETS = st.frozensets(QUADS, max_size=8)


@given(add=SETS, remove=SETS)
def test_a_patch_read_back_is_the_change(add: frozenset[Quad], remove: frozenset[Quad]) -> None:
    assert read_patch(write_patch(add, remove)) == (add, remove)


@given(add=SETS)
def test_the_same_change_gives_the_same_bytes_in_whatever_order(add: frozenset[Quad]) -> None:
    quads = sorted(add, key=str)
    assert write_patch(quads, []) == write_patch(reversed(quads), [])


@given(before=SETS, wanted=SETS, unwanted=SETS)
def test_apply_then_revert_is_identity(
    before: frozenset[Quad], wanted: frozenset[Quad], unwanted: frozenset[Quad]
) -> None:
    """For changes as the journal holds them: what is added was not there, what is removed was."""
    add, remove = wanted - before, (unwanted & before) - wanted
    after = (before - remove) | add
    gone, back = read_patch(write_patch(add, remove))
    assert (after - gone) | back == before


def test_a_patch_is_a_transaction_with_deletions_first() -> None:
    quad = Quad(NODES[0], NODES[1], Literal("x"))
    lines = gzip.decompress(write_patch([quad], [Quad(NODES[0], NODES[1], NODES[1], NODES[2])])).decode().splitlines()
    assert [line[:2] for line in lines] == ["TX", "D ", "A ", "TC"]
    assert lines[2] == f'A {NODES[0]} {NODES[1]} "x" .'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"plain",
        gzip.compress(b"TX .\nPA x .\nTC .\n", mtime=0),
        gzip.compress(b"TX .\n", mtime=0),
        gzip.compress(b"TX .\nA <a> .\nTC .\n", mtime=0),
    ],
)
def test_what_is_no_patch_is_a_syntax_fault(data: bytes) -> None:
    with pytest.raises(SyntaxFault):
        read_patch(data)


def test_a_patch_is_found_by_its_digest_and_only_unaltered(tmp_path_factory: pytest.TempPathFactory) -> None:
    journal = tmp_path_factory.mktemp("journal")
    quads = frozenset({Quad(NODES[0], NODES[1], Literal("x"))})
    data = write_patch(quads, [])
    digest = digest_of(data)
    path = patch_path(journal, digest)
    assert path.relative_to(journal).as_posix() == f"{digest[:2]}/{digest}.rdfp.gz"
    with pytest.raises(NotFound, match="no patch"):
        load_patch(journal, digest)
    path.parent.mkdir()
    path.write_bytes(data)
    assert load_patch(journal, digest) == (quads, frozenset())
    path.write_bytes(write_patch([], quads))
    with pytest.raises(NotFound, match="altered"):
        load_patch(journal, digest)


def test_quads_of_a_store_survive_a_patch_and_a_store(tmp_path_factory: pytest.TempPathFactory) -> None:
    store = Store(str(tmp_path_factory.mktemp("store")))
    store.update('INSERT DATA { <urn:a> <urn:p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>, "a\\n\\"\\\\"@VI }')
    add, _ = read_patch(write_patch(store, []))
    assert add == set(store)
