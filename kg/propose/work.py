"""Work that a text sets: tasks with their period, and bodies that coordinate under a programme."""

import datetime as dt
import re

from pyoxigraph import NamedNode

from kg.model import fold
from kg.model.dates import PartialDate
from kg.model.extraction import Coordination, TaskRead
from kg.namespaces import iri
from kg.propose.directives import Directives
from kg.propose.draft import Draft, day, short_hash, text
from kg.propose.evidence import supporting
from kg.propose.organs import Organs

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


def task(draft: Draft, read: TaskRead, set_by: NamedNode, assignee: NamedNode | None) -> NamedNode:
    """States a task, set by a meeting or a directive."""
    words = " ".join(fold.composed(read.text).split())
    node = draft.kept(iri(f"task:{fold.slug(words)[:50].strip('-')}-{short_hash(set_by, words)}"))
    draft.node(node, ("bm:Task",), words[:120])
    draft.add(node, "bm:wording", text(words))
    draft.add(node, "bm:setBy", set_by)
    draft.add(node, "bm:assignee", assignee)
    bounds = period(read.period)
    if bounds:
        draft.add(node, "bm:periodStart", day(bounds[0]))
        draft.add(node, "bm:periodEnd", day(bounds[1]))
    for span in read.spans:
        supporting(draft, span, "task-set", "medium", node)
    return node


def coordination(draft: Draft, read: Coordination, organs: Organs, directives: Directives) -> NamedNode | None:
    """States that bodies work together under a programme; None when a body is not among those that were read."""
    lead = organs.find(read.lead)
    partners = [organ for name in read.partners if (organ := organs.find(name))]
    if lead is None or not partners:
        return None
    programme = directives.find(read.directive)
    node = draft.kept(iri(f"relation:coordination-{short_hash(lead, *sorted(map(str, partners)), programme)}"))
    names = ", ".join(read.partners)
    draft.node(node, ("bm:OrganRelation",), f"Phối hợp: {read.lead} – {names}")
    draft.add(node, "bm:relationKind", iri("relationkind:coordination"))
    draft.add(node, "bm:fromOrgan", lead)
    for partner in partners:
        draft.add(node, "bm:toOrgan", partner)
    draft.add(node, "bm:underDirective", programme)
    supporting(draft, read.span, "coordination-named", "high", node)
    return node


def period(written: str | None) -> tuple[dt.date, dt.date] | None:
    """First day, and first day after, of "2022-Q2", "2022" or "2022-04"; None when it says no period."""
    if not written:
        return None
    quarter = _QUARTER.fullmatch(written)
    try:
        if quarter:
            year, number = int(quarter[1]), int(quarter[2])
            after = dt.date(year + number // 4, number % 4 * 3 + 1, 1)
            return dt.date(year, number * 3 - 2, 1), after
        known = PartialDate.parse(written)
        return known.first_day, known.last_day + dt.timedelta(days=1)
    except (ValueError, OverflowError):  # no date, or one whose end lies behind the calendar's
        return None
