"""Short forms and what they stand for, so that UBND finds an Ủy ban nhân dân and the other way round."""

import re
from functools import cache
from pathlib import Path

from kg.model.fold import key

_TABLE = Path(__file__).with_name("abbreviations.tsv")


@cache
def _short_forms() -> dict[str, str]:
    """The key of a short form → the long words."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {key(short): words for short, words in pairs}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    shorts = _short_forms()
    longs: dict[str, str] = {}
    for short, words in shorts.items():
        longs.setdefault(key(words), short)
    return _any_of(shorts), _any_of(longs), longs


def _any_of(keys: dict[str, str]) -> re.Pattern[str]:
    longest_first = sorted(keys, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


def other_forms(folded: str) -> list[str]:
    """A key (`kg.model.fold.key`) with its short forms written out, and with its long words shortened, if any."""
    shorts, longs, to_short = _patterns()
    written_out = shorts.sub(lambda match: key(_short_forms()[match[0]]), folded)
    shortened = longs.sub(lambda match: to_short[match[0]], folded)
    return [form for form in (written_out, shortened) if form != folded]
