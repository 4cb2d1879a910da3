"""The day of a paper that its sentence tells before it: "Ngày 6/2, UBND TP Hà Nội ban hành Văn bản số 421"."""

from typing import Final

from kg.extract.citations import Cited
from kg.extract.dates import DateRead, date_at
from kg.extract.reading_state import State
from kg.extract.view import NUMBER, word_key

_ISSUING: Final = frozenset(map(word_key, ("ký", "hành", "có", "ra")))
_NEAR: Final = 4  # tokens between the verb and the paper
_FAR: Final = 40  # tokens between the day and the paper
_DAY: Final = word_key("ngày")
_BREAKS: Final = frozenset((";", ":", '"', "(", ")"))


def date_papers(state: State, cited: list[Cited]) -> None:
    """Gives papers without a day that of the issuing told before them in their sentence, if nothing else is told
    between. `cited` is in order; changes it."""
    for n, paper in enumerate(cited):
        if paper.date is None and not paper.is_own:
            paper.date = _told_before(state, paper, cited[n - 1].end if n else 0)


def _told_before(state: State, paper: Cited, after: int) -> DateRead | None:
    keys = state.view.keys
    begin = max(state.sentence_start(paper.start), after, paper.start - _FAR)
    verb = next(
        (k for k in range(paper.start - 1, max(begin, paper.start - _NEAR) - 1, -1) if keys[k] in _ISSUING), None
    )
    if verb is None or state.sentences[begin] != state.sentences[paper.start]:
        return None
    found: list[DateRead] = []
    i = begin
    while i < verb:
        starts = keys[i] == _DAY or (state.view.shapes[i] == NUMBER and (not i or keys[i - 1] not in _IN_NUMBERS))
        read = date_at(state.view, i, state.year) if starts else None
        if read is not None and len(read.edtf) == _FULL:
            found.append(read)
        i = read.end if read is not None else i + 1
    if len(found) != 1 or found[0].start - begin > _OPENING:
        return None
    told = any(state.between(words, found[0].end, verb) for words in _SPEAKING)
    return None if told or _BREAKS & set(keys[found[0].end : verb]) - {")"} else found[0]


_SPEAKING: Final = ("cho biết", "cho rằng", "khẳng định", "thông tin", "báo cáo", "trả lời", "nói")
_FULL: Final = 10  # characters of a day
_IN_NUMBERS: Final = frozenset(("/", "-", ".", "thứ"))
_OPENING: Final = 12  # tokens from the head of the sentence to the day
