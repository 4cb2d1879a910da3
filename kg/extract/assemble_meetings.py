"""Meetings with who was there, at which site, and what was done with which document."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from kg.extract.citations import Cited
from kg.extract.deeds import Deed
from kg.extract.meetings import Held
from kg.extract.participants import participants_of, read_participants
from kg.extract.reading_state import State
from kg.model.extraction import DirectiveUse, MeetingRead

ACTIONS: Final = {
    "quán triệt": "disseminates",
    "truyền đạt chuyên đề": "disseminates",
    "giới thiệu": "disseminates",
    "báo cáo": "reviews",
    "trình bày báo cáo": "reviews",
}

PURPOSES: Final = {"quán triệt": "disseminates", "triển khai": "carriesOut", "sơ kết": "reviews", "tổng kết": "reviews"}


def build_meetings(
    state: State,
    held: list[Held],
    names: dict[int, str],
    cited: list[tuple[Cited, str]],
    deaths: Mapping[str, str | None],
) -> tuple[list[MeetingRead], list[Deed]]:
    """Meetings as read; participants go to the first, which is what a report is about. `deaths` says who
    has died, and when."""
    out: list[MeetingRead] = []
    deeds: list[Deed] = []
    told: dict[int, list[Deed]] = {}
    for n, meeting in enumerate(held):
        view = state.view
        read = MeetingRead(
            name=_name(state, meeting),
            spans=(view.token_span(meeting.start, meeting.end),),
            date=meeting.date.edtf if meeting.date is not None else None,
            date_year_inferred=meeting.date is not None and meeting.date.inferred,
            form=meeting.form,
            organizer="; ".join(meeting.organizers) or None,
            place=meeting.place,
        )
        if n == 0:
            people, collective, deeds = read_participants(state, names, meeting, deaths)
            for deed in deeds:
                told.setdefault(state.sentences[deed.start], []).append(deed)
            read = MeetingRead(
                **{
                    **{
                        f: getattr(read, f)
                        for f in ("name", "spans", "date", "date_year_inferred", "form", "organizer", "place")
                    },
                    "sites": tuple(meeting.sites),
                    "participants": tuple(people),
                    "collective": tuple(collective),
                    "directives": (*_own_uses(state, meeting, cited), *_uses(state, deeds, names, cited)),
                }
            )
        elif there := [deed for deed in told.get(meeting.sentence, ()) if names[deed.name] not in deaths]:
            read = replace(read, participants=tuple(participants_of(state, there, names)))
        elif not meeting.organizers:
            continue  # a day and a kind of meeting alone are only spoken of
        if meeting.date is not None or read.participants:  # without a day or anybody there it is only spoken of
            out.append(read)
    return out, deeds


def _name(state: State, meeting: Held) -> str:
    words = state.view.token_span(meeting.start, meeting.end).of(state.view.text)
    words = " ".join(words.split())
    return words[:1].upper() + words[1:]


def _own_uses(state: State, meeting: Held, cited: list[tuple[Cited, str]]) -> list[DirectiveUse]:
    """What the name of a meeting says it is about: "hội nghị quán triệt, triển khai Kết luận số 1"."""
    view, out = state.view, []
    first = citations_between(outer_citations(cited), meeting.start, meeting.end + 1)[:1]
    for c, ref in first:
        for phrase, action in PURPOSES.items():
            verbs = [i for i in state.find(phrase) if meeting.start <= i < c.start]
            out += [DirectiveUse(ref, action, view.token_span(verbs[0], c.end))] if verbs else []
    return out


def _uses(state: State, deeds: list[Deed], names: dict[int, str], cited: list[tuple[Cited, str]]) -> list[DirectiveUse]:
    """Documents named in the sentence of a deed, between its verb and the next; none inside another's title."""
    out = []
    outer = outer_citations(cited)
    for deed in deeds:
        action = ACTIONS.get(deed.role)
        if action is None:
            continue
        end = min([state.sentence_end(deed.start), *(other.start for other in deeds if other.start > deed.end)])
        for c, ref in citations_between(outer, deed.end, end):
            span = state.view.token_span(deed.start, c.end)
            out.append(DirectiveUse(ref, action, span, names[deed.name]))
    return out


def outer_citations(cited: list[tuple[Cited, str]]) -> list[tuple[Cited, str]]:
    """The citations that do not lie inside the title of another; `cited` is in order."""
    out: list[tuple[Cited, str]] = []
    reach = -1
    for c, ref in cited:
        if c.start >= reach:
            out.append((c, ref))
        reach = max(reach, c.end)
    return out


def citations_between(cited: list[tuple[Cited, str]], begin: int, end: int) -> list[tuple[Cited, str]]:
    """The citations that begin between two tokens; `cited` is in order."""
    first = bisect_left(cited, begin, key=lambda pair: pair[0].start)
    last = bisect_left(cited, end, key=lambda pair: pair[0].start)
    return cited[first:last]
