"""The public suites over HTTP: what is to pass passes, and what is known to fail still does."""

from collections.abc import Iterator

import pytest

from .known import known_failures
from .running import fault
from .serving import Site, served
from .suites import SETTING, Case, cases, folder

QUICK = {
    "protocol": ("protocol",),
    "graph store": ("graph-store-protocol",),
    "service description": ("service-description",),
    "query": ("bindings", "construct", "csv-tsv-res", "exists", "json-res", "negation"),
    "update": ("basic-update", "delete-data"),
    "shacl core": ("path",),
}

pytestmark = pytest.mark.skipif(folder() is None, reason=f"the suites are not laid out; {SETTING} names their folder")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One service for all cases; each loads what it needs."""
    with served(tmp_path_factory.mktemp("conformance") / "data") as running:
        yield running


def _parameters() -> list[object]:
    return [pytest.param(case, id=str(case), marks=[] if _is_quick(case) else pytest.mark.slow) for case in cases()]


def _is_quick(case: Case) -> bool:
    return case.group in QUICK.get(case.suite, ())


@pytest.mark.filterwarnings("ignore:Parsing weird boolean:UserWarning")
@pytest.mark.parametrize("case", _parameters())
def test_case(case: Case, site: Site) -> None:
    why = fault(case, site)
    reason = known_failures().get(str(case))
    if reason is None:
        assert why is None, f"{case.label()}: {why}"
    else:
        assert why is not None, f"{case} passes; take it out of known_failures.tsv ({reason})"


def test_the_suites_have_all_their_cases_and_the_table_names_no_other() -> None:
    found = cases()
    names = {str(case) for case in found}
    assert len(names) == len(found) > 600
    assert {case.suite for case in found} >= set(QUICK)
    assert sum(map(_is_quick, found)) > 100
    assert set(known_failures()) <= names
    assert all(known_failures().values())
