"""Posts: a rank, the body it is in, the status and term said with it."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from kg.extract.abroad import foreign_party, posted_to
from kg.extract.lexicon import phrases, surnames
from kg.extract.names import name_at
from kg.extract.organs import Body, body_after, body_at
from kg.extract.places import CENTRAL_CITIES, PlaceRead, place_at, titled
from kg.extract.proper_names import name_end
from kg.extract.scopes import scope_at
from kg.extract.tables import countries, heads
from kg.extract.terms import term_at
from kg.extract.titles import TitleRead, title_at
from kg.extract.view import LOWER, MARK, NUMBER, TITLE, UPPER, View, look, word_key


@dataclass(frozen=True, slots=True)
class Post:
    """A post between two tokens; `fixed` is the body that the title itself implies."""

    start: int
    end: int
    title: TitleRead
    body: Body | None
    fixed: str | None
    status: str | None
    term: str | None
    is_plural: bool = False


_NOT_ACTING: Final = frozenset(
    map(word_key, ("chính", "thẩm", "độc", "đặc", "phân", "cầm", "nhân", "toàn", "theo", "có", "chủ", "bản"))
)


MANY: Final = frozenset(
    map(word_key, ("các", "những", "nhiều", "một", "mỗi", "vị", "nhóm", "chức", "hai", "ba", "bốn", "năm"))
)


def post_at(view: View, i: int) -> Post | None:
    """The post that begins at a token, its status word, body and term taken in, or None."""
    status = None
    start, at = i, i
    prefix = phrases("statuses.tsv").longest(view, i)
    if prefix is not None and not (
        i and view.keys[i - 1] in _NOT_ACTING and prefix[1][1] == "acting" and not view.hard[i]
    ):
        at, status = prefix[0], prefix[1][1]
        if at < len(view) and view.keys[at] == "." and len(view.keys[i]) == 1:
            at += 1
    if at >= len(view) or (at > i and view.hard[at]) or (i and view.keys[i - 1] == _PALACE):
        return None
    title = title_at(view, at)
    if title is None:
        return None
    body, fixed, end = _seat(view, title)
    if title.title == "Đại sứ" and (posted := posted_to(view, end)) is not None:
        return Post(start, posted, title, None, None, status, None)
    seated = title.title == "Đại biểu" and body is None and fixed is None
    home = place_at(view, end) if seated and end < len(view) and not view.hard[end] else None
    if home is not None and home.unit.is_province and view.shapes[end] == LOWER:
        return Post(start, home.end, title, None, None, status, None)  # "A, đại biểu tỉnh Quảng Ninh"
    if (foreign := foreign_party(view, end)) is not None:
        return Post(start, foreign, title, None, _ABROAD, status, None)
    if end < len(view) and not view.hard[end] and view.shapes[end] in (TITLE, UPPER):
        abroad = countries().longest(view, end)
        if abroad is not None and name_at(view, end) in (None, abroad[0]):
            return Post(start, abroad[0], title, None, _ABROAD, status, None)
    short = view.shapes[at] == UPPER and title.end == at + 1 and len(view.keys[at]) < 5
    if body is None and fixed is None and short and title.title not in _BESIDE_NAMES:
        return None
    idle = body is None and fixed is None and title.organ != "none" and title.title in _NEEDS_BODY
    followed = end < len(view) and view.shapes[end] in (TITLE, UPPER)
    if idle and title.title in _BESIDE_NAMES and (not followed or view.hard[end] or name_at(view, end) is None):
        return None
    if idle and status is None and view.shapes[at] == LOWER and not followed:
        return None
    if title.title in _OF_OFFICERS and body is None and end < len(view) and not view.hard[end]:
        served = post_at(view, end)
        if served is not None:  # "trợ lý Bí thư Thành ủy": the post after it is somebody else's
            return Post(start, served.end, title, None, None, status, None)
    end, term = term_at(view, end)
    if view.keys[end : end + 3] == _OLD_UNIT:
        end, status = end + 3, status or "former"  # "Giám đốc Sở Xây dựng tỉnh Hải Dương (cũ)"
    plural = (
        i > 0
        and not view.hard[i]
        and (view.keys[i - 1] in MANY or view.shapes[i - 1] == NUMBER)
        and view.keys[i - 1] != word_key("chức")
        and view.keys[max(0, i - 2) : i] != _POSITION
    )
    return Post(start, end, title, body, fixed, status or title.status, term, plural)


_OURS: Final = "Đảng Cộng sản Việt Nam"
_ABROAD: Final = "abroad"


_PALACE: Final = word_key("phủ")  # "tại Phủ Chủ tịch"
_POSITION: Final = [word_key("cương"), word_key("vị")]
_OLD_UNIT: Final = ["(", word_key("cũ"), ")"]
_BESIDE_NAMES: Final = frozenset(("Đại biểu",))
_OF_OFFICERS: Final = frozenset(("Trợ lý", "Thư ký"))
_NEEDS_BODY: Final = frozenset(("Đại biểu", "Thành viên", "Trợ lý", "Trưởng", "Đại sứ", "Ủy viên", "Trưởng thôn"))


def _seat(view: View, title: TitleRead) -> tuple[Body | None, str | None, int]:
    """The body of a post, or the one that its title fixes, and the token after both."""
    rule, _, detail = title.organ.partition(":")
    end = title.end
    if rule == "none":
        return None, None, end
    if rule == "fixed":
        if detail == _CENTRAL and end - title.start == _WITHOUT_PARTY and _of_another(view, end):
            return None, None, end
        after = body_at(view, end) if end < len(view) and not view.hard[end] else None
        if after is not None and after.name in (detail, _OURS):
            end = after.end
        return None, detail, end
    if end < len(view) and view.hard[end] and rule != "noun":
        return None, None, end
    if rule == "noun":
        body = _by_noun(view, title, detail)
    else:
        body = body_at(view, end, governed=True) if end < len(view) else None
        if body is None and end + 1 < len(view) and view.keys[end] == _OF:
            body = body_at(view, end + 1, governed=True)
            certain = title.title in _OF_BODIES or (body is not None and view.shapes[end + 1] != LOWER)
            body = body if certain else None
        if body is None and end < len(view):
            body = _by_unit(view, title) or _by_run(view, title) or _behind_comma(view, title)
    if body is not None and body.is_generic:
        return body, None, max(end, body.end)
    return body, None, max(end, body.end) if body is not None else end


def _behind_comma(view: View, title: TitleRead) -> Body | None:
    """ "Phó Tổng Giám đốc, Công ty cổ phần X": a company or school behind the comma of its director."""
    i = title.end
    if view.keys[i : i + 1] != [","] or not title.title.endswith(_DIRECTING) or i + 1 >= len(view) or view.hard[i + 1]:
        return None
    body = body_at(view, i + 1, governed=True) if view.shapes[i + 1] != LOWER else None
    return body if body is not None and body.kind in _DIRECTED and body.end - body.start > 2 else None


_DIRECTING: Final = ("iám đốc", "iệu trưởng")
_DIRECTED: Final = frozenset(("Enterprise", "School"))


_CENTRAL: Final = "Ban Chấp hành Trung ương Đảng"
_WITHOUT_PARTY: Final = 4  # tokens of "ủy viên Trung ương"


def _of_another(view: View, i: int) -> bool:
    """Whether the centre of a union or of the Front is meant: "Ủy viên Trung ương | Hội Nông dân Việt Nam"."""
    goes_on = i < len(view) and not view.hard[i] and view.shapes[i] in (TITLE, UPPER)
    return goes_on and heads().longest(view, i) is not None and name_at(view, i) is None


@cache
def _noun_keys(noun: str) -> list[str]:
    return look(noun).keys


def _by_noun(view: View, title: TitleRead, noun: str) -> Body | None:
    keys = _noun_keys(noun)
    size = len(keys)
    twice = view.keys[title.end : title.end + size] == keys and not view.hard[title.end]
    if not twice and view.keys[title.end - size : title.end] == keys:
        body = body_at(view, title.end - size, in_post=True)
        if body is not None and (body.end > title.end or body.wants is not None):
            return body if body.end > title.end else replace(body, start=title.start)
    if title.end < len(view) and not view.hard[title.end]:
        named = body_at(view, title.end, governed=True)
        if named is not None and (
            named.name.lower().startswith(noun.split()[0]) or (noun == "bộ" and named.kind in _OFFICES)
        ):
            return named
    return body_after(view, title.start, title.end, noun)


_OF: Final = word_key("của")
_OF_BODIES: Final = frozenset(("Người phát ngôn", "Thành viên", "Ủy viên"))
_OFFICES: Final = frozenset(("Office", "Ministry", "Government"))


def _by_run(view: View, title: TitleRead) -> Body | None:
    """A body whose head is in no list ("Giám đốc Cảng vụ …"): a run of words that is no person's name."""
    i = title.end
    if (
        view.shapes[i] not in (TITLE, UPPER)
        or heads().longest(view, i) is not None
        or title.title.split()[-1] not in _FREE
        or countries().longest(view, i)
    ):
        return None
    address = phrases("honorifics.tsv").longest(view, i)
    if view.shapes[i] == UPPER and len(view.keys[i]) > 2 and address is None and _stands_alone(view, i + 1):
        return Body(i, i + 1, view.word(i), "Enterprise")  # "Tổng Giám đốc PVTEX Vũ Đình D."
    end = name_at(view, i, trusted=True)
    body = _free_body(view, title.start, i)
    if body is None or (end is not None and end >= body.end) or name_at(view, i) is not None:
        return None
    return body


def _stands_alone(view: View, i: int) -> bool:
    """Whether what begins at a token goes on with no name in capitals: an end, a mark, small letters, a person."""
    return i >= len(view) or view.hard[i] or view.shapes[i] in (LOWER, MARK) or name_at(view, i) is not None


def _free_body(view: View, start: int, i: int) -> Body | None:
    """A body by its own name alone, read from a token; None for fewer than two words."""
    end = name_end(view, i)
    if end - i < 2:
        return None
    body = Body(start, end, titled(view.words(i, end)), "Other")
    place = scope_at(view, end)
    return replace(body, end=place.end, unit=place.unit) if place is not None and place.unit.name else body


_FREE: Final = frozenset(("đốc", "tịch", "nhiệm", "trưởng", "tập"))


def place_leads(view: View, i: int, place: PlaceRead, name_end: int) -> bool:
    """Whether a place begins what looks like one name ("Đồng Nai Nguyễn Phú Cường")."""
    if name_end <= place.end:
        return True
    return place.end - i > 1 and view.keys[place.end] in surnames() and name_at(view, place.end) is not None


def _by_unit(view: View, title: TitleRead) -> Body | None:
    """ "Chủ tịch tỉnh Bạc Liêu", "Bí thư Hà Nội": the people's committee, the Party's committee."""
    place = place_at(view, title.end)
    if place is None or phrases("commemorated.txt").longest(view, title.end) is not None:
        return None
    unit = place.unit
    bare = view.shapes[title.end] != LOWER
    if (
        bare
        and not (unit.is_province and unit.name in CENTRAL_CITIES)
        and unit.name is not None
        and view.keys[title.end] not in ("tp",)
    ):
        name = name_at(view, title.end)
        if name is not None and not place_leads(view, title.end, place, name):
            return None
    if "Chủ tịch" in title.title:
        head, kind = "Ủy ban nhân dân", "PeoplesCommittee"
    elif title.title.startswith(("Bí thư", "Phó Bí thư")):
        word = {"tỉnh": "Tỉnh ủy", "thành phố": "Thành ủy", "huyện": "Huyện ủy", "quận": "Quận ủy", "thị xã": "Thị ủy"}
        head, kind = word.get(unit.unit, "Đảng ủy"), "PartyCommittee"
    else:
        return None
    return Body(title.start, place.end, head, kind, unit if unit.name else None, None, None if unit.name else unit.unit)


def with_twins(view: View, post: Post) -> list[Post]:
    """ "Chủ tịch HĐND, UBND xã X": one title, several bodies; the unit stands with the last."""
    out = [post]
    twins = ("PeoplesCouncil", "PeoplesCommittee", "FatherlandFront")
    joins = (",", "-", word_key("và"), "/")
    while post.body is not None and post.body.kind in twins and out[-1].end + 1 < len(view):
        at = out[-1].end
        if view.keys[at] not in joins or view.hard[at] or view.hard[at + 1]:
            break
        body = body_at(view, at + 1)
        if body is None or body.kind not in twins or body.kind == out[-1].body.kind or body.is_generic:  # type: ignore[union-attr]  # every twin has a body
            break
        if not _same_holder(view, post, body):
            break
        out.append(replace(post, end=body.end, body=body))
    if len(out) > 1 and out[-1].body is not None and out[0].body is not None and out[0].body.wants == "unit":
        last = out[-1].body
        out[:-1] = [replace(p, body=replace(p.body, unit=last.unit, wants=last.wants)) for p in out[:-1] if p.body]
    return out


def _same_holder(view: View, post: Post, body: Body) -> bool:
    """Whether what follows the second body shows that both belong to one title (a name, a mark or an end)."""
    return (
        post.body is not None
        and post.body.wants == "unit"
        and (body.end >= len(view) or view.shapes[body.end] != LOWER)
    )


def is_abroad(post: Post) -> bool:
    """Whether the post is of another country or an international body."""
    return post.fixed == _ABROAD
