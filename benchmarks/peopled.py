"""People on the reference graph: who held which post of which body when, as many as a province has in some years.

Names are spread as they are: most have a few bearers. Besides there are the hard cases, of the same size in each copy
of the graph: a name that `NAMESAKES` people bear, a body with `TENURES_OF_ONE_BODY` tenures, a post with
`HOLDERS_OF_ONE_POST` holders, a source with `QUOTES_OF_ONE_SOURCE` quotes.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.model.fold import key
from kg.namespaces import iri

PEOPLE: Final = 20_000
TENURES: Final = 40_000
POSTS: Final = 4_000
NAMESAKES: Final = 200
TENURES_OF_ONE_BODY: Final = 3_000
HOLDERS_OF_ONE_POST: Final = 100
QUOTES_OF_ONE_SOURCE: Final = 1_000
_POSTS_OF_ONE_BODY: Final = 30
COMMON_PERSON, BROAD_POST, LONG_SOURCE = iri("person:p0"), iri("post:k0"), iri("source:s0")
_NAMES: Final = {
    "family": "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý",
    "middle": "Văn Thị Hữu Đức Minh Quang Xuân Thanh Ngọc Đình Công Quốc Hồng Thế Mạnh Tiến Việt Trọng Bá Duy",
    "given": "An Anh Bình Chi Cường Dung Dũng Đạt Giang Hà Hải Hạnh Hiền Hiếu Hòa Hùng Hương Khoa Lan Liên Linh "
    "Long Mai Nam Nga Nhung Oanh Phong Phúc Phương Quân Quý Sơn Tâm Thái Thảo Thắng Thu Thủy Toàn Trang Yến",
}
_FAMILIES, _MIDDLES, _GIVEN = (names.split() for names in _NAMES.values())
_TYPE, _LABEL, _DATE = iri("rdf:type"), iri("rdfs:label"), iri("xsd:date")
_CURATED, _AGENT = iri("bm:curatedBy"), iri("agent:benchmark")


def bodies(own: list[Quad]) -> list[NamedNode]:
    """The bodies of the reference graph that were there until 1 July 2025, from nobody knows when on."""
    organs = {quad.subject for quad in own if quad.predicate == _TYPE and quad.object == iri("bm:Organ")}
    begun = {quad.subject for quad in own if quad.predicate == iri("bm:validFrom")}
    last = Literal("2025-07-01", datatype=_DATE)
    ended = {quad.subject for quad in own if quad.predicate == iri("bm:validTo") and quad.object == last}
    return sorted((organ for organ in (organs & ended) - begun if isinstance(organ, NamedNode)), key=str)


def copy(own: list[Quad], number: int) -> Iterator[Quad]:
    """The people of the copy `number` of the reference graph `own`."""
    chance, organs = random.Random(number), bodies(own)
    for n in range(PEOPLE):
        common = f"{_FAMILIES[number % len(_FAMILIES)]} Văn Hùng Cường"
        middle = f"{chance.choice(_MIDDLES)} {chance.choice(_GIVEN)}"
        name = common if n < NAMESAKES else f"{chance.choice(_FAMILIES)} {middle}"
        yield from _named(iri(f"person:p{n}"), name, "bm:Person", "foaf:Person")
        yield Quad(iri(f"person:p{n}"), iri("foaf:name"), Literal(name))
    for n in range(POSTS):
        post = iri(f"post:k{n}")
        yield from _named(post, "Chủ tịch", "bm:Post", "org:Post")
        yield Quad(post, iri("bm:title"), Literal("Chủ tịch"))
        yield Quad(post, iri("bm:rank"), iri("rank:Head" if n == 0 else "rank:Member"))
        yield Quad(post, iri("bm:postType"), iri("posttype:head" if n == 0 else "posttype:member"))
        yield Quad(post, iri("org:postIn"), _body_of(organs, n))
    for n in range(TENURES):
        yield from _tenure(organs, n, chance)
    yield from _named(LONG_SOURCE, "Bản tin", "bm:Source", "prov:Entity")
    yield Quad(LONG_SOURCE, iri("bm:textLength"), Literal(100_000))
    yield Quad(LONG_SOURCE, iri("bm:textDigest"), Literal(f"{number:064x}"))
    for n in range(QUOTES_OF_ONE_SOURCE):
        yield from _quote(n)


def _named(node: NamedNode, name: str, *classes: str) -> Iterator[Quad]:
    for cls in classes:
        yield Quad(node, _TYPE, iri(cls))
    yield Quad(node, _LABEL, Literal(name, language="vi"))
    if classes[0] != "bm:Source":
        yield Quad(node, iri("bm:key"), Literal(key(name)))
        yield Quad(node, _CURATED, _AGENT)


def _tenure(organs: list[NamedNode], n: int, chance: random.Random) -> Iterator[Quad]:
    tenure, is_broad = iri(f"tenure:t{n}"), n < HOLDERS_OF_ONE_POST
    first, last = (1, _POSTS_OF_ONE_BODY) if n < TENURES_OF_ONE_BODY else (_POSTS_OF_ONE_BODY, POSTS)
    post = 0 if is_broad else first + n % (last - first)
    day = date(1990, 1, 1) + timedelta(days=100 * n if is_broad else chance.randrange(10_000))
    yield Quad(tenure, _TYPE, iri("bm:Tenure"))
    yield Quad(tenure, _TYPE, iri("org:Membership"))
    yield Quad(tenure, _LABEL, Literal("Chủ tịch", language="vi"))
    yield Quad(tenure, iri("org:member"), iri(f"person:p{n % PEOPLE}"))
    yield Quad(tenure, iri("bm:post"), iri(f"post:k{post}"))
    yield Quad(tenure, iri("org:organization"), _body_of(organs, post))
    yield Quad(tenure, iri("bm:attestedOn"), Literal(day.isoformat(), datatype=_DATE))
    yield Quad(tenure, iri("bm:endState"), iri("endstate:unknown"))
    yield Quad(tenure, _CURATED, _AGENT)


def _body_of(organs: list[NamedNode], post: int) -> NamedNode:
    return organs[0 if post < _POSTS_OF_ONE_BODY else 1 + post % 1_000]


def _quote(n: int) -> Iterator[Quad]:
    evidence = iri(f"evidence:e{n}")
    yield Quad(evidence, _TYPE, iri("bm:Evidence"))
    yield Quad(evidence, _LABEL, Literal("Chủ tịch", language="vi"))
    yield Quad(evidence, iri("bm:supports"), iri(f"tenure:t{n}"))
    yield Quad(evidence, iri("bm:start"), Literal(10 * n))
    yield Quad(evidence, iri("bm:end"), Literal(10 * n + 8))
    yield Quad(evidence, iri("bm:source"), LONG_SOURCE)
    yield Quad(evidence, iri("bm:quote"), Literal("Chủ tịch"))
    yield Quad(evidence, iri("bm:rule"), Literal("title"))
    yield Quad(evidence, iri("bm:confidence"), iri("confidence:high"))
