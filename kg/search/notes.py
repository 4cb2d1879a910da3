"""Small print beside a name, so that a person can tell namesakes apart."""

from typing import Final

from pyoxigraph import NamedNode

from kg.model.fold import key
from kg.namespaces import iri
from kg.search.facts import Facts
from kg.search.scope import JURISDICTION, MEMBER, PLACE, POST, POST_IN, VALID_FROM, VALID_TO, WITHIN

_SHOWN_POSTS: Final = 2
_SEPARATOR: Final = " · "
_SEEN: Final = tuple(map(iri, ("bm:attestedOn", "bm:startEarliest", "bm:endLatest")))


def note_of(facts: Facts, node: NamedNode, kind: str) -> str:
    """What there is to say of a thing, perhaps nothing.

    A place tells its higher units and its period [from, to); a body its place; a post its body; a person the last posts
    in which the graph has seen him or her; a meeting its day and place; a directive its day and title.
    """
    match kind:
        case "person":
            return _last_posts(facts, node)
        case "place":
            return _joined(", ".join(filter(None, map(facts.label, _chain(facts, node)))), _period(facts, node))
        case "organ" | "post":
            parent = _label_of(facts, node, JURISDICTION if kind == "organ" else POST_IN)
            is_named = key(parent) in key(facts.label(node))
            return _joined("" if is_named else parent, _period(facts, node) if kind == "organ" else "")
        case "meeting":
            return _joined(facts.word(node, iri("bm:day")), _label_of(facts, node, PLACE))
        case "directive":
            return _joined(facts.word(node, iri("bm:issuedOn")), facts.word(node, iri("dcterms:title")))
    return ""


def _chain(facts: Facts, place: NamedNode) -> list[NamedNode]:
    """The units above a place, nearest first, without the country that all are in."""
    above: list[NamedNode] = []
    parents = facts.nodes(place, WITHIN)
    while parents and parents[0] not in above and (higher := facts.nodes(parents[0], WITHIN)):
        above.append(parents[0])
        parents = higher
    return above


def _last_posts(facts: Facts, person: NamedNode) -> str:
    seen: dict[str, str] = {}
    for tenure in facts.pointing(person, MEMBER):
        last = max(facts.words(tenure, *_SEEN), default="")
        for label in filter(None, map(facts.label, facts.nodes(tenure, POST))):
            seen[label] = max(seen.get(label, ""), last)
    return "; ".join(sorted(seen, key=lambda label: (seen[label], label), reverse=True)[:_SHOWN_POSTS])


def _label_of(facts: Facts, node: NamedNode, prop: NamedNode) -> str:
    return next(filter(None, map(facts.label, facts.nodes(node, prop))), "")


def _period(facts: Facts, node: NamedNode) -> str:
    start, end = facts.word(node, VALID_FROM), facts.word(node, VALID_TO)
    return f"{start}–{end}" if start or end else ""


def _joined(*parts: str) -> str:
    return _SEPARATOR.join(filter(None, parts))
