"""What a write answers: its receipt as headers."""

from flask import Response

from kg.store import Receipt


def answered(receipt: Receipt, status: int = 204) -> Response:
    """A response without a body that tells what was changed, and where the journal has it."""
    return told(Response(status=status), receipt)


def told(response: Response, receipt: Receipt) -> Response:
    """A response with what was changed, and where the journal has it, in its headers."""
    response.headers["Bomay-Generation"] = str(receipt.generation)
    response.headers["Bomay-Added"] = str(receipt.added)
    response.headers["Bomay-Removed"] = str(receipt.removed)
    if receipt.change_iri is not None:
        response.headers["Bomay-Change"] = receipt.change_iri.value
    return response
