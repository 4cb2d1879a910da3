"""What moving OPTIONAL behind the triple patterns of its group saves, on an as-of query and on the library."""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, Quad, Store

from kg.extract import extract
from kg.model.sparql_bind import bind_terms
from kg.model.sparql_text import Token, scan
from kg.namespaces import PREFIXES, iri
from kg.propose import propose
from kg.query import Library, rearranged
from kg.samples import sample_documents
from kg.store import create, open_graph

TENURES = 200_000  # five facts each
ROUNDS = 5
MIDWAY = """
SELECT ?person ?name ?end WHERE {
  ?tenure a bm:Tenure ; bm:startLatest ?start .
  OPTIONAL { ?tenure bm:endEarliest ?end }
  ?tenure bm:post ?post ; org:member ?person .
  ?post bm:key "post 17" .
  FILTER(?start <= "2020-06-01"^^xsd:date)
  OPTIONAL { ?person rdfs:label ?name }
}"""
BY_HAND = """
SELECT ?person ?name ?end WHERE {
  ?post bm:key "post 17" .
  ?tenure bm:post ?post ; a bm:Tenure ; bm:startLatest ?start ; org:member ?person .
  FILTER(?start <= "2020-06-01"^^xsd:date)
  OPTIONAL { ?tenure bm:endEarliest ?end }
  OPTIONAL { ?person rdfs:label ?name }
}"""


def facts() -> Iterator[Quad]:
    """Tenures of as many people in a tenth as many posts."""
    date = iri("xsd:date")
    for number in range(TENURES):
        tenure, person = iri(f"tenure:t{number}"), iri(f"person:p{number}")
        post = iri(f"post:k{number % (TENURES // 10)}")
        yield Quad(tenure, iri("rdf:type"), iri("bm:Tenure"))
        yield Quad(tenure, iri("bm:post"), post)
        yield Quad(tenure, iri("org:member"), person)
        yield Quad(tenure, iri("bm:startLatest"), Literal(f"{2000 + number % 25}-01-01", datatype=date))
        if number % 3:
            yield Quad(tenure, iri("bm:endEarliest"), Literal(f"{2005 + number % 25}-01-01", datatype=date))
        yield Quad(person, iri("rdfs:label"), Literal(f"Person {number}", language="en"))
        if number < TENURES // 10:
            yield Quad(post, iri("bm:key"), Literal(f"post {number}"))


def seconds(store: Store, text: str) -> tuple[float, int]:
    """The median of some rounds, all rows fetched, and how many rows there are."""
    taken, rows = [], 0
    for _ in range(ROUNDS):
        began = time.perf_counter()
        rows = sum(1 for _ in store.query(text, prefixes=PREFIXES))  # type: ignore[union-attr, misc]  # a SELECT
        taken.append(time.perf_counter() - began)
    return statistics.median(taken), rows


def as_of(folder: Path) -> bool:
    """The query as people write it, moved, and written by hand; whether moving is as good as a hand."""
    store = Store(str(folder / "synthetic"))
    store.bulk_extend(facts())
    store.optimize()
    taken = {}
    for name, text in (("as written", MIDWAY), ("rearranged", rearranged(MIDWAY)), ("by hand", BY_HAND)):
        taken[name], rows = seconds(store, text)
        print(f"{name:12} {taken[name] * 1000:10.2f} ms  {rows} rows")
    return taken["rearranged"] < 3 * taken["by hand"] + 0.001


def optional_first(text: str) -> str:
    """The query with each OPTIONAL of its outermost group moved up behind the first triple pattern, as people write."""
    seen = [token for token in scan(text) if token.kind != "space"]
    depth, first_end, began, moved = 0, 0, -1, []
    for at, token in enumerate(seen):
        if token.text in "{(":
            depth += 1
        elif token.text in "})":
            depth -= 1
            if depth == 1 and began >= 0:
                moved.append((began, token.start + 1))
                began = -1
        elif depth == 1 and token.text.upper() == "OPTIONAL":
            began = token.start
        elif depth == 1 and token.text == ";" and not first_end:
            return optional_first(_whole_statement(text, seen, at))
        elif depth == 1 and token.text == "." and not first_end:
            first_end = token.start + 1
    if not first_end or not moved:
        return text
    late = [span for span in moved if span[0] > first_end]
    parts = [text[start:end] for start, end in late]
    for start, end in reversed(late):
        text = text[:start] + text[end:]
    return f"{text[:first_end]} {' '.join(parts)} {text[first_end:]}"


def _whole_statement(text: str, seen: list[Token], at: int) -> str:
    """The query with the `;` at a token written out: the subject before it again."""
    depth = next(i for i in range(at, -1, -1) if seen[i].text in ("{", ".", "}"))
    return f"{text[: seen[at].start]}. {seen[depth + 1].text} {text[seen[at].start + 1 :]}"


def library(folder: Path) -> None:
    """What looking at the questions costs; what it saves where OPTIONAL is written early."""
    create(folder / "data", "full")
    with open_graph(folder / "data", own=True) as graph:
        for document in sample_documents():
            with graph.reader() as reader:
                change = propose(reader, document, extract(document), iri("agent:samples"))
            graph.submit(change, accept_warnings=True)
        with graph.pin() as generation:
            store = Store.read_only(str(generation.path))
            texts = {
                query.name: bind_terms(query.text, query.bind({n: p.example for n, p in query.params.items()}))
                for query in Library.load().values()
            }
            began = time.perf_counter()
            changed = [name for name, text in texts.items() if rearranged(text) != text]
            cost = (time.perf_counter() - began) / len(texts)
            print(f"{len(changed)} of {len(texts)} questions are changed; looking at one takes {cost * 1e6:.0f} µs")
            early = {name: optional_first(text) for name, text in texts.items()}
            mended = {name: text for name, text in early.items() if rearranged(text) != text}
            print(
                f"with OPTIONAL behind the first pattern {len(mended)} would be: "
                "as written so, rearranged, as the library has it"
            )
            sums = [0.0, 0.0, 0.0]
            for name, text in mended.items():
                taken = [seconds(store, each) for each in (text, rearranged(text), texts[name])]
                assert len({rows for _, rows in taken}) == 1, name
                times = " → ".join(f"{each * 1000:8.2f}" for each, _ in taken)
                print(f"{name:40} {times} ms, {taken[0][1]} rows")
                sums = [so_far + each for so_far, (each, _) in zip(sums, taken, strict=True)]
            print(f"{'all of them':40} {' → '.join(f'{each * 1000:8.2f}' for each in sums)} ms")


def main() -> int:
    """Prints both; 1 when the query of people is not brought near the one that was written by hand."""
    with tempfile.TemporaryDirectory() as folder:
        near = as_of(Path(folder))
        library(Path(folder))
    return 0 if near else 1


if __name__ == "__main__":
    sys.exit(main())
