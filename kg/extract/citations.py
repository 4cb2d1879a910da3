"""Places that name a document: type word, number, date, issuer and title, in whatever order they come."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import Final

from kg.extract.dates import DateRead, date_at, year_at
from kg.extract.issuers import issuer_after, issuer_before
from kg.extract.lexicon import phrases
from kg.extract.reading_state import State
from kg.extract.title_spans import title_after
from kg.extract.view import LOWER, MARK, NUMBER, View, word_key
from kg.model.numbers import DocumentNumber, is_issuer, is_type, parse, types

_LETTERS: Final = "A-Za-zĐđƯưƠơÂâÊêÔô&"
_CODE: Final = rf"(?:T\.[ƯW]|[A-ZĐƯ][{_LETTERS}]{{0,14}}(?:\d{{1,3}}|\.\d{{1,3}})?)"
_TYPES: Final = "|".join(sorted({re.escape(row.code) for row in types() if len(row.code) > 1}))
"""What may stand behind a blank where a dash is meant: "46 CT/TW"."""
_NUMBER: Final = re.compile(
    rf"(?<![\w/.,-])\d{{1,6}}(?:[A-Za-zĐđ]{{0,2}}| (?:{_TYPES})) ?[-/]\s?(?:(?:19|20)\d{{2}} ?[-/]\s?)?"
    rf"{_CODE}(?: ?[-/]\s?{_CODE}){{0,4}}(?![^\W_])"
)
_BARE: Final = re.compile(r"\d{1,5}(?:/(?:19|20)\d{2})?(?![\w%]|\s?[-/,.]\s?\d|[-/])")
_ORDINAL: Final = word_key("thứ")
_SỐ: Final = word_key("số")
_STRONG: Final = frozenset(("Chỉ thị", "Nghị quyết", "Nghị định", "Kết luận", "Thông tư", "Quyết định", "Quy định"))


@dataclass(slots=True)
class Cited:
    """One place that names a document, between two tokens."""

    start: int
    end: int
    type: str | None
    number: str | None
    parsed: DocumentNumber | None
    name: str | None = None
    date: DateRead | None = None
    issuer: str | None = None
    issuer_from: str | None = None
    term: str | None = None
    title: tuple[int, int] | None = None  # folded code points
    year: int | None = None
    is_own: bool = False
    number_end: int = 0
    rule: str = "numbered-document"
    bodies: list[str] = field(default_factory=list)


def read_citations(state: State) -> list[Cited]:
    """All numbered citations of a text, short forms ("Quyết định số 238") included, in order."""
    view = state.view
    found = [_numbered(state, match) for match in _NUMBER.finditer(view.folded)]
    out = [c for c in found if c is not None]
    taken = [(c.start, c.number_end) for c in out]
    out += _bare_numbers(state, taken)
    out.sort(key=lambda c: c.start)
    for n, cited in enumerate(out):
        following = out[n + 1].start if n + 1 < len(out) else len(view)
        _read_tail(state, cited, following, out[n - 1] if n else None)
    return out


def _numbered(state: State, match: "re.Match[str]") -> Cited | None:
    view = state.view
    parsed = parse(match.group())
    first = view.token_at(match.start())
    if parsed is None or view.keys[first - 1 : first] == [_ORDINAL] or _is_standard(view, match):
        return None
    after = view.token_at(match.end() - 1) + 1
    type_start, type_form, said = _type_before(view, first)
    codes = [c for c in (parsed.type_code, parsed.issuer_code) if c]
    if not said and not any((is_type(c) and (c.isupper() or len(codes) > 1)) or is_issuer(c) for c in codes):
        return None
    if parsed.type_code is None and parsed.issuer_code and not said and not is_issuer(parsed.issuer_code):
        return None
    start, kind = type_start, type_form
    law = parsed.issuer_code is not None and parsed.type_code is None and parsed.term is not None
    title = None
    if kind is None and law:
        start, kind, title = _law_before(view, state, type_start)
    if kind is None and said and view.keys[type_start] == _SỐ and not view.hard[type_start]:
        start, kind = _type_far_before(view, state, type_start)
    own = kind is None and said and view.keys[type_start] == _SỐ and view.hard[type_start]
    if kind is None:
        names = parsed.type_names()
        kind = names[0] if names else "Luật" if law else "Công văn" if parsed.issuer_code else None
    return Cited(start, after, kind, str(parsed), parsed, title=title, is_own=own, number_end=after)


def _is_standard(view: View, match: "re.Match[str]") -> bool:
    """Whether a number is that of a technical standard: "QCVN 10-MT:2015/BTNMT"."""
    return _STANDARD.search(view.folded[max(0, match.start() - _NEAR) : match.start()]) is not None


_NEAR: Final = 16  # code points
_STANDARD: Final = re.compile(r"[QT]CV?N[^\n;]*\Z")


def _type_before(view: View, i: int) -> tuple[int, str | None, bool]:
    """Where a citation begins, the type word before its number, and whether "số" or a type word stands there."""
    at = i
    said = False
    while at > 0 and view.keys[at - 1] in (":", _SỐ, '"') and i - at < 3:
        said = said or view.keys[at - 1] == _SỐ
        at -= 1
    for k in range(max(0, at - 4), at):
        found = phrases("doctypes.tsv").longest(view, k)
        if found is not None and found[0] == at:
            return k, found[1][1], True
    if not said:
        return i, None, False
    return at, None, True


def _law_before(view: View, state: State, i: int) -> tuple[int, str | None, tuple[int, int] | None]:
    """ "Luật Nuôi con nuôi số 52/2010/QH12": the type word, then the title, then the number."""
    sentence = state.sentences[i] if i < len(view) else -1
    for k in range(i - 1, max(-1, i - 26), -1):
        if state.sentences[k] != sentence or view.keys[k] in (";", "."):
            break
        found = phrases("doctypes.tsv").longest(view, k)
        if found is not None and found[1][2] in ("Law", "Ordinance", "Resolution") and view.shapes[k] != LOWER:
            if k and view.keys[k - 1] == word_key("bộ"):
                k, found = k - 1, phrases("doctypes.tsv").longest(view, k - 1) or found
            begin = found[0]
            title = (view.starts[begin], view.ends[i - 1]) if begin < i else None
            return k, found[1][1], title
    return i, None, None


def _type_far_before(view: View, state: State, i: int) -> tuple[int, str | None]:
    """ "quyết định khởi tố vụ án hình sự số 129/PC44", "Giấy phép khai thác khoáng sản số …": small words between."""
    for k in range(i - 1, max(-1, i - _FAR), -1):
        if state.sentences[k] != state.sentences[i] or view.shapes[k] in (MARK, NUMBER):
            break
        found = phrases("doctypes.tsv").longest(view, k)
        if found is not None and all(view.shapes[n] == LOWER for n in range(found[0], i)):
            return k, found[1][1]
    return i, None


_FAR: Final = 12  # tokens


def _bare_numbers(state: State, taken: list[tuple[int, int]]) -> list[Cited]:
    """Type word and serial without a code."""
    view, out = state.view, []
    starts = [t[0] for t in taken]
    tree = phrases("doctypes.tsv")
    for i in state.any_of(tree.branches):
        if view.shapes[i] == LOWER:
            continue
        found = tree.longest(view, i)
        if found is None:
            continue
        at, row = found
        said = at < len(view) and view.keys[at] == _SỐ
        number = at + 1 if said else at
        if number >= len(view) or view.shapes[number] != NUMBER or (view.hard[number]):
            continue
        if not said and row[1] not in _STRONG:
            continue
        n = bisect_right(starts, i) - 1
        if any(0 <= m < len(taken) and taken[m][0] <= i < taken[m][1] for m in (n, n + 1)):
            continue
        match = _BARE.match(view.folded, view.starts[number])
        if match is None or (len(match.group()) == 4 and match.group()[:2] in ("19", "20") and not said):
            continue
        after = view.token_at(match.end() - 1) + 1
        out.append(Cited(i, after, row[1], match.group(), None, number_end=after, rule="short-form"))
    return out


def _read_tail(state: State, cited: Cited, following: int, previous: Cited | None) -> None:
    """Date, issuer and title behind the number, then the issuer before the type word."""
    view, at = state.view, cited.end
    if previous is not None and cited.start == view.token_at(view.starts[cited.start]) and cited.parsed is not None:
        gap = view.keys[previous.number_end : cited.start]
        if (
            cited.rule == "numbered-document"
            and gap in ([","], [word_key("và")])
            and view.shapes[cited.start] == NUMBER
        ):
            cited.type = previous.type or cited.type
    for _ in range(3):
        i = at
        while i < len(view) and not view.hard[i] and view.keys[i] in _BETWEEN and i - at < 4:
            i += 1
        if i >= len(view) or view.hard[i]:
            break
        if view.keys[i] == _YEAR and (said := year_at(view, i)) is not None and said.end - i == 2:
            i = said.end  # "Nghị quyết số 31-NQ/TW năm 2022 của Bộ Chính trị"
            if i >= len(view) or view.hard[i]:
                break
        if cited.date is None and previous is not None and previous.date and view.keys[i : i + 2] == _SAME_DAY:
            cited.date, at = replace(previous.date, start=i, end=i + 2), i + 2
            continue
        if cited.date is None and (read := _dated(view, i, state.year)) is not None:
            cited.date, at = read, read.end
            if at < len(view) and view.keys[at] == ")":
                at += 1
            continue
        if cited.issuer is None and (issued := issuer_after(state, i, at, cited.parsed)) is not None:
            cited.issuer, cited.issuer_from, cited.term, at = issued.name, "text", issued.term, issued.end
            continue
        break
    cited.end = at
    if cited.title is None and (title := title_after(state, at, following)) is not None:
        cited.title = title[0], title[1]
        cited.end = max(cited.end, title[2])
    if cited.issuer is None:
        issuer_before(state, cited)


_YEAR: Final = word_key("năm")
_SAME_DAY: Final = [word_key("cùng"), word_key("ngày")]
_BETWEEN: Final = frozenset(map(word_key, (",", "(", "ban", "hành", "ký", "đề")))


def _dated(view: View, i: int, year: int | None) -> DateRead | None:
    if view.keys[i] == word_key("ngày") or (view.shapes[i] == NUMBER and view.keys[i - 1] in ("(", ",")):
        return date_at(view, i, year)
    return None
