"""Document numbers such as 238-QĐ/TW and 34/2016/NĐ-CP: read in any of their printed forms, written in one."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, RdfFormat
from pyoxigraph import parse as parse_rdf

from kg.model.fold import plain
from kg.namespaces import iri
from kg.resources import tree

_SEPARATED = re.compile(r"([-/])")
_SERIAL = re.compile(r"([0-9]{1,6})([A-Za-zĐđ]{0,6})")
_SUFFIX = 2  # letters at most: 15a, 12BS
_BLANK_FOR_SLASH = re.compile(r"(?<=[A-Za-zĐđ])\s+(?=(?:TW|TƯ|T\.[ƯW]|TU|HU|QU|ĐU)$)")  # "46-CT TW": the Party's alone
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_CODE = re.compile(r"[A-Za-zĐđƯưƠơÂâÊêÔô&.+]{1,20}[0-9]{0,3}")
_TERM = re.compile(r"[0-9]+$")
_COUNTED = ("qh", "ubtvqh")
_CENTRE = ("TƯ", "T.Ư", "T.W")
_ONE_SERIES = ("QĐI", "QYĐ")
_NAME, _NOTATION, _HIDDEN, _LADDER, _CENTRAL, _FROM, _TO = (
    iri(name).value
    for name in (
        "skos:prefLabel",
        "skos:notation",
        "skos:hiddenLabel",
        "bm:ladder",
        "bm:central",
        "bm:validFrom",
        "bm:validTo",
    )
)


@dataclass(frozen=True, slots=True)
class DocumentCode:
    """A row of the closed lists in `ontology/codes`: what a code means on a ladder ("*" for any).

    `is_central`: its name needs no place. `valid_from` and `valid_to` (the first day after) bound its use; None where
    no rule or event is known to have begun or ended it.
    """

    code: str
    ladder: str
    name: str
    is_central: bool
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def is_used_on(self, day: dt.date | None) -> bool:
        """Whether papers of that day could bear it, as far as is known; with no day, whether any could."""
        if day is None:
            return True
        return not (self.valid_from and day < self.valid_from) and not (self.valid_to and day >= self.valid_to)


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The parts of a number. `separators` has one mark for each part after the serial, in order.

    `serial` keeps its leading zeros; `units` are the segments after the issuer (QĐ-BCA-C06 → C06, 5973/UBND-KT → KT).
    """

    serial: str
    suffix: str
    year: int | None
    type_code: str | None
    issuer_code: str | None
    units: tuple[str, ...]
    separators: tuple[str, ...]

    @property
    def number(self) -> int:
        """The serial as a number."""
        return int(self.serial)

    @property
    def term(self) -> int | None:
        """The term that the issuer's code states (QH15 → 15); of other issuers a figure is no term (QĐ-C06)."""
        match = _TERM.search(self.issuer_code or "")
        return int(match.group()) if match and _bare(self.issuer_code) in _COUNTED else None

    @property
    def ladder(self) -> str | None:
        """Party, State or Front, by the separators; an issuer that exists on one ladder only decides over them."""
        ladders = {row.ladder for row in _meanings("issuer", _bare(self.issuer_code))}
        if len(ladders) == 1 and "*" not in ladders:
            return ladders.pop()
        if self.type_code is None:
            return "State" if self.issuer_code else None
        ladders = {row.ladder for row in _meanings("typecode", self.type_code)}
        if len(ladders) == 1 and "*" not in ladders:
            return ladders.pop()
        return "State" if self.separators[0] == "/" or self.year is not None else "Party"

    def type_names(self, day: dt.date | None = None) -> tuple[str, ...]:
        """What documents of this type code are called, most usual first; none for a letter (công văn) or a law.

        Names in use on `day`, when the paper was issued, come before the others: offices keep old letters for a while.
        """
        if self.type_code is None:
            return ()
        ladder = self.ladder
        fits = [row for row in _meanings("typecode", self.type_code) if row.ladder in ("*", ladder)]
        return tuple(dict.fromkeys(r.name for r in sorted(fits, key=lambda r: not r.is_used_on(day))))

    def issuer(self, day: dt.date | None = None) -> DocumentCode | None:
        """What the issuer's code means on this number's ladder; TW and TU hide which organ of theirs it was.

        Where letters changed hands, the meaning of `day` comes before the others.
        """
        ladder = self.ladder
        fits = [row for row in _meanings("issuer", _bare(self.issuer_code)) if row.ladder in ("*", ladder)]
        return min(fits, key=lambda r: not r.is_used_on(day), default=None)

    def unused_letters(self, day: dt.date) -> tuple[str, ...]:
        """Which of its letters nobody used on that day (BTGDVTW in 2022): a reason to doubt the day or the symbol."""
        known = (("typecode", self.type_code or ""), ("issuer", _bare(self.issuer_code)))
        return tuple(
            code.upper()
            for kind, code in known
            if (fits := _meanings(kind, code)) and not any(row.is_used_on(day) for row in fits)
        )

    @property
    def is_central(self) -> bool:
        """Whether it is of a series of the centre, so that it needs no place to be told apart."""
        issuer = self.issuer()
        return self.hides_issuer or (issuer is not None and issuer.is_central)

    @property
    def hides_issuer(self) -> bool:
        """Whether it is of the Central Committee's letters (TW, TƯ, T.Ư), which stand for several of its bodies."""
        return (self.issuer_code or "").upper() in ("TW", *_CENTRE)

    def key(self) -> str:
        """Equal for all printed forms of one number: no leading zeros, upper case, "/" as "-", TƯ and T.Ư as TW.

        At the centre decisions and regulations share one series, so that QĐi and QyĐ are QĐ there.
        """
        head, *parts = re.sub(r"^0+(?=\d)", "", str(self)).replace("/", "-").upper().split("-")
        parts = ["TW" if part in _CENTRE else part for part in parts]
        if "TW" in parts:
            parts = ["QĐ" if part in _ONE_SERIES else part for part in parts]
        return "-".join([head, *parts])

    def __str__(self) -> str:
        parts = [str(self.year)] if self.year is not None else []
        parts += [part for part in (self.type_code, self.issuer_code, *self.units) if part]
        return self.serial + self.suffix + "".join(s + p for s, p in zip(self.separators, parts, strict=True))


def parse(text: str) -> DocumentNumber | None:
    """Reads one number, blanks and any dash inside it forgiven; None when it is none ("05/4/2022", "quý II-2022").

    At least a type or issuer code has to follow the serial. A type that only a blank parts from the serial is read as
    one behind a dash (46 CT/TW).
    """
    slashed = _BLANK_FOR_SLASH.sub("/", plain(text).strip())
    pieces = _SEPARATED.split(re.sub(r"\s+", "", slashed).rstrip("."))
    head, separators, parts = pieces[0], pieces[1::2], pieces[2::2]
    serial = _SERIAL.fullmatch(head)
    if not serial or not parts:
        return None
    digits, letters = serial.groups()
    if len(letters) >= _SUFFIX and is_type(letters) and not any(is_type(part) for part in parts):
        place = 1 if _YEAR.fullmatch(parts[0]) else 0
        parts[place:place], separators[place:place] = [letters], ["-"]
        letters = ""
    if len(letters) > _SUFFIX:
        return None
    while parts and not parts[-1]:  # cut short in print: "123/QĐ-"
        parts, separators = parts[:-1], separators[:-1]
    year = int(parts[0]) if parts and _YEAR.fullmatch(parts[0]) else None
    codes = parts[1:] if year is not None else parts
    if not codes or not all(_CODE.fullmatch(code) for code in codes) or not codes[0][0].isalpha():
        return None
    type_code, rest = (codes[0], codes[1:]) if is_type(codes[0]) else (None, codes)
    issuer = rest[0] if rest else None
    return DocumentNumber(digits, letters, year, type_code, issuer, tuple(rest[1:]), tuple(separators))


def is_type(code: str) -> bool:
    """Whether the code is in the closed list of types, in any case."""
    return bool(_meanings("typecode", code))


def is_issuer(code: str) -> bool:
    """Whether the code is in the closed list of issuers, in any case, with or without a term (QH15)."""
    return bool(_meanings("issuer", _bare(code)))


@cache
def types() -> tuple[DocumentCode, ...]:
    """The closed list of document types by code and ladder."""
    return _rows("typecode")


@cache
def issuers() -> tuple[DocumentCode, ...]:
    """The closed list of issuers by code and ladder."""
    return _rows("issuer")


def _meanings(kind: str, code: str) -> tuple[DocumentCode, ...]:
    """The rows of a closed list for a code in any case, in their order."""
    return _by_code(kind).get(code.lower(), ())


@cache
def _by_code(kind: str) -> dict[str, tuple[DocumentCode, ...]]:
    found: dict[str, list[DocumentCode]] = {}
    for row in _rows(kind):
        found.setdefault(row.code.lower(), []).append(row)
    return {code: tuple(rows) for code, rows in found.items()}


@cache
def _rows(kind: str) -> tuple[DocumentCode, ...]:
    """The codes of `ontology/codes/<kind>.ttl` in its order, one row for each way of writing them."""
    said: dict[str, dict[str, list[str]]] = {}
    for quad in parse_rdf(path=str(tree("ontology") / "codes" / f"{kind}.ttl"), format=RdfFormat.TURTLE):
        if not (isinstance(quad.object, Literal) and quad.object.language == "en"):
            values = said.setdefault(str(quad.subject), {})
            values.setdefault(quad.predicate.value, []).append(getattr(quad.object, "value", ""))
    return tuple(
        DocumentCode(code, ladder.rpartition("/")[2], values[_NAME][0], _CENTRAL in values, *_bounds(values))
        for values in said.values()
        if _NOTATION in values
        for ladder in values.get(_LADDER, ["*"])
        for code in (*values[_NOTATION], *values.get(_HIDDEN, ()))
    )


def _bounds(values: dict[str, list[str]]) -> tuple[dt.date | None, dt.date | None]:
    first, end = (values.get(bound, [None])[0] for bound in (_FROM, _TO))
    return (dt.date.fromisoformat(first) if first else None, dt.date.fromisoformat(end) if end else None)


def _bare(code: str | None) -> str:
    """The letters by which the closed list knows an issuer: without a term, and one way of writing the centre."""
    return "tw" if code and code.upper() in _CENTRE else _TERM.sub("", code or "").lower()
