"""Reading one text: what it says, as JSON. Also a process of its own, without network and with bounded memory.

Started by `server.extraction` as `python -m server.extraction_child BYTES`. Standard input is a line of JSON (`form`,
`published`, `place`), then the bytes of the text or page; standard output is the extraction, or a fault.
"""

import json
import sys
from typing import Any

from kg.errors import BomayError
from kg.extract import extract
from kg.query import bound_memory, cut_network
from kg.read import read_bytes


def said(data: bytes, form: str, published: str | None, place: str | None) -> dict[str, Any]:
    """The extraction of a text ("txt") or a page ("html"); of a page with the text that its spans count in.

    Raises UnreadableInput.
    """
    document = read_bytes(data, "request", published=published, place=place, input_format=form)
    read = extract(document).to_json()
    return {**read, "text": document.text} if form == "html" else read


def main(arguments: list[str]) -> None:
    """Reads what is wanted, writes the outcome."""
    cut_network()
    bound_memory(int(arguments[0]))
    stream = sys.stdin.buffer
    wanted = json.loads(stream.readline())
    try:
        outcome = said(stream.read(), **wanted)
    except BomayError as fault:
        outcome = {"fault": "unreadable", "message": str(fault)}
    except MemoryError:
        outcome = {"fault": "memory"}
    sys.stdout.write(json.dumps(outcome))


if __name__ == "__main__":
    main(sys.argv[1:])
