"""Which mentions of a name in one document are of one person: posts that nobody holds at once part them."""

from collections.abc import Callable, Sequence

from kg.model.extraction import PersonRead, Position
from kg.model.spans import Span
from kg.propose.careers import Career
from kg.propose.namesakes import compare

Spans = tuple[Span, ...]
Told = Callable[[tuple[Position, ...], Spans], Career]


def one_by_one(read: PersonRead, told: Told) -> list[tuple[Spans, tuple[Position, ...]]]:
    """The mentions and posts of each person whom a document calls by this name, in the order of the text.

    Posts at one mention are one person's, whatever they are; a mention without a post goes with the one before it.
    """
    spans = sorted(read.spans, key=lambda span: span.start)
    at = {position: sorted({nearest(spans, span) for span in position.spans}) for position in read.positions}
    if len({place for places in at.values() for place in places}) < 2:
        return [(read.spans, read.positions)]
    groups: list[tuple[set[int], list[Position]]] = []
    for bundle in _bundles(at):
        fits = next((group for group in groups if not _clash(spans, group, bundle, told)), None)
        if fits:
            fits[0].update(bundle[0])
            fits[1].extend(bundle[1])
        else:
            groups.append(bundle)
    if len(groups) == 1:
        return [(read.spans, read.positions)]
    owner = 0
    owned: list[list[Span]] = [[] for _ in groups]
    for place, span in enumerate(spans):
        owner = next((n for n, (places, _) in enumerate(groups) if place in places), owner)
        owned[owner].append(span)
    return [(tuple(mine), tuple(held)) for mine, (_, held) in zip(owned, groups, strict=True)]


def nearest(spans: Sequence[Span], to: Span) -> int:
    """Which of the spans lies nearest; of two as near, the one before."""
    return min(range(len(spans)), key=lambda n: (max(to.start - spans[n].end, spans[n].start - to.end, 0), n))


def _bundles(at: dict[Position, list[int]]) -> list[tuple[set[int], list[Position]]]:
    """Mentions that share a post, with all their posts, in the order of the text."""
    bundles: list[tuple[set[int], list[Position]]] = []
    for position, places in sorted(at.items(), key=lambda item: item[1]):
        shared = [bundle for bundle in bundles if bundle[0] & set(places)]
        rest = [bundle for bundle in bundles if not bundle[0] & set(places)]
        joined = ({*places}.union(*(b[0] for b in shared)), [*(p for b in shared for p in b[1]), position])
        bundles = [*rest, joined]
    return sorted(bundles, key=lambda bundle: min(bundle[0]))


def _clash(
    spans: list[Span], group: tuple[set[int], list[Position]], bundle: tuple[set[int], list[Position]], told: Told
) -> bool:
    one, other = (
        told(tuple(held), tuple(spans[place] for place in sorted(places))) for places, held in (group, bundle)
    )
    return any(reason.points is None for reason in compare(one, other))
