"""Days, months, years and periods as people write them into tables: "tháng 9-1997", "1.7.2025", "2011 – nay"."""

import re
from dataclasses import dataclass
from typing import Final

from kg.model import fold
from kg.model.dates import PartialDate

NOW: Final = "nay"
_YEAR: Final = r"(?:năm\s+)?(?P<year>(?:1[89]|20)\d\d)"
# The forms, longest first. A month or a year that is only roughly known ("khoảng 1950") is none of them.
_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?P<year>(?:1[89]|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?:T[\d:.+Z-]*)?(?!\d)",
        rf"(?:ngày\s+)?(?P<day>\d{{1,2}})\s+tháng\s+(?P<month>\d{{1,2}})\s*(?:,|/|-)?\s*{_YEAR}",
        r"(?:ngày\s+)?(?P<day>\d{1,2})\s*([./-])\s*(?P<month>\d{1,2})\s*\2\s*(?P<year>(?:1[89]|20)\d\d)",
        rf"tháng\s+(?P<month>\d{{1,2}})\s*(?:,|/|-|\.)?\s*{_YEAR}",
        r"(?P<year>(?:1[89]|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?![\d-])",
        r"(?P<month>\d{1,2})\s*[./-]\s*(?P<year>(?:1[89]|20)\d\d)",
        rf"(?:(?:đầu|giữa|cuối)\s+)?{_YEAR}",
    )
)
_NOW: Final = re.compile(r"(?:hiện\s+)?nay|hiện\s+tại|đương\s+nhiệm|present", re.IGNORECASE)
_BREAK: Final = re.compile(r"\s*(?:[-–—−]+|→|(?:cho\s+)?(?:đến|tới))\s*", re.IGNORECASE)
_FROM: Final = re.compile(r"(?:từ|kể\s+từ)\s+", re.IGNORECASE)
# What may follow a date and says nothing of it: notes, how long it was. The length may touch the year ("20163 năm").
_AFTER: Final = re.compile(
    r"(?:\s*(?:\[[^\]]{0,20}\]|\([^()]{0,80}\)|\d{1,2} năm trước|\d{1,2} năm(?:, \d{1,3} ngày)?|\d{1,5} ngày))*\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when; None for a side that is not said. `goes_on`: it is said to last until now ("nay")."""

    start: PartialDate | None = None
    end: PartialDate | None = None
    goes_on: bool = False


def read_date(words: str) -> PartialDate | None:
    """The day, month or year that a cell gives, None for "nay"; raises ValueError for anything else."""
    text = fold.plain(words)
    if _NOW.fullmatch(text):
        return None
    found, at = _date_at(text, 0)
    if found is None or _after(text, at) != len(text):
        raise ValueError(f"'{words}' is no date that can be read; write 2015, 05/2016 or 1.7.2025.")
    return found


def read_period(words: str) -> Period:
    """The period that a cell gives, one date alone being both its bounds; raises ValueError for anything else."""
    text = fold.plain(words)
    fault = ValueError(f"'{words}' is no period that can be read; write 2011 – 2016, 05/2016 – nay or 1.7.2025 –.")
    said_from = _FROM.match(text)
    at = said_from.end() if said_from else 0
    start, at = _date_at(text, at)
    at = _after(text, at)
    parted = _BREAK.match(text, at)
    if parted is None:
        if start is None or at != len(text):
            raise fault
        return Period(start) if said_from else Period(start, start)
    at = parted.end()
    goes_on = _NOW.match(text, at)
    end, at = (None, goes_on.end()) if goes_on else _date_at(text, at)
    if _after(text, at) != len(text) or (start is None and end is None):
        raise fault
    if start and end and end.last_day < start.first_day:
        raise ValueError(f"'{words}' ends before it begins; mend one of the two.")
    return Period(start, end, goes_on is not None)


def _date_at(text: str, at: int) -> tuple[PartialDate | None, int]:
    """The date that begins at a place and where it ends; None and the place itself where none does."""
    for form in _FORMS:
        match = form.match(text, at)
        if match and _is_whole(text, match.end()):
            parts = match.groupdict()
            numbers = [int(parts[name]) if parts.get(name) else None for name in ("year", "month", "day")]
            found = str(PartialDate(numbers[0] or 0, *numbers[1:]))
            try:
                return PartialDate.parse(found), match.end()
            except ValueError as fault:
                raise ValueError(f"'{match[0]}' is in no calendar; mend the day or the month.") from fault
    return None, at


def _is_whole(text: str, end: int) -> bool:
    """Whether the year ends here: no digit follows but those of a length that touches it."""
    return not text[end : end + 1].isdigit() or re.match(r"\d{1,2} năm\b", text[end:]) is not None


def _after(text: str, at: int) -> int:
    match = _AFTER.match(text, at)
    return match.end() if match else at
