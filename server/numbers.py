"""Whole numbers in the query string."""

from flask import request
from werkzeug.exceptions import BadRequest


def whole(name: str, default: int, least: int, most: int) -> int:
    """The parameter `name` as a number from `least` to `most`. Raises BadRequest for anything else."""
    given = request.args.get(name, str(default))
    if not (given.isascii() and given.isdigit() and len(given) <= len(str(most)) and least <= int(given) <= most):
        raise BadRequest(f"'{name}' cannot be '{given[:40]}'; it is a whole number from {least} to {most}.")
    return int(given)
