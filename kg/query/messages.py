"""What the pool and its workers say to each other over a pipe.

A request goes down pickled; it comes from us. What comes up is bytes, a tag and its content, so that nothing that a
worker sends is ever run: HELLO (the sandbox in force), HEAD (JSON: kind, media type, whether rows were cut off),
DATA (a part of the answer), FAULT (JSON of `Fault`), END (a line of JSON: whether the worker should be replaced, and
what HEAD says where there was none; behind it the last part).
"""

from dataclasses import dataclass
from typing import Final

from kg.apart import out_of_memory
from kg.errors import BomayError, FolderError, LimitExceeded, QueryRefused, SyntaxFault
from kg.model.graph import Term
from kg.query.formats import Formats, WrongKind

HELLO: Final = b"S"
HEAD: Final = b"H"
DATA: Final = b"D"
FAULT: Final = b"F"
END: Final = b"E"

PART: Final = 64 * 1024
LONGEST: Final = 1 << 20
_SENTENCE: Final = 1000  # code points of what is said of a fault, which may quote the query

OUT_OF_MEMORY: Final = out_of_memory("query")


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """One query on one generation. Graph names are IRIs; None for both lists means the dataset as it stands."""

    path: str
    text: str
    formats: Formats
    bindings: dict[str, Term]
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    base: str | None = None
    rearrange: bool = True
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What would be run for a query; the answer is that text. `path` is the generation to have open for the next."""

    path: str
    text: str
    rearrange: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """An error of a worker as plain values; `name` is syntax, kind, refused, folder or memory."""

    name: str
    message: str
    line: int | None = None
    column: int | None = None

    @classmethod
    def of(cls, error: BomayError) -> "Fault":
        """The fault that stands for an error."""
        if isinstance(error, SyntaxFault):
            return cls("syntax", _shortened(error.message), error.line, error.column)
        if isinstance(error, WrongKind):
            return cls("kind", error.kind)
        if isinstance(error, LimitExceeded):
            return cls(error.limit, error.message)
        return cls("folder" if isinstance(error, FolderError) else "refused", _shortened(str(error)))

    def error(self) -> BomayError:
        """The error that it stands for."""
        match self.name:
            case "syntax":
                return SyntaxFault("SPARQL query", self.message, self.line, self.column)
            case "kind":
                return WrongKind(self.message)
            case "refused":
                return QueryRefused(self.message)
            case "folder":
                return FolderError(self.message)
        return LimitExceeded(self.name, self.message)


def _shortened(words: str) -> str:
    return words if len(words) <= _SENTENCE else f"{words[: _SENTENCE // 2]} … {words[-_SENTENCE // 2 :]}"
