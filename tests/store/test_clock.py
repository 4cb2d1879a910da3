"""A clock that is set back: the journal goes on in the order of its generations, whatever time it is told."""

import datetime as dt
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.history import head
from kg.namespaces import HISTORY, iri
from kg.store import open_graph, rebuild
from tests.store.conftest import adding, facts, person, shapes
from tests.store.test_crash import journal_of

TIMES = ["2026-11-30T08:00:00+00:00", "2019-01-01T00:00:00+00:00", "2026-11-30T07:59:59+00:00"]


def test_changes_keep_their_order_and_say_what_the_clock_said(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = iter([dt.datetime.fromisoformat(time) for time in TIMES])

    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return next(told).astimezone(tz)

    with open_graph(folder, own=True, shapes=shapes) as graph:
        with monkeypatch.context() as patched:
            patched.setattr(dt, "datetime", Clock)
            for name in "abc":
                graph.submit(adding(*facts(name)))
        with graph.reader() as reader:
            changes = journal_of(reader)
            times = [
                next(reader.quads(change, iri("prov:endedAtTime"), None, HISTORY)).object for change, _, _ in changes
            ]
        with graph.pin() as now:
            rebuild(folder, now, 1, tmp_path / "first")
    assert [generation for _, generation, _ in changes] == [3, 2, 1]
    assert [dt.datetime.fromisoformat(time.value).isoformat() for time in times] == TIMES[::-1]
    first = Store.read_only(str(tmp_path / "first"))
    assert head(first)[1] == 1
    assert [any(first.quads_for_pattern(person(name), None, None, None)) for name in "abc"] == [True, False, False]
    with open_graph(folder, own=True, shapes=shapes) as graph:
        assert graph.submit(adding(*facts("d"))).generation == 4
