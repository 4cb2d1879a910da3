"""Days between which something began, ended or happened: of two nodes that are one, what both spans have in common."""

from pyoxigraph import Literal, NamedNode

from kg.curate.rules import Bounds
from kg.curate.work import Work, quad, values
from kg.model.graph import Term

_Span = tuple[Term | None, Term | None]


def join_spans(work: Work) -> None:
    """Keeps the later of two earliest days and the earlier of two latest ones; an obstacle where none is in both."""
    for bounds in work.rules.bounds:
        kept, gone = _span(work, work.kept, bounds), _span(work, work.gone, bounds)
        common = _common(kept, gone)
        if common[0] is not None and common[1] is not None and common[0].value > common[1].value:
            work.hinder("bounds", bounds.earliest, (_shown(kept),), (_shown(gone),))
            continue
        if gone not in ((None, None), kept) and kept != (None, None):
            work.note("narrower", bounds.earliest, (_shown(kept),), (_shown(gone),))
        _state(work, bounds, common)


def _span(work: Work, node: NamedNode, bounds: Bounds) -> _Span:
    first, last = (next(values(work.reader, node, prop), None) for prop in (bounds.earliest, bounds.latest))
    if bounds.exact == bounds.earliest and last is None:
        last = first
    if bounds.exact == bounds.latest and first is None:
        first = last
    return first, last


def _common(one: _Span, other: _Span) -> _Span:
    """Days are compared as written: xsd:date of four-digit years sorts as its text does."""
    firsts, lasts = ([day for day in pair if day is not None] for pair in zip(one, other, strict=True))
    return (
        max(firsts, key=lambda day: day.value, default=None),
        min(lasts, key=lambda day: day.value, default=None),
    )


def _state(work: Work, bounds: Bounds, common: _Span) -> None:
    stated = {bounds.earliest: common[0], bounds.latest: common[1]}
    if bounds.exact is not None and common[0] == common[1]:
        stated = {bounds.exact: common[0]}
    for prop in (bounds.earliest, bounds.latest):
        work.settle(prop)
        work.remove.update(work.reader.quads(work.kept, prop))
    work.add.update(quad(work.kept, prop, day) for prop, day in stated.items() if day is not None)


def _shown(span: _Span) -> Literal:
    first, last = (day.value if day is not None else "…" for day in span)
    return Literal(first if first == last else f"{first} – {last}")
