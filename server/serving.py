"""The service on a port: it owns the data folder, says where it is, and ends in good order."""

import logging
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import FrameType
from typing import Final

from flask import Flask
from waitress import create_server
from waitress.server import TcpWSGIServer

from kg.apart import keep_no_freed_memory
from kg.errors import BomayError
from kg.query import Limits, QueryPool
from kg.settings import query_limit, setting
from kg.store import Folder, is_outdated, open_graph
from server import urls
from server.app import LONGEST_BODY, create_app
from server.channel import Channel
from server.connections import Connections
from server.counter import counter_of
from server.operation import Operation
from server.service import held_by

_THREADS: Final = 64  # more than queries can run and wait, so that everything else is answered beside them
_CONNECTIONS: Final = 500
_IDLE_SECONDS: Final = 75  # a minute and some, for the connections that a web server before this one keeps
_SWITCH_SECONDS: Final = 0.001  # how soon another thread gets its turn
_WORKERS: Final = 2
_BACKLOG: Final = 1024
_GRACE_SECONDS: Final = 20.0
_SOFTWARE: Final = "bomay"
_FORWARDED: Final = frozenset(("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"))


class PortTaken(BomayError):
    """A port on which something else listens, or that this user may not listen on."""


def serve(data: Path, host: str, port: int, say: Callable[[str], None] = print, *, rearrange: bool = True) -> None:
    """Serves the folder until SIGTERM or SIGINT; requests under way are answered first.

    `say` hears the address and what to try. Raises PortTaken, BadSetting, and FolderError for a folder that cannot be
    owned.
    """
    operation, proxy, limits = Operation.of_settings(), setting("proxy"), limits_of_settings()
    listener = listen(host, port)
    keep_no_freed_memory()
    sys.setswitchinterval(_SWITCH_SECONDS)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns of each request that waits for a thread
    with (
        closing(operation),
        listener,
        open_graph(data, own=True) as graph,
        QueryPool(_WORKERS, limits, rearrange=rearrange) as pool,
    ):
        app = create_app(graph, pool, data=data, operation=operation)
        server = server_of(app, listener, proxy)
        held = held_by(app)
        with closing(held.follower) as follower:
            follower.begin()
            say(greeting(host, listener.getsockname()[1], graph.info()["generation"], pool.sandbox))
            if is_outdated(Folder(data)):
                say(f"  {data} holds another release of ontology and reference facts; end this, then: kg upgrade")
            run_until_told(server, held.stopping)


def server_of(app: Flask, listener: socket.socket, proxy: str = "") -> TcpWSGIServer:
    """The server of an application on a socket; what the web server at the address `proxy` says of clients is believed.

    It takes connections as soon as its loop runs.
    """
    trusted = {"trusted_proxy": proxy, "trusted_proxy_headers": _FORWARDED} if proxy else {}
    server = create_server(
        app,
        sockets=[listener],
        threads=_THREADS,
        connection_limit=_CONNECTIONS,
        channel_timeout=_IDLE_SECONDS,
        channel_request_lookahead=1,  # reads on while a request is answered, and so sees a client that goes away
        asyncore_use_poll=True,  # select takes no more than 1,024 descriptors
        ident=_SOFTWARE,
        max_request_body_size=4 * LONGEST_BODY,
        log_socket_errors=False,
        clear_untrusted_proxy_headers=True,
        **trusted,
    )
    server.channel_class, server.counter = Channel, counter_of(app)
    return server


def limits_of_settings() -> Limits:
    """What the settings let a query use. Raises BadSetting."""
    memory = query_limit("query_memory") << 20
    return Limits(query_limit("query_seconds"), memory, memory_of_all=2 * memory)


def run_until_told(server: TcpWSGIServer, stopping: threading.Event) -> None:
    """Runs until SIGTERM or SIGINT; then sets `stopping`, refuses connections and answers what is under way.

    A second signal has its usual effect.
    """
    told = threading.Event()
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def stop(number: int, _frame: FrameType | None) -> None:
        told.set()
        signal.signal(number, kept[signal.Signals(number)])
        server.pull_trigger()

    for number in kept:
        signal.signal(number, stop)
    connections = Connections(server.adj.connection_limit)
    try:
        while not told.is_set():
            _turn(server)
            connections.sweep(server.active_channels.values())
        stopping.set()
        _take_all_that_wait(server)
        server.del_channel()
        server.socket.close()
        deadline = time.monotonic() + _GRACE_SECONDS
        while time.monotonic() < deadline and _busy(server):
            _turn(server)
            connections.sweep(server.active_channels.values())
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
        server.task_dispatcher.shutdown(timeout=1)
        server.close()


def _turn(server: TcpWSGIServer) -> None:
    server.asyncore.loop(timeout=1, map=server._map, use_poll=server.adj.asyncore_use_poll, count=1)


def _take_all_that_wait(server: TcpWSGIServer) -> None:
    """Accepts the connections that the system has made already; closing the port would reset them."""
    for _ in range(_BACKLOG):
        if not select.select([server.socket], [], [], 0)[0]:
            return
        _turn(server)


def _busy(server: TcpWSGIServer) -> bool:
    """Whether a request is being received, answered or sent, or something has come that nobody has read yet."""
    channels = list(server.active_channels.values())
    if any(channel.request or channel.requests or channel.total_outbufs_len for channel in channels):
        return True
    waiting = select.poll()
    for channel in channels:
        waiting.register(channel.socket, select.POLLIN)
    return any(event & select.POLLIN and _has_bytes(server, found) for found, event in waiting.poll(0))


def _has_bytes(server: TcpWSGIServer, descriptor: int) -> bool:
    """Whether there is something to read, and not only the end of the connection."""
    try:
        return bool(server.active_channels[descriptor].socket.recv(1, socket.MSG_PEEK))
    except (KeyError, OSError):
        return False


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; raises PortTaken before anything else has been begun."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        reason = error.strerror or str(error)
        raise PortTaken(
            f"Cannot listen on {host}:{port} ({reason}); choose another, for example --port {port + 1}."
        ) from error
    return listener


def greeting(host: str, port: int, generation: int, sandbox: str) -> str:
    """The address, three things to try, and how queries are kept apart."""
    shown = f"[{host}]" if ":" in host else host
    base = f"http://{shown}:{port}"
    lines = (
        f"Bộ Máy is serving generation {generation} on {base}  (queries run apart: {sandbox}; Ctrl+C ends it)",
        f"  look around      {base}{urls.home()}",
        f"  ask a question   {base}{urls.queries()}",
        f'  from a program   curl "{base}{urls.api_search()}?q=bac+kan"',
    )
    return "\n".join(lines)
