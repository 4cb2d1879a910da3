"""The whole reference graph, made once for the tests of this folder."""

import pytest
from pyoxigraph import Store

from kg.reference import reference_quads


@pytest.fixture(scope="session")
def full() -> Store:
    store = Store()
    store.bulk_extend(reference_quads("full"))
    return store
