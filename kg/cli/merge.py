"""`kg merge`: two nodes for one thing become one."""

import argparse
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from kg.cli.arguments import Subparsers, add_verb
from kg.cli.curating import add_decision, agent, node, put_in
from kg.curate import CurationRefused, Effect, Foreseen, foresee
from kg.model.graph import Term
from kg.namespaces import curie, iri
from kg.settings import data_folder
from kg.store import open_graph

_EXAMPLES = """\
  kg merge person:le-thi-mai-1 person:le-thi-mai-2 --reason "same post, same day"             shows what would move
  kg merge person:le-thi-mai-1 person:le-thi-mai-2 --reason "same post, same day" --commit    does it
  kg query duplicates                                                                         what may be one
"""
_EFFECTS: Final = {
    "name": "other name ({property}): {gone}",
    "narrower": "narrower ({property}): {kept} and {gone}",
    "finer": "says more ({property}): of {kept} and {gone} one says less",
    "disputed": "disputed ({property}): {kept} stands beside {gone}; the conflict is open",
    "twice": "said twice ({property}): {kept}; now one claim",
    "settled": "settled: {kept} {property} {gone}",
    "two": "stays two: {kept} and {gone}; whether they are one is not decided by a merge",
}


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    meaning = "make one of two nodes of one kind (people, bodies, posts, papers…); 'kg split' undoes it"
    parser = add_verb(subparsers, "merge", meaning, _EXAMPLES)
    parser.add_argument("kept", metavar="KEPT", type=str, help="the node to keep, as 'kg search' shows the IRI")
    parser.add_argument("gone", metavar="GONE", type=str, help="the duplicate: its facts move, its IRI redirects")
    parser.add_argument("--reason", required=True, metavar="WORDS", help="why the two are one")
    add_decision(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Shows what moves and what the shapes say of it; stores it with --commit. All obstacles are told."""
    kept, gone = node(args.kept), node(args.gone)
    with open_graph(data_folder(args.data)) as graph:
        with graph.reader() as reader:
            if not args.reason.strip():
                raise CurationRefused("A merge needs a reason; say why the two are one.")
            foreseen = foresee(reader, kept, gone, agent(args.agent), args.reason)
        if foreseen.obstacles:
            raise CurationRefused(" ".join(foreseen.sentences()))
        for line in _lines(foreseen):
            print(line)
        done = put_in(graph, foreseen.change, commit=args.commit)
    if args.commit:
        print(f"{curie(gone)} was merged into {curie(kept)}.")
        if done is not None:
            print(f"To undo it: kg split {curie(done)} --commit")
    else:
        print("Nothing was written; add --commit to store it.")
    return 0


def _lines(foreseen: Foreseen) -> Iterator[str]:
    """The facts that move, counted by property; what is new at the node kept; what comes of it besides."""
    named = {"sentences" if prop == iri("bm:supports") else curie(prop): n for prop, n in foreseen.moved.items()}
    counts = ", ".join(f"{name} {number}" for name, number in sorted(named.items()))
    yield f"moves to {curie(foreseen.kept)}: {counts or 'nothing'}"
    for quad in sorted(foreseen.change.add, key=str):
        if quad.subject == foreseen.kept:
            yield f"now says: {curie(quad.predicate)} {_shown(quad.object)}"
    for effect in foreseen.effects:
        yield _said(effect)


def _said(effect: Effect) -> str:
    kept, gone = (", ".join(map(_shown, terms)) for terms in (effect.kept, effect.gone))
    prop = curie(effect.property) if effect.property else ""
    return _EFFECTS[effect.code].format(property=prop, kept=kept, gone=gone)


def _shown(term: Term | object) -> str:
    return curie(term) if isinstance(term, NamedNode) else str(term)
