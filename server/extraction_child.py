"""Reading one text: what it says, as JSON. Also a process of its own, without network and with bounded memory.

Started by `server.extraction` as `python -m server.extraction_child BYTES`. Standard input is a line of JSON (`form`,
`published`, `place`), then the bytes of the text or page; standard output is the extraction, or a fault.
"""

import json
import sys
from typing import Any, BinaryIO

from kg.extract import extract
from kg.read import read_bytes
from server.apart import work_apart


def said(data: bytes, form: str, published: str | None, place: str | None) -> dict[str, Any]:
    """The extraction of a text ("txt") or a page ("html"); of a page with the text that its spans count in.

    Raises UnreadableInput.
    """
    document = read_bytes(data, "request", published=published, place=place, input_format=form)
    read = extract(document).to_json()
    return {**read, "text": document.text} if form == "html" else read


def work(stream: BinaryIO) -> dict[str, Any]:
    """Reads what is wanted, and does it."""
    wanted = json.loads(stream.readline())
    return said(stream.read(), **wanted)


if __name__ == "__main__":
    work_apart(int(sys.argv[1]), work)
