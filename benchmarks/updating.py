"""Updates with patterns on the full reference graph: what a process of their own costs, what filling templates saves.

Beside the same engine asked in this process: the WHERE as a query, and the update run on a copy with a comparison of
both stores, which says the same. Ends with status 1 when an ordinary update costs more than the limit.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import Store

from kg.namespaces import PREFIXES, iri
from kg.store import copy_generation, create, open_graph
from kg.store.owner import Owner
from kg.store.working import Wanted
from kg.store.working_out import difference, work_out

LIMIT_MS = 20.0
WHERE = "{ ?unit skos:notation ?code ; rdfs:label ?label }"
SMALL = """DELETE { place:ha-noi bm:note ?old } INSERT { place:ha-noi bm:note 'x' }
           WHERE { OPTIONAL { place:ha-noi bm:note ?old } }"""
WIDE = f"INSERT {{ ?unit bm:note ?label }} WHERE {WHERE}"
IN_A_ROW = f"{SMALL} ; INSERT DATA {{ place:ha-noi bm:note 'y' }} ; DELETE WHERE {{ place:ha-noi bm:note ?n }}"


def median_ms(work: Callable[[], object], rounds: int) -> float:
    """The median of so many rounds, after one that does not count."""
    work()
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1000


def main() -> int:
    """Prints a table; gives the status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        create(folder)
        with open_graph(folder, own=True) as graph, graph.pin() as generation:
            assert isinstance(graph, Owner)
            working = graph._working
            store = Store.read_only(str(generation.path))
            print(f"{len(store)} quads; milliseconds, median of {rounds}")
            print("update | WHERE alone | worked out here | worked out apart | run on a copy and compared")
            missed = False
            for name, text in (("small", SMALL), ("wide", WIDE), ("in a row", IN_A_ROW)):

                def copied() -> Store:
                    return copy_generation(generation.path, Path(tempfile.mkdtemp(dir=place)) / "store")

                def apart(text: str = text) -> object:
                    with working.turn():
                        return working.work_out(generation.path, Wanted(text))

                def compared(text: str = text) -> object:
                    after = copied()
                    after.update(text, prefixes=PREFIXES)
                    return difference(store, after)

                where = text[text.index("WHERE") :].partition(" ; INSERT")[0]
                asked = median_ms(lambda w=where: list(store.query(f"SELECT * {w}", prefixes=PREFIXES)), rounds)  # type: ignore[arg-type, misc]  # a SELECT gives solutions
                here = median_ms(lambda t=text: work_out(store, t, None, copied), rounds)  # type: ignore[misc]  # mypy infers no default
                there, whole = median_ms(apart, rounds), median_ms(compared, 3)
                print(f"{name} | {asked:.2f} | {here:.2f} | {there:.2f} | {whole:.0f}")
                missed = missed or (name == "small" and there - asked > LIMIT_MS)
            agent = iri("agent:benchmark")

            def submitted(text: str) -> Callable[[], object]:
                numbers = iter(range(1_000_000))
                return lambda: graph.submit_update(
                    text.replace("'x'", f"'{next(numbers)}'"), agent=agent, reason="b", accept_warnings=True
                )

            plain = median_ms(submitted("INSERT DATA { place:ha-noi bm:note 'x' }"), rounds)
            pattern = median_ms(submitted(SMALL), rounds)
            print(
                f"committed: INSERT DATA {plain:.1f}, small {pattern:.1f}; limit {LIMIT_MS:g} to work out the small one"
            )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
