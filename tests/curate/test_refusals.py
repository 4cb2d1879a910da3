"""What cannot be merged is refused in one sentence that names it."""

from collections.abc import Callable

import pytest
from pyoxigraph import NamedNode

from kg.curate import CurationRefused, merge
from kg.errors import NotFound
from kg.namespaces import curie, iri
from tests.curate.world import WHY, date, merged, persons, say
from tests.propose.factories import CLERK, MemoryGraph

_APART = "owl:differentFrom"


def test_lives_that_contradict_are_refused_in_one_sentence_that_names_both(graph: MemoryGraph) -> None:
    kept, gone = persons(graph)
    say(graph, kept, "bm:birthEarliest", date("1965-01-01"))
    say(graph, gone, "bm:birthLatest", date("1960-12-31"))
    with pytest.raises(CurationRefused) as refused:
        merge(graph, kept, gone, CLERK, WHY)
    for words in (curie(kept), curie(gone), "1965-01-01", "1960-12-31", "birth"):
        assert words in str(refused.value)


def test_two_native_places_are_refused(graph: MemoryGraph) -> None:
    kept, gone = persons(graph)
    say(graph, kept, "bm:nativePlace", iri("place:tinh-bac-kan"))
    say(graph, gone, "bm:nativePlace", iri("place:tinh-nghe-an"))
    with pytest.raises(CurationRefused, match=r"place:tinh-bac-kan.*place:tinh-nghe-an"):
        merge(graph, kept, gone, CLERK, WHY)


@pytest.mark.parametrize("turned", [False, True])
def test_two_who_were_told_apart_are_refused_with_the_statement_to_delete(graph: MemoryGraph, turned: bool) -> None:
    one, other = persons(graph)[:: -1 if turned else 1]
    say(graph, one, _APART, other)
    with pytest.raises(CurationRefused) as refused:
        merge(graph, *persons(graph), CLERK, WHY)
    assert f"delete '{curie(one)} owl:differentFrom {curie(other)}'" in str(refused.value)


def _itself(graph: MemoryGraph) -> tuple[NamedNode, NamedNode]:
    return persons(graph)[0], persons(graph)[0]


def _missing(graph: MemoryGraph) -> tuple[NamedNode, NamedNode]:
    return persons(graph)[0], iri("person:nobody")


def _body(graph: MemoryGraph) -> tuple[NamedNode, NamedNode]:
    return persons(graph)[0], iri("organ:ban-chap-hanh-trung-uong-dang")


def _merged_away(graph: MemoryGraph) -> tuple[NamedNode, NamedNode]:
    kept, gone = persons(graph)
    merged(graph, kept, gone)
    return kept, gone


def _merged_into(graph: MemoryGraph) -> tuple[NamedNode, NamedNode]:
    return _merged_away(graph)[::-1]


@pytest.mark.parametrize(
    ("two", "words"),
    [
        (_itself, "given twice"),
        (_missing, "Nothing is known of person:nobody"),
        (_body, "bm:Organ; only two of one kind"),
        (_merged_away, "already"),
        (_merged_into, "already"),
    ],
)
def test_what_cannot_be_merged_is_one_sentence(
    graph: MemoryGraph, two: Callable[[MemoryGraph], tuple[NamedNode, NamedNode]], words: str
) -> None:
    with pytest.raises((CurationRefused, NotFound), match=words):
        merge(graph, *two(graph), CLERK, WHY)


def test_a_merge_without_a_reason_is_refused(graph: MemoryGraph) -> None:
    with pytest.raises(CurationRefused, match="reason"):
        merge(graph, *persons(graph), CLERK, " ")
