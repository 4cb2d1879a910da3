"""What is read of any text becomes a change that conforms, or is refused by shapes that have names; never a failure."""

import collections

import pytest
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store, parse

from kg.extract import extract
from kg.model.changes import ChangeSet
from kg.model.documents import Document
from kg.namespaces import PREFIXES, iri
from kg.propose import propose
from kg.reference import code_files, reference_quads
from kg.store.effective import effective
from kg.store.reader import StoreReader
from kg.store.stage import put
from kg.validate import Report, Shapes, validate
from tests.fuzz.budget import EXAMPLES, MINUTES, SEED, Budget
from tests.fuzz.texts import places, published, texts

pytestmark = pytest.mark.slow
AGENT = iri("agent:kg-ingest")
SHAPE_PREFIX = PREFIXES["bms"]


@pytest.fixture(scope="module")
def known() -> tuple[Store, Store]:
    """The small reference graph twice: as it stands, and to try changes on."""
    quads = [*reference_quads("minimal")]
    for file in code_files():
        quads += parse(path=str(file), format=RdfFormat.TURTLE)
    before, trial = Store(), Store()
    before.bulk_extend(quads)
    trial.bulk_extend(before)
    return before, trial


def test_reports_that_follow_each_other_conform_or_are_refused_by_name(known: tuple[Store, Store]) -> None:
    before, trial = known
    shapes = Shapes.load()
    refused: collections.Counter[str] = collections.Counter()

    def are_taken_in(reports: list[tuple[str, str | None, str | None]]) -> None:
        steps: list[ChangeSet] = []
        try:
            for at, (text, day, place) in enumerate(reports):
                document = Document(f"x{at}", text, title="Tin", published=day, place=place)
                change = propose(StoreReader(trial), document, extract(document), AGENT)
                assert propose(StoreReader(trial), document, extract(document), AGENT) == change
                steps.append(effective(trial, change))
                put(trial, steps[-1])
            judged = validate(before, trial, steps, shapes, 0) if any(not step.is_empty for step in steps) else None
        finally:
            for step in reversed(steps):
                put(trial, ChangeSet(step.remove, step.add, AGENT, "back"))
        assert len(trial) == len(before)
        if isinstance(judged, Report):
            for finding in judged.findings:
                assert finding.shape.startswith(SHAPE_PREFIX)
                assert finding.message_vi and finding.message_en
            stopping = {finding.shape for finding in judged.findings if finding.severity != "Info"}
            assert stopping
            refused.update(shape.removeprefix(SHAPE_PREFIX) for shape in stopping)

    reports = st.lists(st.tuples(texts, published, places), min_size=1, max_size=3)
    Budget(EXAMPLES, 60 * MINUTES, SEED).holds(are_taken_in, reports)
    print("refused by", dict(refused.most_common()))
