"""What a network rests on is counted, and said with it in both languages."""

import pytest

from kg.model.graph import Reader
from kg.model.holding import Certainty
from kg.network import LANGUAGES, PROJECTIONS, legend, project
from kg.network.coverage import _WORDS

FACTION = ("faction", "phe")


def test_coverage_counts_facts_sentences_sources_years_places_and_certainty(world: Reader):
    seen = project(world, "shared-meetings").coverage
    assert (seen.facts, seen.sentences, seen.sources, seen.published) == (7, 4, 2, (2020, 2021))
    assert (dict(seen.years), seen.undated) == ({2020: 3, 2021: 1}, 1)
    assert dict(seen.provinces) == {"tỉnh Thử": 4}
    assert dict(seen.certainties) == {Certainty.CERTAIN: 3, Certainty.POSSIBLE: 1}


def test_the_legend_says_all_of_it(world: Reader):
    network = project(world, "shared-meetings")
    assert legend(network, "co-presence") == (
        "shared-meetings: 4 nodes, 4 edges, weighted by meetings",
        "rests on 7 facts, 4 sentences of 2 sources, published 2020-2021",
        "years of the edges: 2020 3, 2021 1; without a known day: 1",
        "provinces of the nodes: tỉnh Thử 4",
        "certainty of the edges: certain 3, likely 0, possible 1",
        "What no source here reports is not shown: no edge does not mean no meeting and no tie.",
        "Being at one meeting is co-presence as reported, and no sign of belonging together.",
    )
    assert len(legend(network, "co-presence", "vi")) == 7


def test_every_warning_and_line_stands_in_both_languages(world: Reader):
    assert {frozenset(words) for words in _WORDS.values()} == {frozenset(_WORDS["en"])}
    warnings = {one.warning for one in PROJECTIONS.values() if one.warning}
    assert warnings <= set(_WORDS["en"])
    for name in ("shared-meetings", "overlapping-posts", "person-meeting"):
        assert PROJECTIONS[name].warning


@pytest.mark.parametrize("language", LANGUAGES)
def test_co_presence_is_never_called_faction_but_to_deny_it(language: str):
    told = [line for line in _WORDS[language].values() if any(word in line.lower() for word in FACTION)]
    assert all("không phải" in line for line in told)
    assert len(told) == (2 if language == "vi" else 0)
