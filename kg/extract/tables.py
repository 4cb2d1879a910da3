"""The two tables on which names of bodies and posts rest, as look-up trees."""

from dataclasses import dataclass
from functools import cache

from kg.extract.lexicon import Trie, rows, trie
from kg.extract.view import look, word_key


@dataclass(frozen=True, slots=True)
class Head:
    """A row of organs.tsv: the head of a body's name, its kind and what follows it."""

    form: str
    kind: str
    tail: str


@dataclass(frozen=True, slots=True)
class Rank:
    """A row of titles.tsv, with "phó" before it where the row allows it."""

    title: str
    organ: str


@cache
def heads() -> Trie[Head]:
    """The heads of organs.tsv."""
    return trie((row[0], Head(row[1], row[2], row[3])) for row in rows("organs.tsv"))


@cache
def head_of(noun: str) -> Head | None:
    """The row of organs.tsv under whose words a noun begins."""
    found = heads().longest(look(noun), 0)
    return found[1] if found is not None else None


@cache
def ranks() -> Trie[Rank]:
    """The surfaces of titles.tsv, deputies made from their heads."""
    pairs: list[tuple[str, Rank]] = []
    for surfaces, title, organ, deputy, *_ in rows("titles.tsv"):
        pairs.append((surfaces, Rank(title, organ)))
        if deputy == "yes":
            pairs.append(("|".join(f"phó {s}|p. {s}" for s in surfaces.split("|")), Rank(f"Phó {title}", organ)))
    return trie(pairs)


@cache
def name_words() -> frozenset[str]:
    """Keys of syllables that names of bodies hold in lower case."""
    inner = {key for row in rows("name_words.txt") for key in look(row[0]).keys}
    fields = {key for row in rows("fields.tsv") for key in look(row[1]).keys}
    joins = {word_key(word) for word in ("và", "các", "với")}
    return frozenset((inner | {key for key in fields if key.isalpha()}) - joins)


@cache
def stop_words() -> frozenset[str]:
    """Keys of syllables that never go on with the name of a body."""
    return frozenset(key for row in rows("stop_words.txt") for key in look(row[0]).keys)


@cache
def countries() -> Trie[str]:
    """Names of other countries and international bodies."""
    return trie((row[0], row[0]) for row in rows("countries.txt"))
