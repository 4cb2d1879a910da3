"""What a web page states of itself in its head: title, day of publication, publisher, address. Nothing is guessed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml.html import HtmlElement

from kg.model.dates import PartialDate

# Open Graph (ogp.me), schema.org, Dublin Core, Google Scholar, in the order in which they are believed.
_TITLES: Final = ("og:title", "dcterms.title", "dc.title", "citation_title")
_DAYS: Final = (
    "article:published_time", "datepublished", "dcterms.issued", "dc.date.issued", "citation_publication_date",
    "pubdate",
)  # fmt: skip
_PUBLISHERS: Final = ("og:site_name", "dcterms.publisher", "dc.publisher", "publisher")
_ARTICLES: Final = ("Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "Report", "WebPage")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """None for what the page does not state."""

    title: str | None
    published: str | None
    publisher: str | None
    url: str | None


def page_facts(tree: HtmlElement) -> PageFacts:
    """Reads the head, the linked data and the micro data of a page."""
    metas = _metas(tree)
    article = next((thing for thing in _linked_data(tree) if thing.get("@type") in _ARTICLES), {})
    house = article.get("publisher")
    named = house.get("name") if isinstance(house, dict) else None
    days = [*(metas.get(name) for name in _DAYS), article.get("datePublished")]
    return PageFacts(
        _words(*(metas.get(name) for name in _TITLES), article.get("headline"), tree.findtext(".//title")),
        next((day for said in days if (day := _day(said))), None),
        _words(*(metas.get(name) for name in _PUBLISHERS), named),
        next((url for said in _addresses(tree, metas) if (url := _address(said))), None),
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    """Contents of meta elements and of items with a property, by name; the first of a name counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta", "time", "span"):
        name = (
            element.get("property")
            or element.get("itemprop")
            or (element.get("name") if element.tag == "meta" else None)
        )
        content = element.get("content") or element.get("datetime")
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects of JSON-LD scripts, those of their graphs among them; a broken script is none."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            said = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for thing in said if isinstance(said, list) else [said]:
            if isinstance(thing, dict):
                graph = thing.get("@graph")
                yield from (
                    one for one in [thing, *(graph if isinstance(graph, list) else [])] if isinstance(one, dict)
                )


def _addresses(tree: HtmlElement, metas: dict[str, str]) -> Iterator[object]:
    yield from (link.get("href") for link in tree.iterfind(".//link[@rel='canonical']"))
    yield metas.get("og:url")


def _address(said: object) -> str | None:
    return said.strip() if isinstance(said, str) and said.strip().startswith(("http://", "https://")) else None


def _words(*said: object) -> str | None:
    return next((words for one in said if isinstance(one, str) and (words := " ".join(one.split()))), None)


def _day(said: object) -> str | None:
    """The date of an ISO date or time stamp as it stands; None for any other form, which would be a guess."""
    try:
        return str(PartialDate.parse(said.strip().split("T")[0].split(" ")[0])) if isinstance(said, str) else None
    except ValueError:
        return None
