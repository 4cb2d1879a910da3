"""Who held which post, and what is known of when."""

from pyoxigraph import NamedNode

from server.entity import Holding
from server.neighbourhood import Neighbourhood
from server.sentences import Period, spoken_period
from server.urls import link
from server.wording import say

_FULL = "full"


def holdings(around: Neighbourhood) -> tuple[Holding, ...]:
    """The tenures around an entity, the latest seen first."""
    found = [_holding(around, tenure) for tenure in around.of_kind("bm:Tenure")]
    return tuple(sorted(found, key=lambda held: held.sort_key, reverse=True))


def period_of(around: Neighbourhood, tenure: NamedNode) -> Period:
    """What the graph says of the time of a tenure."""
    state = around.node(tenure, "bm:endState")
    return Period(
        attested=around.texts(tenure, "bm:attestedOn"),
        start_earliest=around.text(tenure, "bm:startEarliest"),
        start_latest=around.text(tenure, "bm:startLatest"),
        end_earliest=around.text(tenure, "bm:endEarliest"),
        end_latest=around.text(tenure, "bm:endLatest"),
        end_state=state.value.rpartition("/")[2] if state else "unknown",
    )


def _holding(around: Neighbourhood, tenure: NamedNode) -> Holding:
    language = around.tongue.language
    period = period_of(around, tenure)
    sentences = spoken_period(period, language)
    terms = [around.label(node) for node in around.nodes(tenure, "bm:inTerm")] or around.texts(tenure, "bm:termWording")
    if terms:
        sentences = (*sentences, say(language, "time.term", term=", ".join(terms)))
    manner = around.node(tenure, "bm:manner")
    person, post, organ = (around.node(tenure, p) for p in ("org:member", "bm:post", "org:organization"))
    known = (*period.attested, period.start_earliest, period.start_latest, period.end_earliest, period.end_latest)
    return Holding(
        person=around.link(person or tenure),
        post=around.link(post or tenure),
        organ=around.link(organ) if organ else None,
        manner=around.label(manner) if manner and not manner.value.endswith(f"/{_FULL}") else "",
        sentences=sentences,
        href=link(tenure.value),
        sort_key=max((day for day in known if day), default=""),
    )
