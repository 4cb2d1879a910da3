"""A served folder, and the right to write to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.store import create
from kg.store.tokens import create_token
from tests.server.facts import submit_facts
from tests.server.test_serving import service


@dataclass(frozen=True, slots=True)
class Site:
    """Where the service answers, and an editor's token."""

    base: str
    token: str

    @property
    def sparql(self) -> str:
        """The query endpoint."""
        return f"{self.base}/sparql"

    @property
    def update(self) -> str:
        """The update endpoint, at which warnings of the shapes pass."""
        return f"{self.base}/update?warnings=accept"

    @property
    def authorization(self) -> str:
        """The value of the header."""
        return f"Bearer {self.token}"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The facts of the service's own tests, served by a process."""
    data = tmp_path_factory.mktemp("clients") / "data"
    create(data, "minimal")
    submit_facts(data)
    token = create_token(Path(data), "lan", "editor")
    with service(data) as (_, port, _):
        yield Site(f"http://127.0.0.1:{port}", token)
