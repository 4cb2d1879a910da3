"""The body of a request that is a JSON object."""

import json
from collections.abc import Collection
from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType


def json_object(data: bytes, known: Collection[str], wanted: str) -> dict[str, Any]:
    """The object with these members at most; `wanted` says which are needed. Raises BadRequest with one sentence."""
    try:
        body = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"The body is not JSON; send an object with {wanted}.") from error
    if not isinstance(body, dict):
        raise BadRequest(f"The body is no JSON object; send one with {wanted}.")
    if strange := body.keys() - set(known):
        raise BadRequest(f"The object has a member '{min(strange)[:40]}'; it may have {', '.join(known)}.")
    return body


def members(*needed: str, flags: tuple[str, ...] = ()) -> dict[str, Any]:
    """Words and flags that decide something: `needed` are strings with something in them, `flags` are true or false.

    A flag that is not sent is false. Raises UnsupportedMediaType, and BadRequest with one sentence.
    """
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    wanted = ", ".join(f"'{name}'" for name in needed)
    body = json_object(request.get_data(), (*needed, *flags), wanted)
    for name in needed:
        if not isinstance(body.get(name), str) or not body[name].strip():
            raise BadRequest(f"This needs '{name}', a string; send an object with {wanted}.")
    for name in flags:
        if not isinstance(body.get(name, False), bool):
            raise BadRequest(f"'{name}' is true or false.")
    return {**{name: body[name].strip() for name in needed}, **{name: body.get(name, False) for name in flags}}
