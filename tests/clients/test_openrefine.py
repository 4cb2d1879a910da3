"""OpenRefine (https://openrefine.org/) itself, where it is installed (`apt install openrefine`)."""

import json
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode

import pytest

from kg.namespaces import BASE
from tests.clients.conftest import Site
from tests.server.test_hostile import until
from tests.server.test_serving import listen

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("openrefine") is None, reason="needs openrefine (Debian's package)"),
]

NAMES = ("Việt Nam", "tinh bac kan", "không có nơi này")
BOUNDARY = "a-line-between-parts"


@dataclass(frozen=True, slots=True)
class Refine:
    """A running OpenRefine, by the commands that its pages send."""

    port: int

    def get(self, command: str, **asked: str) -> Any:
        address = f"http://127.0.0.1:{self.port}/command/core/{command}?{urlencode(asked)}"
        with urllib.request.urlopen(address, timeout=60) as response:
            return json.load(response)

    def token(self) -> str:
        """The token that a command which changes something has to bring."""
        return str(self.get("get-csrf-token")["token"])

    def post(self, command: str, data: bytes, asked: dict[str, str], media_type: str) -> str:
        """Sends a command; gives the address that it led to."""
        address = f"http://127.0.0.1:{self.port}/command/core/{command}?{urlencode(asked)}"
        request = urllib.request.Request(address, data, {"Content-Type": media_type})
        with urllib.request.urlopen(request, timeout=60) as response:
            return str(response.url)

    def is_up(self) -> bool:
        try:
            return bool(self.token())
        except (URLError, ConnectionError):
            return False


@pytest.fixture(scope="module")
def refine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Refine]:
    folder = tmp_path_factory.mktemp("refine")
    with listen("127.0.0.1", 0) as probe:
        port = probe.getsockname()[1]
    command = ["openrefine", "-i", "127.0.0.1", "-p", str(port), "-d", str(folder), "-x", "refine.headless=true"]
    with (folder / "log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        made = Refine(port)
        try:
            until("OpenRefine does not start", made.is_up, 120)
            yield made
        finally:
            process.terminate()
            subprocess.run(["pkill", "-f", str(folder)], check=False)


def project(refine: Refine, column: tuple[str, ...]) -> str:
    """A new project with one column; gives its number."""
    options = json.dumps({"separator": "\t", "headerLines": 1, "encoding": "UTF-8"})
    table = "\n".join(("name", *column))
    parts = (
        ('name="project-name"', "names"),
        ('name="format"', "text/line-based/*sv"),
        ('name="options"', options),
        ('name="project-file"; filename="names.tsv"', table),
    )
    body = "".join(f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n" for head, text in parts)
    asked = {"csrf_token": refine.token(), "options": options}
    media_type = f"multipart/form-data; boundary={BOUNDARY}"
    led_to = refine.post("create-project-from-upload", f"{body}--{BOUNDARY}--\r\n".encode(), asked, media_type)
    return led_to.rpartition("project=")[2]


def test_names_of_places_are_matched_and_an_unknown_one_is_not(refine: Refine, site: Site) -> None:
    number = project(refine, NAMES)
    settings = {
        "mode": "standard-service",
        "service": f"{site.base}/reconcile",
        "identifierSpace": f"{BASE}id/",
        "schemaSpace": f"{BASE}ontology#",
        "type": {"id": "Place", "name": "Place"},
        "autoMatch": True,
        "columnDetails": [],
        "limit": 3,
    }
    engine = json.dumps({"facets": [], "mode": "row-based"})
    sent = {"columnName": "name", "engine": engine, "config": json.dumps(settings), "csrf_token": refine.token()}
    refine.post("reconcile", urlencode(sent).encode(), {"project": number}, "application/x-www-form-urlencoded")
    until("it does not end", lambda: not refine.get("get-processes", project=number)["processes"], 60)
    told = refine.get("get-rows", project=number, start="0", limit="10")
    found = [told["pool"]["recons"][row["cells"][0]["r"]] for row in told["rows"]]
    assert [one["j"] for one in found] == ["matched", "matched", "none"]
    assert [one["m"]["id"] for one in found[:2]] == ["place/viet-nam", "place/tinh-bac-kan"]
