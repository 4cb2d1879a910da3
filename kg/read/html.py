"""Web pages → their main text by trafilatura (Apache licence), without menus, side columns and comments.

Nothing is fetched: pages are parsed from the bytes given, with networks off, and trafilatura is only handed the tree.
What the page states of itself is read in `page_facts`, since trafilatura's own finder guesses dates.
"""

import codecs
import logging
import re
from typing import Any, Final

import trafilatura
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from kg.errors import UnreadableInput
from kg.read.decoding import decode
from kg.read.page_facts import page_facts
from kg.read.received import Received, checked, whole_characters

_CHARSET: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_EMPHASIS: Final = ("b", "strong", "i", "em", "u", "font", "mark", "big", "small")
_LINKS: Final = 0.8  # share of the words found that are links: above it the page is a menu
_ADVICE: Final = "save the page of the report itself, or its text as .txt"

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # it remarks on every page without text


def read(data: bytes) -> Received:
    """The main text, a line a paragraph, and what the page states of itself; raises UnreadableInput."""
    tree = _tree(_decoded(data))
    facts = page_facts(tree)
    links = {words for link in tree.iter("a") if (words := " ".join("".join(link.itertext()).split()))}
    etree.strip_tags(tree, *_EMPHASIS)  # else short pages come with a line end at every bold word
    found: Any = trafilatura.extract(tree, include_comments=False)
    text = whole_characters(found or "")
    lines = [words for line in text.splitlines() if (words := " ".join(line.strip("-|• ").split()))]
    linked = sum(len(line) for line in lines if line in links)
    if not lines or linked > _LINKS * sum(map(len, lines)):
        raise UnreadableInput(f"The page has no main text, only menus and links; {_ADVICE}.")
    return Received(checked(text, "page", _ADVICE), facts.title, facts.published, facts.publisher, facts.url)


def _tree(words: str) -> HtmlElement:
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(words.encode(), parser=parser)
    except (etree.LxmlError, ValueError, RecursionError) as fault:
        raise UnreadableInput(f"The page cannot be read as HTML; {_ADVICE}.") from fault


def _decoded(data: bytes) -> str:
    """The page in Unicode: UTF-8, UTF-16 or windows-1258 when it is that, else in the encoding that it declares."""
    try:
        return decode(data)
    except UnreadableInput:
        declared = _CHARSET.search(data[:4096])
        if declared is None:
            raise
        name = declared[1].decode("ascii", "replace")
        try:
            words = codecs.decode(data, name)
        except (LookupError, UnicodeDecodeError) as fault:
            raise UnreadableInput(f"The page says it is in '{name}', which it is not; save it as UTF-8.") from fault
        return words if isinstance(words, str) else decode(data)
