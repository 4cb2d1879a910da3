"""Documents without a number that are known by their name: plans and programmes of a year, resolutions of a plenum."""

from typing import Final

from kg.extract.citations import Cited
from kg.extract.dates import is_year
from kg.extract.lexicon import phrases
from kg.extract.reading_state import State
from kg.extract.view import LOWER, NUMBER, View, word_key

_YEAR: Final = word_key("năm")
_TERM: Final = word_key("khóa")
_LONGEST: Final = 24
_OPENERS: Final = frozenset(
    map(
        word_key,
        (
            "phối",
            "thực",
            "công",
            "hành",
            "triển",
            "kiểm",
            "tuyên",
            "giám",
            "phát",
            "giữa",
            "tổ",
            "xây",
            "cải",
            "phòng",
            "làm",
        ),
    )
)


def read_named(state: State, numbered: list[Cited]) -> list[Cited]:
    """Named documents outside the numbered citations."""
    view, out = state.view, []
    taken = {k for c in numbered for k in range(c.start, c.number_end)}
    tree = phrases("doctypes.tsv")
    for i in state.any_of(tree.branches):
        if view.shapes[i] == LOWER or i in taken:
            continue
        found = tree.longest(view, i)
        if found is None:
            continue
        end, row = found
        cited = _of_plenum(state, i, end, row[1]) if row[2] in ("Resolution", "Conclusion") else None
        if cited is None and row[3] == "yes":
            cited = _of_year(state, i, end, row[1])
        if cited is not None:
            out.append(cited)
    return out


def _of_year(state: State, i: int, end: int, kind: str) -> Cited | None:
    """ "Chương trình phối hợp giữa A với B năm 2022": from the type word to the year, no mark but commas between."""
    view = state.view
    k = end
    while k + 1 < len(view) and k - i < _LONGEST and not view.hard[k]:
        key = view.keys[k]
        if key in '.;:()"' or state.sentences[k] != state.sentences[i]:
            return None
        if key == _YEAR and is_year(view, k + 1):
            if k == i + len(view.keys[i:end]) and kind in ("Kế hoạch", "Chương trình"):
                return None
            return _cited(view, i, k + 2, kind, int(view.keys[k + 1]), "document-of-year")
        k += 1
    return None


def _of_plenum(state: State, i: int, end: int, kind: str) -> Cited | None:
    """ "Nghị quyết Trung ương 4 (khóa XII)", "Nghị quyết Hội nghị lần thứ 11 … khóa XIII", "… Đại hội XIII"."""
    view = state.view
    if end >= len(view) or view.hard[end] or view.keys[end] not in _ASSEMBLIES:
        return None
    k = end
    ordinal = False
    while k < len(view) and k - end < 14 and not view.hard[k]:
        key = view.keys[k]
        if key == _TERM and k + 1 < len(view):
            k += 2
            if k < len(view) and view.keys[k] == ")" and "(" in view.keys[end:k]:
                k += 1
            return _plenum(view, i, k, kind, view.words(k - 2 if view.keys[k - 1] != ")" else k - 3, k).rstrip(")"))
        if view.shapes[k] == NUMBER or (set(key) <= set("ivx") and view.shapes[k] != LOWER):
            ordinal = True
        elif key not in _PLENUM_WORDS and key != "(":
            break
        k += 1
    if not ordinal:
        return None
    while view.keys[k - 1] in ("(", ",", word_key("của"), word_key("lần")):
        k -= 1
    return _plenum(view, i, k, kind, None)


def _plenum(view: View, i: int, end: int, kind: str, term: str | None) -> Cited:
    cited = _cited(view, i, end, kind, None, "document-of-plenum")
    words = cited.name or ""
    if "Đại hội" in words:
        cited.issuer, cited.issuer_from = None, None
    else:
        cited.issuer, cited.issuer_from = "Ban Chấp hành Trung ương Đảng", "name"
    cited.term = term
    return cited


def _cited(view: View, i: int, end: int, kind: str, year: int | None, rule: str) -> Cited:
    return Cited(i, end, kind, None, None, name=view.words(i, end), year=year, number_end=end, rule=rule)


_ASSEMBLIES: Final = frozenset(map(word_key, ("trung", "hội", "đại", "t.ư", "tw", "tư")))
_PLENUM_WORDS: Final = frozenset(
    map(
        word_key,
        [
            "trung",
            "ương",
            "hội",
            "nghị",
            "lần",
            "thứ",
            "ban",
            "chấp",
            "hành",
            "đảng",
            "đại",
            "t.ư",
            "tw",
            "tư",
            "bộ",
            "tỉnh",
            "toàn",
            "quốc",
            "đại",
            "biểu",
            "của",
            "nhiệm",
            "kỳ",
            "cộng",
            "sản",
            "việt",
            "nam",
            "bch",
        ],
    )
)
