"""A text marked up with what was read in it: the words on one side, the rule of each mention on the other."""

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from kg.model.documents import Document
from kg.model.extraction import Extraction, Mention, Position
from kg.model.spans import Span

_COLOURS = {
    "person": "bold red",
    "post": "blue",
    "organ": "green",
    "place": "cyan",
    "directive": "magenta",
    "meeting": "yellow",
    "site": "yellow",
    "date": "bright_black",
    "task": "underline",
}


def explain(console: Console, document: Document, said: Extraction) -> None:
    """Prints the text by its lines, each mention coloured and numbered, and beside them kind, rule and confidence.

    Below a line that names people stands what they hold, as the reader made it out. Without colours (a file, a pipe)
    the numbers in the text still lead to the rules.
    """
    console.print(f"[bold]{escape(said.id)}[/]  {_legend()}")
    numbered = dict(enumerate(said.mentions, 1))
    for line in _lines(document.text):
        inside = {n: m for n, m in numbered.items() if line.start <= m.span.start < line.end}
        held = [(person.name, post) for person in said.persons for post in person.positions if _is_in(post, line)]
        notes = Text("\n").join([*(_note(n, m) for n, m in inside.items()), *(_holding(*one) for one in held)])
        table = Table.grid(padding=(0, 2), expand=True)
        table.add_column(ratio=3)
        table.add_column(ratio=2)
        table.add_row(_marked(document.text, line, inside), notes)
        console.print(table)
    console.print()


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield Span(start, start + len(line))
        start += len(line)


def _is_in(post: Position, line: Span) -> bool:
    return any(line.start <= span.start < line.end for span in post.spans)


def _marked(text: str, line: Span, mentions: dict[int, Mention]) -> Text:
    """The words of a line; of mentions within one another the inner one colours its words."""
    out = Text(text[line.start : line.end].rstrip("\r\n"))
    for mention in sorted(mentions.values(), key=lambda m: m.span.start - m.span.end):
        out.stylize(_COLOURS[mention.kind], mention.span.start - line.start, mention.span.end - line.start)
    ends = sorted(((m.span.end - line.start, n) for n, m in mentions.items()), reverse=True)
    for end, number in ends:
        before, after = out[: min(end, len(out))], out[min(end, len(out)) :]
        out = before + Text(f"[{number}]", style="dim") + after
    return out


def _note(number: int, mention: Mention) -> Text:
    words = (f"[{number}] ", (mention.kind, _COLOURS[mention.kind]), f"  {mention.rule}, {mention.confidence}")
    return Text.assemble(*words)


def _holding(name: str, post: Position) -> Text:
    held = ", ".join(filter(None, (post.title, post.organ)))
    days = "–".join((post.start or "", post.end or "")).strip("–")
    more = ", ".join(filter(None, (post.status, days, post.term, post.rule, post.confidence)))
    completed = " (body from its surroundings)" if post.organ_completed else ""
    return Text.assemble("→ ", (name, "bold"), f": {held}{completed}; {more}")


def _legend() -> str:
    return " ".join(f"[{colour}]{kind}[/]" for kind, colour in _COLOURS.items())
