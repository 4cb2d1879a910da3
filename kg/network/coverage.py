"""How much of the world stands behind a network, in figures and in words that go with every ranking and picture."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from pyoxigraph import NamedNode

from kg.model.graph import Reader
from kg.model.holding import Certainty, Stretch
from kg.namespaces import iri
from kg.network.grounds import Ground, day
from kg.network.nodes import label
from kg.network.values import Coverage, Edge, Network, Node

_MOST: Final = 6

_WORDS: Final = {
    "en": {
        "size": "{projection}: {nodes} nodes, {edges} edges, weighted by {weighting}",
        "rests": "rests on {facts} facts, {sentences} sentences of {sources} sources{published}",
        "published": ", published {0}-{1}",
        "years": "years of the edges: {0}; without a known day: {1}",
        "provinces": "provinces of the nodes: {0}",
        "certainty": "certainty of the edges: certain {0}, likely {1}, possible {2}",
        "none": "none known",
        "more": "and {0} more",
        "absence": "What no source here reports is not shown: no edge does not mean no meeting and no tie.",
        "co-presence": "Being at one meeting is co-presence as reported, and no sign of belonging together.",
        "overlap": "Posts in one body at one time are no sign of belonging together.",
    },
    "vi": {
        "size": "{projection}: {nodes} nút, {edges} cạnh, trọng số {weighting}",
        "rests": "dựa trên {facts} dữ kiện, {sentences} câu của {sources} nguồn{published}",
        "published": ", đăng {0}-{1}",
        "years": "năm của các cạnh: {0}; không rõ ngày: {1}",
        "provinces": "tỉnh, thành phố của các nút: {0}",
        "certainty": "mức chắc chắn của các cạnh: chắc chắn {0}, có lẽ {1}, có thể {2}",
        "none": "chưa biết",
        "more": "và {0} nơi khác",
        "absence": "Điều chưa nguồn nào ở đây nói thì không hiện: thiếu cạnh không có nghĩa là không gặp nhau.",
        "co-presence": "Cùng dự họp chỉ là cùng có mặt theo nguồn tin, không phải dấu hiệu cùng phe nhóm.",
        "overlap": "Cùng lúc giữ chức vụ trong một cơ quan không phải dấu hiệu cùng phe nhóm.",
    },
}
LANGUAGES: Final = tuple(_WORDS)


def covered(reader: Reader, nodes: Mapping[str, Node], edges: Iterable[Edge], rests: Mapping[str, Ground]) -> Coverage:
    """What the edges rest on; `rests` has the ground of each of their facts, and may have others."""
    years: Counter[int] = Counter()
    certainties: Counter[Certainty] = Counter()
    undated = 0
    facts: set[str] = set()
    for edge in edges:
        facts.update(edge.facts)
        certainties[edge.certainty] += 1
        known = {year for spell in edge.spells for year in _years(spell)}
        for year in known:
            years[year] += 1
        undated += not known
    sources = {source for fact in facts for source in rests[fact].sources}
    published = [
        on.year
        for source in sources
        for quad in reader.quads(NamedNode(source), iri("bm:publishedLatest"))
        if (on := day(quad.object))
    ]
    return Coverage(
        len(facts),
        len({one for fact in facts for one in rests[fact].evidence}),
        len(sources),
        (min(published), max(published)) if published else None,
        dict(sorted(years.items())),
        undated,
        _provinces(reader, nodes.values()),
        certainties,
    )


@lru_cache(1 << 14)
def _years(spell: Stretch) -> frozenset[int]:
    last = spell.end - dt.timedelta(days=1) if spell.end else None
    return frozenset(on.year for on in (spell.first, last) if on)


def _provinces(reader: Reader, nodes: Iterable[Node]) -> dict[str, int]:
    counted = Counter(province for node in nodes for province in node.provinces)
    named: Counter[str] = Counter()  # a province before and after 1 July 2025 is two places of one name
    for province, count in counted.items():
        named[label(reader, province)] += count
    return dict(named.most_common())


def legend(network: Network, warning: str | None, language: str = "en") -> tuple[str, ...]:
    """The lines that go with every ranking and into the legend of every picture of the network: its size, what it rests
    on, which years and places, how sure, and what must not be read into it.
    """
    words, seen = _WORDS[language], network.coverage
    published = words["published"].format(*seen.published) if seen.published else ""
    provinces = [f"{name} {count}" for name, count in seen.provinces.items()]
    listed = provinces[:_MOST] + ([words["more"].format(len(provinces) - _MOST)] if len(provinces) > _MOST else [])
    lines = [
        words["size"].format(
            projection=network.projection,
            nodes=len(network.nodes),
            edges=len(network.edges),
            weighting=network.weighting,
        ),
        words["rests"].format(facts=seen.facts, sentences=seen.sentences, sources=seen.sources, published=published),
        words["years"].format(
            ", ".join(f"{year} {count}" for year, count in seen.years.items()) or words["none"], seen.undated
        ),
        words["provinces"].format(", ".join(listed) or words["none"]),
        words["certainty"].format(
            *(seen.certainties.get(one, 0) for one in (Certainty.CERTAIN, Certainty.LIKELY, Certainty.POSSIBLE))
        ),
        words["absence"],
    ]
    return (*lines, words[warning]) if warning else tuple(lines)
