"""SPARQL read as tokens, and which keywords it uses: words in strings, comments, IRIs and names do not count."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""
      (?P<space>   \s+ | \#[^\r\n]* )
    | (?P<iri>     <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<string>  \"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
                 | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*' )
    | (?P<variable>[?$]\w+ )
    | (?P<blank>   _:[\w.\-]+ )
    | (?P<language>@[A-Za-z][\w\-]* )
    | (?P<name>    (?:[^\W\d_][\w.\-]*)?:(?:[\w:%]|[.\-](?=[\w:%.\-\\])|\\.)* )
    | (?P<word>    [^\W\d]\w* )
    | (?P<other>   . )
    """,
    re.VERBOSE | re.DOTALL,
)

_BEFORE_GRAPH_NAME = ("GRAPH", "FROM", "NAMED", "DESCRIBE")


@dataclass(frozen=True, slots=True)
class Token:
    """One token: `kind` is space (with comments), iri, string, variable, blank, language, name, word or other.

    `start` is its place in the text that was read (of `tokens`: the text as `unescaped` gives it).
    """

    kind: str
    text: str
    start: int = 0


def unescaped(text: str) -> str:
    r"""The text with \uXXXX and \UXXXXXXXX read, as the grammar does before anything else (SPARQL 1.1 §19.2)."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code <= 0x10FFFF else match[0]

    return _ESCAPE.sub(character, text)


def scan(text: str) -> Iterator[Token]:
    """All tokens of a query or an update as it is written, blanks and comments too: joined they are the text."""
    for match in _TOKEN.finditer(text):
        yield Token(match.lastgroup or "other", match[0], match.start())


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query or an update, without blanks and comments.

    `<` may open an IRI or mean "less than". Where what looks like an IRI holds a closing parenthesis, an expression
    may end there, so the rest is given as tokens too: a keyword can be seen twice over, but never hidden.
    """
    for token in scan(unescaped(text)):
        if token.kind == "space":
            continue
        yield token
        if token.kind == "iri" and ")" in token.text:
            yield from tokens(token.text.partition(")")[2])


def forbidden_keyword(text: str, keywords: set[str]) -> str | None:
    """The first of the keywords (SERVICE, LOAD…, in capitals) that the text uses as a keyword, or None.

    The engine's parser wants no blank after a keyword: `SERVICE:x {` is SERVICE with the name `:x`, and `trueSERVICE`
    is two tokens. So a name with such a prefix counts where no name can stand (before `{`, or opening an operation).
    """
    seen = [*tokens(text), Token("other", "")]
    depth = 0
    for at, token in enumerate(seen):
        if token.kind == "word":
            for keyword in keywords:
                if token.text.upper().endswith(keyword):
                    return keyword
        elif token.kind == "name":
            prefix = token.text.partition(":")[0].upper()
            for keyword in keywords:
                opens_group = seen[at + 1].text == "{" and seen[at - 1].text.upper() not in _BEFORE_GRAPH_NAME
                opens_operation = depth == 0 and (at == 0 or seen[at - 1].kind != "word")
                if prefix.endswith(keyword) and (opens_group or opens_operation):
                    return keyword
        elif token.text in ("{", "}"):
            depth += 1 if token.text == "{" else -1
    return None


def keywords_of(text: str) -> set[str]:
    """Every word of the text that stands as a keyword or function name, in capitals."""
    return {token.text.upper() for token in tokens(text) if token.kind == "word"}
