"""The unit that a body serves, behind its name: "UBND | tỉnh Hà Nam", "Sở Y tế (SYT) | tỉnh", "Hội | của huyện"."""

from typing import Final

from kg.extract.lexicon import past_short_form
from kg.extract.places import PlaceRead, place_at, unit_at
from kg.extract.proper_names import is_open
from kg.extract.view import LOWER, View, word_key

LINKS: Final = frozenset(map(word_key, ("của", "thuộc")))


def scope_at(view: View, i: int) -> PlaceRead | None:
    """The unit after a body's name; a bare unit word only where no list follows ("xã, phường" names no one)."""
    i = past_short_form(view, i)
    if is_open(view, i) and view.keys[i] in LINKS and is_open(view, i + 1):
        i += 1
    if not is_open(view, i):
        return None
    place = place_at(view, i)
    if place is not None and place.unit.name is None and view.shapes[i] == LOWER and is_open(view, place.end):
        after = view.keys[place.end]
        if after == "," and is_open(view, place.end + 1) and unit_at(view, place.end + 1) is not None:
            following = place_at(view, place.end + 1)
            if following is not None and following.unit.name is None:
                return None
    return place
