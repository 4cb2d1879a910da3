"""People: names with the same words are one person, short forms are found again, posts are merged."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from kg.extract.attach import Link
from kg.extract.biographies import Life
from kg.extract.items import Address, Item, Name
from kg.extract.positions import merge_positions
from kg.extract.view import LOWER, View
from kg.model.extraction import PersonRead, Position
from kg.model.fold import accented_key
from kg.model.spans import Span


@dataclass(slots=True)
class _Person:
    name: str
    spans: list[Span] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    rank: str | None = None
    degree: str | None = None
    birth: str | None = None
    death: str | None = None


def assemble(
    view: View, items: list[Item], links: list[Link], lives: list[Life]
) -> tuple[dict[int, str], list[PersonRead]]:
    """People who hold a post, in order of appearance, and the name by which each name item goes."""
    known = _full_names(view, items)
    by_item: dict[int, str] = {}
    people: dict[str, _Person] = {}
    for k, item in enumerate(items):
        if not isinstance(item, Name):
            continue
        surface, own = view.words(item.start, item.end), _key(view, item)
        key = known.get(own, own)
        person = people.setdefault(key, _Person(_shown(surface)))
        if own == key and accented_key(person.name) != key:
            person.name = _shown(surface)
        by_item[k] = key
        person.spans.append(view.token_span(item.start, item.end))
        _addressed(view, items, k, person)
    for life in lives:
        person = people[by_item[life.name]]
        person.birth, person.death = person.birth or life.birth, person.death or life.death
    held: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        held[by_item[link.name]].append(link)
    _short_forms(view, items, {key: people[key] for key in held})
    out = []
    for key, person in people.items():
        if key not in held:
            continue
        person.positions = merge_positions(view, held[key])
        if not person.positions:
            continue
        out.append(
            PersonRead(
                person.name,
                tuple(sorted(set(person.spans))),
                tuple(person.positions),
                tuple(dict.fromkeys(person.aliases)),
                person.rank,
                person.degree,
                person.birth,
                person.death,
            )
        )
    return {k: people[key].name for k, key in by_item.items() if key in held}, out


def _shown(surface: str) -> str:
    return surface.title() if surface.isupper() and len(surface) > 4 else surface


def _key(view: View, name: Name) -> str:
    """The folded words of a name."""
    return " ".join(view.keys[name.start : name.end])


def _full_names(view: View, items: list[Item]) -> dict[str, str]:
    """For each name that is part of one longer name, the better of both by its key. Of one that begins it: the longer,
    from which a wrap or a typo cut it; the shorter, where it stands more often ("Lò Văn Tâm Liên tiếp sai phạm"). Two
    syllables that end it are its short form."""
    counts = Counter(_key(view, i) for i in items if isinstance(i, Name))
    keys = sorted(counts)
    out = {}
    for key in keys:
        if key.count(" ") == 1:  # "Bí thư Xuân Anh" of whom the text speaks as "Nguyễn Xuân Anh"
            whole = [other for other in keys if other.endswith(f" {key}")]
            if len(whole) == 1:
                out[key] = whole[0]
    for n, key in enumerate(keys):
        longer = [other for other in keys[n + 1 : n + 3] if other.startswith(key + " ")]
        if len(longer) == 1 and key.count(" ") >= 2:
            if counts[key] > counts[longer[0]]:
                out[longer[0]] = key
            else:
                out[key] = longer[0]
    return out


def _addressed(view: View, items: list[Item], k: int, person: _Person) -> None:
    """Ranks and degrees right before a name."""
    at = items[k].start
    for before in reversed(items[max(0, k - 4) : k]):
        if not isinstance(before, Address) or view.keys[before.end : at] not in ([], [","], ["."]):
            break
        if before.kind == "rank":
            person.rank = person.rank or before.form
        elif before.kind == "degree":
            joined = f"{before.form}, {person.degree}" if person.degree else before.form
            person.degree = joined if person.degree != before.form else person.degree
        at = before.start


def _short_forms(view: View, items: list[Item], people: dict[str, _Person]) -> None:
    """ "ông Thiện" after "Nguyễn Văn Thiện": the last syllable after a form of address, when only one person has it."""
    last: dict[str, list[_Person]] = defaultdict(list)
    for key, person in people.items():
        last[key.split(" ")[-1]].append(person)
    full = {item.start for item in items if isinstance(item, Name)}
    for item in items:
        if not isinstance(item, Address) or item.end >= len(view) or view.hard[item.end]:
            continue
        owners = last.get(view.keys[item.end], [])
        if len(owners) == 1 and view.shapes[item.end] != LOWER:
            span = view.token_span(item.end, item.end + 1)
            if item.end not in full:
                owners[0].spans.append(span)
                owners[0].aliases.append(view.word(item.end))
