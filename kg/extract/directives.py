"""Citations → documents: those with one number are one, short forms find their full number, names stand without one."""

import re
from collections import defaultdict

from kg.extract.citations import Cited, read_citations
from kg.extract.letterheads import read_letterhead
from kg.extract.named import read_named
from kg.extract.paper_days import date_papers
from kg.extract.reading_state import State
from kg.extract.view import View
from kg.model.extraction import Citation, DirectiveRead
from kg.model.fold import accented_key


def read_directives(state: State) -> tuple[list[DirectiveRead], list[tuple[Cited, str]]]:
    """The documents of a text in order of first mention, and each citation with the ref of its document."""
    cited = read_citations(state)
    read_letterhead(state, cited)
    cited += read_named(state, cited)
    cited.sort(key=lambda c: c.start)
    date_papers(state, cited)
    full: dict[tuple[str | None, int], set[tuple[str, int | None]]] = defaultdict(set)
    for c in cited:
        if c.parsed is not None:
            full[c.type, c.parsed.number].add((c.parsed.key(), c.parsed.year))
    years: dict[tuple[str | None, int], set[int]] = defaultdict(set)
    for c in cited:
        if c.parsed is None and c.number is not None and "/" in c.number:
            years[c.type, int(c.number.split("/")[0])].add(int(c.number.split("/")[1]))
    keys = {id(c): _key(c, full, years) for c in cited}
    order: dict[str, list[Cited]] = defaultdict(list)
    for c in cited:
        order[keys[id(c)]].append(c)
    reads = {key: _merge(state.view, members) for key, members in order.items()}
    return list(reads.values()), [(c, reads[keys[id(c)]].ref) for c in cited]


def _key(
    cited: Cited,
    full: dict[tuple[str | None, int], set[tuple[str, int | None]]],
    years: dict[tuple[str | None, int], set[int]],
) -> str:
    if cited.parsed is not None:
        return cited.parsed.key()
    if cited.number is None:
        return "name:" + accented_key(cited.name or "")
    serial = int(cited.number.split("/")[0])
    year = int(cited.number.split("/")[1]) if "/" in cited.number else None
    fits = {key for key, other in full.get((cited.type, serial), ()) if year is None or other in (None, year)}
    if len(fits) == 1:
        return fits.pop()
    printed = years.get((cited.type, serial), set())
    if year is None and len(printed) == 1 and not fits:
        year = next(iter(printed))  # "Nghị định 24" beside "Nghị định 24/2014"
    return f"partial:{cited.type}:{serial}:{year}"


def _merge(view: View, members: list[Cited]) -> DirectiveRead:
    dated_number = next((c for c in members if c.number is not None and "/" in c.number), members[0])
    full = next((c for c in members if c.parsed is not None), dated_number)
    stated = [c for c in members if c.issuer_from == "text"]
    issuer = next(iter(stated), next((c for c in members if c.issuer), None))
    dated = next((c for c in members if c.date is not None), None)
    titled = next((c for c in members if c.title and c.date), None) or max(
        members, key=lambda c: c.title[1] - c.title[0] if c.title else 0
    )
    typed = next((c for c in members if c.type and c.is_own), None) or next((c for c in members if c.type), full)
    return DirectiveRead(
        type=typed.type,
        number=full.number,
        citations=tuple(_citation(view, c) for c in members),
        name=full.name,
        issuer=issuer.issuer if issuer else None,
        issuer_from=issuer.issuer_from if issuer else None,
        number_partial=full.parsed is None and full.number is not None,
        date=dated.date.edtf if dated and dated.date else None,
        date_year_inferred=bool(dated and dated.date and dated.date.inferred),
        title=_title(view, titled),
        issuer_term=next((c.term for c in members if c.term), None),
        year=full.parsed.year if full.parsed else full.year,
    )


def _citation(view: View, cited: Cited) -> Citation:
    return Citation(
        span=view.token_span(cited.start, cited.end),
        rule=cited.rule,
        date=cited.date.edtf if cited.date else None,
        issuer=cited.issuer if cited.issuer_from == "text" else None,
        title=_title(view, cited),
        title_span=view.span(*cited.title) if cited.title else None,
    )


_BLANKS = re.compile(r"[\s*]+")


def _title(view: View, cited: Cited) -> str | None:
    if cited.title is None:
        return None
    span = view.span(*cited.title)
    return _BLANKS.sub(" ", span.of(view.text)).strip()
