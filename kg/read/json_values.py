"""JSON (RFC 8259) with the place of each value in the text."""

import re
from dataclasses import dataclass
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]  # public by its docstring, absent from the types
from typing import Final, TypeAlias

from kg.errors import UnreadableInput
from kg.model.spans import Span

_BLANKS: Final = re.compile(r"[ \t\r\n]*")
_ATOM: Final = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null")
_HALVED: Final = re.compile("[\ud800-\udfff]")
_DEEPEST: Final = 200


@dataclass(frozen=True, slots=True)
class Text:
    """A string: its value, and the span of its letters as they stand between the quotes; None for an empty one."""

    value: str
    span: Span | None


Value: TypeAlias = "Text | str | list[Value] | dict[str, Value]"
"""Strings with their place; numbers, true, false and null as the words that stand there; lists; objects by name."""


def read_json(text: str) -> Value:
    """The value that a whole text is; raises UnreadableInput with line and column."""
    try:
        start = _skip(text, 1 if text.startswith("\ufeff") else 0)
        value, end = _value(text, start, 0)
        if _skip(text, end) != len(text):
            raise JSONDecodeError("more than one value", text, end)
    except JSONDecodeError as fault:
        raise UnreadableInput(
            f"This is no JSON: {fault.msg} at line {fault.lineno}, column {fault.colno}; mend it."
        ) from fault
    return value


def _skip(text: str, at: int) -> int:
    match = _BLANKS.match(text, at)
    return match.end() if match else at


def _value(text: str, at: int, depth: int) -> tuple[Value, int]:
    if depth > _DEEPEST:
        raise JSONDecodeError(f"more than {_DEEPEST} values within each other", text, at)
    mark = text[at : at + 1]
    if mark == '"':
        value, end = scanstring(text, at + 1, True)
        if _HALVED.search(value):
            raise JSONDecodeError("half a character (a lone surrogate)", text, at)
        return Text(value, Span(at + 1, end - 1) if end - 1 > at + 1 else None), end
    if mark == "{":
        return _object(text, at, depth)
    if mark == "[":
        return _list(text, at, depth)
    atom = _ATOM.match(text, at)
    if atom is None:
        raise JSONDecodeError("a value is missing", text, at)
    return atom[0], atom.end()


def _object(text: str, at: int, depth: int) -> tuple[Value, int]:
    found: dict[str, Value] = {}
    at = _skip(text, at + 1)
    while text[at : at + 1] != "}":
        if text[at : at + 1] != '"':
            raise JSONDecodeError("a name in quotes is missing", text, at)
        name, at = scanstring(text, at + 1, True)
        at = _skip(text, at)
        if text[at : at + 1] != ":":
            raise JSONDecodeError("a colon is missing", text, at)
        found[name], at = _value(text, _skip(text, at + 1), depth + 1)
        at = _next(text, at, "}")
    return found, at + 1


def _list(text: str, at: int, depth: int) -> tuple[Value, int]:
    found: list[Value] = []
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]":
        value, at = _value(text, at, depth + 1)
        found.append(value)
        at = _next(text, at, "]")
    return found, at + 1


def _next(text: str, at: int, close: str) -> int:
    """The place of the next member, or of the closing mark."""
    at = _skip(text, at)
    if text[at : at + 1] == close:
        return at
    if text[at : at + 1] != ",":
        raise JSONDecodeError(f"a comma or '{close}' is missing", text, at)
    following = _skip(text, at + 1)
    if text[following : following + 1] == close:
        raise JSONDecodeError("a comma stands before the end", text, at)
    return following
