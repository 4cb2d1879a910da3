"""Places of the country in a text: what they are called, where they stand, and which one "tỉnh" means."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.extract.lexicon import Trie, rows, trie
from kg.extract.names import name_at
from kg.extract.view import LOWER, MARK, NUMBER, TITLE, UPPER, View, look, word_key

CENTRAL_CITIES: Final = ("Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế")
UNITS: Final = trie(
    [
        ("tỉnh|t.", "tỉnh"),
        ("thành phố|tp|tp.|t.p|thành phố thuộc tỉnh", "thành phố"),
        ("huyện|h.", "huyện"),
        ("quận|q.", "quận"),
        ("thị xã|tx|tx.", "thị xã"),
        ("xã|x.", "xã"),
        ("phường|p.", "phường"),
        ("thị trấn|tt.", "thị trấn"),
        ("đặc khu", "đặc khu"),
    ]
)


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit as read: "thành phố" + "Bắc Kạn"; `name` None where only the kind is said ("tỉnh")."""

    unit: str
    name: str | None

    def __str__(self) -> str:
        return f"{self.unit} {self.name}" if self.name else self.unit

    @property
    def is_province(self) -> bool:
        """Whether it stands at the level of provinces."""
        return self.unit == "tỉnh" or (self.unit == "thành phố" and self.name in CENTRAL_CITIES)


@dataclass(frozen=True, slots=True)
class Known:
    """A name of the gazetteer with the units that bear it, as (unit, province or None)."""

    name: str
    bearers: tuple[tuple[str, str | None], ...]

    @property
    def province(self) -> str | None:
        """The unit under which it is a province, if it is one."""
        return next((unit for unit, parent in self.bearers if parent is None), None)


@dataclass(frozen=True, slots=True)
class PlaceRead:
    """A place between two tokens; `of_body`: the unit that a body there serves."""

    start: int
    end: int
    unit: Unit
    of_body: bool = False


@cache
def gazetteer() -> Trie[Known]:
    """Provinces and districts by bare name; also the usual short forms of the largest city."""
    bearers: dict[str, list[tuple[str, str | None]]] = {}
    for unit, name, *parent in rows("places.tsv"):
        bearers.setdefault(name, []).append((unit, parent[0] if parent and parent[0] else None))
    out = trie((name, Known(name, tuple(units))) for name, units in bearers.items())
    for short in ("Thừa Thiên-Huế", "TT-Huế", "TT - Huế", "TT Huế", "TT.Huế", "TTH"):
        out.add(short, Known("Thừa Thiên Huế", (("tỉnh", None),)))
    for short in ("BR-VT", "BRVT", "BR - VT"):
        out.add(short, Known("Bà Rịa - Vũng Tàu", (("tỉnh", None),)))
    for short in ("HCM", "TPHCM", "TP.HCM", "TP Hồ Chí Minh", "thành phố Hồ Chí Minh", "TP.HỒ CHÍ MINH"):
        out.add(short, Known("Hồ Chí Minh", (("thành phố", None),)))
    return out


@cache
def communes() -> Trie[str]:
    """Names of communes, wards and townships, without their unit."""
    return trie((name[0], name[0]) for name in rows("communes.txt"))


@cache
def cities() -> frozenset[str]:
    """Names of the cities of the country."""
    return frozenset(n for u, n, *_ in rows("places.tsv") if u == "thành phố")


@cache
def city_of(province: str) -> str | None:
    """The provincial city that bears its province's name, else its only city."""
    cities = [n for u, n, *p in rows("places.tsv") if u == "thành phố" and p and p[0] == province]
    return province if province in cities else cities[0] if len(cities) == 1 else None


def unit_at(view: View, i: int) -> tuple[int, str] | None:
    """The unit word at a token; the full stop of a shortened one is eaten."""
    found = UNITS.longest(view, i)
    if found is None:
        return None
    end, unit = found
    if (
        end < len(view)
        and view.keys[end] == "."
        and view.ends[end - 1] == view.starts[end]
        and view.keys[i] in _SHORTENED
    ):
        if end + 1 >= len(view) or view.hard[end + 1] or view.shapes[end + 1] not in (TITLE, NUMBER, 2):
            return (end, unit) if view.keys[i] in ("tp", "tx") else None
        return end + 1, unit
    if len(view.keys[i]) == 1:
        return (end, unit) if end == i + 2 and _abbreviates(view, i, end) else None
    return end, unit


def _abbreviates(view: View, i: int, end: int) -> bool:
    """Whether a letter and its full stop stand for a unit: "H.Phong Điền", "Q.1", not for somebody ("chị H.") and not
    for a word ("Q. Giám đốc")."""
    if end >= len(view) or view.hard[end] or view.shapes[i] == LOWER or view.starts[end - 1] != view.ends[i]:
        return False
    if view.shapes[end] == NUMBER:
        return True
    near = view.starts[end] == view.ends[end - 1] or (i > 0 and view.keys[i - 1] in _CIVIL_HEADS)
    return near and view.shapes[end] in (TITLE, UPPER) and view.keys[end] not in _NOT_NAMES


def place_at(view: View, i: int) -> PlaceRead | None:
    """The place at a token: a known name, or a unit word with a name after it, or a unit word alone."""
    if view.shapes[i] not in (LOWER, MARK, NUMBER):
        known = gazetteer().longest(view, i)
        if known is not None and _whole(view, i, known[0]):
            return PlaceRead(i, known[0], Unit(*_as_unit(known[1])))
    found = unit_at(view, i)
    if found is None:
        return None
    end, unit = found
    if end < len(view) and not view.hard[end]:
        if view.shapes[end] == NUMBER and unit in ("quận", "phường", "xã"):
            return PlaceRead(i, end + 1, Unit(unit, view.word(end).lstrip("0") or "0"))
        after = named_after(view, end, unit)
        if after is not None:
            return PlaceRead(i, after[0], Unit(unit, after[1]))
    return PlaceRead(i, end, Unit(unit, None))


def named_after(view: View, i: int, unit: str) -> tuple[int, str] | None:
    """The end and form of the proper name after a unit word; lists first, else a run of capitals."""
    if view.shapes[i] not in (TITLE, 2) or view.keys[i : i + 3] == _SOCIALIST or _opens_sentence(view, i):
        return None
    lists: tuple[Trie[Known] | Trie[str], ...] = (communes(),) if unit in _SMALL else (gazetteer(), communes())
    if unit == "tỉnh":
        lists = (gazetteer(),)
    for names in lists:
        found = names.longest(view, i)
        if found is not None and _whole(view, i, found[0]) and not _begins_person(view, i, found[0]):
            name = found[1] if isinstance(found[1], str) else found[1].name
            return _numbered(view, found[0], name, unit)
    person = name_at(view, i)
    if unit == "tỉnh" or len(view.keys[i]) == 1 or (person is not None and person - i > 2):
        return None
    if i + 2 < len(view) and view.keys[i + 1] in _MIDDLE_NAMES and view.shapes[i + 2] == view.shapes[i]:
        return None  # "Chủ tịch UBND huyện Não Thị Kiều Loan"
    end = i + 1
    while end < len(view) and end < i + 2 and view.shapes[end] == view.shapes[i] and not view.hard[end]:
        end += 1
    if view.keys[i] in _RANKS or (end - i == 1 and (view.keys[i] in _NOT_NAMES or unit in _LISTED)):
        return None
    return _numbered(view, end, titled(view.words(i, end)), unit)


def _numbered(view: View, end: int, name: str, unit: str) -> tuple[int, str]:
    """The name with the number that tells two communes of one name apart: "xã Tam Xuân 2,"; not "xã An Phú 5 triệu"."""
    if unit not in _SMALL or end >= len(view) or view.shapes[end] != NUMBER or view.hard[end]:
        return end, name
    after = end + 1
    closed = after >= len(view) or view.hard[after] or view.keys[after] in _CLOSING or view.shapes[after] == TITLE
    return (after, f"{name} {view.word(end)}") if closed and len(view.keys[end]) == 1 else (end, name)


def _begins_person(view: View, i: int, end: int) -> bool:
    """Whether one word that names a place begins the name of somebody: "huyện | Phan Thị Hải Yến"."""
    return end == i + 1 and view.keys[end : end + 1] != [] and view.keys[end] in _MIDDLE_NAMES and not view.hard[end]


_CLOSING: Final = frozenset((",", ";", ")", "(", "-", *map(word_key, ("là", "đã", "cho"))))
_LISTED: Final = ("thành phố", "tỉnh", "huyện", "quận", "thị xã")  # all of them are in the list of places
_RANKS: Final = frozenset(map(word_key, ("phó", "bí", "giám")))

_ADDRESSES: Final = frozenset(map(word_key, ("ông", "bà")))


def _opens_sentence(view: View, i: int) -> bool:
    """Whether a form of address opens a sentence behind a unit word: its full stop is also that of its sentence ("… của
    TP. Ông A cho biết"), or a heading without one stands before ("… trách nhiệm cho phường Ông Lò Văn Tâm nói")."""
    if view.keys[i] not in _ADDRESSES:
        return False
    named = name_at(view, i + 1)
    return (i > 0 and view.keys[i - 1] == ".") or (named is not None and named - i > 3)


_CIVIL_HEADS: Final = frozenset(("ubnd", "hdnd", "hđnd", "mttq"))
_SHORTENED: Final = frozenset(("tp", "tx", "tt", "h", "q", "p", "t"))
_SOCIALIST: Final = [word_key(word) for word in ("hội", "chủ", "nghĩa")]  # "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"
_MIDDLE_NAMES: Final = frozenset(map(word_key, ("thị", "văn")))
_SMALL: Final = ("xã", "phường", "thị trấn", "đặc khu")
_NOT_NAMES: Final = frozenset(
    map(word_key, ("ủy", "đoàn", "đội", "ông", "bà", "đồng", "phó", "chủ", "bí", "trưởng", "giám"))
)


def _whole(view: View, i: int, end: int) -> bool:
    """Whether every word is written as a name (district names are common words too: "Ba Vì", "Thanh Trì")."""
    return all(view.shapes[k] not in (LOWER,) or view.keys[k] in _INNER for k in range(i, end)) or end - i > 2


_INNER: Final = frozenset(map(word_key, ("trị", "lắk", "lăk", "đông", "tum", "thành", "phố", "nội", "phòng", "nẵng")))


def _as_unit(known: Known) -> tuple[str, str]:
    unit = known.province or known.bearers[0][0]
    return unit, known.name


def titled(name: str) -> str:
    """A name in ordinary capitals where it is printed in capitals only; abbreviations stay."""
    words = name.split()
    if len(words) < 2 or not name.isupper() or name.isascii():
        return name
    return " ".join(w.capitalize() if len(w) > 1 and not set(w) <= set("IVXLC") else w for w in words)


def context_units(place: str | None) -> list[Unit]:
    """Units that a document's given place names, the first the nearest ("huyện A, tỉnh B"; "Hà Nội (trung ương)")."""
    if not place:
        return []
    view = look(place.split("(")[0].strip() or place)
    out: list[Unit] = []
    i = 0
    while i < len(view):
        read = place_at(view, i)
        if read is not None and read.unit.name:
            out.append(read.unit)
        i = read.end if read is not None else i + 1
    if not out and place.strip():
        out.append(Unit("tỉnh", place.strip()))
    return out


def first(units: Iterable[Unit], unit: str) -> Unit | None:
    """The first unit of a kind; "thành phố" prefers none over another."""
    return next((u for u in units if u.unit == unit and u.name), None)
