"""The files for nginx and systemd agree with the program."""

import re
from pathlib import Path

from kg.settings import KNOWN
from server.app import LONGEST_BODY
from server.serving import _GRACE_SECONDS


def read(root: Path, name: str) -> str:
    return (root / "server" / "deploy" / name).read_text(encoding="utf-8")


def test_the_unit_names_settings_that_there_are_and_leaves_time_to_end(root: Path) -> None:
    unit = read(root, "bomay.service")
    named = set(re.findall(r"^Environment=(\w+)=", unit, re.MULTILINE))
    assert named
    assert named <= {known.variable for known in KNOWN.values()}
    assert int(re.search(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)[1]) > _GRACE_SECONDS
    assert re.search(r"^(?!#).*(?:PrivateTmp|RestrictNamespaces)", unit, re.MULTILINE) is None


def test_nginx_takes_the_bodies_that_the_service_takes_and_hands_on_what_it_believes(root: Path) -> None:
    site = read(root, "nginx.conf")
    assert int(re.search(r"client_max_body_size (\d+)m;", site)[1]) * 1000 * 1000 == LONGEST_BODY
    assert f"server 127.0.0.1:{KNOWN['port'].default};" in site
    assert set(re.findall(r"proxy_set_header (X-Forwarded-\w+)", site)) == {
        *("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"),
    }
    for needed in ("proxy_http_version 1.1;", "proxy_buffering off;"):
        assert needed in site
    assert site.count("{") == site.count("}")
