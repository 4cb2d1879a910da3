"""Scores that explain themselves: a candidate's features, and what follows from them.

score = 100 · (6·name + 1·type + 3·properties) / (the weights of what was asked). `name` is 1 for the same name, 0.9 if
only diacritics differ, else 0.8 times the share of words in common; `type` is 1 or 0; `properties` is the mean of their
fits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.search import Closeness
from server.reconcile.comparing import FITS
from server.reconcile.terms import NAMESAKES

_NAME, _TYPE, _PROPERTIES = 6.0, 1.0, 3.0
_OTHER_MARKS: Final = 0.9
_SOME_WORDS: Final = 0.8


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a candidate; None for what was not asked. `properties` are fits from 0 to 1 by identifier."""

    name: Closeness | None = None
    type: bool | None = None
    properties: Mapping[str, float] = field(default_factory=dict)

    def score(self) -> float:
        """From 0 to 100."""
        parts: list[tuple[float, float]] = []
        if self.name is not None:
            parts.append((_NAME, _worth(self.name)))
        if self.type is not None:
            parts.append((_TYPE, float(self.type)))
        if self.properties:
            parts.append((_PROPERTIES, sum(self.properties.values()) / len(self.properties)))
        weights = sum(weight for weight, _ in parts)
        return round(100 * sum(weight * value for weight, value in parts) / weights, 1) if weights else 0.0

    def agree(self) -> bool:
        """Whether nothing that was asked speaks against this candidate, its name among it."""
        named = self.name is not None and self.name.same and self.name.marks
        return named and self.type is not False and all(fit >= FITS for fit in self.properties.values())

    def told(self) -> list[dict[str, object]]:
        """As the protocol writes them."""
        features: list[dict[str, object]] = []
        if self.name is not None:
            features = [
                {"id": "name_same", "value": self.name.same},
                {"id": "name_marks", "value": self.name.marks},
                {"id": "name_words", "value": round(self.name.words, 3)},
            ]
        if self.type is not None:
            features.append({"id": "type", "value": self.type})
        return features + [{"id": f"property_{pid}", "value": fit} for pid, fit in self.properties.items()]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may be meant."""

    iri: str
    label: str
    note: str
    class_: str
    types: frozenset[str]
    features: Features


def matched(candidates: Iterable[Candidate]) -> Candidate | None:
    """The one that is meant, where it is certain: the only one with that name that nothing speaks against.

    People, papers and meetings share names: with these a property must agree as well.
    """
    agreeing = [one for one in candidates if one.features.agree()]
    if len(agreeing) != 1 or (agreeing[0].class_ in NAMESAKES and not agreeing[0].features.properties):
        return None
    return agreeing[0]


def _worth(name: Closeness) -> float:
    if name.same:
        return 1.0 if name.marks else _OTHER_MARKS
    return _SOME_WORDS * name.words
