"""Progress off a terminal: plain lines with the count, the rate and the time left."""

import re

import pytest

from kg.cli import progress
from kg.cli.progress import progress as opened

Capture = pytest.CaptureFixture[str]


def test_a_stage_says_how_much_there_is_and_how_it_went(capsys: Capture) -> None:
    with opened("documents") as report:
        for done in range(4):
            report("ingesting", done, 3)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "ingesting: 3 documents"
    assert re.fullmatch(r"ingesting: 3 of 3 documents, [\d.]+ a second, [\d.]+ s in all", lines[1])
    assert len(lines) == 2


def test_long_work_speaks_every_few_seconds_with_the_time_left(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    with opened("documents") as report:
        for done in range(21):
            now[0] = float(done)
            report("ingesting", done, 100)
    lines = capsys.readouterr().err.splitlines()
    assert lines[1:] == [
        f"ingesting: {n} of 100 documents, 1.0 a second, about {100 - n} s left" for n in (5, 10, 15, 20)
    ]
