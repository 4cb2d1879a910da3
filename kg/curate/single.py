"""Properties with one value of which the two nodes have two: which of them stands, or that nobody can tell."""

from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.curate.work import LABEL, Work, has, nodes, quad, subjects, values
from kg.model.fold import key
from kg.model.graph import Term
from kg.model.naming import KEY, NAMED, NAMES
from kg.namespaces import BASE, iri

_OTHER_NAME: Final = iri("skos:altLabel")
_SYMBOL: Final = iri("bm:symbol")
_TEXT: Final = frozenset(map(iri, ("bm:textDigest", "bm:textLength")))
_DAY: Final = iri("bm:day")
_ABOUT, _PROPERTY, _VALUE = (iri(f"bm:{name}") for name in ("about", "property", "value"))
_BROADER: Final = iri("skos:broader")
_CODES: Final = f"{BASE}code/"
_SAYS_NOTHING: Final = ("Other", "unknown")
"""Codes for what has none, which give way to any other of their scheme."""


def join_names(work: Work) -> None:
    """Every name of the duplicate that the node kept does not bear becomes another name of it."""
    borne = {value.value for prop in NAMES for value in values(work.reader, work.kept, prop)}
    for prop in NAMES:
        kept, gone = work.both(prop)
        if prop == LABEL:
            work.told |= set(work.reader.quads(work.gone, prop))
        elif prop in work.rules.single and (not kept or not gone or not _gives_way(work, prop, kept, gone)):
            continue
        else:
            work.settle(prop)
        new = [name for name in gone if isinstance(name, Literal) and name.value not in borne]
        if prop in work.disputed or not new or (prop == LABEL and work.kind not in NAMED):
            continue
        work.note("name", prop, kept, tuple(new))
        work.add |= {quad(work.kept, _OTHER_NAME, Literal(name.value, language=name.language or "vi")) for name in new}
        borne |= {name.value for name in new}


def _gives_way(work: Work, prop: NamedNode, kept: tuple[Term, ...], gone: tuple[Term, ...]) -> bool:
    """Whether a name that a thing has once gives way to that of the node kept; of a paper's symbol only a spelling."""
    alike = {key(name.value) for name in kept} == {key(name.value) for name in gone}
    if not alike and _is_claimed(work, prop, kept, gone):
        _dispute(work, prop, kept, gone)
    return alike or prop != _SYMBOL


def join_single_values(work: Work) -> None:
    """Of two codes the one that says more stands, with what it says itself; of claimed values that of the node kept.

    All else is an obstacle: nobody can tell from the graph which of the two is right.
    """
    bounds = {day for pair in work.rules.bounds for day in (pair.earliest, pair.latest)}
    rest = work.rules.single - bounds - {KEY} - (set(NAMES) - {_SYMBOL})
    differing = {}
    for prop in sorted(rest, key=str):
        kept, gone = work.both(prop)
        named_alike = prop == _SYMBOL and {key(v.value) for v in kept} == {key(v.value) for v in gone}
        if kept and gone and kept != gone and not named_alike:
            differing[prop] = (kept[0], gone[0])
    weaker = {loser for pair in differing.values() if (loser := _weaker(work, *pair)) is not None}
    told: set[NamedNode] = set()
    for prop, (kept_value, gone_value) in differing.items():
        loser = _weaker(work, kept_value, gone_value) or _following(work, prop, (kept_value, gone_value), weaker)
        if loser is not None:
            work.note("finer", prop, (kept_value,), (gone_value,))
            _let_stand(work, prop, gone_value if loser == kept_value else kept_value)
        elif _is_claimed(work, prop, (kept_value,), (gone_value,)):
            _dispute(work, prop, (kept_value,), (gone_value,))
            work.settle(prop)
        elif prop in _TEXT:
            told.add(prop)
        else:
            work.hinder("values", prop, (kept_value,), (gone_value,))
    if told:
        work.hinder("text", min(told, key=str), (), ())


def compare_days(work: Work) -> None:
    """An obstacle where two things that happen on days they name, as meetings do, have none in common."""
    kept, gone = work.both(_DAY)
    if _DAY not in work.rules.single and kept and gone and not set(kept) & set(gone):
        work.hinder("days", _DAY, kept, gone)


def _let_stand(work: Work, prop: NamedNode, value: Term) -> None:
    work.settle(prop)
    work.remove |= set(work.reader.quads(work.kept, prop))
    work.add.add(quad(work.kept, prop, value))


def _weaker(work: Work, one: Term, other: Term) -> Term | None:
    """The one of two codes of a scheme that says less: a broader one, or the one for what has none."""
    if not isinstance(one, NamedNode) or not isinstance(other, NamedNode):
        return None
    schemes = {_scheme(each) for each in (one, other)}
    if len(schemes) > 1 or None in schemes:
        return None
    for less, more in ((one, other), (other, one)):
        if less.value.rpartition("/")[2] in _SAYS_NOTHING or less in _broader(work, more):
            return less
    return None


def _scheme(code: NamedNode) -> str | None:
    return code.value.rpartition("/")[0] if code.value.startswith(_CODES) else None


def _broader(work: Work, code: NamedNode) -> set[NamedNode]:
    found: set[NamedNode] = set()
    level = [code]
    while level:
        level = [wide for each in level for wide in nodes(work.reader, each, _BROADER) if wide not in found]
        found |= set(level)
    return found


def _following(work: Work, prop: NamedNode, pair: tuple[Term, Term], weaker: set[Term]) -> Term | None:
    """The value that only a code which gave way brought with it, as organkind:Other brings ladder:Other."""
    brought = {value for code in weaker if isinstance(code, NamedNode) for value in values(work.reader, code, prop)}
    return next((value for value in pair if value in brought), None)


def _dispute(work: Work, prop: NamedNode, kept: tuple[Term, ...], gone: tuple[Term, ...]) -> None:
    work.disputed.add(prop)
    work.note("disputed", prop, kept, gone)


def _is_claimed(work: Work, prop: NamedNode, kept: tuple[Term, ...], gone: tuple[Term, ...]) -> bool:
    return all(
        any(
            has(work.reader, quad(claim, _PROPERTY, prop)) and has(work.reader, quad(claim, _VALUE, value))
            for claim in subjects(work.reader, _ABOUT, node)
        )
        for node, said in ((work.kept, kept), (work.gone, gone))
        for value in said
    )
