"""The owner's ear: a local socket on which other processes of the same user ask for changes."""

import shutil
import socket
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.errors import BomayError
from kg.store.wire import (
    Message,
    change_from_wire,
    change_to_wire,
    error_to_wire,
    receipt_to_wire,
    receive,
    report_to_wire,
    send,
)

if TYPE_CHECKING:
    from kg.store.graph import Graph


class Service:
    """Answers on `path`, a socket in a folder that only this user can enter, until `close`."""

    def __init__(self, graph: "Graph") -> None:
        self._graph = graph
        self._place = Path(tempfile.mkdtemp(prefix="bomay-"))  # short: the path of a socket has room for some 100 bytes
        self.path = self._place / "owner"
        self._closing = False
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(self.path))
        self._listener.listen()
        self._thread = threading.Thread(target=self._accept, name="kg.store.service", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stops listening; harmless when done twice."""
        if self._closing:
            return
        self._closing = True
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as knock:
            knock.connect(str(self.path))
        self._thread.join()
        self._listener.close()
        shutil.rmtree(self._place, ignore_errors=True)

    def _accept(self) -> None:
        while not self._closing:
            connection, _ = self._listener.accept()
            threading.Thread(target=self._serve, args=(connection,), name="kg.store.client", daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                request = receive(connection)
                if request is not None:
                    send(connection, self._answer(request))
            except OSError:
                return  # the client went away; what it asked for is done or not, and it can look

    def _answer(self, request: Message) -> Message:
        try:
            return {"ok": self._do(request)}
        except BomayError as error:
            return {"error": error_to_wire(error)}
        except (ValueError, KeyError, TypeError, SyntaxError) as error:
            return {"error": {"type": "BomayError", "message": f"The request could not be carried out: {error}"}}

    def _do(self, request: Message) -> Message | list[Message]:
        match request:
            case {"op": "submit", "change": change, "accept_warnings": bool(accept)}:
                return receipt_to_wire(self._graph.submit(change_from_wire(change), accept_warnings=accept))
            case {"op": "submit_all", "changes": list(changes), "accept_warnings": bool(accept)}:
                given = map(change_from_wire, changes)
                return [receipt_to_wire(r) for r in self._graph.submit_all([*given], accept_warnings=accept)]
            case {"op": "check", "change": change}:
                return report_to_wire(self._graph.check(change_from_wire(change)))
            case {
                "op": "submit_update",
                "sparql": str(sparql),
                "agent": str(agent),
                "reason": str(reason),
                "accept_warnings": bool(accept),
                "base": str() | None as base,
                "generation": int() | None as number,
                "graph": str() | None as graph,
                "seconds": float() | int() | None as seconds,
            }:
                receipt = self._graph.submit_update(
                    sparql,
                    agent=NamedNode(agent),
                    reason=reason,
                    accept_warnings=accept,
                    base=base,
                    generation=number,
                    graph=None if graph is None else NamedNode(graph),
                    seconds=seconds,
                )
                return receipt_to_wire(receipt)
            case {
                "op": "change_of",
                "sparql": str(sparql),
                "agent": str(agent),
                "reason": str(reason),
                "base": str() | None as base,
                "graph": str() | None as graph,
                "seconds": float() | int() | None as seconds,
            }:
                of_one = None if graph is None else NamedNode(graph)
                made = self._graph.change_of(
                    sparql, agent=NamedNode(agent), reason=reason, base=base, graph=of_one, seconds=seconds
                )
                return change_to_wire(made)
            case {"op": "info"}:
                return self._graph.info()
            case _:
                raise BomayError(f"The owner of this folder does not know the request '{request.get('op')}'.")
