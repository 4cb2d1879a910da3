"""A merge that is foreseen, told for programs and for people."""

from collections.abc import Iterable
from typing import Any

from pyoxigraph import NamedNode

from kg.curate import Effect, Foreseen, Obstacle
from kg.history import difference
from kg.model.graph import Reader, Term
from kg.namespaces import curie
from server import asking
from server.changes.reading import link_to
from server.merging.views import MergeView
from server.negotiate import language
from server.wording import say


def told(foreseen: Foreseen) -> dict[str, Any]:
    """Plain values, by their names; IRIs in full."""
    obstacles = zip(foreseen.obstacles, foreseen.sentences(), strict=True)
    return {
        "kept": foreseen.kept.value,
        "gone": foreseen.gone.value,
        "kind": foreseen.kind.value,
        "added": len(foreseen.change.add),
        "removed": len(foreseen.change.remove),
        "moved": [{"property": prop.value, "facts": number} for prop, number in _counted(foreseen)],
        "effects": [_plain(effect) for effect in foreseen.effects],
        "obstacles": [{**_plain(obstacle), "detail": sentence} for obstacle, sentence in obstacles],
    }


def view(reader: Reader, foreseen: Foreseen) -> MergeView:
    """The same in the words of this response, with names."""
    spoken = language()
    known = asking.tongue()
    change = foreseen.change
    parts = difference(
        reader,
        (quad for quad in change.add if quad.subject == foreseen.kept),
        (quad for quad in change.remove if quad.subject == foreseen.kept),
        spoken,
    )
    return MergeView(
        kind=known.terms.get(foreseen.kind.value, curie(foreseen.kind)),
        moved=tuple((known.property(prop), number) for prop, number in _counted(foreseen)),
        effects=tuple(dict.fromkeys(_sentence(reader, "effect", each) for each in foreseen.effects)),
        obstacles=tuple(_sentence(reader, "obstacle", each) for each in foreseen.obstacles),
        parts=tuple(parts),
    )


def _counted(foreseen: Foreseen) -> list[tuple[NamedNode, int]]:
    return sorted(foreseen.moved.items(), key=lambda item: item[0].value)


def _plain(said: Effect | Obstacle) -> dict[str, Any]:
    return {
        "code": said.code,
        "property": said.property.value if said.property else None,
        "kept": [term.value for term in said.kept],
        "gone": [term.value for term in said.gone],
    }


def _sentence(reader: Reader, what: str, said: Effect | Obstacle) -> str:
    prop = asking.tongue().property(said.property) if said.property else ""
    words = {"property": prop, "kept": _names(reader, said.kept), "gone": _names(reader, said.gone)}
    return say(language(), f"merge.{what}.{said.code}", **words)


def _names(reader: Reader, terms: Iterable[Term]) -> str:
    return ", ".join(
        link_to(reader, term, language()).text if isinstance(term, NamedNode) else term.value for term in terms
    )
