"""`kg serve`: the verb that the server adds to the command line."""

import argparse
from dataclasses import dataclass

from kg.settings import KNOWN, data_folder, port, rearrange, setting

_EXAMPLES = """\
examples:
  kg serve                          ./data on 127.0.0.1:8080
  kg serve --port 9000 --data work  another port, another folder
  kg serve --host 0.0.0.0           to be reached from other machines; put a web server with TLS before it
"""


@dataclass(frozen=True, slots=True)
class Serve:
    """The verb `serve`."""

    def add_parser(self, subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
        """Adds the verb."""
        parser: argparse.ArgumentParser = subparsers.add_parser(
            "serve",
            help="serve the data folder over HTTP: pages, SPARQL, linked data",
            description="Serve the data folder over HTTP until Ctrl+C or SIGTERM: pages, SPARQL, linked data.",
            epilog=_EXAMPLES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        for name, metavar in (("data", "DIR"), ("host", "ADDRESS"), ("port", "PORT"), ("rearrange", "on|off")):
            known = KNOWN[name]
            text = f"{known.meaning} (default {known.default}; {known.variable})"
            parser.add_argument(f"--{name}", metavar=metavar, help=text)
        return parser

    def run(self, args: argparse.Namespace) -> int:
        """Serves until it is told to end. Raises BomayError for a taken port and a folder that cannot be owned."""
        from server.serving import serve  # the web framework is loaded when somebody serves

        serve(
            data_folder(args.data),
            setting("host", args.host),
            port(args.port),
            say=_say,
            rearrange=rearrange(args.rearrange),
        )
        return 0


def _say(text: str) -> None:
    print(text, flush=True)


verb = Serve()
