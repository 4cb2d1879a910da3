"""The year that completes a date printed without one."""

from collections import Counter

from kg.extract.view import NUMBER, View


def year_of(view: View, published: str | None) -> int | None:
    """The year of publication; without it the year that the text names most, the latest of equals."""
    if published:
        return int(published[:4])
    years = Counter(
        int(key) for key, shape in zip(view.keys, view.shapes, strict=True) if shape == NUMBER and _is_year(key)
    )
    return max(years, key=lambda year: (years[year], year)) if years else None


def _is_year(key: str) -> bool:
    return len(key) == 4 and "1945" <= key <= "2045"
