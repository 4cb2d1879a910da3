"""Who was at a meeting, where and in what role; and which meetings somebody was at."""

from pyoxigraph import NamedNode

from server.contexts import Link
from server.entity import Attendance, SiteAttendance
from server.neighbourhood import Neighbourhood
from server.sentences import spoken_day
from server.urls import link


def sites(around: Neighbourhood, meeting: NamedNode) -> tuple[SiteAttendance, ...]:
    """Participants of a meeting by site, those of unsaid site last; named ones before those kept as words."""
    present = [one for one in around.of_kind("bm:Participation") if meeting in around.nodes(one, "bm:meeting")]
    known = sorted(
        {*around.of_kind("bm:Site"), *(site for one in present for site in around.nodes(one, "bm:site"))},
        key=around.label,
    )
    groups = [(site, [one for one in present if site in around.nodes(one, "bm:site")]) for site in known]
    unsaid = [one for one in present if not around.nodes(one, "bm:site")]
    told = [SiteAttendance(_site_link(around, site), _participants(around, members)) for site, members in groups]
    return (*told, *([SiteAttendance(None, _participants(around, unsaid))] if unsaid else []))


def meetings_of(around: Neighbourhood, participant: NamedNode) -> tuple[Attendance, ...]:
    """Meetings that an entity took part in, latest first."""
    rows = []
    for one in around.of_kind("bm:Participation"):
        meeting = around.node(one, "bm:meeting")
        if meeting is None or participant == meeting or participant not in around.nodes(one, "bm:participant"):
            continue
        days = around.texts(meeting, "bm:day")
        note = ", ".join(spoken_day(day, around.tongue.language) for day in days)
        rows.append((max(days, default=""), _attendance(around, one, around.link(meeting, note))))
    return tuple(row for _, row in sorted(rows, key=lambda item: item[0], reverse=True))


def _site_link(around: Neighbourhood, site: NamedNode) -> Link:
    return around.link(site, ", ".join(it.text for it in around.links(site, "bm:place")))


def _participants(around: Neighbourhood, members: list[NamedNode]) -> tuple[Attendance, ...]:
    named, collective = [], []
    for one in members:
        who = around.node(one, "bm:participant")
        if who is not None:
            named.append(_attendance(around, one, around.link(who)))
        else:
            words = around.text(one, "bm:participantWording") or around.label(one)
            collective.append(_attendance(around, one, Link(words)))
    return (*sorted(named, key=lambda one: one.who.text), *sorted(collective, key=lambda one: one.who.text))


def _attendance(around: Neighbourhood, one: NamedNode, who: Link) -> Attendance:
    posts = []
    for tenure in around.nodes(one, "bm:inCapacityOf"):
        post = around.node(tenure, "bm:post")
        posts.append(Link(around.label(post), link(tenure.value)) if post else around.link(tenure))
    roles = around.links(one, "bm:role")
    return Attendance(
        who=who,
        roles=roles,
        wordings=_telling(around.texts(one, "bm:roleWording"), roles),
        capacities=tuple(posts),
        href=link(one.value),
    )


def _telling(wordings: list[str], roles: tuple[Link, ...]) -> tuple[str, ...]:
    """Wordings that say more than the names of the roles."""
    named = {role.text.casefold() for role in roles}
    return tuple(words for words in wordings if not {part.strip().casefold() for part in words.split(";")} <= named)
