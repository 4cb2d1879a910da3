"""What asks for too much ends in time with the limit named; nobody beside it notices, and its memory comes back."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.asking import SMALL, Said, Served, served
from tests.server.hostile import HOSTILE, QUICK

SECONDS = 1
MARGIN = 15  # for a machine that is busy; a free one needs a tenth of a second
LIMITS = {"time", "memory"}


@pytest.fixture(scope="module")
def hosts(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(shutil.copytree(template, tmp_path_factory.mktemp("hostile") / "data"), SECONDS) as one:
        assert one.ask(SMALL).status == 200
        yield one


def is_ended(said: Said) -> bool:
    """Within its time, by a limit that is named, or broken off."""
    broken = said.status == 200 and not said.is_whole
    return said.seconds < SECONDS + MARGIN and (broken or (said.status in (503, 504) and said.limit in LIMITS))


@pytest.mark.parametrize("name", QUICK)
def test_what_asks_for_too_much_is_ended_and_the_next_query_answered(hosts: Served, name: str) -> None:
    said = hosts.ask(HOSTILE[name])
    assert is_ended(said), (said.status, said.limit, said.seconds, said.body[:300])
    assert b"true" in hosts.ask(SMALL).body


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(HOSTILE.keys() - set(QUICK)))
def test_every_other_kind_is_ended_too(hosts: Served, name: str) -> None:
    said = hosts.ask(HOSTILE[name])
    assert is_ended(said), (said.status, said.limit, said.seconds, said.body[:300])
    assert b"true" in hosts.ask(SMALL).body


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_no_way_of_asking_is_a_way_around(hosts: Served, name: str) -> None:
    explained, shown, cut = (
        hosts.ask(HOSTILE[name], "/sparql?explain=1"),
        hosts.ask(HOSTILE[name], Accept="text/html"),
        hosts.ask(HOSTILE[name], "/sparql?maxrows=100"),
    )
    for said in (explained, shown, cut, hosts.ask_by_form(HOSTILE[name])):
        assert said.seconds < SECONDS + MARGIN
        assert said.status in (200, 400, 413, 503, 504), said.body[:300]
    assert b"true" in hosts.ask(SMALL).body


def test_memory_comes_back(hosts: Served) -> None:
    before = hosts.memory()
    for name in ("cross product sorted", "strings that double", "quotes"):
        assert is_ended(hosts.ask(HOSTILE[name]))
    hosts.until(lambda: hosts.memory() < before + 100)
    assert hosts.figure("bomay_workers_memory_bytes") > 1 << 20


def test_a_query_of_ten_megabytes_by_form_holds_nobody_up(hosts: Served) -> None:
    said = hosts.ask_by_form("#" + "ộ" * 1_000_000 + "\n" + SMALL)
    assert (said.status, said.is_whole) == (200, True)
    assert hosts.ask_by_form("#" + "ộ" * 1_200_000 + "\n" + SMALL).status == 413
