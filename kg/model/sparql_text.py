"""SPARQL read as tokens, and which keywords it uses: words in strings, comments, IRIs and names do not count."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""
      (?P<space>   \s+ | \#[^\r\n]* )
    | (?P<iri>     <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<variable>[?$]\w+ )
    | (?P<blank>   _:[\w.\-]+ )
    | (?P<language>@[A-Za-z][\w\-]* )
    | (?P<name>    :(?:[\w:%]|[.\-](?=[\w:%.\-\\])|\\.)* )
    | (?P<word>    [^\W\d]\w* )
    | (?P<other>   . )
    """,
    re.VERBOSE | re.DOTALL,
)
_FIRST = re.compile(r"[^\W\d_]")
_PREFIX = re.compile(r"[^\W\d_][\w.\-]*")
_LONG = {q: re.compile(rf"{q}{{3}}(?:[^{q}\\]|\\.|{q}(?!{q}{q}))*+{q}{{3}}", re.DOTALL) for q in "\"'"}
_SHORT = {q: re.compile(rf"{q}(?:[^{q}\\\r\n]|\\.)*+", re.DOTALL) for q in "\"'"}

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
    r"""The text with escapes such as \u0111 read, as the grammar does before anything else (SPARQL 1.1 §19.2)."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else match[0]

    return _ESCAPE.sub(character, text)


def scan(text: str) -> Iterator[Token]:
    """All tokens of a query or an update as it is written, blanks and comments too: joined they are the text."""
    strings, names = _Strings(text), _Names(text)
    at = 0
    while at < len(text):
        if end := strings.end_at(at):
            token = Token("string", text[at:end], at)
        elif end := names.end_at(at):
            token = Token("name", text[at:end], at)
        elif match := _TOKEN.match(text, at):
            token = Token(match.lastgroup or "other", match[0], at)
        yield token
        at += len(token.text)


@dataclass(slots=True)
class _Strings:
    """Where strings end. What was once found unclosed is not looked through again, so that reading stays linear.

    If a quote opens nothing, then a later one before the same line end (for three quotes: the end of the text) opens
    nothing either: it stood escaped in what the first looked through, and escapes are counted alike from there on.
    """

    text: str
    unclosed: dict[str, int] = field(default_factory=dict)

    def end_at(self, at: int) -> int | None:
        """The place behind a string that begins here."""
        quote = self.text[at]
        if quote not in _SHORT:
            return None
        three = quote * 3
        if three not in self.unclosed and self.text.startswith(three, at):
            if long := _LONG[quote].match(self.text, at):
                return long.end()
            self.unclosed[three] = len(self.text)
        if at < self.unclosed.get(quote, 0):
            return None
        body = _SHORT[quote].match(self.text, at)
        end = body.end() if body else at
        if self.text.startswith(quote, end):
            return end + 1
        self.unclosed[quote] = end
        return None


@dataclass(slots=True)
class _Names:
    """Where names with a prefix end; a run of letters, dots and hyphens is looked through once."""

    text: str
    run_end: int = 0

    def end_at(self, at: int) -> int | None:
        """The place behind a prefixed name that begins here."""
        if not _FIRST.match(self.text, at):
            return None
        if at >= self.run_end and (run := _PREFIX.match(self.text, at)):
            self.run_end = run.end()
        if (
            at < self.run_end
            and self.text.startswith(":", self.run_end)
            and (local := _TOKEN.match(self.text, self.run_end))
        ):
            return local.end()
        return None


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


def could_use(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words (in capitals) may be a keyword of the text; at a glance, and sure where it is not."""
    loud = text.upper()
    return "\\U" in loud or any(word in loud for word in words)


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
