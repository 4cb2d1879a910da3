"""A socket on this machine that hears whoever reaches out to it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Ear:
    """Listens at `url`; `heard` is what callers said first. Each is answered with nothing, so that none waits."""

    server: socket.socket
    heard: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        """An address of it."""
        return f"http://127.0.0.1:{self.server.getsockname()[1]}/x"

    def listen(self) -> None:
        """Takes calls until the socket is shut down."""
        while True:
            try:
                caller, _ = self.server.accept()
            except OSError:
                return
            with caller:
                caller.settimeout(5)
                self.heard.append(caller.recv(4096))

    def require_silence(self) -> None:
        """Fails where anybody has called: a call of our own comes behind all that were made before."""
        with socket.create_connection(self.server.getsockname()) as call:
            call.sendall(b"end")
            call.shutdown(socket.SHUT_WR)
            call.recv(1)
        assert self.heard.pop() == b"end"
        assert self.heard == []


@contextmanager
def listening() -> Iterator[Ear]:
    """An ear within the block."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        ear = Ear(server)
        thread = threading.Thread(target=ear.listen)
        thread.start()
        try:
            yield ear
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
