"""Changes of up to 50 triples to a graph with people (`peopled`), drawn at random, by kind."""

import random
from collections import Counter
from collections.abc import Callable
from typing import Final

from peopled import BROAD_POST, COMMON_PERSON, HOLDERS_OF_ONE_POST, LONG_SOURCE, NAMESAKES
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.namespaces import iri, sparql_prologue
from kg.read import load_rdf

Drawn = Callable[[random.Random], tuple[frozenset[Quad], frozenset[Quad]]]
"""(added, removed)"""
_TYPE: Final = iri("rdf:type")
_PERSON = """
person:do{n} a bm:Person , foaf:Person ; rdfs:label "{name}"@vi ; foaf:name "{name}" ; bm:key "{key}" ;
    bm:curatedBy agent:benchmark .
"""
_POST = """
post:do{n} a bm:Post , org:Post ; rdfs:label "Chủ tịch"@vi ; bm:key "chu tich" ; bm:title "Chủ tịch" ;
    bm:rank rank:Head ; bm:postType posttype:head ; org:postIn <{organ}> ; bm:curatedBy agent:benchmark .
"""
_TENURE = """
tenure:do{n} a bm:Tenure , org:Membership ; rdfs:label "Lê Đo – Chủ tịch"@vi ; org:member <{person}> ;
    bm:post <{post}> ; org:organization <{organ}> ; bm:attestedOn "{day}"^^xsd:date ; bm:endState endstate:unknown ;
    bm:curatedBy agent:benchmark .
"""
_SOURCE = """
source:do{n} a bm:Source , prov:Entity ; rdfs:label "Bản tin"@vi ; bm:textLength 90 ; bm:textDigest "{digest}" .
"""
_QUOTE = """
evidence:do{n} a bm:Evidence ; rdfs:label "Chủ tịch Lê Đo"@vi ; bm:supports <{fact}> ; bm:start 0 ;
    bm:end 14 ; bm:source <{source}> ; bm:quote "Chủ tịch Lê Đo" ; bm:rule "title" ; bm:confidence confidence:high .
"""
_APART = """
person:p{one} owl:differentFrom person:p{other} .
claim:do{n} a bm:Claim ; rdfs:label "{one} – {other}"@vi ; bm:about person:p{one} ; bm:property owl:differentFrom ;
    bm:value person:p{other} ; bm:curatedBy agent:benchmark .
"""


def kinds(store: Store) -> dict[str, Drawn]:
    """The kinds, those on the hard cases of `peopled` last."""
    places = _of_class(store, "bm:Place")
    organs = _of_class(store, "bm:Organ")
    above = _most_named(store, "org:subOrganizationOf")
    return {
        "a person, post, tenure, source": _holding(organs),
        "label of a body": _label(store, organs),
        "last day of a place": _dated(store, places),
        "label of the broadest bodies": _label(store, above),
        "last day of the broadest bodies": _dated(store, above),
        "last day of the widest places": _dated(store, _most_named(store, "bm:within")),
        **_on_hard_cases(store),
    }


def _on_hard_cases(store: Store) -> dict[str, Drawn]:
    bearers = [iri(f"person:p{n}") for n in range(NAMESAKES)]
    (body,) = _values(store, BROAD_POST, "org:postIn")
    (name,) = _values(store, COMMON_PERSON, "foaf:name")
    (key,) = _values(store, COMMON_PERSON, "bm:key")
    days = {"day": "2024-04-05", "person": iri("person:p19999").value, "organ": body.value}
    return {
        "a person more of a common name": _written(_PERSON, name=name.value, key=key.value),
        "other name of a bearer of it": _set(store, bearers, "foaf:name", lambda chance: Literal(f"Lê {chance}")),
        "first birthday of a bearer": _set(store, bearers, "bm:birthEarliest", _day),
        "two bearers are said to differ": _apart,
        "a tenure more of a broad body": _written(_TENURE, post=iri("post:k1").value, **days),
        "a holder more of a head post": _written(_TENURE, post=BROAD_POST.value, **days),
        "last day of a broad body": _dated(store, [body]),
        "day of one of many holders": _set(
            store, [iri(f"tenure:t{n}") for n in range(HOLDERS_OF_ONE_POST)], "bm:attestedOn", _day
        ),
        "a quote more of a long source": _written(_QUOTE, fact=COMMON_PERSON.value, source=LONG_SOURCE.value),
        "length of a long source": _set(
            store, [LONG_SOURCE], "bm:textLength", lambda chance: Literal(200_000 + chance)
        ),
    }


def _of_class(store: Store, name: str) -> list[NamedNode]:
    quads = store.quads_for_pattern(None, _TYPE, iri(name), DefaultGraph())
    return [quad.subject for quad, _ in zip(quads, range(20_000), strict=False) if isinstance(quad.subject, NamedNode)]


def _most_named(store: Store, predicate: str) -> list[NamedNode]:
    """The fifty nodes that most others name under the predicate."""
    named = Counter(quad.object for quad in store.quads_for_pattern(None, iri(predicate), None, DefaultGraph()))
    return [node for node, _ in named.most_common(50) if isinstance(node, NamedNode)]


def _values(store: Store, node: NamedNode, predicate: str) -> list[NamedNode | Literal]:
    found = [quad.object for quad in store.quads_for_pattern(node, iri(predicate), None, DefaultGraph())]
    return [term for term in found if isinstance(term, NamedNode | Literal)]


def _read(text: str) -> frozenset[Quad]:
    return frozenset(load_rdf((sparql_prologue() + text).encode(), "ttl"))


def _holding(organs: list[NamedNode]) -> Drawn:
    def draw(chance: random.Random) -> tuple[frozenset[Quad], frozenset[Quad]]:
        n, organ = chance.randrange(10**9), chance.choice(organs).value
        person, post, tenure, source = (iri(f"{kind}:do{n}").value for kind in ("person", "post", "tenure", "source"))
        text = (
            _PERSON.format(n=n, name="Lê Đo", key="le do")
            + _POST.format(n=n, organ=organ)
            + _TENURE.format(n=n, person=person, post=post, organ=organ, day="2024-04-05")
            + _SOURCE.format(n=n, digest=f"{n:064x}")
            + _QUOTE.format(n=n, fact=tenure, source=source)
        )
        return _read(text), frozenset()

    return draw


def _written(template: str, **slots: str) -> Drawn:
    return lambda chance: (_read(template.format(n=chance.randrange(10**9), **slots)), frozenset())


def _apart(chance: random.Random) -> tuple[frozenset[Quad], frozenset[Quad]]:
    one, other = chance.sample(range(NAMESAKES), 2)
    return _read(_APART.format(n=chance.randrange(10**9), one=one, other=other)), frozenset()


def _set(store: Store, nodes: list[NamedNode], predicate: str, value: Callable[[int], Literal]) -> Drawn:
    """One of the nodes gets a value in the place of those that it has."""

    def draw(chance: random.Random) -> tuple[frozenset[Quad], frozenset[Quad]]:
        node = chance.choice(nodes)
        old = frozenset(store.quads_for_pattern(node, iri(predicate), None, DefaultGraph()))
        return frozenset({Quad(node, iri(predicate), value(chance.randrange(1_000)))}), old

    return draw


def _label(store: Store, nodes: list[NamedNode]) -> Drawn:
    return _set(store, nodes, "rdfs:label", lambda chance: Literal(f"Tên mới {chance}", language="vi"))


def _dated(store: Store, nodes: list[NamedNode]) -> Drawn:
    return _set(store, nodes, "bm:validTo", lambda chance: Literal(f"{2031 + chance}-01-01", datatype=iri("xsd:date")))


def _day(chance: int) -> Literal:
    return Literal(f"{1950 + chance % 60}-01-01", datatype=iri("xsd:date"))
