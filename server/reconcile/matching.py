"""From a batch of queries to candidates: the search index proposes, at most two questions a property compare."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from kg.model.graph import Term
from kg.model.sparql_bind import restrict
from kg.namespaces import iri
from kg.search import Entity, Index, closeness
from server.asking import rows
from server.reconcile.asked import Constraint, Query
from server.reconcile.comparing import Value, fit
from server.reconcile.scoring import Candidate, Features, matched
from server.reconcile.terms import CLASSES, Property, codes, node, query, short, types, with_broader
from server.service import service

_LOOKED_AT: Final = 50
_LOOKED_AT_CLOSELY: Final = 150  # namesakes are many where a property is to tell them apart
_FOUND_BY_VALUE: Final = 2000
_INTEGER: Final = iri("xsd:integer")

Found = Mapping[str, list[Term]]


def reconcile(batch: Mapping[str, Query]) -> dict[str, dict[str, Any]]:
    """The candidates of each query, best first."""
    index = service().index()
    proposed = _by_values(batch, index)
    for name, asked in batch.items():
        if asked.text:
            proposed[name] = _by_name(asked, index)
    entities = {entity.iri for found in proposed.values() for entity in found}
    kinds = _values(query("kinds"), entities)
    compared = _compared(batch, proposed)
    known = types()
    answer: dict[str, dict[str, Any]] = {}
    for name, asked in batch.items():
        judged = [_judged(asked, entity, kinds, compared, index) for entity in proposed[name]]
        kept = [one for one in judged if asked.typing == "should" or one.features.type is not False]
        sure = matched(kept)
        best = sorted(kept, key=lambda one: -one.features.score())[: asked.limit]
        answer[name] = {"result": [_told(one, one is sure, known) for one in best]}
    return answer


def _by_name(asked: Query, index: Index) -> list[Entity]:
    wanted = {CLASSES[one.class_] for one in asked.types} if asked.typing != "should" else set()
    closely = bool(asked.constraints) or any(one.id != one.class_ for one in asked.types)
    number = _LOOKED_AT_CLOSELY if closely else _LOOKED_AT
    hits = [hit for kind in sorted(wanted) or (None,) for hit in index.find(asked.text, kind, number)]
    return [entity for hit in hits if (entity := index.named(hit.iri)) is not None]


def _by_values(batch: Mapping[str, Query], index: Index) -> dict[str, list[Entity]]:
    """For queries without a name: who has a value of the first property. One question a property, for all of them."""
    nameless = {name: asked.constraints[0] for name, asked in batch.items() if not asked.text and asked.constraints}
    wanted: dict[Property, set[Term]] = defaultdict(set)
    for constraint in nameless.values():
        wanted[constraint.property] |= _terms(constraint)
    holders: dict[tuple[str, Term], list[str]] = defaultdict(list)
    for known, terms in wanted.items():
        question = f"{restrict(known.text, 'value', terms)}\nLIMIT {_FOUND_BY_VALUE}"
        for row in rows(question) if terms else ():
            holders[known.id, row["value"]].append(row["this"].value)
    return {name: _held(nameless[name], holders, index) if name in nameless else [] for name in batch}


def _held(constraint: Constraint, holders: Mapping[tuple[str, Term], list[str]], index: Index) -> list[Entity]:
    by_value = [
        holder
        for term in sorted(_terms(constraint), key=str)
        for holder in holders.get((constraint.property.id, term), ())
    ]
    by_words = [hit.iri for one in constraint.values if isinstance(one.value, str) for hit in index.find(one.value)]
    found = dict.fromkeys((*by_value, *by_words))
    entities = [entity for one in found if (entity := index.named(one)) is not None]
    return entities[:_LOOKED_AT_CLOSELY]


def _terms(constraint: Constraint) -> set[Term]:
    """The terms that a wanted value can be in the graph."""
    terms: set[Term] = set()
    for one in constraint.values:
        if constraint.property.value == "int":
            if str(one.value).isascii() and str(one.value).isdigit():
                terms.add(Literal(str(int(one.value)), datatype=_INTEGER))
        elif constraint.property.value == "date":
            terms.add(Literal(str(one.value), datatype=iri("xsd:date")))
        elif constraint.property.value in ("text", "float"):
            terms |= {Literal(str(one.value)), Literal(str(one.value), language="vi")}
        elif (named := node(str(one.value))) is not None:
            terms.add(named)
    return terms


def _compared(batch: Mapping[str, Query], proposed: Mapping[str, list[Entity]]) -> dict[str, Found]:
    """The values of each property that is asked for, of all candidates that it is asked of: one question a property."""
    subjects: dict[Property, set[str]] = defaultdict(set)
    for name, asked in batch.items():
        for constraint in asked.constraints:
            subjects[constraint.property] |= {entity.iri for entity in proposed[name]}
    return {known.id: _values(known.text, entities) for known, entities in subjects.items()}


def _values(question: str, entities: Iterable[str]) -> Found:
    """?value by ?this."""
    found: dict[str, list[Term]] = defaultdict(list)
    nodes = [NamedNode(one) for one in sorted(entities)]
    for row in rows(restrict(question, "this", nodes)) if nodes else ():
        found[row["this"].value].append(row["value"])
    return found


def values_of(known: Property, nodes: Iterable[NamedNode]) -> Found:
    """The values of a property by IRI: one question."""
    return _values(known.text, (one.value for one in nodes))


def named_value(term: Term, index: Index) -> Value:
    """A value with all the names that people may give for it."""
    if isinstance(term, Literal):
        return Value(term)
    if (entity := index.named(term.value)) is not None:
        return Value(term, (entity.label, *entity.names))
    code = codes().get(short(term.value))
    return Value(term, tuple(code.labels.values()) if code else ())


def _judged(asked: Query, entity: Entity, kinds: Found, compared: Mapping[str, Found], index: Index) -> Candidate:
    class_ = entity.kind.capitalize()
    own = with_broader(short(kind.value) for kind in kinds.get(entity.iri, ())) | {class_}
    fits = {
        constraint.property.id: fit(
            constraint.values,
            [named_value(term, index) for term in compared[constraint.property.id].get(entity.iri, ())],
        )
        for constraint in asked.constraints
    }
    wanted = [one.id in own for one in asked.types]
    typed = (all(wanted) if asked.typing == "all" else any(wanted)) if wanted else None
    near = closeness(asked.text, (entity.label, *entity.names)) if asked.text else None
    return Candidate(entity.iri, entity.label, entity.note, class_, frozenset(own), Features(near, typed, fits))


def _told(candidate: Candidate, is_sure: bool, known: Mapping[str, Any]) -> dict[str, Any]:
    ids = [candidate.class_, *sorted(candidate.types - {candidate.class_})]
    return {
        "id": short(candidate.iri),
        "name": candidate.label,
        **({"description": candidate.note} if candidate.note else {}),
        "score": candidate.features.score(),
        "features": candidate.features.told(),
        "match": is_sure,
        "type": [known[one].told() for one in ids if one in known],
    }
