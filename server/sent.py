"""The body of a request that decides something: a JSON object of words and flags."""

import json
from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType


def members(*needed: str, flags: tuple[str, ...] = ()) -> dict[str, Any]:
    """The members of the body: those that must be there are strings with something in them, `flags` are true or false.

    A flag that is not sent is false. Raises UnsupportedMediaType, and BadRequest with one sentence.
    """
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    wanted = ", ".join(f"'{name}'" for name in needed)
    try:
        body = json.loads(request.get_data())
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"The body is not JSON; send an object with {wanted}.") from error
    if not isinstance(body, dict):
        raise BadRequest(f"The body is no JSON object; send one with {wanted}.")
    if strange := body.keys() - {*needed, *flags}:
        known = ", ".join((*needed, *flags))
        raise BadRequest(f"The object has a member '{min(strange)[:40]}'; it may have {known}.")
    for name in needed:
        if not isinstance(body.get(name), str) or not body[name].strip():
            raise BadRequest(f"This needs '{name}', a string; send an object with {wanted}.")
    for name in flags:
        if not isinstance(body.get(name, False), bool):
            raise BadRequest(f"'{name}' is true or false.")
    return {**{name: body[name].strip() for name in needed}, **{name: body.get(name, False) for name in flags}}
