"""The sentences that say so, and where sources disagree."""

from pyoxigraph import NamedNode

from server.contexts import Link
from server.entity import ClaimSaid, Dispute, Evidence
from server.neighbourhood import Neighbourhood

_SHOWN = 60


def evidence(around: Neighbourhood, *, of: NamedNode | None = None) -> tuple[Evidence, ...]:
    """Evidence around an entity, one entry a quote; only what supports `of`, when given."""
    by_quote: dict[tuple[str, NamedNode | None, int], Evidence] = {}
    for node in around.of_kind("bm:Evidence"):
        supports = around.nodes(node, "bm:supports")
        if of is not None and of not in supports:
            continue
        source = around.node(node, "bm:source")
        start = int(around.text(node, "bm:start") or 0)
        quote = around.text(node, "bm:quote") or ""
        known = by_quote.get((quote, source, start))
        links = tuple(around.link(fact) for fact in supports)
        by_quote[quote, source, start] = Evidence(
            quote=quote,
            source=around.link(source) if source else Link(""),
            address=_address(around, source),
            rule=around.text(node, "bm:rule") or "",
            confidence=next(iter(around.links(node, "bm:confidence")), None),
            supports=tuple(dict.fromkeys((*(known.supports if known else ()), *links))),
        )
    ordered = sorted(by_quote.items(), key=lambda item: (str(item[0][1]), item[0][2]))
    return tuple(said for _, said in ordered)


def shown(said: tuple[Evidence, ...]) -> tuple[tuple[Evidence, ...], bool]:
    """As much evidence as a page holds, and whether there is more."""
    return said[:_SHOWN], len(said) > _SHOWN


def disputes(around: Neighbourhood, entity: NamedNode) -> tuple[Dispute, ...]:
    """The conflicts about an entity (or the one conflict that it is), each with all its claims."""
    mine = [
        node for node in around.of_kind("bm:Conflict") if node == entity or entity in around.nodes(node, "bm:about")
    ]
    return tuple(_dispute(around, node) for node in mine)


def _dispute(around: Neighbourhood, node: NamedNode) -> Dispute:
    property_ = around.node(node, "bm:property")
    preferred = around.nodes(node, "bm:preferred")
    claims = [
        ClaimSaid(
            value=next(iter(around.links(claim, "bm:value")), around.link(claim)),
            preferred=claim in preferred,
            evidence=evidence(around, of=claim),
        )
        for claim in around.nodes(node, "bm:claim")
    ]
    return Dispute(
        property=around.tongue.property(property_) if property_ else around.label(node),
        state=", ".join(it.text for it in around.links(node, "bm:state")),
        reason=around.text(node, "bm:reason") or "",
        claims=tuple(sorted(claims, key=lambda claim: not claim.preferred)),
        href=around.link(node).href,
    )


def _address(around: Neighbourhood, source: NamedNode | None) -> str | None:
    address = around.text(source, "dcterms:source") if source else None
    return address if address and address.startswith(("http://", "https://")) else None
