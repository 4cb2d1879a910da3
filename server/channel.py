"""A connection: what it is answered without the application, and how what the application answers goes out."""

from typing import Final

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask

from server.refusals import Refusal

_SHORT: Final = 64 << 10  # bytes of a body that is copied behind its head


class Request(HTTPRequestParser):  # type: ignore[misc]  # waitress ships no types
    """A request; `alone` are all its bytes where it came at once, without a body and without another behind it."""

    alone = b""

    def received(self, data: bytes) -> int:
        """Takes bytes, says how many are its own."""
        at_once = not self.header_bytes_received
        taken = int(super().received(data))
        if at_once and self.completed and taken == len(data) and self.body_rcv is None:
            self.alone = data
        return taken


class Task(WSGITask):  # type: ignore[misc]  # waitress ships no types
    """A request that the application answers."""

    head = b""
    wrote_header: bool

    def finish(self) -> None:
        """Ends the response; one that may be given again is laid by."""
        super().finish()
        if self.request.alone and self.head and not self.chunked_response and not self.close_on_finish:
            self.channel.server.counter.keep(self.channel.addr[0], self.request.alone, self.head, self.environ)

    def build_response_header(self) -> bytes:
        """The head as it goes out."""
        self.head = bytes(super().build_response_header())
        return self.head

    def set_close_on_finish(self) -> None:
        """Ends the connection behind this response, but not for want of a length (RFC 9112 §6.3): chunks tell their
        end, and 304 has no body. A HEAD is told of chunks that do not come, and the server ends them all the same.
        """
        tells = self.content_length is None and not self.wrote_header and self.request.command != "HEAD"
        if not tells or self.version != "1.1" or self.request.connection_close:
            super().set_close_on_finish()

    def write(self, data: bytes) -> None:
        """Sends a part; a short body that is whole together with its head, so that the client wakes up once."""
        whole = self.complete and not self.wrote_header and self.has_body and self.content_length == len(data)
        if not whole or len(data) > _SHORT:
            super().write(data)
            return
        self.channel.write_soon(self.build_response_header() + data)
        self.wrote_header, self.content_bytes_written = True, len(data)


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress ships no types
    """A connection whose refusals are problems, and which is answered at once where the same was asked before."""

    parser_class = Request
    task_class = Task
    error_task_class = Refusal

    def received(self, data: bytes) -> bool:
        """Takes bytes; called by the server's loop."""
        if self.request is None and not self.requests and not (self.will_close or self.close_when_flushed):
            again = self.server.counter.again(self.addr[0], data)
            if again is not None:
                self.write_soon(again)
                return True
        return bool(super().received(data))
