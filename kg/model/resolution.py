"""Which paper a cited symbol means: symbols repeat across terms, years, series and provinces, so reasons decide.

Numbers of the Party run per series and term (Quy định 66-QĐ/TW of 2017, renewed by 399-QĐ/TW of 2026), those of the
state per year or, for Quốc hội, per term (Nghị định 30/2020/NĐ-CP); of the centre there is one series, of each province
its own.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import fold
from kg.model.numbers import DocumentNumber

_FEW_WORDS = 4
_ALIKE = 0.6
_LEAD = 2  # points by which a candidate has to lead: what only one side states is not yet a difference


@dataclass(frozen=True, slots=True)
class DirectiveCandidate:
    """A known paper. `symbol` is a number's key (or a folded name); `issuer` and `place` any one way of naming them.

    `term` is the ordinal of the issuing committee's or assembly's term, `type` the Vietnamese word (Quyết định).
    """

    iri: str
    symbol: str
    term: int | None = None
    year: int | None = None
    issuer: str | None = None
    place: str | None = None
    type: str | None = None
    title: str | None = None
    issued: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DirectiveMention:
    """What is known of a cited paper where it is cited. `number` is None for one known by name, its key in `symbol`.

    `day` is the day of the report: no paper is cited before it is issued.
    """

    symbol: str
    number: DocumentNumber | None = None
    term: int | None = None
    year: int | None = None
    issuer: str | None = None
    place: str | None = None
    type: str | None = None
    title: str | None = None
    issued: dt.date | None = None
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground for or against, in words; `points` is None for a contradiction, which nothing outweighs."""

    points: int | None
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with the reasons for and against it; `is_told` when it is known to be of the series that is meant."""

    candidate: DirectiveCandidate
    reasons: tuple[Reason, ...]
    is_told: bool

    @property
    def score(self) -> int:
        """The sum of the points of its reasons."""
        return sum(reason.points or 0 for reason in self.reasons)

    @property
    def is_contradicted(self) -> bool:
        """Whether term, year, place, series or day rule it out."""
        return any(reason.points is None for reason in self.reasons)

    def explain(self, language: str) -> str:
        """The reasons in "vi" or "en", on one line."""
        return "; ".join(reason.vi if language == "vi" else reason.en for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Resolution:
    """The candidates, the likeliest first; those that are contradicted come last."""

    ranked: tuple[Ranked, ...]

    @property
    def choice(self) -> DirectiveCandidate | None:
        """The candidate that is meant; None when none fits, or when the next fits nearly as well (a person decides)."""
        fits = [each for each in self.ranked if each.is_told and not each.is_contradicted]
        if not fits or (len(fits) > 1 and fits[0].score < fits[1].score + _LEAD):
            return None
        return fits[0].candidate


def resolve(mention: DirectiveMention, candidates: Iterable[DirectiveCandidate]) -> Resolution:
    """Ranks the candidates that bear the symbol of the mention, whatever order they come in; others are left out."""
    same = [_rank(mention, each) for each in candidates if each.symbol == mention.symbol]
    return Resolution(tuple(sorted(same, key=lambda r: (r.is_contradicted, not r.is_told, -r.score, r.candidate.iri))))


def _rank(mention: DirectiveMention, candidate: DirectiveCandidate) -> Ranked:
    is_central = mention.number is not None and mention.number.is_central
    found = [
        Reason(1, "cùng số và ký hiệu", "same number and symbol")
        if mention.number
        else Reason(1, "cùng tên gọi", "same name"),
        _term(mention, candidate),
        _year(mention, candidate),
        _issued(mention, candidate),
        _letters(mention, candidate),
        _not_yet(mention, candidate),
        *_issuer(mention, candidate, is_central),
        _type(mention, candidate, is_central),
        _titles(mention.title, candidate.title),
    ]
    reasons = tuple(reason for reason in found if reason)
    same_place = bool(mention.place and mention.place == candidate.place)
    same_issuer = bool(mention.issuer and mention.issuer == candidate.issuer)
    is_told = is_central or same_issuer or same_place  # titles tell no places apart: provinces copy them
    if not is_told:
        reasons += (Reason(0, "chưa rõ có cùng nơi ban hành không", "not known whether of the same place"),)
    return Ranked(candidate, reasons, is_told)


def _term(mention: DirectiveMention, candidate: DirectiveCandidate) -> Reason | None:
    if mention.term is None or candidate.term is None:
        return None
    said, known = roman(mention.term), roman(candidate.term)
    if mention.term == candidate.term:
        return Reason(4, f"khóa {said} phù hợp", f"term {said} agrees")
    return Reason(None, f"khác khóa: {said}, không phải {known}", f"another term: {said}, not {known}")


def _year(mention: DirectiveMention, candidate: DirectiveCandidate) -> Reason | None:
    said, known = mention.year, candidate.year
    if said is None or known is None:
        return None
    if said == known:
        return Reason(2, f"năm {said} phù hợp", f"year {said} agrees")
    if mention.term is not None and mention.term == candidate.term:
        return Reason(-1, f"cùng khóa nhưng ghi năm {said} và {known}", f"same term, but years {said} and {known}")
    return Reason(None, f"khác năm: {said}, không phải {known}", f"another year: {said}, not {known}")


def _issued(mention: DirectiveMention, candidate: DirectiveCandidate) -> Reason | None:
    said, known = mention.issued, candidate.issued
    if said is None or known is None:
        return None
    if said == known:
        return Reason(3, f"cùng ngày ban hành {said:%d/%m/%Y}", f"both issued on {said.isoformat()}")
    return Reason(
        -1,
        f"ghi ngày ban hành {said:%d/%m/%Y} và {known:%d/%m/%Y}",
        f"said to be issued on {said.isoformat()} and {known.isoformat()}",
    )


def _letters(mention: DirectiveMention, candidate: DirectiveCandidate) -> Reason | None:
    if mention.number is None or candidate.issued is None:
        return None
    strange = ", ".join(mention.number.unused_letters(candidate.issued))
    if not strange:
        return None
    day = candidate.issued
    return Reason(-1, f"chữ {strange} không dùng vào ngày {day:%d/%m/%Y}", f"{strange} not in use on {day.isoformat()}")


def _not_yet(mention: DirectiveMention, candidate: DirectiveCandidate) -> Reason | None:
    known = candidate.issued or (dt.date(candidate.year, 1, 1) if candidate.year else None)
    if mention.day is None or known is None or known <= mention.day:
        return None
    is_same_term = mention.term is not None and mention.term == candidate.term  # then the day is the thing in doubt
    return Reason(
        -1 if is_same_term else None,
        f"đến {mention.day:%d/%m/%Y} chưa ban hành",
        f"not issued yet on {mention.day.isoformat()}",
    )


def _issuer(mention: DirectiveMention, candidate: DirectiveCandidate, is_central: bool) -> Iterable[Reason]:
    if mention.issuer and mention.issuer == candidate.issuer:
        yield Reason(2, "cùng cơ quan ban hành", "same issuer")
        return
    if not is_central and mention.place and candidate.place:
        if mention.place != candidate.place:
            yield Reason(None, "khác địa phương", "another place")
            return
        yield Reason(2, "cùng địa phương", "same place")
    if mention.issuer and candidate.issuer and (is_central or (mention.place and candidate.place)):
        yield Reason(
            -1, "ghi cơ quan ban hành khác nhau trong cùng dãy số", "different issuers of one series are named"
        )


def _type(mention: DirectiveMention, candidate: DirectiveCandidate, is_central: bool) -> Reason | None:
    """QĐ is Quyết định and Quy định: at the centre they share one series, below it each may have its own."""
    if not mention.type or not candidate.type:
        return None
    if fold.accented_key(mention.type) == fold.accented_key(candidate.type):
        return Reason(1, f"cùng loại văn bản ({mention.type})", f"same kind of paper ({mention.type})")
    said = f"{mention.type}, không phải {candidate.type}", f"{mention.type}, not {candidate.type}"
    names = {fold.accented_key(name) for name in mention.number.type_names()} if mention.number else set()
    are_two = {fold.accented_key(mention.type), fold.accented_key(candidate.type)} <= names
    if are_two and not is_central:
        return Reason(None, f"khác dãy số: {said[0]}", f"another series: {said[1]}")
    return Reason(-1, f"ghi loại văn bản khác: {said[0]}", f"another kind is named: {said[1]}")


def _titles(one: str | None, other: str | None) -> Reason | None:
    """Titles that share most of their words, or of which one is the beginning of the other."""
    said, known = ({*fold.accented_key(t or "").split()} for t in (one, other))
    if min(len(said), len(known)) < _FEW_WORDS:
        return None
    share = len(said & known) / min(len(said), len(known))
    if share >= _ALIKE:
        return Reason(2, "trích yếu giống nhau", "titles alike")
    return Reason(-1, "trích yếu khác nhau", "titles differ")


def roman(ordinal: int) -> str:
    """XIII for 13, as terms are written; digits from 40 on."""
    if not 0 < ordinal < 40:
        return str(ordinal)
    return "X" * (ordinal // 10) + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][ordinal % 10]
