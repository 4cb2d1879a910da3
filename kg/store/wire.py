"""How two processes talk about changes: JSON messages behind their length, nothing that is executed on reading."""

import json
import socket
import struct
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from kg.errors import BomayError, FolderError, LimitExceeded, NotFound, QueryRefused, SyntaxFault
from kg.model.changes import Approval, ChangeSet
from kg.store.receipt import Receipt, Refused, StaleValidation
from kg.validate import Report, finding_from_wire, finding_to_wire

Message = dict[str, Any]

_LENGTH = struct.Struct("!Q")
_ERRORS: dict[str, type[BomayError]] = {
    cls.__name__: cls for cls in (FolderError, LimitExceeded, NotFound, QueryRefused, StaleValidation, BomayError)
}


def send(connection: socket.socket, message: Message) -> None:
    """Writes one message."""
    data = json.dumps(message).encode("utf-8")
    connection.sendall(_LENGTH.pack(len(data)) + data)


def receive(connection: socket.socket) -> Message | None:
    """Reads one message; None when the other side has closed, or gone in the middle of one."""
    head = _exactly(connection, _LENGTH.size)
    data = None if head is None else _exactly(connection, _LENGTH.unpack(head)[0])
    if data is None:
        return None
    message: Message = json.loads(data)
    return message


def _exactly(connection: socket.socket, count: int) -> bytes | None:
    chunks: list[bytes] = []
    while count:
        chunk = connection.recv(min(count, 1 << 20))
        if not chunk:
            return None
        chunks.append(chunk)
        count -= len(chunk)
    return b"".join(chunks)


def change_to_wire(change: ChangeSet) -> Message:
    """A change as JSON: its quads as N-Quads."""
    return {
        "add": _text(change.add),
        "remove": _text(change.remove),
        "agent": change.agent.value,
        "reason": change.reason,
        "source": change.source.value if change.source else None,
        "reverts": change.reverts.value if change.reverts else None,
        "release": change.release,
        "texts": dict(change.texts),
        "approval": [change.approval.proposal, change.approval.by.value] if change.approval else None,
    }


def change_from_wire(message: Message) -> ChangeSet:
    """The change that `change_to_wire` wrote."""
    source, reverts = (NamedNode(message[name]) if message[name] else None for name in ("source", "reverts"))
    add, remove = _quads(message["add"]), _quads(message["remove"])
    approval = Approval(message["approval"][0], NamedNode(message["approval"][1])) if message["approval"] else None
    said = (NamedNode(message["agent"]), message["reason"], source, message["texts"])
    return ChangeSet(add, remove, *said, approval, reverts, message["release"])


def report_to_wire(report: Report) -> list[Message]:
    """A report with the terms behind its strings."""
    return [finding_to_wire(finding) for finding in report.findings]


def report_from_wire(rows: Iterable[Message]) -> Report:
    """The report that `report_to_wire` wrote."""
    return Report(tuple(finding_from_wire(row) for row in rows))


def receipt_to_wire(receipt: Receipt) -> Message:
    """A receipt as JSON."""
    change = receipt.change_iri.value if receipt.change_iri else None
    numbers = {"generation": receipt.generation, "added": receipt.added, "removed": receipt.removed}
    return {"change": change, **numbers, "report": report_to_wire(receipt.report)}


def receipt_from_wire(message: Message) -> Receipt:
    """The receipt that `receipt_to_wire` wrote."""
    change = NamedNode(message["change"]) if message["change"] else None
    report = report_from_wire(message["report"])
    return Receipt(change, message["generation"], message["added"], message["removed"], report)


def error_to_wire(error: BomayError) -> Message:
    """An error as JSON, with what its type carries."""
    match error:
        case Refused():
            return {"type": "Refused", "report": report_to_wire(error.report), "at": error.at}
        case SyntaxFault() | LimitExceeded():
            return {"type": type(error).__name__, **asdict(error)}
        case _:
            return {"type": type(error).__name__, "message": str(error)}


def error_from_wire(message: Message) -> BomayError:
    """The error that `error_to_wire` wrote, of the same type."""
    match message["type"]:
        case "Refused":
            return Refused(report_from_wire(message["report"]), message["at"])
        case "SyntaxFault":
            return SyntaxFault(*(message[name] for name in ("language", "message", "line", "column")))
        case "LimitExceeded":
            return LimitExceeded(message["limit"], message["message"])
        case kind:
            return _ERRORS.get(kind, BomayError)(message["message"])


def _text(quads: Iterable[Quad]) -> str:
    data = serialize(quads, format=RdfFormat.N_QUADS)
    assert data is not None
    return data.decode("utf-8")


def _quads(text: str) -> frozenset[Quad]:
    return frozenset(parse(text, format=RdfFormat.N_QUADS))
