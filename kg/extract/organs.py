"""Bodies: their names in a text, cut where they end, and what is missing from them."""

from dataclasses import dataclass, replace
from typing import Final

from kg.extract.lexicon import past_short_form, phrases
from kg.extract.names import name_at, opens_letter_name
from kg.extract.places import Unit, gazetteer, place_at, unit_at
from kg.extract.proper_names import (
    capital_run,
    central_end,
    company_end,
    hamlet_end,
    is_open,
    line_end,
    lower_end,
    name_end,
    quarter_end,
    school_end,
    spelled,
    starts_person,
    steering_end,
)
from kg.extract.scopes import LINKS, scope_at
from kg.extract.tables import Head, head_of, heads
from kg.extract.view import LOWER, MARK, NUMBER, TITLE, UPPER, View, word_key


@dataclass(frozen=True, slots=True)
class Body:
    """A body between two tokens: its own name, then the parent body or the unit it serves, as far as the words say.

    `wants` is what is missing: a unit word ("tỉnh", "thành phố", …), "province", "unit", "host" or None.
    `is_generic` marks many at once ("UBND các huyện").
    """

    start: int
    end: int
    name: str
    kind: str
    unit: Unit | None = None
    parent: "Body | None" = None
    wants: str | None = None
    joint: str = " "
    is_generic: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing from it or from what it belongs to."""
        return self.wants is None and (self.parent is None or self.parent.is_whole)


_COMMITTEE_UNITS: Final = {"tỉnh": "tỉnh", "thành": "thành phố", "huyện": "huyện", "quận": "quận", "thị": "thị xã"}
_INTO_A_COMMITTEE: Final = [word_key("thành"), word_key("ủy")]
_CAPITAL_ONLY: Final = frozenset(
    (
        *("Ban", "Hội", "Đoàn", "Tổ", "Đội", "Quỹ", "Vụ", "Mặt trận", "Trạm", "Đồn", "Hội đồng", "Viện", "Khoa"),
        *("Thanh tra", "Văn phòng"),
    )
)
_BEARS_PERSON: Final = frozenset(("School", "PublicUnit", "Enterprise", "Press", "Institute"))
_COMMON_WORDS: Final = frozenset(tuple(map(word_key, p.split())) for p in ("trụ sở", "cơ sở", "tổ chức", "xã hội"))
_MANY: Final = frozenset(map(word_key, ("các", "cấp", "những", "nhiều")))


def body_at(view: View, i: int, depth: int = 0, *, in_post: bool = False, governed: bool = False) -> Body | None:
    """The body whose name begins at a token, or None. `in_post`: the token is part of a post ("Trưởng ban Bạn đọc");
    `governed`: a rank stands before it, so that words in lower case may go on with its name."""
    found = heads().longest(view, i)
    if found is None or depth > 3:
        return None
    end, head = found
    if tuple(view.keys[max(i - 1, 0) : i + 1]) in _COMMON_WORDS or tuple(view.keys[i : i + 2]) in _COMMON_WORDS:
        return None
    if view.keys[i : i + 2] == _INTO_A_COMMITTEE and view.shapes[i : i + 2] == [LOWER, TITLE]:
        return None  # "hợp nhất … thành Ủy ban MTTQ"
    if end == i + 1 and view.shapes[i] == LOWER and head.form in _CAPITAL_ONLY and not in_post:
        return None
    body = _finish(view, Body(i, end, head.form, head.kind), head, depth, governed or in_post)
    return within(view, body, depth) if body is not None and governed and not depth else body


def body_after(view: View, start: int, end: int, noun: str) -> Body | None:
    """The body of a kind that a title names ("UVBTV Tỉnh ủy" → Ban Thường vụ Tỉnh ủy), its own name read from `end`."""
    head = head_of(noun)
    if head is None:
        return None
    if noun.endswith("tỉnh ủy") and head.form == "Ban Thường vụ":
        return Body(
            start, end, head.form, head.kind, parent=Body(start, end, "Tỉnh ủy", "PartyCommittee", wants="tỉnh")
        )
    return _finish(view, Body(start, end, head.form, head.kind), head, 0, governed=True)


def _finish(view: View, body: Body, head: Head, depth: int, governed: bool) -> Body | None:
    """Reads what follows a head: its own name, its parent, its unit."""
    end = body.end
    if head.tail == "fixed":
        return body
    if head.tail.startswith("in:"):
        return _unit_inside(view, body, head.tail.removeprefix("in:"))
    if head.tail == "committee":
        return _committee(view, body)
    if end < len(view) and not view.hard[end] and view.keys[end] in _MANY and head.tail != "name":
        return replace(body, is_generic=True)
    if head.tail == "field":
        return _with_field(view, body, depth, governed)
    if head.tail == "name":
        return _with_name(view, body, depth, governed)
    if head.tail in ("party", "host"):
        return _with_parent(view, body, head.tail, depth, governed)
    return _with_unit(view, body, head.tail)


def _unit_inside(view: View, body: Body, unit: str) -> Body:
    """A body whose head holds its unit word ("Công an TP", "CAQ"): the name of the unit may follow."""
    known = gazetteer().longest(view, body.end) if is_open(view, body.end) and view.shapes[body.end] != LOWER else None
    if known is None or starts_person(view, body.end):
        return replace(body, wants=unit)
    return replace(body, end=known[0], unit=Unit(unit, known[1].name))


def _committee(view: View, body: Body) -> Body:
    """ "Tỉnh ủy Hưng Yên": the unit is in the word; also "Tỉnh ủy tỉnh Thanh Hóa"."""
    first = next((u for w, u in _COMMITTEE_UNITS.items() if w in body.name.lower().split()), "tỉnh")
    place = place_at(view, body.end) if is_open(view, body.end) else None
    if place is not None and place.unit.name and (view.shapes[body.end] == LOWER or place.unit.unit):
        said = unit_at(view, body.end)
        if said is None or said[1] == first:
            return replace(body, end=place.end, unit=Unit(first, place.unit.name))
    lettered = opens_letter_name(view, body.end) if is_open(view, body.end) else False
    if is_open(view, body.end) and view.shapes[body.end] == TITLE and not name_at(view, body.end) and not lettered:
        named = capital_run(view, body.end, 2)
        if named is not None:
            return replace(body, end=named[0], unit=Unit(first, named[1]))
    return replace(body, wants=first)


def _with_unit(view: View, body: Body, tail: str) -> Body:
    if (place := scope_at(view, body.end)) is None:
        return replace(body, wants="province" if tail == "province" else "unit")
    unit = place.unit
    return replace(body, end=place.end, unit=unit if unit.name else None, wants=None if unit.name else unit.unit)


def _with_parent(view: View, body: Body, tail: str, depth: int, governed: bool) -> Body:
    i = past_short_form(view, body.end)
    if is_open(view, i) and view.keys[i] in LINKS:
        i += 1
    if not is_open(view, i):
        return replace(body, wants=tail)
    if (end := central_end(view, i)) is not None:
        if is_open(view, end) and view.keys[end] == word_key("đảng") and view.shapes[end] == TITLE:
            end += 1
        return replace(body, end=end, name=f"{body.name} Trung ương")
    if view.keys[i] == "tu" and view.shapes[i] == UPPER:
        return replace(body, end=i + 1, parent=Body(i, i + 1, "Tỉnh ủy", "PartyCommittee", wants="tỉnh"))
    parent = body_at(view, i, depth + 1, governed=governed) or _bare_ministry(view, i)
    if parent is not None and not (parent.is_generic and depth):
        if body.kind == "InspectionTeam" and parent.unit is None and parent.is_whole:  # a proper name, kept as printed
            return replace(body, end=parent.end, name=f"{body.name} {view.words(body.end, parent.end)}")
        joint = " của " if i > body.end and body.kind == "InspectionTeam" else " "
        return replace(body, end=parent.end, parent=parent, joint=joint)
    place = scope_at(view, body.end)
    if place is not None:
        unit = place.unit
        return replace(body, end=place.end, unit=unit if unit.name else None, wants=None if unit.name else unit.unit)
    if tail == "host" and view.shapes[i] in (TITLE, UPPER) and i == body.end and body.name not in ("Văn phòng",):
        named = _with_name(view, body, depth, governed)
        if named is not None and named.end > body.end:
            return named
    return replace(body, wants=tail)


def _bare_ministry(view: View, i: int) -> Body | None:
    """ "Thanh tra Bộ", "Đảng ủy Bộ": the ministry that the text speaks of."""
    closed = not is_open(view, i + 1) or view.shapes[i + 1] in (LOWER, MARK)
    bare = view.shapes[i] == TITLE and view.keys[i] == _MINISTRY and closed
    return Body(i, i + 1, "Bộ", "Ministry", wants="ministry") if bare else None


_MINISTRY: Final = word_key("bộ")
_OURS: Final = [word_key("việt"), word_key("nam")]


def _with_field(view: View, body: Body, depth: int, governed: bool) -> Body | None:
    if not is_open(view, body.end):
        return None
    own = phrases("division_fields.tsv").longest(view, body.end) if body.kind == "Division" else None
    found = own or phrases("fields.tsv").longest(view, body.end)
    lower = all(view.shapes[k] == LOWER for k in range(body.start, body.end + 1))
    if found is None or (lower and not governed):
        if body.name == "Bộ" or view.shapes[body.end] not in (TITLE, UPPER):
            return None
        return _with_name(view, body, depth, governed)
    end, row = found
    body = replace(body, end=end, name=f"{body.name} {row[1]}")
    if body.kind == "Ministry":  # "Bộ Y tế Việt Nam Lò Văn Tâm"
        ours = is_open(view, end + 1) and view.keys[end : end + 2] == _OURS and starts_person(view, end + 2)
        return replace(body, end=end + 2) if ours else body
    if body.kind == "Department":
        return _with_unit(view, body, "province")
    behind = past_short_form(view, end)
    parent = body_at(view, behind, depth + 1) if is_open(view, behind) else None
    if parent is not None:
        return replace(body, end=parent.end, parent=parent)
    scoped = _with_unit(view, body, "unit")
    return replace(scoped, wants=None) if scoped.wants == "unit" else scoped


def _with_name(view: View, body: Body, depth: int, governed: bool) -> Body | None:
    listed = body.kind not in ("Press", "School", "Enterprise") or body.name == "Khoa"
    if (body.kind not in _BEARS_PERSON or body.name == "Khoa") and starts_person(view, body.end):
        return None
    if body.name in _TEAM_NOUNS and opens_letter_name(view, body.end):
        return None
    if governed and body.name == "Công ty" and (person := name_at(view, body.end)) and person - body.end > 2:
        return body  # "Phó Giám đốc Công ty Lò Văn Tâm"
    if body.kind == "PartyCell" and governed and (hamlet := hamlet_end(view, body.end)) is not None:
        return replace(body, end=hamlet, name=f"{body.name} {view.words(body.end, hamlet)}")
    end = name_end(view, body.end, capital=view.shapes[body.start] != LOWER, listed=listed)
    if body.kind == "School":
        end = school_end(view, end)
    if body.kind == "Enterprise" and end > body.end:
        end = company_end(view, end)
    if body.kind == "Institute":  # "Viện Phan Châu Trinh"
        end = max(end, name_at(view, body.end) or end)
    if body.kind == "Military" and is_open(view, body.end) and view.shapes[body.end] == NUMBER:
        end = body.end + 1  # "Quân khu 7"
    if body.kind == "SteeringCommittee" and view.shapes[body.start] != LOWER:
        end = max(end, steering_end(view, body.end))
    if governed and body.kind not in _OF_UNITS and (end > body.end or body.name not in _TEAMS):
        end = lower_end(view, end, any(view.shapes[k] != LOWER for k in range(body.start, end)))
    if end == body.end:
        if body.kind == "PartyCell" and governed:
            return replace(body, wants="host")  # "Bí thư Chi bộ, Trưởng phòng …"
        place = scope_at(view, end)
        if body.kind not in _BARE_KINDS and body.name != _FESTIVAL:
            return None
        return body if place is None else _with_unit(view, body, "unit")
    name = f"{body.name} {spelled(view, body.end, end)}"
    body = replace(body, name=name, end=end)
    if (central := central_end(view, end)) is not None:
        return replace(body, name=f"{name} Trung ương", end=central)
    i, joint = past_short_form(view, end), " "
    if is_open(view, i) and view.keys[i] == "-" and is_open(view, i + 1):
        i, joint = i + 1, " - "
    elif is_open(view, i) and view.keys[i] in LINKS:
        i, joint = i + 1, f" {view.word(i)} "
    if is_open(view, i) and view.keys[i] == "," and body.kind == "Division" and is_open(view, i + 1):
        i, joint = i + 1, ", "
    aside = governed and body.kind in _HOSTED and is_open(view, i) and view.keys[i] == "(" and is_open(view, i + 1)
    if is_open(view, i) and (view.shapes[i] in (TITLE, UPPER) or aside):
        parent = body_at(view, i + aside, depth + 1)
        if parent is not None and not parent.is_generic and not aside:
            return replace(body, end=parent.end, parent=parent, joint=joint)
        if parent is not None and parent.kind in _HOSTS and view.keys[parent.end : parent.end + 1] == [")"]:
            return replace(body, end=parent.end + 1, parent=parent)  # "Trưởng phòng Giao đất (Sở TN&MT)"
    place = scope_at(view, end)
    if place is not None and body.kind == "School" and (quarter := quarter_end(view, place.end)) > place.end:
        return replace(body, end=quarter, name=f"{name} {view.words(end, quarter)}")
    if place is not None and place.unit.name:
        if (line := line_end(view, place)) is not None:
            return replace(body, end=line, name=f"{name} {view.words(end, line)}")
        if view.shapes[end] == TITLE and not place.unit.is_province:  # "Ban Quản lý rừng phòng hộ Mai Sơn"
            return replace(body, end=place.end, name=f"{name} {place.unit.name}")
        return replace(body, end=place.end, unit=place.unit)
    if place is not None and place.unit.unit in ("tỉnh", "thành phố", "huyện", "quận") and view.keys[end] not in LINKS:
        return replace(body, end=place.end, wants=place.unit.unit)
    return body


def within(view: View, body: Body, depth: int) -> Body:
    """A body behind a rank with the greater one that a comma or a dash joins to it: "Giám đốc Trung tâm Đăng kiểm tàu
    cá, Tổng cục Thủy sản"; the body itself where none follows, or more of a list does."""
    i = body.end
    lacks = body.parent is None and body.unit is None and body.kind in _INSIDE_OTHERS
    if not lacks or not is_open(view, i + 1) or view.keys[i] not in (",", "-") or view.shapes[i + 1] == LOWER:
        return body
    parent = body_at(view, i + 1, depth + 1)
    if (
        parent is None
        or parent.is_generic
        or parent.kind not in _GREATER
        or view.keys[parent.end : parent.end + 1] == [_AND]
    ):
        return body
    return replace(body, end=parent.end, parent=parent, joint=", " if view.keys[i] == "," else " - ")


_AND: Final = word_key("và")
_INSIDE_OTHERS: Final = frozenset(("Division", "PublicUnit", "MinisterialUnit"))
_GREATER: Final = frozenset(("Department", "Ministry", "Police", "MinisterialUnit", "Inspectorate"))
_HOSTED: Final = frozenset(("Division", "PublicUnit"))
_HOSTS: Final = frozenset(("Department", "Ministry", "Police"))
_FESTIVAL: Final = "Ban Tổ chức Lễ hội"
_TEAMS: Final = frozenset(("Đoàn", "Đội", "Tổ"))
_OF_UNITS: Final = frozenset(("SteeringCommittee", "Military", "PartyCell", "PartyCommittee", "InspectionTeam"))
_TEAM_NOUNS: Final = frozenset(("Ban", "Đoàn", "Đội", "Tổ"))
_BARE_KINDS: Final = frozenset(("Military", "School", "PartyCommittee", "PublicUnit", "MinisterialUnit", "Enterprise"))
