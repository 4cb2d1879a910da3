"""A service in a process of its own for programs that others wrote, and one writer's token."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.store import create
from kg.store.tokens import create_token
from tests.server.facts import submit_facts


@dataclass(frozen=True, slots=True)
class Site:
    """Where a service answers, and the secret of an editor."""

    base: str
    token: str

    @property
    def sparql(self) -> str:
        """The query endpoint."""
        return f"{self.base}/sparql"

    @property
    def update(self) -> str:
        """The update endpoint."""
        return f"{self.base}/update"


@contextmanager
def served(data: Path) -> Iterator[Site]:
    token = create_token(data, "khach", "editor")
    command = [sys.executable, "-m", "server", "--port", "0", "--data", str(data)]
    environment = os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found is not None
            yield Site(found.group(), token)
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A service with some facts."""
    data = tmp_path_factory.mktemp("clients") / "data"
    create(data, "minimal")
    submit_facts(data)
    with served(data) as found:
        yield found
