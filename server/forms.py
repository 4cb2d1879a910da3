"""Forms that are read in time: percent-encoding undone by a decoder in C, whatever the length.

`urllib.parse` takes seconds in Python for 10 MB of escapes, which would keep every other request waiting.
"""

import binascii
import re
from typing import IO, Any, Final

from flask import Request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

FORM: Final = "application/x-www-form-urlencoded"
_MOST_FIELDS: Final = 1000
_NO_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


def unquoted(data: bytes) -> bytes:
    """The bytes that percent-encoding stands for, a plus for a blank; a percent sign that escapes nothing stays.

    Quoted-printable (RFC 2045 §6.7) is the same encoding with another sign.
    """
    if b"%" not in data:
        return data.replace(b"+", b" ")
    whole = _NO_ESCAPE.sub(b"%25", data.replace(b"+", b" "))
    return binascii.a2b_qp(whole.replace(b"=", b"%3D").replace(b"%", b"="))


class FormParser(FormDataParser):
    """Reads forms; those with very many fields are too large, as no address here has so many."""

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> tuple[IO[bytes], MultiDict[str, Any], MultiDict[str, Any]]:
        """See `FormDataParser`. Raises RequestEntityTooLarge."""
        if mimetype != FORM:
            return super().parse(stream, mimetype, content_length, options)
        data = stream.read()
        if data.count(b"&") >= _MOST_FIELDS:
            raise RequestEntityTooLarge
        pairs = (field.partition(b"=")[::2] for field in data.split(b"&") if field)
        form = [(_text(name), _text(value)) for name, value in pairs]
        return stream, self.cls(form), self.cls()


class FormRequest(Request):
    """A request whose forms are read in time."""

    form_data_parser_class = FormParser


def _text(data: bytes) -> str:
    return unquoted(data).decode("utf-8", "replace")
