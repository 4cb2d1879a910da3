"""Two updates that are valid alone and break a shape together, over HTTP: one is 204, the other 409 or 422."""

import http.client
import json
from pathlib import Path

import pytest

from kg.store import open_graph
from kg.store.tokens import create_token
from tests.server.test_serving import get, service
from tests.store import joint
from tests.store.test_joint import raced


def one_of_two(folder: Path, count: int) -> None:
    with open_graph(folder, own=True) as graph:
        before = graph.submit(joint.base(count), accept_warnings=True).generation
    headers = {
        "Authorization": f"Bearer {create_token(folder, 'lan', 'editor')}",
        "Content-Type": "application/sparql-update",
    }
    with service(folder) as (_, port, _):

        def send(number: int, side: int) -> bool:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            connection.request("POST", "/update?warnings=accept", joint.update(number, side).encode(), headers)
            with connection.getresponse() as response:
                said = response.read().decode()
                assert response.status in (204, 409, 422), said
                told = response.status == 204
            connection.close()
            return told

        assert -1 not in raced(count, send)
        with get(port, "/readyz", Accept="application/json") as response:
            assert json.load(response)["generation"] == before + count


def test_of_two_updates_that_break_a_shape_together_one_is_accepted(own_folder: Path) -> None:
    one_of_two(own_folder, 8)


@pytest.mark.slow
def test_two_hundred_times_from_sixteen_clients_one_of_two_updates_is_accepted(own_folder: Path) -> None:
    one_of_two(own_folder, 200)
