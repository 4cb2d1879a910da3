"""The schemas of the specification, and the request shapes of a client that we did not write (OpenRefine)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

Checked = Callable[[str, Any], None]


@pytest.fixture(scope="session")
def specification(shared: Path) -> Path:
    """The folder of schemas and examples of version 0.2."""
    return shared / "suites" / "reconciliation" / "0.2"


@pytest.fixture(scope="session")
def check(specification: Path) -> Checked:
    """Fails where a value does not conform to a schema."""
    read = {path.stem: json.loads(path.read_text()) for path in (specification / "schemas").glob("*.json")}
    assert len(read) >= 9
    resources = [
        (name, DRAFT7.create_resource(schema))
        for stem, schema in read.items()
        for name in (
            schema.get("$id", f"{stem}.json"),
            f"https://reconciliation-api.github.io/specs/0.2/schemas/{stem}.json",
        )
    ]
    registry = Registry().with_resources(resources)

    def checked(name: str, value: Any) -> None:
        Draft7Validator(read[name], registry=registry).validate(value)

    return checked


@pytest.fixture
def ask(client: FlaskClient, check: Checked) -> Callable[..., dict[str, Any]]:
    """Posts a batch as OpenRefine does, and checks query and answer against the schemas."""

    def posted(batch: dict[str, Any]) -> dict[str, Any]:
        check("reconciliation-query-batch", batch)
        response = client.post("/reconcile", data={"queries": json.dumps(batch)})
        assert response.status_code == 200, response.text
        answer = response.get_json()
        check("reconciliation-result-batch", answer)
        return answer

    return posted
