"""The question that the README opens with gives the answer that it prints."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_question_of_the_readme_has_the_answer_that_it_prints(kg: Run, filled: Path, root: Path, name: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    asked = re.search(r"```sh\n\.venv/bin/kg (query .*?)```\s+```csv\n(.*?)```", text, re.DOTALL)
    assert asked is not None
    status, out, _ = kg(*shlex.split(asked[1]), "--data", filled)
    assert status == 0
    assert out.replace("\r\n", "\n") == asked[2]
    assert out.count("\n") > 3
