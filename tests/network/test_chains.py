"""How two are connected, and what is around one, in the small world."""

import pytest

from kg.errors import NotFound
from kg.model.graph import Reader
from kg.namespaces import curie, iri
from kg.network import Chain, chains, ego, project, told

A, B, C, D = (iri(f"person:{letter}").value for letter in "abcd")


def ways(found: tuple[Chain, ...]) -> list[tuple[str, float, str]]:
    return [
        (
            curie(one.links[0].origin)[-1] + "".join(curie(k.destination)[-1] for k in one.links),
            one.cost,
            one.certainty.word,
        )
        for one in found
    ]


def test_the_surest_chains_come_first_with_the_sentence_at_each_step(world: Reader):
    found = chains([project(world, "shared-meetings")], A, D, 3)
    assert ways(found) == [("acd", 4, "possible"), ("abcd", 5, "possible")]
    assert [[said.quote for said in told(world, link.edge)] for link in found[0].links] == [
        ["Đỗ An chủ trì, Lê Bình, Vũ Chi dự."] * 2,
        ["Chi, Dung"] * 2,
    ]


def test_chains_go_over_several_networks_by_the_surest_edge(world: Reader):
    found = chains([project(world, "shared-meetings"), project(world, "overlapping-posts")], A, D, 2)
    assert ways(found) == [("ad", 3, "possible"), ("acd", 4, "possible")]
    assert found[0].links[0].projection == "overlapping-posts"
    assert found[1].links[0].projection == "shared-meetings"  # as sure there as by their posts


def test_a_chain_goes_against_the_direction_of_command(world: Reader):
    ends = (iri("organ:phong").value, iri("organ:bo").value)
    (found,) = chains([project(world, "chain-of-command")], *ends)
    assert [curie(link.destination) for link in found.links] == ["organ:so", "organ:bo"]


def test_no_chain_is_an_empty_answer_and_an_unknown_end_an_error(world: Reader):
    apart = project(world, "person-meeting")
    assert chains([apart], A, A) == ()
    with pytest.raises(NotFound, match="organ:so is in none of these networks"):
        chains([apart], A, iri("organ:so").value)


def test_two_parts_of_a_network_have_no_chain(world: Reader):
    both = [project(world, "shared-meetings"), project(world, "chain-of-command")]
    assert chains(both, A, iri("organ:so").value) == ()


def test_an_ego_network_has_all_edges_among_the_near_and_its_own_coverage(world: Reader):
    network = project(world, "shared-meetings")
    near = ego(world, network, D)
    assert ([curie(node) for node in near.nodes], len(near.edges)) == (["person:c", "person:d"], 1)
    assert (near.coverage.facts, near.coverage.sources, near.focus) == (2, 1, D)
    assert len(ego(world, network, D, 2).edges) == 4
    with pytest.raises(NotFound, match="organ:so is not in the network 'shared-meetings'"):
        ego(world, network, iri("organ:so").value)
