"""What goes with a finding: the sentences behind the fact concerned, and repairs that were tried."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from pyoxigraph import Quad, RdfFormat, parse

from kg.namespaces import curie


@dataclass(frozen=True, slots=True)
class Sentence:
    """Evidence in the words of its source.

    `evidence`, `supports` and `source` are IRIs, `supports` the fact or claim that is said; `published` is an ISO day
    (the latest that it can be), empty where it is not known; `start` and `end` count code points of the source's text,
    None where the evidence does not say them.
    """

    evidence: str
    supports: str
    quote: str
    source: str
    source_label: str
    published: str
    start: int | None
    end: int | None

    @property
    def words(self) -> str:
        """The quote, with its source and day."""
        source = self.source_label or curie(self.source)
        return f"“{self.quote}” – {', '.join(part for part in (source, self.published) if part)}"

    def to_json(self) -> dict[str, Any]:
        """The fields, by their names."""
        return asdict(self)


@dataclass(frozen=True)
class Repair:
    """A small change that was tried: it takes the finding away and brings none.

    `kind` is its name in `repairs.yaml`; `remove` and `add` are N-Triples, a line a triple, in order; `left` is the
    number of findings that the report has after it.
    """

    kind: str
    sentence_vi: str
    sentence_en: str
    remove: str
    add: str
    left: int

    @cached_property
    def quads(self) -> tuple[frozenset[Quad], frozenset[Quad]]:
        """(to add, to remove), in the default graph."""
        return _read(self.add), _read(self.remove)

    @property
    def patch(self) -> str:
        """The change as rows of RDF Patch."""
        rows = ((code, line) for code, text in (("D", self.remove), ("A", self.add)) for line in text.splitlines())
        return "\n".join(f"{code} {line}" for code, line in rows)

    def to_json(self) -> dict[str, Any]:
        """The fields, by their names."""
        return asdict(self)


def sentence_from(row: Mapping[str, Any]) -> Sentence:
    """The sentence that `to_json` told."""
    return Sentence(**row)


def repair_from(row: Mapping[str, Any]) -> Repair:
    """The repair that `to_json` told."""
    return Repair(**row)


def _read(lines: str) -> frozenset[Quad]:
    return frozenset(parse(lines, format=RdfFormat.N_TRIPLES))
