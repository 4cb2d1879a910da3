"""What can go wrong, as types. Each carries the offending value and says in one sentence what to do."""

from dataclasses import dataclass


class BomayError(Exception):
    """The root of every error that a user may see; `str(error)` is one clear sentence."""

    exit_status = 2

    def __str__(self) -> str:
        return " ".join(super().__str__().splitlines())  # what it quotes may hold line ends


class UnreadableInput(BomayError):
    """A file, stream or document that cannot be read as what it was given for."""


class FolderError(BomayError):
    """A data folder that is missing, owned by another process, of another version, or out of space."""


class QueryRefused(BomayError):
    """A query that asks for what is not allowed (SERVICE, LOAD, an unknown parameter)."""


class NotFound(BomayError):
    """A name that nothing here answers to."""


class Unauthorised(BomayError):
    """No token, or one that is not known."""


class Forbidden(BomayError):
    """A token whose role is too low for what was asked."""


@dataclass(eq=False)
class SyntaxFault(BomayError):
    """Broken RDF or SPARQL, with the place where reading stopped (both from 1)."""

    language: str
    message: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        where = f" at line {self.line}, column {self.column}" if self.line is not None else ""
        return f"The {self.language} cannot be read{where}: {self.message}"


@dataclass(eq=False)
class LimitExceeded(BomayError):
    """A query over one of its limits (`limit` is time, memory, result-bytes or concurrency), or ended before its time
    (ended: by an admin; gone: its asker has left).
    """

    limit: str
    message: str

    def __str__(self) -> str:
        return self.message
