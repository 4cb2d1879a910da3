"""Random small graphs, and random changes that follow each other from there."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from kg.namespaces import iri
from kg.reference import code_files
from kg.resources import tree
from kg.validate.lookups import SUBCLASS, TYPE
from kg.validate.paths import Term
from kg.validate.stored import as_stored

STEPS = 6
"""Changes from one random graph on before the next one is drawn."""
Step = tuple[frozenset[Quad], frozenset[Quad]]
"""A graph before and after a change, as the store keeps them."""


class MadeUp:
    """Graphs for the shapes of every-kind.ttl and hostile.ttl: few nodes, so that much hangs together."""

    def __init__(
        self,
        nodes: list[NamedNode | BlankNode],
        classes: list[NamedNode],
        links: list[NamedNode],
        literals: list[Literal],
    ) -> None:
        self._nodes, self._classes, self._links = nodes, classes, [*links, iri("rdfs:label")]
        self._values = [*nodes, *nodes, *literals]

    def quad(self, chance: random.Random) -> Quad:
        """One triple: a type, a subclass now and then, or a link."""
        kind = chance.random()
        if kind < 0.05:
            return Quad(chance.choice(self._classes[-2:]), SUBCLASS, chance.choice(self._classes))
        if kind < 0.35:
            return Quad(chance.choice(self._nodes), TYPE, chance.choice(self._classes))
        return Quad(chance.choice(self._nodes), chance.choice(self._links), chance.choice(self._values))

    def graph(self, chance: random.Random) -> frozenset[Quad]:
        """Up to 18 triples."""
        return frozenset(self.quad(chance) for _ in range(chance.randint(1, 18)))


class Spoilt:
    """Graphs for the shapes of the ontology: one to three of its examples, valid and invalid, altered at random."""

    def __init__(self, literals: list[Literal]) -> None:
        self.examples = {file: quads_of(file) for file in sorted(tree("ontology").glob("*/examples/*valid-*.ttl"))}
        self._topics = sorted({file.parent for file in self.examples})
        self._codes: dict[Term, list[Quad]] = {}
        for quad in (quad for file in code_files() for quad in quads_of(Path(file))):
            self._codes.setdefault(_term(quad.subject), []).append(quad)
        self._by_letters: dict[str, list[Term]] = {}
        for code, quads in self._codes.items():
            for quad in quads:
                if quad.predicate == iri("skos:notation"):
                    self._by_letters.setdefault(_term(quad.object).value, []).append(code)
        self._odd = literals
        self._pool: list[Quad] = []
        self._by_predicate: dict[NamedNode, list[Term]] = {}
        for quads in self.examples.values():
            for quad in quads:
                self._by_predicate.setdefault(quad.predicate, []).append(_term(quad.object))

    def graph(self, chance: random.Random) -> frozenset[Quad]:
        """The triples of the chosen examples, some of them altered, with the codes that they name."""
        topic = chance.choice(self._topics)
        near = [file for file in self.examples if file.parent == topic]
        files = [chance.choice(near), *(chance.choice([*self.examples]) for _ in range(chance.choice((0, 1, 1, 2))))]
        return self.around([quad for file in files for quad in self.examples[file]], chance)

    def of(self, pool: list[Quad]) -> "Around":
        """Graphs of the triples of a pool, altered in the same ways."""
        return Around(self, pool)

    def around(self, pool: list[Quad], chance: random.Random) -> frozenset[Quad]:
        """A graph made of triples of the pool, from which the changes that follow are drawn too."""
        self._pool = pool
        kept = [quad if chance.random() < 0.93 else self.quad(chance) for quad in pool if chance.random() < 0.96]
        return frozenset(kept).union(*(self._codes.get(term, ()) for quad in pool for term in self._named_by(quad)))

    def _named_by(self, quad: Quad) -> Iterator[Term]:
        """The codes that a triple names: its object, and those whose letters stand in a symbol, with their schemes."""
        value = _term(quad.object)
        yield value
        if quad.predicate == iri("bm:symbol"):
            for code in (
                code for letters in re.split("[-/]", value.value) for code in self._by_letters.get(letters, ())
            ):
                yield from (code, *(_term(q.object) for q in self._codes[code] if q.predicate == iri("skos:inScheme")))

    def quad(self, chance: random.Random) -> Quad:
        """A triple of the pool as it is, or with another value or another subject that is met there."""
        quad, kind = chance.choice(self._pool), chance.random()
        if kind < 0.45:
            return quad
        if kind < 0.75:
            return Quad(quad.subject, quad.predicate, chance.choice(self._by_predicate[quad.predicate]))
        other = chance.choice(self._pool)
        if kind < 0.85:
            return Quad(quad.subject, quad.predicate, other.subject)
        if kind < 0.95:
            return Quad(other.subject, quad.predicate, quad.object)
        return Quad(quad.subject, quad.predicate, chance.choice(self._odd or self._by_predicate[quad.predicate]))


@dataclass(frozen=True, slots=True)
class Around:
    """Graphs for one of the shapes of the ontology."""

    source: Spoilt
    pool: list[Quad]

    def quad(self, chance: random.Random) -> Quad:
        """See `Spoilt`."""
        return self.source.quad(chance)

    def graph(self, chance: random.Random) -> frozenset[Quad]:
        """See `Spoilt`."""
        return self.source.around(self.pool, chance)


def steps(source: MadeUp | Spoilt | Around, seed: int, count: int) -> Iterator[Step]:
    """`count` changes of up to five triples more and four fewer, in runs of `STEPS` from one random graph."""
    chance = random.Random(seed)
    before: frozenset[Quad] = frozenset()
    for number in range(count):
        if number % STEPS == 0:
            before = as_stored(source.graph(chance))
        add = {source.quad(chance) for _ in range(chance.randint(0, 5))}
        known = sorted(before, key=str)
        remove = set(chance.sample(known, min(len(known), chance.randint(0 if add else 1, 4))))
        after = as_stored((before - remove) | add)
        yield before, after
        before = after


def quads_of(file: Path) -> list[Quad]:
    """The triples of a Turtle file, in the default graph."""
    return [Quad(q.subject, q.predicate, q.object) for q in parse(path=str(file), format=RdfFormat.TURTLE)]


def _term(term: object) -> Term:
    assert isinstance(term, NamedNode | Literal | BlankNode)
    return term
