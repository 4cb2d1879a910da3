"""Posts that lie in the past by what stands around them: a life that has ended, "Trước khi …", a dated career."""

from dataclasses import replace

from kg.extract.attach import Link
from kg.extract.biographies import Life, life_subject
from kg.extract.periods import period_after
from kg.extract.reading_state import State
from kg.extract.view import word_key

_BEFORE = word_key("trước")
_WHEN = frozenset(map(word_key, ("khi", "đó", "đây")))


def set_past(state: State, links: list[Link], lives: list[Life]) -> list[Link]:
    """The links with the status former where the text is of the past."""
    subject = life_subject(state)
    is_over = subject is not None and any(life.name == subject and life.death for life in lives)
    out = []
    for link in links:
        past = is_over or _is_before(state, link) or _is_career(state, link) or _is_ended(state, link)
        changes = (None, "current", "appointed", "outgoing") if is_over else (None, "current", "appointed")
        out.append(replace(link, status="former") if past and link.status in changes else link)
    return out


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
        leaves = beside and _is_full_time(link) and (here in raised or _is_left(state, link))
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


_LEAVING = [word_key("thôi"), word_key("giữ")]


def _is_left(state: State, link: Link) -> bool:
    end = link.seat.post.end
    return state.view.keys[end : end + 2] == _LEAVING


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


def _is_ended(state: State, link: Link) -> bool:
    """ "(Giám đốc Sở X trước khi hợp nhất)"."""
    end = link.seat.post.end
    return state.view.keys[end : end + 1] == [_BEFORE] and state.view.keys[end + 1 : end + 2] != [word_key("ngày")]


def _is_career(state: State, link: Link) -> bool:
    """A post with a printed end, or one taken up in a year well before the text."""
    if link.rule != "post-by-verb":
        return False
    if link.end is not None:
        return True
    return link.start is not None and state.year is not None and int(link.start[:4]) < state.year - 1
