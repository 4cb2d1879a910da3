"""Where the own name of a body ends: over capitals, words of names and lists with "và", up to anything else."""

from typing import Final

from kg.extract.lexicon import phrases, surnames, trie
from kg.extract.names import name_at
from kg.extract.places import PlaceRead, place_at, titled, unit_at
from kg.extract.tables import countries, heads, name_words, stop_words
from kg.extract.titles import title_at
from kg.extract.view import LOWER, MARK, NUMBER, TITLE, UPPER, View, word_key

_CENTRE: Final = frozenset(map(word_key, ("t.ư", "tư", "tw", "t.w")))


def is_open(view: View, i: int) -> bool:
    """Whether a token is there and goes on with the line before it."""
    return i < len(view) and not view.hard[i]


def central_end(view: View, i: int) -> int | None:
    """The token after "Trung ương" or "T.Ư" that begins at a token."""
    if not is_open(view, i):
        return None
    if view.keys[i] in _CENTRE and view.shapes[i] != LOWER:
        return i + 1
    if view.keys[i] == _TRUNG and view.keys[i + 1 : i + 2] == [_ƯƠNG]:
        return i + 2
    return None


def steering_end(view: View, i: int) -> int:
    """The end of a steering committee's name, printed in lower case: at "Trung ương", a unit or a stop word."""
    end = i
    while is_open(view, end) and end - i < 12 and view.shapes[end] != MARK:
        if central_end(view, end) is not None or view.keys[end] in stop_words() or unit_at(view, end) is not None:
            break
        end += 1
    return end


_HAMLETS: Final = trie(
    [(words, words) for words in ("thôn|bản|làng|ấp|buôn|xóm|plei|khối|khóm|khu", "khu phố|tổ dân phố|khu dân cư")]
)


def hamlet_end(view: View, i: int) -> int | None:
    """The end of a hamlet's name: "thôn Nà Lạ", "khu phố 3"; it is no unit of administration."""
    found = _HAMLETS.longest(view, i) if is_open(view, i) else None
    if found is None or not is_open(view, found[0]):
        return None
    end = found[0]
    if view.shapes[end] == NUMBER:
        return end + 1
    while is_open(view, end) and view.shapes[end] == TITLE and end - found[0] < _LONGEST_HONOURED:
        end += 1
    return end if end > found[0] else None


_LEVELS: Final = frozenset(map(word_key, ("thpt", "thcs", "thcs&thpt", "ptth", "ptdtnt", "học", "non", "thông")))


def company_end(view: View, i: int) -> int:
    """The end of a company's name whose last word could open a name: "Công ty Nam Triệu | Nguyễn Hữu Hùng"."""
    if not (
        is_open(view, i + 1) and view.shapes[i] == TITLE and view.keys[i + 1] in _COMMON and starts_person(view, i)
    ):
        return i
    return i + 1 if (name_at(view, i + 1) or 0) - i - 1 >= _WHOLE_NAME else i


_COMMON: Final = frozenset(map(word_key, ("nguyễn", "trần", "phạm", "lê", "hoàng", "đặng", "bùi", "đỗ", "phan", "vũ")))
_WHOLE_NAME: Final = 3  # syllables


def quarter_end(view: View, i: int) -> int:
    """The token behind a quarter of the sky that goes on with a place in a name: "Trường mầm non Thanh Xuân | Nam"."""
    return i + (is_open(view, i) and view.keys[i] in _QUARTERS and view.shapes[i] == TITLE)


_QUARTERS: Final = frozenset(map(word_key, ("nam", "bắc", "đông", "tây")))


def school_end(view: View, i: int) -> int:
    """The end of a school's name that goes on with somebody it honours: "Trường THPT Phan Huy Chú | Hà Xuân Nhâm"."""
    if not i or view.keys[i - 1] not in _LEVELS or not starts_person(view, i):
        return i
    end = i
    while is_open(view, end) and view.shapes[end] == TITLE:
        end += 1
    second = (k for k in range(i + 2, end - 1) if view.keys[k] in surnames() and starts_person(view, k))
    return next(second, end) if end - i > _LONGEST_HONOURED else end


_LONGEST_HONOURED: Final = 4
_TRUNG, _ƯƠNG = word_key("trung"), word_key("ương")


def name_end(view: View, i: int, *, capital: bool = False, listed: bool = True) -> int:
    """Where the proper name that begins at a token ends: capitals, numbers, words of names, lists with "và"."""
    end, words = i, name_words()
    training = i > 1 and view.keys[i - 1] == word_key("tâm") and view.keys[i - 2] == _TRUNG
    while is_open(view, end) and end - i < 16:
        shape, key = view.shapes[end], view.keys[end]
        if shape == LOWER and end > i and view.keys[end - 1] not in _INSIDE and _stops(view, end):
            break
        if shape in (TITLE, UPPER):
            if title_at(view, end) is not None or (end > i and (_begins_other(view, end) or central_end(view, end))):
                break
            end += 1
        elif shape == NUMBER and end > i:
            end += 1
        elif key in ('"',) and end == i:
            break
        elif (
            shape == LOWER
            and end == i + 1
            and view.shapes[i] == TITLE
            and key not in stop_words()
            and key not in _INSIDE
            and not _begins_other(view, end)
        ) or (shape == LOWER and key in words and (end > i or (capital and (key in _FIRST_LOWER or training)))):
            end += 1
        elif key == "," and not listed:
            break
        elif key in _INSIDE and end > i and _goes_on(view, end, words):
            end += 1
        else:
            break
    return end


def lower_end(view: View, i: int, capital: bool) -> int:
    """The end of the words in lower case that go on with the name of a body behind a rank: "Giám đốc Trung tâm nước
    sạch và tư vấn thủy lợi | Quảng Nam", "… Tích hợp dữ liệu | thuộc Sở"; the token itself where what they end at is
    no sign that they name something. `capital`: the name so far is not all in lower case."""
    k, words = i, name_words()
    while is_open(view, k) and k - i < _LONGEST_TAIL:
        shape, key = view.shapes[k], view.keys[k]
        if shape == NUMBER and k > i and view.keys[k - 1] == _NUMBERED_BY:  # "Công ty cổ phần đấu giá số 5 quốc gia"
            k += 1
            continue
        if shape != LOWER:
            break
        if unit_at(view, k) is not None or (key in stop_words() and key not in words) or _stops(view, k):
            break
        if key in _BEHIND:
            break
        address = phrases("honorifics.tsv").longest(view, k)
        if address is not None and is_open(view, address[0]) and view.shapes[address[0]] != LOWER:
            return i  # "Trưởng Ban chúc mừng ông A"
        if key in _JOINING and not _names_more(view, k + 1):
            break
        k += 1
    if k == i or (view.keys[k - 1] in _JOINING and not (is_open(view, k) and view.shapes[k] == TITLE)):
        return i
    if not is_open(view, k):
        return k if capital else i
    if view.shapes[k] in (TITLE, UPPER):
        return k if starts_person(view, k) or place_at(view, k) is not None else name_end(view, k)
    if view.keys[k] == "-" and _goes_on(view, k, words) and heads().longest(view, k + 1) is None:
        more = name_end(view, k + 1)  # "… bà mẹ trẻ em - Kế hoạch hóa gia đình"
        return more if more > k + 1 else k
    if view.keys[k] == _AND:  # "Công ty Trục vớt luồng hạ lưu và ông A"
        return k
    return k if view.keys[k] in _BEHIND or unit_at(view, k) is not None or view.shapes[k] == MARK else i


_NUMBERED_BY: Final = word_key("số")
_LONGEST_TAIL: Final = 14  # tokens
_AND: Final = word_key("và")
_JOINING: Final = frozenset(map(word_key, ("và", "&", "với")))
_BEHIND: Final = frozenset(  # what follows a name and no verb
    map(word_key, ("thuộc", "của", "đã", "vừa", "cũng", "sẽ", "đang", "cho", "là", "khẳng", "nói", "bị", "được", "tại"))
)


def _names_more(view: View, i: int) -> bool:
    """Whether words that may be part of a name follow a joining word."""
    if not is_open(view, i) or title_at(view, i) is not None or phrases("honorifics.tsv").longest(view, i) is not None:
        return False
    return view.shapes[i] == LOWER or not starts_person(view, i)


def _stops(view: View, i: int) -> bool:
    return phrases("name_stops.txt").longest(view, i) is not None


def _begins_other(view: View, i: int) -> bool:
    return starts_person(view, i) or place_at(view, i) is not None or _starts_body(view, i)


def _starts_body(view: View, i: int) -> bool:
    found = heads().longest(view, i)
    return found is not None and found[1].form in (
        "Bộ",
        "Sở",
        "Ủy ban nhân dân",
        "Hội đồng nhân dân",
        "Tỉnh ủy",
        "Thành ủy",
        "Huyện ủy",
        "Công an",
        "Chính phủ",
        "Quốc hội",
    )


_FIRST_LOWER: Final = frozenset(
    map(
        word_key,
        (
            "khối",
            "thủy",
            "kiểm",
            "bảo",
            "thuế",
            "dân",
            "quản",
            "phát",
            "y",
            "khuyến",
            "phòng",
            "văn",
            "thông",
            "rừng",
            "dự",
            "khu",
            "chợ",
            "cảng",
        ),
    )
)


_INSIDE: Final = frozenset(map(word_key, ("và", "&", ",", "-", "các", "với")))


def _goes_on(view: View, i: int, words: frozenset[str]) -> bool:
    """Whether a joining word or mark inside a name is followed by more of the name."""
    k = i + 1
    if not is_open(view, k) or title_at(view, k) is not None:
        return False
    if view.keys[i] == "-" and (
        view.starts[i] > view.ends[i - 1] and view.shapes[k] == TITLE and starts_person(view, k)
    ):
        return False
    fits = view.shapes[k] in (TITLE, UPPER) or (view.shapes[k] == LOWER and view.keys[k] in words)
    if not fits or starts_person(view, k) or (view.shapes[k] != LOWER and _starts_body(view, k)):
        return False
    if view.keys[i] != "," or countries().longest(view, k) is not None:
        return True
    joining = word_key("và")
    return any(
        is_open(view, j) and view.keys[j] == joining
        for j in range(k + 1, min(k + 5, len(view)))
        if "," not in view.keys[k:j]
    )


def starts_person(view: View, i: int) -> bool:
    """Whether a full name begins at a token."""
    name = name_at(view, i)
    return name is not None and name - i >= 2


def spelled(view: View, begin: int, end: int) -> str:
    """The words of a body's own name, abbreviations spelled out ("Chi cục QLTT")."""
    full = phrases("name_abbreviations.tsv").branches
    words = titled(view.words(begin, end))
    short = {view.word(k): view.keys[k] for k in range(begin, end) if view.shapes[k] == UPPER and view.keys[k] in full}
    for word, key in short.items():
        entry = full[key].entry
        words = words.replace(word, entry[1] if entry else word)
    return words


def line_end(view: View, place: PlaceRead) -> int | None:
    """The end of a line between two places, a part of a name: "đường cao tốc Đà Nẵng - Quảng Ngãi"."""
    if not is_open(view, place.end) or view.keys[place.end] != "-" or not is_open(view, place.end + 1):
        return None
    second = place_at(view, place.end + 1) if view.shapes[place.end + 1] == TITLE else None
    return second.end if second is not None and (name_at(view, place.end + 1) or 0) <= second.end else None


def capital_run(view: View, i: int, longest: int) -> tuple[int, str] | None:
    """The end and form of a run of two words with capitals that begins at a token."""
    end = i
    while is_open(view, end) and end - i < longest and view.shapes[end] == TITLE and title_at(view, end) is None:
        end += 1
    return (end, titled(view.words(i, end))) if end - i == 2 else None
