"""Batches of queries: candidates, constraints, and when a match is sure."""

import json
from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.query import QueryPool
from kg.search import Closeness
from server.reconcile.scoring import Candidate, Features, matched

HOA = "person/dinh-thi-hoa-1"
BODY = {"pid": "body", "v": "Ban Tuyên giáo Tỉnh ủy Mẫu"}


def best(answer: dict[str, Any], name: str = "q0") -> dict[str, Any]:
    return answer[name]["result"][0]


def features(candidate: dict[str, Any]) -> dict[str, Any]:
    return {one["id"]: one["value"] for one in candidate["features"]}


def test_a_batch_of_ten_as_openrefine_sends_it_answers_each_by_its_key(ask) -> None:
    batch = {
        f"q{n}": {"query": "dinh thi hoa", "type": "Person", "limit": 5, "type_strict": "should"} for n in range(10)
    }
    answer = ask(batch)
    assert list(answer) == list(batch)
    assert {best(answer, name)["id"] for name in batch} == {HOA}


def test_a_person_by_name_alone_is_found_and_not_sure(ask) -> None:
    found = best(ask({"q0": {"query": "Đinh Thị Hòa", "type": "Person"}}))
    assert (found["id"], found["score"], found["match"]) == (HOA, 100.0, False)
    assert found["type"][0] == {"id": "Person", "name": "person"}


def test_a_person_whose_body_agrees_is_sure(ask) -> None:
    found = best(ask({"q0": {"query": "Đinh Thị Hoà", "type": "Person", "properties": [BODY]}}))
    assert found["match"] is True
    assert features(found) == {
        "name_same": True,
        "name_marks": True,
        "name_words": 1.0,
        "type": True,
        "property_body": 1.0,
    }


def test_a_person_whose_body_does_not_agree_is_not_sure_and_scores_less(ask) -> None:
    found = best(ask({"q0": {"query": "Đinh Thị Hòa", "properties": [{"pid": "body", "v": "Bộ Tài chính"}]}}))
    assert (found["id"], found["match"], features(found)["property_body"]) == (HOA, False, 0.0)
    assert found["score"] == pytest.approx(66.7)


def test_marks_that_speak_against_a_name_keep_it_from_being_sure(ask) -> None:
    found = best(ask({"q0": {"query": "Đinh Thị Hoa", "properties": [BODY]}}))
    assert (found["match"], features(found)["name_marks"]) == (True, True), "an unmarked word contradicts nothing"
    found = best(ask({"q0": {"query": "Đinh Thị Hóa", "properties": [BODY]}}))
    assert (found["match"], features(found)["name_marks"]) == (False, False)


@pytest.mark.parametrize(
    ("value", "fit"),
    [
        ({"id": "organ/ban-mau", "name": "whatever"}, 1.0),
        ("organ/ban-mau", 1.0),
        ("ban tuyen giao tinh uy mau", 1.0),
        ("Ban Tuyên giáo", 0.8),
        (["Bộ Tài chính", "Ban Tuyên giáo"], 0.8),
        ("Ban Tổ chức", 0.0),
        ({"id": "organ/other"}, 0.0),
        (12, 0.0),
    ],
)
def test_a_body_fits_by_identifier_by_name_or_by_part_of_its_name(ask, value, fit) -> None:
    found = best(ask({"q0": {"query": "Đinh Thị Hòa", "properties": [{"pid": "body", "v": value}]}}))
    assert features(found)["property_body"] == fit


@pytest.mark.parametrize(
    ("pid", "value", "fit"),
    [
        ("number", 12, 1.0),
        ("number", "12", 1.0),
        ("number", 13, 0.0),
        ("issuedOn", "2021-03-02", 1.0),
        ("issuedOn", "2021", 0.8),
        ("issuedOn", "2021-04", 0.0),
        ("symbol", "12-QĐ/TU", 1.0),
        ("documentType", "Quyết định", 1.0),
        ("documentType", "doctype/Decision", 1.0),
        ("issuer", "Ban Tuyên giáo Tỉnh ủy Mẫu", 1.0),
    ],
)
def test_a_directive_fits_by_number_day_type_and_issuer(ask, pid, value, fit) -> None:
    query = {"query": "Quyết định 12-QĐ/TU", "type": "Directive", "properties": [{"pid": pid, "v": value}]}
    found = best(ask({"q0": query}))
    assert (found["id"], features(found)[f"property_{pid}"]) == ("directive/12-qd-tu-mau", fit)
    assert found["match"] is (fit > 0)


def test_a_post_is_sure_by_its_full_name(ask) -> None:
    answer = ask({"q0": {"query": "Trưởng Ban Tuyên giáo Tỉnh ủy Mẫu", "type": "Post"}})
    assert [(one["id"], one["match"]) for one in answer["q0"]["result"][:1]] == [("post/truong-ban-mau", True)]


def test_a_name_that_several_bear_is_sure_of_none_of_them(ask) -> None:
    result = ask({"q0": {"query": "Mẫu Trùng", "type": "Organ"}})["q0"]["result"]
    assert not any(one["match"] for one in result)
    twins = [
        Candidate(name, "A", "", "Organ", frozenset(), Features(Closeness(True, True, 1.0, True))) for name in "ab"
    ]
    assert matched(twins) is None
    assert matched(twins[:1]) is twins[0]


def test_a_finer_kind_is_a_type_and_the_kinds_above_it_too(ask) -> None:
    wanted = {"query": "Ban Tuyên giáo Tỉnh ủy Mẫu", "type": "organkind/PropagandaBoard"}
    found = best(ask({"q0": wanted}))
    assert found["id"] == "organ/ban-mau"
    assert "organkind/PropagandaBoard" in [one["id"] for one in found["type"]]
    broader = next(one["id"] for one in found["type"][1:] if one["id"] != wanted["type"])
    assert best(ask({"q0": {**wanted, "type": broader}}))["id"] == "organ/ban-mau"
    others = ask({"q0": {**wanted, "type": "organkind/Ministry"}})["q0"]["result"]
    assert "organ/ban-mau" not in [one["id"] for one in others]


def test_strictness_decides_what_a_type_does(ask) -> None:
    both = {"query": "Ban Tuyên giáo Tỉnh ủy Mẫu", "type": ["Organ", "Place"]}
    answer = ask(
        {
            "any": {**both, "type_strict": "any"},
            "all": {**both, "type_strict": "all"},
            "should": {**both, "type": "Place", "type_strict": "should"},
        }
    )
    assert best(answer, "any")["id"] == "organ/ban-mau"
    assert answer["all"]["result"] == []
    found = next(one for one in answer["should"]["result"] if one["id"] == "organ/ban-mau")
    assert features(found)["type"] is False


def test_properties_alone_find_who_has_them_and_are_never_sure(ask) -> None:
    answer = ask(
        {
            "by_id": {"properties": [{"pid": "body", "v": {"id": "organ/ban-mau"}}]},
            "by_number": {"properties": [{"pid": "number", "v": 12}], "type": "Directive"},
            "by_words": {"properties": [{"pid": "symbol", "v": "12-QĐ/TU"}]},
        }
    )
    assert [best(answer, name)["id"] for name in answer] == [HOA, "directive/12-qd-tu-mau", "directive/12-qd-tu-mau"]
    assert not any(one["match"] for told in answer.values() for one in told["result"])


def test_the_limit_is_kept(ask) -> None:
    assert len(ask({"q0": {"query": "ban", "limit": 2}})["q0"]["result"]) == 2


def test_an_empty_query_and_an_empty_batch_have_no_candidates(ask) -> None:
    assert ask({"q0": {"query": "  "}}) == {"q0": {"result": []}}
    assert ask({}) == {}


def test_the_same_batch_by_get_has_the_same_answer_and_a_tag(client: FlaskClient, ask) -> None:
    batch = {"q0": {"query": "Đinh Thị Hòa"}}
    response = client.get("/reconcile", query_string={"queries": json.dumps(batch)})
    assert response.get_json() == ask(batch)
    again = client.get(
        "/reconcile", query_string={"queries": json.dumps(batch)}, headers={"If-None-Match": response.headers["ETag"]}
    )
    assert again.status_code == 304


def test_a_batch_asks_the_graph_a_bounded_number_of_times(app: Flask, ask) -> None:
    query = {"query": "ban", "properties": [BODY, {"pid": "kind", "v": "x"}]}
    asked: list[str] = []
    run = QueryPool.run

    def counted(self: QueryPool, path: Any, text: str, **more: Any) -> Any:
        asked.append(text)
        return run(self, path, text, **more)

    with patch.object(QueryPool, "run", counted):
        ask({f"q{n}": query for n in range(50)})
    assert len(asked) <= 1 + 2 * 2


@pytest.mark.parametrize(
    ("queries", "words"),
    [
        ("{", "not JSON"),
        ("[]", "JSON object"),
        ('{"q0": 1}', "JSON object"),
        ('{"q0": {}}', "neither"),
        ('{"q0": {"query": 1}}', "text"),
        ('{"q0": {"query": "a", "limit": 0}}', "limit"),
        ('{"q0": {"query": "a", "limit": 1e999}}', "limit"),
        ('{"q0": {"query": "a", "limit": NaN}}', "not JSON"),
        ('{"q0": {"query": "a", "type": "Nobody"}}', "There is no type 'Nobody'"),
        ('{"q0": {"query": "a", "type": {"id": 1}}}', "no type"),
        ('{"q0": {"query": "a", "type_strict": "some"}}', "any, should, all"),
        ('{"q0": {"query": "a", "properties": [{"pid": "P31", "v": 1}]}}', "There is no property 'P31'"),
        ('{"q0": {"query": "a", "properties": [{"pid": "body", "v": null}]}}', "'v' of 'body'"),
        ('{"q0": {"query": "a", "properties": {}}}', "list"),
        ('{"q0": {"query": "a", "color": "red"}}', "'color'"),
        ('{"q0": {"query": "\\ud800"}}', "not JSON"),
        (json.dumps({str(n): {"query": "a"} for n in range(51)}), "at most 50"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_bad_queries_are_one_sentence(client: FlaskClient, queries: str, words: str) -> None:
    response = client.post("/reconcile", data={"queries": queries})
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert words in response.get_json()["detail"]
    assert "\n" not in response.get_json()["detail"]


def test_a_post_of_nothing_and_of_both_is_refused(client: FlaskClient) -> None:
    assert client.post("/reconcile").status_code == 400
    assert client.post("/reconcile", data={"queries": "{}", "extend": "{}"}).status_code == 400


def test_examples_of_the_specification_are_read_or_refused_by_a_sentence(client: FlaskClient, specification) -> None:
    examples = list((specification / "examples" / "reconciliation-query-batch").rglob("*.json"))
    assert len(examples) > 3
    for path in examples:
        response = client.post("/reconcile", data={"queries": path.read_text()})
        assert response.status_code in (200, 400), path
