"""What a client wants: media type by Accept (RFC 9110 §12.5.1), by extension or by name; language."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from flask import g, request
from werkzeug.datastructures import LanguageAccept, MIMEAccept
from werkzeug.exceptions import NotAcceptable
from werkzeug.http import parse_accept_header

LANGUAGES: Final = ("vi", "en")
_EXACT: Final = 2


@dataclass(frozen=True, slots=True)
class Offer:
    """One form in which something is given: short name, title, media type, file extension; other media types in use,
    and other short names by which clients ask for it.
    """

    key: str
    title: str
    media_type: str
    extension: str
    also: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The header, with the charset where text needs it said."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


HTML: Final = Offer("html", "HTML", "text/html", ".html", ("application/xhtml+xml",))
TURTLE: Final = Offer("ttl", "Turtle", "text/turtle", ".ttl", ("application/x-turtle",), ("turtle", "n3"))
JSONLD: Final = Offer("jsonld", "JSON-LD", "application/ld+json", ".jsonld", ("application/json",), ("json-ld", "json"))
NTRIPLES: Final = Offer("nt", "N-Triples", "application/n-triples", ".nt", ("text/plain",), ("ntriples", "n-triples"))
RDFXML: Final = Offer(
    "rdf", "RDF/XML", "application/rdf+xml", ".rdf", ("application/xml", "text/xml"), ("rdf+xml", "rdfxml", "xml")
)
JSON: Final = Offer("json", "JSON", "application/json", ".json")
CSV: Final = Offer("csv", "CSV", "text/csv", ".csv")
NQUADS: Final = Offer("nq", "N-Quads", "application/n-quads", ".nq")
TRIG: Final = Offer("trig", "TriG", "application/trig", ".trig")
RESULTS_JSON: Final = Offer("json", "JSON", "application/sparql-results+json", ".srj", ("application/json",))
RESULTS_XML: Final = Offer("xml", "XML", "application/sparql-results+xml", ".srx", ("application/xml", "text/xml"))
RESULTS_TSV: Final = Offer("tsv", "TSV", "text/tab-separated-values", ".tsv")

RESULTS: Final = (RESULTS_JSON, RESULTS_XML, CSV, RESULTS_TSV)
GRAPHS: Final = (TURTLE, NTRIPLES, JSONLD, RDFXML)
ANY_GRAPHS: Final = (*GRAPHS, NQUADS, TRIG)


def choose(offers: Sequence[Offer], *, named: str | None = None) -> Offer:
    """The offer that the client likes best; earlier offers win ties, and the first is given where nothing is asked.

    `named` is a short name or media type that overrides Accept. Raises NotAcceptable (406) when none fits.
    """
    if named:
        if (offer := by_name(offers, named)) is not None:
            return offer
        raise NotAcceptable(", ".join(offer.media_type for offer in offers))
    if "Accept" not in request.headers:
        return offers[0]
    best = max(offers, key=liking)
    if liking(best) <= 0:
        raise NotAcceptable(", ".join(offer.media_type for offer in offers))
    return best


def by_name(offers: Sequence[Offer], named: str) -> Offer | None:
    """The offer of this short name or media type; its own name counts before the names that clients have for it."""
    own = (o for o in offers if named in (o.key, o.media_type, o.extension.removeprefix(".")))
    others = (o for o in offers if named in (*o.also, *o.names))
    return next(own, None) or next(others, None)


def liking(offer: Offer) -> float:
    """The quality that Accept gives an offer, under any of its names; 0 for one that is not wanted."""
    if "Accept" not in request.headers:
        return 1.0
    if _wish(offer.media_type) == (_EXACT, 0.0):
        return 0.0  # refused by its own name, whatever is said of the others
    return max(quality(name) for name in (offer.media_type, *offer.also))


def quality(media_type: str) -> float:
    """The quality that Accept gives a media type: that of the most specific range over it, 0 where there is none.

    Parameters of a range (a charset, a profile) are no ground to refuse: what is given says its own.
    """
    return _wish(media_type)[1]


def _wish(media_type: str) -> tuple[int, float]:
    """How exactly a media type is named in Accept (-1 not at all, 0 by `*/*`, 1 by its group, 2), and its quality."""
    return _wish_in(request.headers.get("Accept", ""), media_type)


@lru_cache(512)
def _wish_in(accept: str, media_type: str) -> tuple[int, float]:
    best = (-1, 0.0)
    group = media_type.partition("/")[0]
    for said, value in parse_accept_header(accept, MIMEAccept):
        wanted = said.partition(";")[0].strip().lower()
        if wanted in (media_type, f"{group}/*", "*/*"):
            best = max(best, (("*/*", f"{group}/*", media_type).index(wanted), float(value)))
    return best


def preferred(offers: Sequence[Offer]) -> Offer | None:
    """The offer that the client likes best, or None where it wants none of them."""
    best = max(offers, key=liking)
    return best if liking(best) > 0 else None


def wants_page() -> bool:
    """Whether this is a browser: it asks for HTML more than for anything that a program reads."""
    program = max(quality(name) for name in ("application/problem+json", "application/json"))
    return quality("text/html") > program


def language() -> str:
    """The language of this response: `?lang=`, the cookie, Accept-Language; else vi for pages, en for programs."""
    if "language" not in g:
        g.language = _language()
    chosen: str = g.language
    return chosen


def _language() -> str:
    for said in (request.args.get("lang"), request.cookies.get("lang")):
        if said in LANGUAGES:
            return str(said)
    default = "vi" if wants_page() else "en"
    named = LanguageAccept([(tag, weight) for tag, weight in request.accept_languages if tag != "*"])
    return named.best_match(LANGUAGES, default) or default


def split_extension(name: str, offers: Sequence[Offer]) -> tuple[str, Offer | None]:
    """A slug and the offer that its extension names; the whole name and None where it has no known one."""
    for offer in offers:
        if name.endswith(offer.extension) and len(name) > len(offer.extension):
            return name.removesuffix(offer.extension), offer
    return name, None
