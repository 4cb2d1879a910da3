"""Numbers of terms as they are written: Roman letters for the Party and the Assembly, digits elsewhere."""

import re

_DIGITS = re.compile(r"[0-9]{1,4}")
_LETTERS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def ordinal(written: str) -> int:
    """13 for "XIII" (in either case) and for "13". Raises ValueError for what is neither digits nor Roman letters."""
    if _DIGITS.fullmatch(written):
        return int(written)
    try:
        values = [_LETTERS[letter] for letter in written.upper()]
    except KeyError as error:
        raise ValueError(f"'{written}' is no number of a term; write it in digits or Roman letters.") from error
    if not values:
        raise ValueError("An empty text is no number of a term; write it in digits or Roman letters.")
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
