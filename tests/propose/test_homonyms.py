"""People who bear one name are linked, told apart or left undecided, each for its reasons."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat

from kg.model.extraction import MeetingRead, Participant
from kg.model.graph import Row
from kg.model.holding import Holding
from kg.namespaces import curie, iri
from kg.propose.careers import Body, Career, Held, Where
from kg.propose.namesakes import Decision, compare
from kg.propose.titles import rows
from kg.reference import code_files
from tests.ontology.judge import violated
from tests.propose import homonyms_by_career, homonyms_by_name
from tests.propose.factories import MemoryGraph, ingest
from tests.propose.homonym_world import COMMON, PLACES, PLAIN, Case, Told, told

CASES = (*homonyms_by_name.CASES, *homonyms_by_career.CASES)
STATED = """
SELECT ?one ?property ?other ?score ?for ?against ?quote WHERE {
  ?one ?property ?other .
  FILTER(?property IN (owl:differentFrom, bm:possiblySameAs))
  ?claim bm:about ?one ; bm:property ?property ; bm:value ?other ; bm:score ?score .
  ?evidence bm:supports ?claim ; bm:quote ?quote .
  OPTIONAL { ?claim bm:speaksFor ?for . FILTER(LANG(?for) = "en") }
  OPTIONAL { ?claim bm:speaksAgainst ?against . FILTER(LANG(?against) = "en") }
}"""
LINKED = """
SELECT ?one ?for ?against WHERE {
  ?claim bm:about ?one ; bm:property foaf:name ; bm:speaksFor ?for . FILTER(LANG(?for) = "en")
  OPTIONAL { ?claim bm:speaksAgainst ?against . FILTER(LANG(?against) = "en") }
}"""
WORDS = {row[0]: row[3].partition(":")[0] for row in rows("namesakes.tsv")}


def where(name: str, level: str, *above: str) -> Where:
    chain = tuple(iri(f"place:{each}") for each in (name, *above))
    none: frozenset[NamedNode] = frozenset()
    return Where(chain[0], name, level, chain, none, none, none)


UNITS = [
    where("bac-kan", "province"),
    where("nghe-an", "province"),
    where("cho-don", "district", "bac-kan"),
    where("na-ri", "district", "bac-kan"),
    where("bang-lang", "commune", "cho-don", "bac-kan"),
    Where(iri("place:viet-nam"), "viet-nam", "country", (), frozenset(), frozenset(), frozenset()),
]
DAYS = st.dates(dt.date(1960, 1, 1), dt.date(2025, 12, 31))
BODIES = st.builds(
    lambda place, kind: Body(
        iri(f"organ:{kind.lower()}-{place.label}"),
        kind,
        kind,
        "Party" if "Party" in kind else "State",
        place,
        frozenset(),
    ),
    st.sampled_from(UNITS),
    st.sampled_from(["PartyCommittee", "PeoplesCommittee", "Department", "InspectionTeam"]),
)
HELD = st.builds(
    lambda title, post_type, body, days: Held(title, "Other", post_type, body, Holding(frozenset(days))),
    st.sampled_from(["Chủ tịch", "Phó Chủ tịch", "Giám đốc"]),
    st.sampled_from(["head", "deputy", "member"]),
    st.none() | BODIES,
    st.lists(DAYS, min_size=1, max_size=2),
)
LIVES = st.none() | DAYS.map(lambda day: (day, day))
CAREERS = st.builds(
    Career,
    st.sampled_from([(COMMON,), ("Nguyễn Văn Hưng",), ("Nguyen Van Hung",)]),
    st.lists(HELD, min_size=1, max_size=1).map(tuple),
    LIVES,
    LIVES,
    st.sampled_from([None, "ông", "bà"]),
)


def graph_of(reports: tuple[Told, ...]) -> MemoryGraph:
    graph = MemoryGraph(PLACES)
    for file in code_files():
        graph.store.load(path=str(file), format=RdfFormat.TURTLE)
    for report in reports:
        ingest(graph, report.read())
    return graph


def decision(graph: MemoryGraph, case: Case, before: set[NamedNode]) -> tuple[str, list[Row]]:
    new = {*graph.of_class("bm:Person")} - before
    kept = [row for row in graph.select(STATED) if row["one"] in new]
    if not case.known:
        return ("link" if len(new) == 1 else "split"), kept
    if not new:
        return "link", graph.select(LINKED)
    properties = {row["property"].value.rpartition("#")[2] for row in kept}
    return ("undecided" if "possiblySameAs" in properties else "apart" if properties else "unrelated"), kept


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_hard_case_is_decided_as_expected_and_the_reasons_are_kept(case: Case) -> None:
    graph = graph_of(case.known)
    before = {*graph.of_class("bm:Person")}
    ingest(graph, case.said.read())
    found, kept = decision(graph, case, before)
    words = "; ".join(row[side].value for row in kept for side in ("for", "against") if side in row)
    assert found == case.decision, words
    for feature in case.reasons:
        assert WORDS[feature] in words


def test_there_are_many_hard_cases_and_each_decision_is_among_them() -> None:
    assert len(CASES) >= 40
    assert {case.decision for case in CASES} >= {*map(str, Decision), "split", "unrelated"}


def test_every_feature_has_points_words_in_both_languages_and_a_reason() -> None:
    table = rows("namesakes.tsv")
    assert len({row[0] for row in table}) == len(table) > 30
    for feature, points, *words in table:
        assert points == "no" or -8 <= int(points) <= 8, feature
        assert len(words) == 3, feature
        assert all(words), feature


def test_features_that_hard_cases_do_not_show_are_few_and_known() -> None:
    shown = {feature for case in CASES for feature in case.reasons}
    unshown = {row[0] for row in rows("namesakes.tsv")} - shown
    assert unshown == {
        "same_birth_year",
        "same_province",
        "same_centre",
        "centre_and_province",
        "context_here",
        "context_elsewhere",
        "same_title",
        "too_old",
        "rival",
    }


def test_kinds_whose_posts_are_held_beside_others_are_codes() -> None:
    graph = graph_of(())
    table = rows("beside.tsv")
    assert table
    for kind, beside, reason in table:
        assert graph.values(f"organkind:{kind}", "skos:prefLabel"), kind
        assert beside in ("anywhere", "unit"), kind
        assert reason


def test_every_pair_of_one_name_has_a_verdict_and_the_graph_breaks_no_shape_of_persons_and_claims() -> None:
    graph = graph_of(tuple(each for case in CASES for each in (*case.known, case.said)))
    broken = violated(graph.store)
    assert len(graph.of_class("bm:Person")) > 30
    faults = {node for nodes in broken.values() for node in nodes if node.startswith(("person:", "claim:"))}
    assert faults == set(), broken


def test_a_pair_without_a_verdict_breaks_the_shape() -> None:
    graph = graph_of((told("2022-04-05", PLAIN, ("Giám đốc", "Sở Y tế Bắc Kạn")),))
    ingest(graph, told("2022-04-05", PLAIN, ("Giám đốc", "Sở Y tế Nghệ An")).read())
    assert "Person-namesakes" not in violated(graph.store)
    for quad in list(graph.quads(None, iri("owl:differentFrom"))):
        graph.store.remove(quad)
    assert len(violated(graph.store)["Person-namesakes"]) == 1


def test_a_link_keeps_its_reasons_with_the_sentence_and_a_new_spelling_as_another_name() -> None:
    graph = graph_of((told("2021-03-01", "Nguyễn Thị Hòa", ("Giám đốc", "Sở Y tế Bắc Kạn")),))
    ingest(graph, told("2022-04-05", "Nguyen Thi Hoa", ("Giám đốc", "Sở Y tế Bắc Kạn")).read())
    (person,) = graph.of_class("bm:Person")
    assert [q.object.value for q in graph.quads(person, iri("foaf:name"))] == ["Nguyễn Thị Hòa"]
    assert [q.object.value for q in graph.quads(person, iri("skos:altLabel"))] == ["Nguyen Thi Hoa"]
    (claim,) = graph.of_class("bm:Claim")
    assert {q.object.value for q in graph.quads(claim, iri("bm:score"))} == {"6"}
    (evidence,) = [q.subject for q in graph.quads(None, iri("bm:supports"), claim)]
    quote = next(graph.quads(evidence, iri("bm:quote"))).object.value
    assert "Nguyen Thi Hoa, Giám đốc Sở Y tế" in quote


def test_two_who_may_be_one_do_not_keep_a_third_report_of_the_same_post_from_being_linked() -> None:
    seen = (
        told("2019-03-01", COMMON, ("Phó Giám đốc", "Sở Y tế Bắc Kạn")),
        told("2022-03-01", COMMON, ("Phó Giám đốc", "Sở Xây dựng Bắc Kạn")),
        told("2023-03-01", COMMON, ("Phó Giám đốc", "Sở Y tế Bắc Kạn"), ("Phó Giám đốc", "Sở Xây dựng Bắc Kạn")),
    )
    graph = graph_of(seen)
    assert len(graph.of_class("bm:Person")) == 2
    assert len(list(graph.quads(None, iri("bm:possiblySameAs")))) == 1


def test_a_merged_duplicate_stands_for_the_person_it_was_merged_into() -> None:
    graph = graph_of((told("2021-03-01", PLAIN, ("Giám đốc", "Sở Y tế Bắc Kạn")),))
    (kept,) = graph.of_class("bm:Person")
    ingest(graph, told("2021-03-02", PLAIN, ("Bí thư", None)).read())
    (merged,) = [person for person in graph.of_class("bm:Person") if person != kept]
    graph.store.add(Quad(merged, iri("dcterms:isReplacedBy"), kept))
    ingest(graph, told("2022-04-05", PLAIN, ("Giám đốc", "Sở Y tế Bắc Kạn")).read())
    assert len(list(graph.quads(None, iri("org:member"), kept))) == 1
    assert len(graph.of_class("bm:Person")) == 2


def test_a_participant_of_a_split_name_is_the_one_who_is_named_nearest() -> None:
    case = next(case for case in CASES if case.decision == "split")
    document, extraction = case.said.read()
    first, second = extraction.persons[0].spans
    meetings = tuple(
        MeetingRead(name, (span,), case.said.day, participants=(Participant(COMMON, "dự", None, (span,)),))
        for name, span in (("Hội nghị một", first), ("Hội nghị hai", second))
    )
    graph = graph_of(())
    ingest(graph, (document, replace(extraction, meetings=meetings)))
    found = graph.select(
        "SELECT ?meeting ?organ { ?part bm:meeting/rdfs:label ?meeting ; bm:inCapacityOf/org:organization ?organ }"
    )
    assert {(row["meeting"].value, curie(row["organ"])) for row in found} == {
        ("Hội nghị một", "organ:ubnd-huyen-cho-don-bac-kan"),
        ("Hội nghị hai", "organ:ubnd-huyen-na-ri-bac-kan"),
    }


@settings(deadline=None, max_examples=200)
@given(CAREERS, CAREERS)
def test_verdicts_do_not_depend_on_which_of_the_two_is_known_first(one: Career, other: Career) -> None:
    there, back = ({(r.feature, r.points) for r in compare(*pair)} for pair in ((one, other), (other, one)))
    assert there == back
