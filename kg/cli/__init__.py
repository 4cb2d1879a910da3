"""The command `kg`: one file per verb, each with `add_parser(subparsers)` and `run(args) -> exit status`.

More verbs come from the entry point group `bomay.verbs` (the server's `serve` is one): `kg` need not import them.
"""

import argparse
import difflib
import errno
import importlib
import io
import os
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points
from typing import Final, NoReturn, Protocol

from kg import __version__
from kg.cli.arguments import Subparsers
from kg.errors import BomayError

VERBS: Final = (
    *("init", "extract", "ingest", "import", "validate", "query", "queries", "search", "review", "merge", "split"),
    *("network", "history", "revert"),
    *("export", "backup", "restore", "upgrade", "token"),
)
_FILES: Final = {"import": "importing"}  # verbs whose names no module can be imported by
GROUP: Final = "bomay.verbs"

_EPILOG = """\
examples:
  kg init                                            make the data folder ./data with the reference graph
  kg ingest reports/ --place "Bắc Kạn" --commit      read reports into it
  kg query conflicts                                 ask a question of the library
  kg search "le thi"                                 find people, bodies, places
  kg network rank --measure pagerank                 rank people by shared meetings, with what it rests on
  kg serve                                           the web service on 127.0.0.1:8080

Settings come from flags, then BOMAY_* in the environment, then bomay.toml in the working folder.
Exit status: 0 done, 1 it ran and the answer is no, 2 wrong usage or unreadable input, 130 interrupted.
"""


class Verb(Protocol):
    """What a verb's file offers."""

    def add_parser(self, subparsers: Subparsers) -> argparse.ArgumentParser:
        """Adds the verb with its options, help and examples."""
        ...

    def run(self, args: argparse.Namespace) -> int:
        """Does it and returns the exit status; raises BomayError for what the user can mend."""
        ...


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, without the usage text, and where help is."""

    def error(self, message: str) -> NoReturn:
        """Ends the process with status 2."""
        self.exit(2, f"{self.prog}: {message}. Try '{self.prog} --help'.\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command line and returns its exit status; foreseeable errors are one sentence on standard error."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    try:
        args = build_parser(arguments).parse_args(arguments)
        verb: Verb = args.verb
        status = verb.run(args)
        sys.stdout.flush()
        return status
    except SystemExit as leave:  # argparse has spoken
        return leave.code if isinstance(leave.code, int) else 2
    except BomayError as error:
        return _fail(str(error), error.exit_status)
    except KeyboardInterrupt:
        return _fail("interrupted; what was committed is kept", 130)
    except BrokenPipeError:
        _drop_output()
        return 141  # as a shell reports a process ended by SIGPIPE
    except OSError as error:
        return _fail(_os_sentence(error), 2)


def build_parser(arguments: Sequence[str] = ()) -> Parser:
    """The parser, with only the verb that is asked for where one is: the others' imports would cost a second."""
    parser = Parser(
        prog="kg",
        description="Bộ Máy: who holds which office, in which body, under which directive.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"bomay {__version__}")
    subparsers = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    plugged = {point.name: point for point in entry_points(group=GROUP)}
    names = [*VERBS, *sorted(plugged)]
    asked = arguments[0] if arguments else ""
    if asked and not asked.startswith("-") and asked not in names:
        near = difflib.get_close_matches(asked, names, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"the verbs are {', '.join(names)}"
        parser.error(f"there is no verb '{asked}'; {hint}")
    for name in [asked] if asked in names else names:
        verb: Verb = (
            plugged[name].load() if name in plugged else importlib.import_module(f"kg.cli.{_FILES.get(name, name)}")
        )
        verb.add_parser(subparsers).set_defaults(verb=verb)
    return parser


def _speak_utf8() -> None:
    """Vietnamese must come out whatever the locale; a lone surrogate of a file name must not end the output."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")


def _fail(sentence: str, status: int) -> int:
    print(f"kg: {sentence}", file=sys.stderr)
    return status


def _drop_output() -> None:
    """Nobody reads standard output any more: keep the interpreter from complaining when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _os_sentence(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk is full{where}; free some space and run it again, what was committed is kept"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"no permission{where}; check who owns it, or give another path"
    if error.errno == errno.ENOENT:
        return f"there is no such file or folder{where}; check the path"
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return "too many open files; raise the limit with 'ulimit -n 4096' and run it again"
    return f"the system refused{where}: {error.strerror or error}"
