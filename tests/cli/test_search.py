"""`kg search` narrows by kind, place and day, and keeps its index in the folder."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.store import create

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def minimal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for this file."""
    data = tmp_path_factory.mktemp("search") / "data"
    create(data, "minimal")
    return data


def test_a_place_and_a_day_narrow_it(kg: Run, minimal: Path) -> None:
    wanted = ("search", '"ubnd tinh bac kan"', "--kind", "organ", "--limit", "1", "--place", "bac kan")
    asked = (*wanted, "--data", minimal)
    status, out, _ = kg(*asked, "--on", "2022-04-05")
    assert (status, "Ủy ban nhân dân tỉnh Bắc Kạn" in out) == (0, True)
    assert kg(*asked, "--on", "2025-07-01")[0] == 1
    assert kg(*asked[:-3], "place:tinh-cao-bang", *asked[-2:])[0] == 1
    assert any((minimal / "search").iterdir())


@pytest.mark.parametrize(
    ("option", "value"),
    [("--place", "zzzz"), ("--place", "person:nobody"), ("--on", "hôm qua"), ("--on", "2022-02-30")],
)
def test_what_is_no_place_or_day_is_one_sentence(kg: Run, minimal: Path, option: str, value: str) -> None:
    status, out, err = kg("search", "ubnd", option, value, "--data", minimal)
    assert (status, out) == (2, "")
    assert f"'{option[2:]}' cannot be '{value}'" in err
    assert "Traceback" not in err
