"""Days and periods as sentences that claim no more than is known."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal

from kg.namespaces import PREFIXES
from server.wording import say

_XSD = PREFIXES["xsd"]
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_FEW = 3


@dataclass(frozen=True, slots=True)
class Period:
    """What is known of a holding: ISO days, None for unknown. `end_…` bound the first day out of office."""

    attested: Sequence[str] = ()
    start_earliest: str | None = None
    start_latest: str | None = None
    end_earliest: str | None = None
    end_latest: str | None = None
    end_state: str = "unknown"


def spoken_day(day: str, language: str) -> str:
    """An ISO day as people of the language write it; what is no ISO day is given back."""
    found = _DAY.match(day)
    return say(language, "time.day", year=found[1], month=found[2], day=found[3]) if found else day


def spoken_time(moment: str, language: str) -> str:
    """An xsd:dateTime to the minute, in UTC."""
    when = dt.datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone(dt.UTC)
    return f"{spoken_day(when.date().isoformat(), language)} {when:%H:%M} UTC"


def spoken_literal(literal: Literal, language: str) -> str:
    """A literal for people: days and times in their own way, the rest as it is."""
    if literal.datatype.value == f"{_XSD}date":
        return spoken_day(literal.value, language)
    if literal.datatype.value == f"{_XSD}dateTime":
        return spoken_time(literal.value, language)
    return literal.value


def spoken_period(period: Period, language: str) -> tuple[str, ...]:
    """Sentences about a holding: the days it is attested on, its start, its end. Unknown is said, never guessed."""
    attested = [spoken_day(day, language) for day in sorted(period.attested)]
    told = []
    if len(attested) == 1:
        told.append(say(language, "time.at_least.one", day=attested[0]))
    elif 1 < len(attested) <= _FEW:
        days = ", ".join(attested[:-1]) + say(language, "time.and") + attested[-1]
        told.append(say(language, "time.attested.some", days=days))
    elif attested:
        key = "time.attested.many"
        told.append(say(language, key, number=len(attested), first=attested[0], last=attested[-1]))
    start = _bound("start", period.start_earliest, period.start_latest, language)
    end = _bound("end", period.end_earliest, period.end_latest, language)
    if end is None and period.end_state in ("ended", "ongoing"):
        end = say(language, f"time.end.{period.end_state}")
    if start is None and end is None:
        return (*told, say(language, "time.unknown"))
    return (*told, start or say(language, "time.start.unknown"), end or say(language, "time.end.unknown"))


def _bound(which: str, earliest: str | None, latest: str | None, language: str) -> str | None:
    if earliest is None and latest is None:
        return None
    if earliest == latest:
        return say(language, f"time.{which}.on", day=spoken_day(earliest or "", language))
    if earliest is None:
        return say(language, f"time.{which}.before", day=spoken_day(latest or "", language))
    first = spoken_day(earliest, language)
    if latest is None:
        return say(language, f"time.{which}.after", day=first)
    return say(language, f"time.{which}.between", first=first, last=spoken_day(latest, language))
