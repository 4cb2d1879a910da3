"""Opening a form and saving it as it is writes nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from kg.extract import extract
from kg.namespaces import PREFIXES, iri
from kg.propose import propose
from kg.samples import sample_documents
from kg.store import create, open_graph
from server.editing import CLASSES
from server.service import held_by
from tests.server.conftest import running
from tests.server.editing.hand import Form, generation, signed_in
from tests.server.facts import submit_facts

EXAMPLES = (
    "person/dinh-thi-hoa-1",
    "organ/ban-mau",
    "organ/cap-uy-tinh-bac-kan",
    "post/truong-ban-mau",
    "tenure/hoa-truong-ban",
    "meeting/giao-ban-mau",
    "directive/12-qd-tu-mau",
    "event/party-committees-merged-2025-tinh-thai-nguyen-2025",
    "site/giao-ban-mau-tinh",
    "participation/hoa-giao-ban",
    "task/tuyen-truyen",
    "place/tinh-bac-kan",
)


def test_saving_as_opened_writes_nothing(own: Flask, own_folder: Path) -> None:
    client, before = signed_in(own, own_folder), generation(own)
    for path in EXAMPLES:
        answer = Form.open(client, f"/edit/{path}").save()
        assert (answer.status_code, generation(own)) == (200, before), path
        assert "You changed nothing" in answer.text


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Path, set[object]]]:
    """All samples read into a graph, and what they speak of."""
    data = tmp_path_factory.mktemp("samples") / "data"
    create(data, "minimal")
    submit_facts(data)
    touched: set[object] = set()
    with open_graph(data, own=True) as graph:
        for document in sample_documents():
            with graph.reader() as reader:
                change = propose(reader, document, extract(document), iri("agent:mai"))
            graph.submit(change, accept_warnings=True)
            touched |= {term for quad in change.add for term in (quad.subject, quad.object)}
    with running(data) as app:
        yield app, data, touched


@pytest.mark.slow
@pytest.mark.parametrize("kind", CLASSES)
def test_saving_as_opened_writes_nothing_for_any_entity_of_the_samples(
    sampled: tuple[Flask, Path, set[object]], kind: str
) -> None:
    app, folder, touched = sampled
    with held_by(app).graph.reader() as reader:
        nodes = {quad.subject for quad in reader.quads(None, iri("rdf:type"), CLASSES[kind])}
    nodes = nodes & touched or nodes  # no report tells of changes of bodies: those of the reference graph
    assert len(nodes) >= 10
    client, before = signed_in(app, folder), generation(app)
    for node in sorted(nodes, key=str):
        form = Form.open(client, f"/edit/{kind}/{node.value.removeprefix(PREFIXES[kind])}")
        assert form.save().status_code == 200, node
        assert generation(app) == before, node
