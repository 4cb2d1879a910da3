"""Evidence: the sentence of the source that says a fact."""

import re

from pyoxigraph import NamedNode

from kg.model import fold
from kg.model.spans import Span
from kg.namespaces import iri
from kg.propose.draft import Draft, integer, text

QUOTE_LIMIT = 320
"""Longest quote in code points that a sentence is kept whole for; the policy is short quotes."""

_SENTENCE_END = re.compile(r"[.!?…]+[”\"’)\]]*(?=\s+(\w))|\n")


def supporting(
    draft: Draft, span: Span, rule: str, confidence: str, *facts: NamedNode, exact: bool = False
) -> NamedNode:
    """States that the words around a span support these facts; returns the evidence node.

    The quote is the sentence, or its clause when the sentence is long; with `exact`, or of a table, the span itself.
    """
    where = span if exact or draft.cells else sentence_around(draft.document.text, span)
    slug = f"{draft.document.digest[:12]}-{where.start}-{where.end}-{fold.slug(rule)}"
    node = iri(f"evidence:{slug}")
    quote = where.of(draft.document.text)
    if not draft.known(node):
        draft.node(node, ("bm:Evidence",), " ".join(quote.split())[:80])
        draft.add(node, "bm:source", draft.source)
        draft.add(node, "bm:start", integer(where.start))
        draft.add(node, "bm:end", integer(where.end))
        draft.add(node, "bm:quote", text(quote))
        draft.add(node, "bm:rule", text(rule))
        draft.add(node, "bm:confidence", iri(f"confidence:{confidence}"))
    for fact in facts:
        draft.add(node, "bm:supports", fact)
    return node


def sentence_around(words: str, span: Span) -> Span:
    """The sentence that holds the span; of a long one the part between semicolons, else a window at word bounds."""
    start, end = _bounds(words, span, _SENTENCE_END, 2000)
    if end - start > QUOTE_LIMIT:
        start, end = _bounds(words, span, re.compile(r";|\n"), 2000, within=(start, end))
    if end - start > max(QUOTE_LIMIT, span.end - span.start):
        spare = max(0, QUOTE_LIMIT - (span.end - span.start)) // 2
        start = _to_space(words, max(start, span.start - spare), span.start)
        end = _from_space(words, span.end, min(end, span.end + spare))
    while start < span.start and words[start].isspace():
        start += 1
    while end > span.end and words[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _bounds(
    words: str, span: Span, separator: re.Pattern[str], reach: int, within: tuple[int, int] | None = None
) -> tuple[int, int]:
    low, high = within or (max(0, span.start - reach), min(len(words), span.end + reach))
    start, end = low, high
    for match in separator.finditer(words, low, high):
        if match.lastindex and not match[1].isupper():  # "T.Ư. và": an abbreviation, as the word after begins small
            continue
        if match.end() <= span.start:
            start = match.end()
        elif match.start() >= span.end:
            end = match.end()
            break
    return start, end


def _to_space(words: str, start: int, limit: int) -> int:
    if start == 0 or words[start - 1].isspace():
        return start
    found = re.compile(r"\s").search(words, start, limit)
    return found.end() if found else limit


def _from_space(words: str, limit: int, end: int) -> int:
    if end == len(words) or words[end].isspace():
        return end
    cut = max(words.rfind(" ", limit, end), words.rfind("\n", limit, end))
    return cut if cut >= limit else limit
