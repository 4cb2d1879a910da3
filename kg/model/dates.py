"""Dates as sources give them: a day, a month or a year."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

_EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """An EDTF level 0 date (https://www.loc.gov/standards/datetime/): year, year-month or full day."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Reads YYYY, YYYY-MM or YYYY-MM-DD; raises ValueError for anything else or a day not in the calendar."""
        match = _EDTF.fullmatch(text.strip())
        if not match:
            raise ValueError(f"'{text}' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD.")
        year, month, day = (int(g) if g else None for g in match.groups())
        assert year is not None
        dt.date(year, month or 1, day or 1)
        return cls(year, month, day)

    @classmethod
    def of(cls, day: dt.date) -> "PartialDate":
        """A full day."""
        return cls(day.year, day.month, day.day)

    @property
    def first_day(self) -> dt.date:
        """The earliest day it can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> dt.date:
        """The latest day it can mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def is_full(self) -> bool:
        """Whether it names one day."""
        return self.day is not None

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{n:02d}" for n in (self.month, self.day) if n is not None]
        return "-".join(parts)
