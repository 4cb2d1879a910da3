"""`kg merge`: two nodes for one person become one."""

import argparse
from collections import Counter
from typing import Final

from pyoxigraph import NamedNode, Quad

from kg.cli.arguments import Subparsers, add_verb
from kg.cli.curating import add_decision, agent, node, put_in
from kg.curate import merge, shared_posts
from kg.model.changes import ChangeSet
from kg.model.graph import Reader
from kg.namespaces import curie, iri
from kg.settings import data_folder
from kg.store import open_graph

_VERDICTS: Final = frozenset({iri("owl:differentFrom"), iri("bm:possiblySameAs")})
_EXAMPLES = """\
  kg merge person:le-thi-mai-1 person:le-thi-mai-2 --reason "same post, same day"             shows what would move
  kg merge person:le-thi-mai-1 person:le-thi-mai-2 --reason "same post, same day" --commit    does it
  kg query undecided-homonyms                                                                 who may be one person
"""


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    parser = add_verb(subparsers, "merge", "make one person of two nodes; 'kg split' undoes it", _EXAMPLES)
    parser.add_argument("kept", metavar="KEPT", type=str, help="the person to keep, as 'kg search' shows the IRI")
    parser.add_argument("gone", metavar="GONE", type=str, help="the duplicate: its facts move, its IRI redirects")
    parser.add_argument("--reason", required=True, metavar="WORDS", help="why the two are one person")
    add_decision(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Shows what moves and what the shapes say of it; stores it with --commit."""
    kept, gone = node(args.kept), node(args.gone)
    with open_graph(data_folder(args.data)) as graph:
        with graph.reader() as reader:
            change = merge(reader, kept, gone, agent(args.agent), args.reason)
            _show(reader, change, kept, gone)
        done = put_in(graph, change, commit=args.commit)
    if args.commit:
        print(f"{curie(gone)} was merged into {curie(kept)}.")
        if done is not None:
            print(f"To undo it: kg split {curie(done)} --commit")
    else:
        print("Nothing was written; add --commit to store it.")
    return 0


def _show(reader: Reader, change: ChangeSet, kept: NamedNode, gone: NamedNode) -> None:
    """The facts that move, counted by property; what is new at the person kept; what is settled; what stays two."""
    moved = Counter(
        "sentences" if quad.predicate == iri("bm:supports") else curie(quad.predicate)
        for quad in change.remove
        if quad.object == gone and quad.predicate not in _VERDICTS
    )
    counts = ", ".join(f"{name} {number}" for name, number in sorted(moved.items()))
    print(f"moves to {curie(kept)}: {counts or 'nothing'}")
    for quad in sorted(change.add, key=str):
        if quad.subject == kept:
            print(f"now says: {curie(quad.predicate)} {_shown(quad.object)}")
    for quad in sorted(change.remove, key=str):
        if quad.predicate in _VERDICTS and not _is_moved(reader, change, quad, kept, gone):
            print(f"settled: {_shown(quad.subject)} {curie(quad.predicate)} {_shown(quad.object)}")
    for post in shared_posts(reader, kept, gone):
        print(f"stays two: both hold {curie(post)}; whether that is one spell is not decided by a merge")


def _is_moved(reader: Reader, change: ChangeSet, quad: Quad, kept: NamedNode, gone: NamedNode) -> bool:
    """Whether a verdict on the duplicate and a third person is one on the person kept afterwards."""
    subject, value = (kept if term == gone else term for term in (quad.subject, quad.object))
    after = Quad(subject, quad.predicate, value)  # type: ignore[arg-type]  # terms of a quad
    return after in change.add or (
        after not in change.remove
        and after in set(reader.quads(kept, quad.predicate)) | set(reader.quads(None, quad.predicate, kept))
    )


def _shown(term: object) -> str:
    return curie(term) if isinstance(term, NamedNode) else str(term)
