"""`kg history`: what was changed, of all or of one thing; and one change as its differences."""

import argparse
import json
from collections.abc import Iterable, Iterator

from kg.cli.arguments import Subparsers, add_data, add_verb, count
from kg.cli.curating import node
from kg.cli.tables import print_table
from kg.cli.tongue import language
from kg.history import Listed, Part, Touched, Value, as_patch, difference, entries, recorded
from kg.namespaces import curie
from kg.settings import data_folder
from kg.store import Folder, open_graph

_EXAMPLES = """\
  kg history                                        the latest changes
  kg history person:le-thi-mai-1 --limit 5          those that touched a person, and what states facts about her
  kg history change:12-0a1b2c3d4e5f                 what one change took away (-) and added (+)
  kg history change:12-0a1b2c3d4e5f --format patch  the same as RDF Patch
"""
_HEAD = ("change", "at", "agent", "added", "removed", "reason")


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    parser = add_verb(subparsers, "history", "show who changed what, when and why, newest first", _EXAMPLES)
    parser.add_argument("iri", metavar="IRI", nargs="?", help="a person, body, post…, or a change of the journal")
    parser.add_argument("--limit", type=count, default=20, metavar="N", help="at most so many changes (default 20)")
    parser.add_argument("--format", choices=("table", "json", "patch"), default="table", help="default table")
    add_data(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Prints the changes; 1 when there are none."""
    folder = Folder(data_folder(args.data))
    with open_graph(folder.root) as graph, graph.reader() as reader:
        listed = entries(reader)
        asked = node(args.iri) if args.iri else None
        shown = [one for one in listed if one.change == asked]
        if shown:
            done = recorded(reader, folder.journal, shown[0].change)
            if args.format == "patch":
                print(as_patch(done.added, done.removed), end="")
                return 0
            _print_one(
                shown[0], difference(reader, done.added, done.removed, language()), as_json=args.format == "json"
            )
            return 0
        if asked is not None:
            listed = Touched(folder.touched, folder.journal).by(reader, listed, asked)
        patches = [
            recorded(reader, folder.journal, one.change) for one in listed[: args.limit] if args.format == "patch"
        ]
    if args.format == "patch":
        print("".join(as_patch(done.added, done.removed) for done in reversed(patches)), end="")
    else:
        _print_list(listed[: args.limit], as_json=args.format == "json")
    return 0 if listed else 1


def _print_list(listed: list[Listed], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([one.to_json() for one in listed], ensure_ascii=False, indent=1))
        return
    print_table(_HEAD, map(_row, listed))


def _row(one: Listed) -> tuple[str, ...]:
    when = one.at.isoformat(" ", "seconds")
    return (curie(one.change), when, curie(one.agent), str(one.added), str(one.removed), one.reason)


def _print_one(one: Listed, parts: list[Part], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({**one.to_json(), "parts": [part.to_json() for part in parts]}, ensure_ascii=False, indent=1))
        return
    for name, cell in zip(_HEAD, _row(one), strict=True):
        print(f"{name}: {cell}")
    for line in _lines(parts):
        print(line)


def _lines(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        where = f" in {part.graph}" if part.graph else ""
        yield f"\n{part.name} ({curie(part.node)}){where}"
        for turned in part.properties:
            for sign, values in (("-", turned.removed), ("+", turned.added)):
                yield from (f"  {sign} {turned.name}: {_shown(value)}" for value in values)
        yield from (f"  “{said.quote}” {said.source.text}" for said in part.sentences)


def _shown(value: Value) -> str:
    return f"{value.text} ({curie(value.iri)})" if value.iri and curie(value.iri) != value.text else value.text
