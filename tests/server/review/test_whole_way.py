"""From a report to the graph: read for review, decided on in part by the page, told by the journal."""

from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from kg.cli import main
from kg.history import recorded
from kg.namespaces import iri
from kg.resources import tree
from kg.review import Filter, State
from kg.store import Folder
from tests.review.people import has
from tests.server.review.conftest import Desk, checked, hidden

REPORT = tree("samples") / "reports" / "03-bac-kan-bo-nhiem-so-noi-vu.txt"
TITLE, PERSON = "Bắc Kạn có tân Giám đốc Sở Nội vụ", "Đinh Công Trứ"
ANYWHERE = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } FILTER(CONTAINS(STR(?o), '%s')) }"


def found(public: FlaskClient, words: str) -> int:
    """How many statements of the default or of any named graph say these words, as anybody is told."""
    asked = {"query": ANYWHERE % words, "format": "json"}
    return len(public.get("/sparql", query_string=asked).get_json(force=True)["results"]["bindings"])


def test_a_report_waits_unseen_and_counts_once_an_editor_has_decided(desk: Desk) -> None:
    public, editor = desk.app.test_client(), desk.browser("lan", "vi")
    assert main(["ingest", str(REPORT), "--review", "--data", str(desk.folder)]) == 0
    (made,) = [one for one in desk.queue.listed(Filter(State.PROPOSED), 100)[1] if one.title == TITLE]
    before = int(desk.graph.info()["generation"])
    assert found(public, PERSON) == 0
    assert made.id in editor.get("/review").text

    page = editor.get(f"/review/{made.id}").text
    nodes = checked(page)
    assert len(nodes) > 15
    tenure = next(node for node in nodes if "/tenure/dinh-cong-tru" in node)
    dropped = next(node for node in nodes if "/event/nong-vinh-thuy" in node)
    sent = hidden(page) | {f"fact:{tenure}": "accept", f"fact:{dropped}": "reject", "reason": "Chưa có quyết định"}
    asked_again = editor.post(f"/review/{made.id}", data=sent)
    assert asked_again.status_code == 409 and int(desk.graph.info()["generation"]) == before
    chosen = {node for node, verdict in checked(asked_again.text).items() if verdict == "accept"}
    sent = hidden(asked_again.text) | {f"fact:{node}": v for node, v in checked(asked_again.text).items()}
    done = editor.post(f"/review/{made.id}", data=sent | {"reason": "Chưa có quyết định", "warnings": "accept"})
    assert done.status_code == 303

    now = desk.queue.get(made.id)
    accepted, rejected = now.decisions
    assert (now.state, accepted.verdict, rejected.verdict) == (State.PROPOSED, "accepted", "rejected")
    assert {node.value for node in accepted.facts} == chosen and dropped in {node.value for node in rejected.facts}
    assert accepted.change is not None and rejected.reason == "Chưa có quyết định"
    with desk.graph.reader() as reader:
        journal = recorded(reader, Folder(desk.folder).journal, accepted.change)
        assert {quad.object for quad in reader.quads(accepted.change, iri("bm:acceptedBy"), None, None)} == {
            iri("agent:lan")
        }
    waiting = desk.queue.change(now)
    assert has(desk.graph, *journal.added) and not journal.removed
    assert journal.added.isdisjoint(waiting.add)
    told = {quad.subject for quad in journal.added}
    assert NamedNode(tenure) in told and NamedNode(dropped) not in told
    assert found(public, PERSON) > 0
    still = {quad.subject for quad in waiting.add} - {quad.subject for quad in journal.added}
    with desk.graph.reader() as reader:
        assert still and not any(True for node in still for _ in reader.quads(node))  # type: ignore[arg-type]  # nodes
    change = accepted.change.value.rpartition("/")[2]
    left = editor.get(f"/review/{made.id}").text
    assert f'href="/changes/{change}"' in left and set(checked(left)).isdisjoint({tenure, dropped})
    assert "kg-ingest" in public.get(f"/changes/{change}").text
