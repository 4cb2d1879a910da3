"""The service against its own description, by schemathesis: requests of its making, nothing of ours in them."""

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

pytestmark = pytest.mark.slow

schemathesis.serializer.alias(["application/rdf-patch", "application/sparql-update"], "text/plain")


def no_server_error(ctx: object, response: schemathesis.Response, case: schemathesis.Case) -> None:
    """A request that sets itself a time limit may meet it (504); no other may end in a 5xx."""
    asked_for = response.status_code == 504 and "timeout" in (case.query or {})
    assert response.status_code < 500 or asked_for, response.text


CHECKS = [no_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
BOUNDS = settings(
    max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)


def test_no_request_brings_down_the_service_and_all_answers_are_as_described(app: Flask) -> None:
    """Its operations are walked here: its own pytest plugin (4.32) does not run under pytest 9."""
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app)
    faults: list[str] = []
    count = 0
    for operation in (found.ok() for found in schema.get_all_operations()):
        count += 1

        @BOUNDS
        @given(case=operation.as_strategy())
        def run(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=CHECKS)

        try:
            run()
        except (AssertionError, BaseExceptionGroup) as fault:
            faults.append(f"{operation.method.upper()} {operation.path}: {fault!r}")
    assert count > 80
    assert faults == [], "\n\n".join(faults)
