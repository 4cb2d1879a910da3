"""A backup of a folder that a server owns and writes to."""

import http.client
import threading
from pathlib import Path
from urllib.parse import quote

from kg.namespaces import iri
from kg.store import back_up, open_graph, restore
from kg.store.tokens import create_token
from tests.server.test_serving import service

INSERT = (
    'INSERT DATA {{ person:b{0} a bm:Person , foaf:Person ; rdfs:label "Lê B{0}"@vi ; foaf:name "Lê B{0}" ; '
    'bm:key "le b{0}" ; bm:curatedBy agent:lan }}'
)


def test_backups_while_a_server_writes_hold_what_was_acknowledged_before_them(own_folder: Path, tmp_path: Path) -> None:
    headers = {
        "Authorization": f"Bearer {create_token(own_folder, 'lan', 'editor')}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    acknowledged: list[int] = []
    stopping, one_more = threading.Event(), threading.Semaphore(0)

    def write(port: int) -> None:
        number = 0
        while not stopping.is_set():
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("POST", "/update?warnings=accept", f"update={quote(INSERT.format(number))}", headers)
            with connection.getresponse() as response:
                assert response.status == 204, response.read()
                response.read()
            connection.close()
            acknowledged.append(number)
            one_more.release()
            number += 1

    before: list[int] = []
    with service(own_folder) as (_, port, _):
        writer = threading.Thread(target=write, args=(port,))
        writer.start()
        try:
            for number in range(3):
                assert one_more.acquire(timeout=60)
                before.append(len(acknowledged))
                back_up(own_folder, tmp_path / f"b{number}")
        finally:
            stopping.set()
            writer.join()
    for number, least in enumerate(before):
        restored = restore(tmp_path / f"b{number}", tmp_path / f"r{number}")
        with open_graph(tmp_path / f"r{number}") as graph, graph.reader() as reader:
            held = {quad.subject for quad in reader.quads(None, iri("bm:curatedBy"), iri("agent:lan"))}
            people = [iri(f"person:b{at}") in held for at in range(len(acknowledged))]
            assert all(people[:least])
            assert people == sorted(people, reverse=True), "no change without those before it"
            assert restored.generation == graph.info()["generation"] == 1 + sum(people)
