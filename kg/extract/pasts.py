"""Posts that lie in the past by what stands around them: a life that has ended, "Trước khi …", a dated career."""

from dataclasses import replace

from kg.extract.attach import Link
from kg.extract.biographies import Life, life_subject
from kg.extract.items import Address, Name
from kg.extract.memorials import is_commemorated
from kg.extract.periods import period_after
from kg.extract.posts import Post
from kg.extract.reading_state import State
from kg.extract.view import NUMBER, word_key

_BEFORE = word_key("trước")
_STILL = word_key("còn")
_WHEN = frozenset(map(word_key, ("khi", "đó", "đây")))


def set_past(state: State, links: list[Link], lives: list[Life]) -> list[Link]:
    """The links with the status former where the text is of the past."""
    subject = life_subject(state)
    deaths = [life.death for life in lives if life.name == subject and life.death] if subject is not None else []
    ended = bool(deaths)
    recalled = ended and _is_recalled(state)
    out = []
    sitting = {
        (tuple(_words(state, n.name)), n.seat.post.title.title)
        for n in links
        if n.status is None and n.seat.post.status is None and not _is_during(state, n)
    }
    for link in links:
        is_over = ended and (not recalled or _same_name(state, link.name, subject))
        past = is_over or is_commemorated(state.view, state.items[link.name].start)
        past = past or any(told(state, link) for told in (_is_before, _is_then, _lasted, _is_career, _is_ended))
        during = (tuple(_words(state, link.name)), link.seat.post.title.title) not in sitting
        past = past or (during and _is_during(state, link))
        changes = (None, "current", "appointed", "outgoing") if is_over else (None, "current", "appointed")
        out.append(replace(link, status="former") if past and link.status in changes else link)
    return out


def _words(state: State, n: int) -> list[str]:
    return state.view.keys[state.items[n].start : state.items[n].end]


def _is_recalled(state: State) -> bool:
    """Whether a text on somebody who has died tells of a gathering in their memory: the others named are in office."""
    return any(at < _OPENING for words in _RECALLING for at in state.find(words))


_RECALLING = ("lễ kỷ niệm", "dâng hương", "lễ viếng", "lễ tưởng niệm", "lễ khánh thành", "hội thảo")
_OPENING = 150  # tokens


def _same_name(state: State, n: int, subject: int | None) -> bool:
    keys, items = state.view.keys, state.items
    return subject is not None and keys[items[n].end - 1] == keys[items[subject].end - 1]


def set_outgoing(state: State, links: list[Link]) -> list[Link]:
    """Full-time posts in apposition to a name that takes up another in the same sentence, or of which "thôi giữ chức"
    is said without naming the post again: they end here."""
    raised = {
        (link.name, state.sentences[link.seat.post.start]): link.start
        for link in links
        if link.status == "appointed" and link.rule == "post-by-verb" and _is_full_time(link)
    }
    out = []
    for link in links:
        beside = link.rule == "post-after-name" and link.status is None and link.seat.post.status is None
        here = (link.name, state.sentences[link.seat.post.start])
        said = here in raised or _is_left(state, link) or _is_dismissed(state, link)
        leaves = beside and _is_full_time(link) and (said or _is_removed(state, link))
        if leaves and not said and state.view.keys[state.sentence_start(link.seat.post.start)] == _BEFORE:
            out.append(replace(link, status="former"))
            continue
        end = link.end or raised.get(here) or _leaving_day(state, link)
        out.append(replace(link, status="outgoing", end=end) if leaves else link)
    return out


def _leaving_day(state: State, link: Link) -> str | None:
    """ "Giám đốc X thôi giữ chức vụ để nghỉ hưu từ ngày …": the day on which the post ends, in the same sentence."""
    after = link.seat.post.end
    for i in range(after, min(after + 14, len(state.view)) if _is_left(state, link) else after):
        if state.sentences[i] != state.sentences[after]:
            break
        if (day := period_after(state, i)[0]) is not None:
            return day
    return None


_RETIRING = [word_key("nghỉ"), word_key("hưu")]
_LONG_AGO = ([word_key("năm")], [word_key("từ")], [word_key("ở")], [word_key("tại")])
_JUST_NOW = frozenset(map(word_key, ("vừa", "sẽ", "xin")))
_LEAVING = [word_key("thôi"), word_key("giữ")]


def _is_left(state: State, link: Link) -> bool:
    keys, end = state.view.keys, link.seat.post.end
    at = end + 1 if keys[end : end + 1] == [","] else end
    at = at + 1 if keys[at : at + 1] and keys[at] in _JUST_NOW else at
    if keys[at : at + 2] == _RETIRING and keys[at + 2 : at + 3] not in _LONG_AGO:
        return True  # "Phó Giám đốc Sở X, nghỉ hưu theo chế độ"
    if keys[end : end + 2] != _LEAVING:
        return False
    others = (state.at_start.get(k) for k in range(end + 2, min(end + 2 + _TO_POST, len(keys))))
    return not any(n is not None and isinstance(state.items[n], Post) for n in others)  # "A thôi giữ chức B"


_TO_POST = 4  # tokens: "thôi giữ các chức vụ"


def _is_dismissed(state: State, link: Link) -> bool:
    """ "quyết định cách chức đối với ông A - Trưởng Công an xã": the verb right before the name, no post between."""
    at = state.items[link.name].start
    begin = max(state.sentence_start(at), at - _NEAR_VERB)
    verbs = [i for verb in _DISMISSING for i in state.between(verb, begin, at)]
    if not verbs or any(state.between(word, begin, at) for word in ("đề nghị", "đề xuất")):
        return False
    return not any(isinstance(state.items[n], Post) for i in range(verbs[-1], at) if (n := state.at_start.get(i)))


def _is_removed(state: State, link: Link) -> bool:
    """ "các ông A - Bí thư …; B - Chỉ huy trưởng …, cũng bị cách chức": the verb behind the list of a post."""
    at = link.seat.post.end
    end = min(state.sentence_end(link.seat.post.start), at + _LONGEST_LIST)
    verb = next(
        (i for i in state.between("bị", at, end) if any(state.between(v, i + 1, i + 2) for v in _DISMISSING)), end
    )
    while at < verb:
        n = state.at_start.get(at)
        if n is not None and isinstance(state.items[n], (Name, Post, Address)):
            at = state.items[n].end
        elif state.view.keys[at] in _IN_LISTS:
            at += 1
        else:
            return False
    return verb < end


_LONGEST_LIST = 80  # tokens
_IN_LISTS = frozenset((",", ";", "-", "(", ")", *map(word_key, ("và", "cũng", "đã", "đều", "vừa", "các", "cùng"))))
_DISMISSING = ("cách chức", "miễn nhiệm", "bãi nhiệm")
_NEAR_VERB = 7  # tokens


def _is_full_time(link: Link) -> bool:
    """Whether the post is work of its own and not a seat beside it."""
    title = link.seat.post.title.title.lower()
    return not title.endswith("viên") and not title.startswith(("ủy viên", "đại biểu", "thành viên"))


def _is_before(state: State, link: Link) -> bool:
    """ "Trước khi về đây, ông A giữ chức …" """
    first = state.sentence_start(link.seat.post.start)
    keys = state.view.keys[first : first + 2]
    told = link.rule == "post-by-verb" or keys[1:] == [word_key("khi")]
    return (
        told and keys[:1] == [_BEFORE] and keys[1:] != [] and keys[1] in _WHEN and state.items[link.name].start > first
    )


def _is_then(state: State, link: Link) -> bool:
    """ "Khi còn làm Giám đốc …, ông A …": the words right before the post; "ông còn là …" says what he is besides."""
    at = link.seat.post.start
    return at > 2 and state.view.keys[at - 2] == _STILL and state.view.keys[at - 3] in _THEN


_THEN = frozenset(map(word_key, ("khi", "lúc", "hồi", "thời")))


def _lasted(state: State, link: Link) -> bool:
    """ "5 năm làm Bộ trưởng", "trong 5 năm ông A giữ chức Bộ trưởng": a post that lasted so many years."""
    view, at = state.view, link.seat.post.start
    begin = max(state.sentence_start(at), at - _NEAR_YEARS)
    years = [k for k in state.between("năm", begin, at) if k and view.shapes[k - 1] == NUMBER]
    if not years or len(view.keys[years[-1] - 1]) > 2 or "," in view.keys[years[-1] : at]:
        return False
    return any(key in _WORKING for key in view.keys[max(years[-1], at - 3) : at])


_NEAR_YEARS = 9  # tokens
_WORKING = frozenset(map(word_key, ("làm", "giữ", "đảm")))


def _is_during(state: State, link: Link) -> bool:
    """ "Trong thời gian giữ các cương vị Giám đốc …, Bí thư …, bà A …", "(khi đó là Bí thư …)": no name between."""
    at = link.seat.post.start
    begin = max(state.sentence_start(at), at - _LONGEST_LIST)
    found = [i for words in _THEN_WAS for i in state.between(words, begin, at)]
    found += [i for words in _DURING for i in state.between(words, begin, at) if _holds(state, i, at)]
    if not found:
        return False
    if any(key in _NOW for key in state.view.keys[max(found) : at]):
        return False  # "khi đó là Chủ tịch UBND tỉnh và hiện nay là Bí thư Tỉnh ủy"
    named = (state.at_start.get(k) for k in range(max(found) + _TO_HOLDING, at))
    return not any(n is not None and isinstance(state.items[n], Name) for n in named)


_NOW = frozenset(map(word_key, ("nay", "hiện")))


_THEN_WAS = ("khi đó là", "lúc đó là")
_DURING = ("trong thời gian", "trong thời kỳ", "trong giai đoạn")
_TO_HOLDING = 7  # tokens: "trong thời gian ông Lê Văn A giữ"


def _holds(state: State, i: int, at: int) -> bool:
    """Whether words for a time say that a post was held in it: "trong thời gian bà A giữ các cương vị"."""
    return any(key in _HOLDING for key in state.view.keys[i + 3 : min(i + 3 + _TO_HOLDING, at)])


_HOLDING = frozenset(map(word_key, ("giữ", "làm", "là", "đảm")))


def _is_ended(state: State, link: Link) -> bool:
    """ "(Giám đốc Sở X trước khi hợp nhất)"."""
    end = link.seat.post.end
    return state.view.keys[end : end + 1] == [_BEFORE] and state.view.keys[end + 1 : end + 2] in _ENDING


_ENDING = ([], [")"], [","], ["."], *([key] for key in _WHEN))


def _is_career(state: State, link: Link) -> bool:
    """A post with a printed end, or one taken up in a year well before the text."""
    if link.rule != "post-by-verb":
        return False
    if link.end is not None:
        return True
    return link.start is not None and state.year is not None and int(link.start[:4]) < state.year - 1
