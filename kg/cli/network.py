"""`kg network`: the graph as networks, each with what it rests on."""

import argparse
import datetime as dt
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from kg.cli.arguments import Subparsers, add_data, add_verb, count
from kg.cli.curating import node
from kg.cli.tables import print_table
from kg.cli.tongue import language
from kg.model.graph import Reader
from kg.model.holding import Certainty
from kg.namespaces import curie
from kg.network import (
    FORMATS,
    GROUPINGS,
    MEASURES,
    PROJECTIONS,
    Network,
    Role,
    Slice,
    assortativity,
    brokerage,
    cascade,
    chains,
    communities,
    ego,
    export,
    legend,
    project,
    projection_of,
    rank,
    told,
)
from kg.query import Param
from kg.settings import data_folder
from kg.store import open_graph

_EXAMPLES = """\
  kg network rank --measure betweenness --from 2020-01-01 --until 2026-01-01
  kg network ego person:nong-vinh-thuy-07ef521c
  kg network path person:nong-vinh-thuy-07ef521c person:luc-thi-huong-diem-3c932cf3
  kg network communities --projection overlapping-posts --certainty likely --place place:tinh-nghe-an
  kg network cascade directive:57-nq-tw-khoa-13
  kg network export --projection chain-of-command --format gexf > command.gexf
"""
_TIES: Final = ("shared-meetings", "overlapping-posts")
_CERTAINTIES: Final = {one.word: one for one in (Certainty.CERTAIN, Certainty.LIKELY, Certainty.POSSIBLE)}


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb with its own verbs."""
    parser = add_verb(subparsers, "network", "show people, bodies and papers as networks, with the evidence", _EXAMPLES)
    does = parser.add_subparsers(title="what", metavar="WHAT", required=True)
    _part(does, "ego", _ego, "what is around a node, edge by edge with its sentences", ("node",)).add_argument(
        "--radius", type=count, default=1, metavar="N", help="steps from the node (default 1)"
    )
    path = _part(
        does, "path", _path, "how one is connected to another, with the sentences of each step", ("one", "other")
    )
    path.add_argument("--chains", type=count, default=3, metavar="K", help="at most so many chains (default 3)")
    ranking = _part(does, "rank", _rank, "nodes by a measure")
    ranking.add_argument("--measure", choices=(*MEASURES, "brokerage"), default="degree", help="default degree")
    ranking.add_argument("--groups", choices=tuple(GROUPINGS), default="ladder", help="of brokerage (default ladder)")
    ranking.add_argument("--limit", type=count, default=20, metavar="N", help="the first N (default 20)")
    grouped = _part(does, "communities", _communities, "communities, and how far like ties with like")
    grouped.add_argument("--seed", type=int, default=0, metavar="N", help="of the Louvain method (default 0)")
    _part(does, "cascade", _cascade, "depth, breadth and lag of a directive on its way down", ("directive",))
    written = _part(does, "export", _export, "the network as a file on standard output")
    written.add_argument("--format", choices=tuple(FORMATS), default="gexf", help="default gexf")
    return parser


def run(args: argparse.Namespace) -> int:
    """Does what was asked for; 1 when there is nothing to show."""
    do: Callable[[argparse.Namespace, Reader], int] = args.do
    with open_graph(data_folder(args.data)) as graph, graph.reader() as reader:
        return do(args, reader)


def _part(
    does: Subparsers,
    name: str,
    do: Callable[[argparse.Namespace, Reader], int],
    summary: str,
    nodes: Iterable[str] = (),
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = does.add_parser(name, help=summary, description=summary[0].upper() + summary[1:])
    for one in nodes:
        parser.add_argument(one, metavar=one.upper(), help="an IRI, or prefix:local as kg shows it")
    if name == "path":
        parser.add_argument(
            "--projection",
            action="append",
            choices=tuple(PROJECTIONS),
            help=f"which ties count, several by giving it again (default {' and '.join(_TIES)})",
        )
    elif name != "cascade":
        parser.add_argument("--projection", choices=tuple(PROJECTIONS), default=_TIES[0], help=f"default {_TIES[0]}")
    if name not in ("path", "cascade"):
        parser.add_argument(
            "--weighting", metavar="HOW", help="how events weigh (shared-meetings: meetings, newman, …)"
        )
        parser.add_argument("--directive", metavar="IRI", help="from which a cascade goes out")
    parser.add_argument("--from", dest="start", metavar="DAY", help="only from this day on: YYYY-MM-DD")
    parser.add_argument("--until", dest="end", metavar="DAY", help="only before this day: YYYY-MM-DD")
    parser.add_argument("--place", metavar="IRI", help="only in this place and all within it, as place:tinh-nghe-an")
    parser.add_argument(
        "--certainty", choices=tuple(_CERTAINTIES), default="possible", help="at least so sure (default possible)"
    )
    add_data(parser)
    parser.set_defaults(do=do)
    return parser


def _slice(args: argparse.Namespace) -> Slice:
    place = node(args.place).value if args.place else None
    return Slice(_day("from", args.start), _day("until", args.end), place, _CERTAINTIES[args.certainty])


def _day(name: str, text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(Param(name, "date", "2022-04-05").term(text).value) if text else None


def _network(args: argparse.Namespace, reader: Reader) -> Network:
    directive = node(args.directive).value if args.directive else None
    return project(reader, args.projection, _slice(args), weighting=args.weighting, directive=directive)


def _print_legend(*networks: Network, stream: str = "stdout") -> None:
    """Every line is set off by #, so that a table above or below it can still be read by programs."""
    for network in networks:
        for line in legend(network, projection_of(network.projection).warning, language()):
            print(f"# {line}", file=sys.stdout if stream == "stdout" else sys.stderr)


def _ego(args: argparse.Namespace, reader: Reader) -> int:
    part = ego(reader, _network(args, reader), node(args.node).value, args.radius)
    rows = [
        (
            part.nodes[edge.source].label,
            part.nodes[edge.target].label,
            f"{edge.weight:g}",
            edge.certainty.word,
            " | ".join(dict.fromkeys(said.quote or said.basis for said in told(reader, edge))),
        )
        for edge in part.edges
    ]
    print_table(("from", "to", "weight", "certainty", "sentences"), rows)
    _print_legend(part)
    return 0 if rows else 1


def _path(args: argparse.Namespace, reader: Reader) -> int:
    networks = [project(reader, name, _slice(args)) for name in dict.fromkeys(args.projection or _TIES)]
    found = chains(networks, node(args.one).value, node(args.other).value, args.chains)
    labels = {iri: one.label for network in networks for iri, one in network.nodes.items()}
    rows = [
        (
            str(number),
            labels[link.origin],
            labels[link.destination],
            link.projection,
            link.edge.certainty.word,
            " | ".join(dict.fromkeys(said.quote or said.basis for said in told(reader, link.edge))),
        )
        for number, chain in enumerate(found, 1)
        for link in chain.links
    ]
    print_table(("chain", "from", "to", "by", "certainty", "sentences"), rows)
    _print_legend(*networks)
    return 0 if found else 1


def _rank(args: argparse.Namespace, reader: Reader) -> int:
    network = _network(args, reader)
    if args.measure == "brokerage":
        roles = brokerage(network, args.groups)
        first = sorted(roles, key=lambda one: (-roles[one].total(), one))[: args.limit]
        rows = [(network.nodes[one].label, str(roles[one].total()), _roles(roles[one]), curie(one)) for one in first]
        print_table(("label", "brokerage", f"roles between {args.groups}s", "iri"), rows)
    else:
        scores = rank(network, args.measure)[: args.limit]
        rows = [
            (network.nodes[one.node].label, f"{one.value:.6g}", network.nodes[one.node].ladder or "", curie(one.node))
            for one in scores
        ]
        print_table(("label", args.measure, "ladder", "iri"), rows)
    _print_legend(network)
    return 0 if rows else 1


def _roles(roles: Mapping[Role, int]) -> str:
    return ", ".join(f"{role} {count}" for role, count in sorted(roles.items()))


def _communities(args: argparse.Namespace, reader: Reader) -> int:
    network = _network(args, reader)
    found = communities(network, seed=args.seed)
    rows = [
        (str(number), network.nodes[one].label, network.nodes[one].ladder or "", curie(one))
        for number, members in enumerate(found.members, 1)
        for one in members
    ]
    print_table(("community", "label", "ladder", "iri"), rows)
    print(f"# Louvain, seed {found.seed}, modularity {found.modularity:.4f}")
    for grouping in GROUPINGS:
        like = assortativity(network, grouping)
        value = "undefined" if like.coefficient is None else f"{like.coefficient:.4f}"
        print(f"# assortativity by {grouping} {value}, of {like.nodes} nodes; not known of {like.left_out}")
    _print_legend(network)
    return 0 if rows else 1


def _cascade(args: argparse.Namespace, reader: Reader) -> int:
    network = project(reader, "cascade", _slice(args), directive=node(args.directive).value)
    shape = cascade(network)
    rows = [
        tuple(
            "" if value is None else f"{value:g}"
            for value in (
                level.depth,
                level.papers,
                level.meetings,
                level.shortest_lag,
                level.median_lag,
                level.longest_lag,
                level.undated,
            )
        )
        for level in shape.levels
    ]
    print_table(("depth", "papers", "meetings", "shortest lag", "median lag", "longest lag", "undated"), rows)
    print(f"# depth {shape.depth}, breadth {shape.breadth}, size {shape.size}")
    print(f"# lags in days after {shape.day or 'a day that no source gives'}")
    _print_legend(network)
    return 0 if rows else 1


def _export(args: argparse.Namespace, reader: Reader) -> int:
    network = _network(args, reader)
    lines = legend(network, projection_of(network.projection).warning, language())
    sys.stdout.write(export(reader, network, args.format, lines))
    _print_legend(network, stream="stderr")
    return 0 if network.edges else 1
