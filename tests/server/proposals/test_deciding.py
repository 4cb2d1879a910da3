"""What editors decide over HTTP: whole, in part, by the batch, not on their own; stale ones come back with the diff."""

import threading
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from pyoxigraph import NamedNode

from kg.model.changes import ChangeSet
from kg.namespaces import iri
from kg.query import QueryPool
from kg.read import load_rdf
from kg.review import Kind, Queue, accept, save
from kg.store import open_graph
from kg.store.tokens import create_token
from server import create_app
from server.operation import Operation
from tests.review.people import LAN, MIXED, SURE, read_in
from tests.server.proposals.conftest import OTHER, PERSON, UPDATE, As, proposed, turtle

HAI, MOI = iri("person:tran-thi-hai-1").value, iri("person:le-van-moi-1").value
IsThere = Callable[[str], bool]


def test_nobody_accepts_their_own(send: As, is_there: IsThere) -> None:
    address = proposed(send, who="lan")
    own = send("lan", "POST", f"{address}/accept")
    assert (own.status_code, "is your own" in own.get_json()["detail"]) == (403, True)
    assert not is_there("Lê Văn Mới")
    assert send("mai", "POST", f"{address}/accept").status_code == 200


def test_one_person_alone_may_where_the_setting_says_so(own_folder: Path) -> None:
    token = {"Authorization": f"Bearer {create_token(own_folder, 'lan', 'editor')}"}
    with open_graph(own_folder, own=True) as graph, QueryPool(1, spares=0) as pool:
        client = create_app(graph, pool, data=own_folder, operation=Operation(self_accept=True)).test_client()
        made = client.post("/api/proposals", data=f"INSERT DATA {{ {PERSON} }}", content_type=UPDATE, headers=token)
        assert client.post(f"{made.headers['Location']}/accept", headers=token).status_code == 200


def test_what_was_decided_cannot_be_decided_again(send: As) -> None:
    address = proposed(send)
    assert send("lan", "POST", f"{address}/reject", json={}).status_code == 400
    rejected = send("lan", "POST", f"{address}/reject", json={"reason": "Không có nguồn"})
    assert (rejected.status_code, rejected.get_json()["state"]) == (200, "rejected")
    told = send("hoa", "GET", address).get_json()
    assert [(d["verdict"], d["reason"], d["by"]) for d in told["decisions"]] == [
        ("rejected", "Không có nguồn", iri("agent:lan").value)
    ]
    for verb in ("accept", "reject"):
        again = send("mai", "POST", f"{address}/{verb}", json={"reason": "x"})
        assert (again.status_code, "is rejected by agent:lan" in again.get_json()["detail"]) == (409, True)
    assert send("hoa", "DELETE", address).status_code == 409


def test_an_author_takes_a_proposal_back(send: As) -> None:
    address = proposed(send)
    assert send("hoa", "DELETE", address).status_code == 204
    assert send("hoa", "GET", address).get_json()["state"] == "withdrawn"
    assert send("lan", "POST", f"{address}/accept").status_code == 409


def test_two_editors_at_once_make_one_change(send: As) -> None:
    address = proposed(send)
    statuses: list[int] = []

    def accept(who: str) -> None:
        statuses.append(send(who, "POST", f"{address}/accept").status_code)

    both = [threading.Thread(target=accept, args=(who,)) for who in ("lan", "mai")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(statuses) == [200, 409]


def test_a_stale_proposal_is_409_with_the_diff_and_fits_again_when_it_is_sent_anew(send: As, is_there: IsThere) -> None:
    send("lan", "POST", "/update", data=f"INSERT DATA {{ {PERSON} }}", content_type=UPDATE)
    rename = (
        'DELETE {{ ?p foaf:name ?n }} INSERT {{ ?p foaf:name "{0}" }} WHERE {{ ?p bm:key "le van moi" ; foaf:name ?n }}'
    )
    sent = {"data": rename.format("Lê Văn Mối"), "content_type": UPDATE}
    address = send("hoa", "POST", "/api/proposals", **sent).headers["Location"]
    assert send("lan", "GET", address).get_json()["fits"]["stale"] is False
    send("mai", "POST", "/update?reason=Công báo", data=rename.format("Lê Văn Mởi"), content_type=UPDATE)
    assert send("lan", "GET", address).get_json()["fits"]["stale"] is True
    stale = send("lan", "POST", f"{address}/accept")
    assert stale.status_code == 409
    diff = stale.get_json()["diff"]
    (dispute,) = diff["disputes"]
    assert (dispute["subject"], dispute["property"]) == (MOI, iri("foaf:name").value)
    assert "Mới" in dispute["remove"][0] and "Mối" in dispute["add"][0] and "Mởi" in dispute["standing"][0]
    (since,) = diff["changes"]
    assert (since["agent"], since["reason"]) == (iri("agent:mai").value, "Công báo")
    assert is_there("Lê Văn Mởi")
    assert send("hoa", "PUT", address, **sent).status_code == 200
    assert send("lan", "POST", f"{address}/accept").status_code == 200
    assert is_there("Lê Văn Mối") and not is_there("Lê Văn Mởi")


def test_a_part_is_accepted_and_the_rest_waits_or_goes(send: As, is_there: IsThere) -> None:
    address = proposed(send, PERSON + OTHER)
    strange = send("lan", "POST", f"{address}/accept", json={"facts": ["https://example.org/x"]})
    assert (strange.status_code, "is no fact" in strange.get_json()["detail"]) == (409, True)
    part = send("lan", "POST", f"{address}/accept", json={"facts": [HAI], "reason": "Có nguồn"})
    assert (part.status_code, part.get_json()["state"]) == (200, "proposed")
    assert is_there("Trần Thị Hai") and not is_there("Lê Văn Mới")
    rest = send("lan", "GET", address).get_json()
    assert [fact["node"] for fact in rest["facts"]] == [MOI]
    assert rest["decisions"][0]["facts"] == [HAI]


def test_what_is_left_is_rejected_with_it_or_corrected(send: As, is_there: IsThere) -> None:
    address = proposed(send, PERSON + OTHER)
    name = f"{iri('person:tran-thi-hai-1')} {iri('foaf:name')}"
    correction = f'D {name} "Trần Thị Hai" .\nA {name} "Trần Thị Hài" .\n'
    body = {"facts": [HAI], "rest": "reject", "correct": correction}
    done = send("lan", "POST", f"{address}/accept", json=body)
    assert (done.status_code, done.get_json()["state"]) == (200, "accepted")
    assert [d["verdict"] for d in done.get_json()["decisions"]] == ["corrected", "accepted", "rejected"]
    assert is_there("Trần Thị Hài") and not is_there("Trần Thị Hai") and not is_there("Lê Văn Mới")


def test_what_was_changed_since_one_looked_is_not_accepted_unseen(send: As) -> None:
    address = proposed(send)
    seen = send("lan", "GET", address).get_json()["digest"]
    send("hoa", "PUT", address, data=f"INSERT DATA {{ {OTHER} }}", content_type=UPDATE)
    unseen = send("lan", "POST", f"{address}/accept", json={"digest": seen})
    assert (unseen.status_code, "was changed since" in unseen.get_json()["detail"]) == (409, True)
    seen = send("lan", "GET", address).get_json()["digest"]
    assert send("lan", "POST", f"{address}/accept", json={"digest": seen}).status_code == 200


def test_warnings_pass_only_when_they_are_accepted(send: As) -> None:
    text = """directive:13-kh-tu-mau a bm:Directive , prov:Entity ; rdfs:label "Kế hoạch 13-KH/TU"@vi ;
      bm:key "13 kh tu" ; bm:symbol "13-KH/TU" ; bm:documentType doctype:Resolution ; bm:curatedBy agent:hoa"""
    address = proposed(send, text)
    refused = send("lan", "POST", f"{address}/accept")
    assert refused.status_code == 422
    assert {finding["severity"] for finding in refused.get_json()["report"]["findings"]} == {"Warning"}
    assert send("lan", "GET", address).get_json()["state"] == "proposed"
    assert send("lan", "POST", f"{address}/accept?warnings=accept").status_code == 200


def test_a_batch_takes_what_is_sure_of_one_source(own: Flask, own_folder: Path, send: As) -> None:
    graph = own.extensions["bomay"].graph
    accept(graph, Queue(own_folder), read_in(graph, Queue(own_folder), SURE, "Hội nghị").id, LAN, accept_warnings=True)
    made = read_in(graph, Queue(own_folder), MIXED, "Chi bộ")
    other = save(graph, Queue(own_folder), _other(), Kind.PATCH, "Khác")
    assert made.source is not None
    assert send("lan", "POST", "/api/proposals/accept").status_code == 400
    assert send("lan", "POST", "/api/proposals/accept?source=x&confidence=sure").status_code == 400
    asked = {"source": made.source.value, "confidence": "high", "warnings": "accept"}
    done = send("lan", "POST", "/api/proposals/accept", query_string=asked)
    assert done.status_code == 200
    (told,) = done.get_json()["proposals"]
    assert (told["id"], told["state"], told["why"]) == (made.id, "proposed", None)
    assert told["added"] > 0 and told["change"]
    left = send("lan", "GET", f"/api/proposals/{made.id}").get_json()["facts"]
    assert left and not {fact["node"] for fact in left} & set(told["decisions"][0]["facts"])
    assert send("lan", "GET", f"/api/proposals/{other.id}").get_json()["state"] == "proposed"


def _other() -> ChangeSet:

    quads = frozenset(load_rdf(turtle(OTHER).encode(), "ttl"))
    return ChangeSet(quads, frozenset(), iri("agent:hoa"), "Khác", NamedNode("https://example.org/bao"))
