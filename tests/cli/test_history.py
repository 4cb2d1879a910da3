"""`kg history` and `kg revert`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.store import create, open_graph
from tests.store.conftest import AGENT

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with two changes of one thing."""
    folder = tmp_path / "data"
    create(folder, "minimal")
    with open_graph(folder, own=True) as graph:
        for name in ("Cao Bằng", "Vietnam"):
            graph.submit_update(
                f"INSERT DATA {{ place:viet-nam skos:altLabel '{name}'@vi }}",
                agent=AGENT,
                reason=f"thêm tên {name}",
                accept_warnings=True,
            )
    return folder


def test_changes_are_listed_the_newest_first(kg: Run, data: Path) -> None:
    status, out, _ = kg("history", "--data", data)
    first, second = out.strip().splitlines()
    assert (status, "thêm tên Vietnam" in first, "thêm tên Cao Bằng" in second) == (0, True, True)
    assert len(kg("history", "--limit", "1", "--data", data)[1].strip().splitlines()) == 1


def test_changes_of_one_thing_and_the_facts_of_one_change(kg: Run, data: Path) -> None:
    status, out, _ = kg("history", "place:viet-nam", "--data", data)
    assert (status, len(out.strip().splitlines())) == (0, 2)
    change = out.split()[0]
    status, out, _ = kg("history", change, "--data", data)
    assert status == 0
    assert '+ place:viet-nam skos:altLabel "Vietnam"@vi' in out
    status, _, said = kg("history", "place:khong-co", "--data", data)
    assert (status, said) == (2, "kg: No change says anything of place:khong-co.\n")


def test_a_change_is_undone_and_seen_in_the_history(kg: Run, data: Path) -> None:
    change = kg("history", "--data", data)[1].splitlines()[1].split()[0]
    status, out, _ = kg("revert", change, "--data", data)
    assert (status, "Nothing was written" in out) == (0, True)
    status, out, _ = kg("revert", change, "--reason", "nhầm", "--commit", "--data", data)
    assert (status, f"{change} was undone by change:3-" in out) == (0, True)
    assert "nhầm" in kg("history", "--limit", "1", "--data", data)[1]
    status, _, said = kg("revert", change, "--commit", "--data", data)
    assert (status, "cannot be reverted any more: the later change:3-" in said) == (1, True)
