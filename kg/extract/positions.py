"""The posts of one person: repetitions made one, the fullest wording and the strongest status kept."""

import re
from dataclasses import replace
from typing import Final

from kg.extract.attach import Link
from kg.extract.view import View
from kg.model.extraction import Position
from kg.model.fold import accented_key

_STRENGTH: Final = {"current": 0, "former": 1, "proposed": 2, "acting": 3, "outgoing": 4, "appointed": 5}


def merge_positions(view: View, links: list[Link]) -> list[Position]:
    """One entry a post: repetitions add their spans, the fullest wording and the strongest status stay."""
    grouped: dict[tuple[str, str | None, str, str | None], list[Position]] = {}
    for link in links:
        position = _position(view, link)
        key = (position.title.lower(), position.organ, position.status, position.term)
        grouped.setdefault(key, []).append(position)
    out: list[Position] = []
    for repeated in grouped.values():
        position = _gathered(repeated)
        for n, other in enumerate(out):
            if _same(other, position):
                out[n] = _merged(other, position)
                break
        else:
            out.append(position)
    known = {_bare(p.title) for p in out if p.organ}
    return [p for p in out if p.organ or _bare(p.title) not in known]


def _position(view: View, link: Link) -> Position:
    post, organ = link.seat.post, link.seat.organ
    return Position(
        title=post.title.title,
        organ=organ.name if organ is not None and organ.name else None,
        status=link.status or post.status or "current",
        spans=(view.token_span(post.start, post.end),),
        rule=link.rule,
        confidence=link.confidence if organ is None or organ.known else "medium",
        organ_completed=organ is not None and organ.completed,
        start=link.start,
        end=link.end,
        term=post.term,
    )


def _gathered(repeated: list[Position]) -> Position:
    """Repetitions of one wording as one, in one step."""
    first = repeated[0]
    return replace(
        first,
        spans=tuple(sorted({span for p in repeated for span in p.spans})),
        organ_completed=all(p.organ_completed for p in repeated),
        start=next((p.start for p in repeated if p.start), None),
        end=next((p.end for p in repeated if p.end), None),
    )


_EXTRA: Final = re.compile(r"\b(trưởng|thường trực|trực|thứ nhất|phụ trách)\b")


def _bare(title: str) -> str:
    return " ".join(_EXTRA.sub(" ", title.lower()).split())


def _organ_key(organ: str | None) -> str:
    return accented_key(organ or "").replace(accented_key("tỉnh") + " ", "")


def _same(a: Position, b: Position) -> bool:
    if _organ_key(a.organ) != _organ_key(b.organ) and a.organ is not None and b.organ is not None:
        short, long = sorted((_organ_key(a.organ), _organ_key(b.organ)), key=len)
        return a.title.lower() == b.title.lower() and long.startswith(short + " ") and short.count(" ") > 1
    if a.organ is None or b.organ is None:
        return a.title.lower() == b.title.lower()
    if a.title.lower() == b.title.lower():
        return True
    short, long = sorted((a.title.lower(), b.title.lower()), key=len)
    return short.startswith("phó") and _bare(short) == _bare(long) and (a.term == b.term)


def _strength(position: Position) -> int:
    """Which of two statuses stays; "nguyên" right before the post is the last word on it."""
    if position.status == "former" and position.rule != "post-by-verb":
        return 9
    if position.status == "outgoing" and position.rule == "post-by-verb":
        return 6  # a verb says that it ends; beside a name it is only taken to
    return _STRENGTH[position.status]


def _merged(a: Position, b: Position) -> Position:
    fuller = a if (a.organ is not None, len(a.title)) >= (b.organ is not None, len(b.title)) else b
    stronger = a if _strength(a) >= _strength(b) else b
    return Position(
        title=fuller.title,
        organ=max(a.organ or "", b.organ or "", key=len) or None,
        status=stronger.status,
        spans=tuple(sorted({*a.spans, *b.spans})),
        rule=stronger.rule,
        confidence=fuller.confidence,
        organ_completed=a.organ_completed and b.organ_completed,
        start=a.start or b.start,
        end=a.end or b.end,
        term=a.term or b.term,
    )
