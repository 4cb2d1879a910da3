"""What a text leaves out of the names of its bodies: "UBND tỉnh" of which province, "Đảng ủy" of which body."""

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Final

from kg.extract.organs import Body
from kg.extract.places import PlaceRead, Unit, cities, city_of, context_units
from kg.extract.view import TITLE, View, word_key


@dataclass(slots=True)
class Whole:
    """A body under its full name. `place` is the unit it serves; `completed`: the text did not give it here."""

    name: str
    kind: str
    place: str | None
    completed: bool
    known: bool


@dataclass(slots=True)
class Context:
    """Where a text speaks from: its given place, its datelines and the places it names, in order."""

    given: list[Unit]
    is_central: bool
    reads: list[PlaceRead] = field(default_factory=list)
    datelines: list[tuple[int, Unit]] = field(default_factory=list)
    ministries: list[tuple[int, str]] = field(default_factory=list)
    _of_kind: dict[str, "_Known"] = field(default_factory=dict)

    def unit(self, wanted: str, at: int) -> Unit | None:
        """The unit that a bare word means at a token; `wanted` is a unit word, "province" or "unit"."""
        spoken = next((unit for start, unit in reversed(self.datelines) if start <= at and _fits(unit, wanted)), None)
        if spoken is not None:
            return spoken
        if wanted == "thành phố":
            return self._city(at)
        given = next((unit for unit in self.given if _fits(unit, wanted)), None)
        if given is not None and not self.is_central:
            return given
        return self._nearest(wanted, at) or given

    def ministry(self, at: int) -> str | None:
        """The ministry named last before a token, else the first after it."""
        cut = bisect_left(self.ministries, at, key=lambda pair: pair[0])
        return self.ministries[cut - 1][1] if cut else self.ministries[0][1] if self.ministries else None

    def _city(self, at: int) -> Unit | None:
        central = next((u for u in self.given if u.unit == "thành phố" and u.is_province), None)
        if central is not None and not self.is_central:
            return central
        near = self._nearest("thành phố", at)
        if near is not None:
            return near
        province = next((u.name for u in self.given if u.unit == "tỉnh" and u.name), None)
        city = city_of(province) if province else None
        return Unit("thành phố", city) if city else central

    def _nearest(self, wanted: str, at: int) -> Unit | None:
        """The last fitting place named before a token, else the first after it; but the place that the text is about,
        where another is named in passing only ("TP.HCM … ở Sa Đéc … Bí thư Thành ủy")."""
        if wanted not in self._of_kind:
            self._of_kind[wanted] = _Known([r for r in self.reads if r.unit.name and _fits(r.unit, wanted)])
        return self._of_kind[wanted].nearest(at)


_BY_BODY: Final = 3  # what the place of a body ("UBND TP Huế") weighs beside a place by itself ("ở Huế")
_PASSING: Final = 4  # times: how much more a place must weigh for a nearer one to be named in passing
_BESIDE: Final = 16  # tokens: a place this near is meant, whatever the text is about


class _Known:
    """The places of one kind in a text, in order."""

    def __init__(self, reads: list[PlaceRead]) -> None:
        self.starts = [r.start for r in reads]
        self.units = [r.unit for r in reads]
        self.weights: dict[Unit, int] = {}
        self.sure = [r.of_body or _spelt_out(r) for r in reads]
        for read in reads:
            self.weights[read.unit] = self.weights.get(read.unit, 0) + (_BY_BODY if read.of_body else 1)
        self.main = max(self.weights, key=lambda unit: self.weights[unit], default=None)

    def nearest(self, at: int) -> Unit | None:
        if self.main is None:
            return None
        cut = bisect_left(self.starts, at)
        n = cut - 1 if cut else 0
        if cut and self.sure[n] and at - self.starts[n] <= _BESIDE:
            return self.units[n]
        in_passing = self.weights[self.units[n]] * _PASSING <= self.weights[self.main]
        return self.main if in_passing else self.units[n]


def _spelt_out(read: PlaceRead) -> bool:
    """Whether a place stands with its unit ("huyện Quế Phong"), by a name that is not a number."""
    name = read.unit.name or ""
    return read.end - read.start > len(name.split()) and not name.isdigit()


def _fits(unit: Unit, wanted: str) -> bool:
    if wanted in ("province", "unit"):
        return unit.is_province
    return unit.unit == wanted and (wanted != "thành phố" or unit.name in cities())


def read_context(view: View, places: list[PlaceRead], place: str | None) -> Context:
    """The context of a text with the place given for it."""
    given = context_units(place)
    central = place is not None and ("trung ương" in place.lower() or not given)
    datelines: list[tuple[int, Unit]] = []
    for read in places:
        if read.unit.name and view.keys[read.end : read.end + 1] == [":"] and _opens(view, read):
            datelines.append((read.start, read.unit))
    return Context(given, central, places, datelines)


def _opens(view: View, read: PlaceRead) -> bool:
    """Whether a place with a colon opens a report: at the head of a line, or before a day ("Kon Tum: Ngày 10/7, …")."""
    following = view.keys[read.end + 1 : read.end + 2]
    dated = bool(following) and following[0] in _DAYS and view.shapes[read.end + 1] == TITLE
    return view.hard[read.start] or (dated and not read.of_body)


_DAYS: Final = frozenset(map(word_key, ("ngày", "sáng", "chiều", "tối", "hôm", "trưa")))


def complete(body: Body, context: Context, host: Whole | None = None) -> Whole:
    """The body's full name. `host` is the body it shares its place with, where a neighbour in a list names it."""
    if body.parent is not None:
        parent = complete(body.parent, context, host)
        return Whole(f"{body.name}{body.joint}{parent.name}", body.kind, parent.place, parent.completed, parent.known)
    if body.unit is not None:
        return Whole(_joined(body, body.unit), body.kind, str(body.unit), False, True)
    if body.wants is None or body.is_generic:
        return Whole(body.name, body.kind, None, False, not body.is_generic)
    if body.wants == "ministry":
        named = context.ministry(body.start)
        return Whole(named or body.name, body.kind, None, True, named is not None)
    if body.wants in ("host", "party"):
        return _hosted(body, context, host)
    if host is not None and host.place and body.wants in ("unit", "province"):
        return Whole(f"{body.name} {host.place}", body.kind, host.place, True, True)
    unit = context.unit(body.wants, body.start)
    if unit is None:
        shown = body.name if body.wants in ("unit", "province") or _in_word(body) else f"{body.name} {body.wants}"
        return Whole(shown, body.kind, None, False, False)
    return Whole(_joined(body, unit), body.kind, str(unit), True, True)


def _hosted(body: Body, context: Context, host: Whole | None) -> Whole:
    if host is not None and host.name != body.name:
        return Whole(f"{body.name} {host.name}", body.kind, host.place, True, True)
    if body.wants == "party":
        unit = context.unit("province", body.start)
        if unit is not None:
            committee = "Tỉnh ủy" if unit.unit == "tỉnh" else "Thành ủy"
            return Whole(f"{body.name} {committee} {unit.name}", body.kind, str(unit), True, True)
    return Whole(body.name, body.kind, None, False, False)


def _in_word(body: Body) -> bool:
    return any(word in body.name.split()[-2:] for word in ("ủy", "đoàn")) or body.name.endswith((" ủy", "đoàn"))


def _joined(body: Body, unit: Unit) -> str:
    if _in_word(body) and body.kind in ("PartyCommittee", "StandingBoard", "YouthUnion") and body.name != "Đảng ủy":
        return (
            f"{body.name} {unit.unit.capitalize()} {unit.name}"
            if (unit.name or "").isdigit()
            else f"{body.name} {unit.name}"
        )
    return f"{body.name} {unit}"
