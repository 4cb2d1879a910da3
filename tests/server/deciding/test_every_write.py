"""Every way to write leaves one entry in the journal: who, why, when, from what, and the exact difference by digest."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import Quad

from kg.cli import main
from kg.history import load_patch
from kg.namespaces import PREFIXES, curie, iri
from server.service import service
from tests.cli.test_importing import CSV, MAPPING
from tests.server.deciding.acting import browser, export, hidden, program

WHY = "vì thế"
_ENTRIES = """SELECT ?change ?agent ?reason ?at ?digest ?added ?removed ?source WHERE {
  GRAPH <https://w3id.org/bomay/graph/history> {
    ?change a bm:ChangeSet , prov:Activity ; prov:wasAssociatedWith ?agent ; bm:reason ?reason ;
      prov:endedAtTime ?at ; bm:patchDigest ?digest ; bm:added ?added ; bm:removed ?removed .
    OPTIONAL { ?change prov:used ?source }
  }
}"""
_W, _V = "GRAPH <urn:w>", "GRAPH <urn:v>"
_SEED = f"""INSERT DATA {{ {_W} {{ <urn:a> <urn:p> 1 , 2 . <urn:b> <urn:p> 2 }} {_V} {{ <urn:c> <urn:p> 3 }}
  place:viet-nam skos:altLabel "Viet Nam"@en }}"""

Entry = dict[str, str]
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def seeded(editor: FlaskClient, as_it_was: None) -> None:
    assert sparql(editor, _SEED).status_code == 204


def sparql(client: FlaskClient, text: str) -> Any:
    query = {"reason": WHY, "warnings": "accept"}
    return client.post("/update", query_string=query, data=text, content_type="application/sparql-update")


def entries(client: FlaskClient) -> dict[str, Entry]:
    answer = client.get("/sparql", query_string={"query": _ENTRIES, "format": "json"}).get_json()
    return {
        row["change"]["value"]: {name: cell["value"] for name, cell in row.items()}
        for row in answer["results"]["bindings"]
    }


def recorded(client: FlaskClient, write: Callable[[], object]) -> tuple[Entry, frozenset[Quad], frozenset[Quad]]:
    """What the journal has of a write; its patch is what the write really changed."""
    known, before = entries(client), export(client)
    write()
    (new,) = entries(client).keys() - known.keys()
    entry, after = entries(client)[new], export(client)
    with client.application.app_context():
        patch = load_patch(service().journal, entry["digest"])
    assert patch == (after - before, before - after)
    assert (int(entry["added"]), int(entry["removed"])) == tuple(map(len, patch))
    assert entry["at"] and entry["reason"] and entry["agent"]
    return entry, *patch


FORMS = {
    "insert data": f"INSERT DATA {{ {_W} {{ <urn:new> <urn:p> 4 , 'x'@vi }} }}",
    "delete data": f"DELETE DATA {{ {_W} {{ <urn:a> <urn:p> 1 }} }}",
    "delete insert where": f"DELETE {{ {_W} {{ ?s <urn:p> ?o }} }} INSERT {{ {_W} {{ ?s <urn:q> ?o }} }} "
    f"WHERE {{ {_W} {{ ?s <urn:p> ?o }} }}",
    "insert where": f"INSERT {{ {_V} {{ ?s <urn:p> ?o }} }} WHERE {{ {_W} {{ ?s <urn:p> ?o }} }}",
    "with": "WITH <urn:w> DELETE { ?s <urn:p> 2 } WHERE { ?s <urn:p> 1 }",
    "delete where": f"DELETE WHERE {{ {_W} {{ <urn:a> ?p ?o }} }}",
    "clear": "CLEAR GRAPH <urn:w>",
    "drop": "DROP GRAPH <urn:v>",
    "copy": "COPY <urn:w> TO <urn:v>",
    "move": "MOVE <urn:w> TO <urn:v>",
    "add": "ADD <urn:w> TO <urn:v>",
    "clear named": "CLEAR NAMED",
    "default graph": "DELETE DATA { place:viet-nam skos:altLabel 'Viet Nam'@en }",
    "several": f"CREATE SILENT GRAPH <urn:n> ; INSERT DATA {{ {_W} {{ <urn:a> <urn:p> 9 }} }} ; "
    f"DELETE WHERE {{ {_W} {{ <urn:a> <urn:p> 9 }} }} ; DELETE DATA {{ {_W} {{ <urn:b> <urn:p> 2 }} }}",
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_of_sparql_update_is_one_entry(editor: FlaskClient, form: str) -> None:
    entry, added, removed = recorded(editor, lambda: sparql(editor, FORMS[form]))
    assert entry["reason"] == WHY and curie(entry["agent"]).startswith("agent:editor-")
    assert added | removed


def test_what_several_operations_add_and_take_away_again_is_no_part_of_the_patch(editor: FlaskClient) -> None:
    _, added, removed = recorded(editor, lambda: sparql(editor, FORMS["several"]))
    assert added == set() and {quad.object.value for quad in removed} == {"2"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("LOAD <http://example.org/x> INTO GRAPH <urn:w>", 400),
        ("INSERT DATA { <urn:a> ", 400),
        (f"INSERT {{ {_W} {{ ?s <urn:q> [ <urn:r> ?o ] }} }} WHERE {{ {_W} {{ ?s <urn:p> ?o }} }}", 422),
        (f"INSERT DATA {{ {_W} {{ <urn:a> <urn:p> _:b }} }}", 422),
        ("INSERT DATA { GRAPH <https://w3id.org/bomay/graph/history> { <urn:a> <urn:p> 1 } }", 422),
        ("INSERT DATA { person:hong a bm:Person }", 422),
        (f"INSERT DATA {{ {_W} {{ <urn:new> <urn:p> 1 }} }} ; INSERT DATA {{ person:hong a bm:Person }}", 422),
        (f"DELETE WHERE {{ {_W} {{ ?s ?p ?o }} }} ; LOAD <http://example.org/x>", 400),
    ],
)
def test_a_write_that_fails_leaves_no_entry_and_no_part_of_itself(editor: FlaskClient, text: str, status: int) -> None:
    known, before = entries(editor), export(editor)
    refused = sparql(editor, text)
    assert refused.status_code == status, refused.text
    assert entries(editor) == known and export(editor) == before


@pytest.mark.parametrize("text", ["CREATE GRAPH <urn:new>", f"DELETE DATA {{ {_W} {{ <urn:none> <urn:p> 1 }} }}"])
def test_a_write_that_alters_nothing_leaves_no_entry(editor: FlaskClient, text: str) -> None:
    known = entries(editor)
    answer = sparql(editor, text)
    assert answer.status_code == 204 and "Bomay-Change" not in answer.headers
    assert entries(editor) == known


def test_a_blank_node_of_a_pattern_is_a_variable_and_none_is_stored(editor: FlaskClient) -> None:
    pattern = "?s <urn:p> ?o . ?s <urn:p> []"
    text = f"WITH <urn:w> DELETE {{ ?s <urn:p> ?o }} INSERT {{ ?s <urn:q> ?o }} WHERE {{ {pattern} }}"
    _, added, removed = recorded(editor, lambda: sparql(editor, text))
    assert len(added) == len(removed) == 3


def _turtle(text: str) -> dict[str, str]:
    return {"data": text, "content_type": "text/turtle"}


_PATCH = f'TX .\nD <urn:a> <urn:p> "1"^^<{PREFIXES["xsd"]}integer> .\nA <urn:a> <urn:p> "5" .\nTC .\n'
GRAPHS: dict[str, Callable[[FlaskClient, str], Any]] = {
    "put": lambda c, url: c.put(url, **_turtle("<urn:x> <urn:p> 'một'@vi .")),
    "post": lambda c, url: c.post(url, **_turtle("<urn:x> <urn:p> 'một'@vi .")),
    "delete": lambda c, url: c.delete(url),
    "patch": lambda c, url: c.patch(url, data=_PATCH, content_type="application/rdf-patch"),
    "patch by update": lambda c, url: c.patch(
        url, data="DELETE WHERE { <urn:a> ?p ?o }", content_type="application/sparql-update"
    ),
}


@pytest.mark.parametrize("method", GRAPHS)
def test_each_write_to_a_graph_is_one_entry(editor: FlaskClient, method: str) -> None:
    url = f"/graphs?graph=urn:w&reason={WHY}"
    entry, added, removed = recorded(editor, lambda: GRAPHS[method](editor, url))
    assert entry["reason"] == WHY and added | removed


def test_a_patch_that_removes_what_is_not_there_leaves_no_entry(editor: FlaskClient) -> None:
    known, before = entries(editor), export(editor)
    body = "TX .\nA <urn:n> <urn:p> <urn:m> .\nD <urn:a> <urn:p> <urn:none> .\nTC .\n"
    answer = editor.patch("/graphs?graph=urn:w", data=body, content_type="application/rdf-patch")
    assert answer.status_code == 409
    assert entries(editor) == known and export(editor) == before


def test_decisions_by_forms_and_their_reversal_are_one_entry_each(
    own: Flask, own_folder: Path, editor: FlaskClient
) -> None:
    client = browser(own, own_folder)
    conflict = {"decision": "keep", "reason": WHY}
    assert recorded(editor, lambda: editor.post("/api/conflicts/ten", json=conflict))[0]["reason"] == WHY
    page = hidden(client.get("/merge?kept=person:dinh-thi-hoa-1&gone=person:hoa-2"))
    entry, *_ = recorded(editor, lambda: client.post("/merge", data={**page, "reason": WHY}))
    assert entry["reason"] == WHY and curie(entry["agent"]).startswith("agent:an-editor")
    split = {"change": entry["change"], "reason": "hai người"}
    parted, *_ = recorded(editor, lambda: editor.post("/api/split", json=split))
    asked = {"query": f"ASK {{ GRAPH ?h {{ <{parted['change']}> bm:reverts <{entry['change']}> }} }}", "format": "json"}
    assert editor.get("/sparql", query_string=asked).get_json()["boolean"]


def test_an_accepted_proposal_names_its_author_and_who_accepted(
    own: Flask, own_folder: Path, editor: FlaskClient
) -> None:
    sent = sparql(program(own, own_folder, "contributor"), "INSERT DATA { place:viet-nam skos:altLabel 'VN'@en }")
    assert sent.status_code == 202
    entry, added, _ = recorded(editor, lambda: editor.post(f"{sent.headers['Location']}/accept"))
    assert curie(entry["agent"]).startswith("agent:contributor-") and len(added) == 2
    asked = f"ASK {{ GRAPH ?h {{ <{entry['change']}> bm:acceptedBy ?who ; bm:proposalId ?id }} }}"
    assert editor.get("/sparql", query_string={"query": asked, "format": "json"}).get_json()["boolean"]


def test_ingestion_import_merge_split_and_revert_on_the_command_line_are_one_entry_each(
    editor: FlaskClient, own_folder: Path, tmp_path: Path
) -> None:
    report, table, mapping = (tmp_path / name for name in ("tin.txt", "ds.csv", "ds.yaml"))
    report.write_text("Sáng 5/4/2022, đồng chí Lò Văn Mẫu, Chủ tịch UBND tỉnh Bắc Kạn dự hội nghị.", encoding="utf-8")
    table.write_text("\n".join(CSV.splitlines()[:2]), encoding="utf-8")
    mapping.write_text(MAPPING, encoding="utf-8")

    def kg(*arguments: object) -> tuple[Entry, frozenset[Quad], frozenset[Quad]]:
        def write() -> None:
            assert main([*map(str, arguments), "--data", str(own_folder)]) == 0

        return recorded(editor, write)

    read, added, _ = kg("ingest", report, "--commit")
    assert read["source"].startswith(PREFIXES["source"]) and any(q.object == iri("bm:Evidence") for q in added)
    taken, *_ = kg("import", table, "--mapping", mapping, "--commit")
    assert taken["source"].startswith(PREFIXES["source"])
    merged, *_ = kg("merge", "person:dinh-thi-hoa-1", "person:hoa-2", "--reason", WHY, "--agent", "Lan", "--commit")
    assert (merged["reason"], merged["agent"]) == (WHY, iri("agent:lan").value)
    parted, *_ = kg("split", curie(merged["change"]), "--reason", "hai", "--agent", "Lan", "--commit")
    assert parted["reason"] == "hai"
    back, *_ = kg("revert", curie(taken["change"]), "--reason", "sai", "--agent", "Lan")
    assert (back["reason"], back["agent"]) == ("sai", iri("agent:lan").value)
