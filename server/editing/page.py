"""What the page of a form shows, as typed values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from kg.model.fold import key
from kg.model.graph import Reader, Term
from kg.namespaces import BASE, curie, iri
from kg.validate import Finding
from server import asking, urls
from server.contexts import Link, ProblemPage
from server.editing.citing import sources_of
from server.editing.creating import following
from server.editing.fields import Field, Group, Widget
from server.editing.opened import CLASSES, Opened, blank, rows_of
from server.editing.saving import UNNAMED
from server.editing.sent import Sent
from server.editing.values import LANGUAGES, Row, node_in, term_of
from server.entity import Fact
from server.negotiate import language
from server.sentences import spoken_literal
from server.service import pinned, service

_LONG: Final = 90  # characters from which a row is shown over several lines
_FOLDED: Final = 6  # fields up to which an empty group is shown
_NAMES: Final = ("rdfs:label", "skos:prefLabel")


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a list: what is sent and what is read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field with its rows, of which the last is blank where there may be more; `faults` are what is said of it.

    `now` are the values that others gave it meanwhile; `offers` who may be meant by a name; it `follows` where, left
    empty, it is made from the rest of a new thing; `maker` is where a thing that is not there is made, its name last.
    """

    field: Field
    label: str
    help: str
    rows: tuple[Row, ...]
    options: tuple[Option, ...] = ()
    faults: tuple[Finding, ...] = ()
    offers: tuple[Link, ...] = ()
    now: tuple[str, ...] | None = None
    follows: bool = False
    maker: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is in it and nothing is said of it."""
        return not self.faults and self.now is None and all(row.is_blank for row in self.rows)

    def tongues(self, row: Row) -> tuple[str, ...]:
        """The languages to choose from in a row."""
        return tuple(dict.fromkeys((*LANGUAGES, *filter(None, (row.language,)))))

    def is_day(self, row: Row) -> bool:
        """Whether an input for days would show the row."""
        return row.is_blank or term_of(self.field, row) is not None

    def is_long(self, row: Row) -> bool:
        """Whether a row needs more than one line."""
        return "\n" in row.text or len(row.text) > _LONG


@dataclass(frozen=True, slots=True)
class GroupShown:
    """Fields under one heading; a long group with nothing in it is folded."""

    title: str
    fields: tuple[FieldShown, ...]

    @property
    def is_folded(self) -> bool:
        """Whether only the heading is shown at first."""
        return len(self.fields) > _FOLDED and all(one.is_blank and not one.field.least for one in self.fields)


@dataclass(frozen=True, slots=True)
class EditPage:
    """A form: groups of fields, what it leaves alone, and what was wrong with it when it was sent."""

    title: str
    kind: str
    address: str
    back: str | None
    groups: tuple[GroupShown, ...]
    kept: tuple[Fact, ...]
    sent: Sent
    sources: tuple[Option, ...]
    makes: tuple[Link, ...] = ()
    problem: ProblemPage | None = None
    findings: tuple[Finding, ...] = ()
    warned: bool = False
    is_unchanged: bool = False
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """What was wrong with a form: `now` are values that others gave fields meanwhile, by field."""

    problem: ProblemPage | None = None
    findings: tuple[Finding, ...] = ()
    offers: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    now: Mapping[str, frozenset[Term]] = field(default_factory=dict)
    is_unchanged: bool = False
    is_waiting: bool = False


def namer(reader: Reader) -> Callable[[NamedNode], str]:
    """Tells what a node is called in the language of the page, else in another, else its short name."""
    spoken, known = language(), dict[NamedNode, str]()

    def named(node: NamedNode) -> str:
        if node not in known:
            found = [quad.object for prop in _NAMES for quad in reader.quads(node, iri(prop))]
            words = [term for term in found if isinstance(term, Literal)]
            best = sorted(words, key=lambda word: (word.language != spoken, word.language != "vi", word.value))
            known[node] = " ".join(best[0].value.split()) if best else curie(node)
        return known[node]

    return named


def sent_as_opened(
    form: Opened, reader: Reader, mark: str = "", given: Mapping[str, Sequence[Row]] | None = None
) -> Sent:
    """The form as it is opened; `given` are rows that its address asks for."""
    named = namer(reader)
    rows = {one.name: rows_of(one, form.values[one.name], named) for one in form.fields}
    return Sent(rows | {name: tuple(rows) for name, rows in (given or {}).items()}, form.base(), mark)


def edit_page(reader: Reader, form: Opened, kind: str, sent: Sent, trouble: Trouble | None = None) -> EditPage:
    """The page of a form with these rows in it."""
    told, named = trouble or Trouble(), namer(reader)
    by_field, rest = _placed(form, told.findings, sent)
    groups: dict[str, list[FieldShown]] = {}
    is_new = form.node == UNNAMED
    derived = following(reader, kind) if is_new else frozenset()
    for one in form.fields:
        there = told.now.get(one.name)
        shown = FieldShown(
            field=one,
            label=_spoken(one.label) or asking.tongue().property(one.path),
            help=_spoken(one.help),
            rows=_rows(one, sent),
            options=options(reader, one.scheme) if one.widget == Widget.CODE else (),
            faults=tuple(by_field.get(one.name, ())),
            offers=tuple(told.offers.get(one.name, ())),
            now=None if there is None else tuple(row.text for row in rows_of(one, there, named)),
            follows=one.path in derived,
            maker=_maker(reader, one),
        )
        groups.setdefault(_heading(one.group), []).append(shown)
    slug = form.node.value.rpartition("/")[2]
    return EditPage(
        title="" if is_new else named(form.node),
        kind=kind,
        address=urls.edit_new(kind) if is_new else urls.edit(kind, slug),
        back=None if is_new else urls.doc(kind, slug),
        groups=tuple(GroupShown(title, tuple(shown)) for title, shown in groups.items()),
        kept=_kept(form.kept, named),
        sent=sent,
        sources=tuple(Option(curie(source), named(source)) for source in sources_of(reader, form.node)),
        makes=() if is_new else makes(reader, kind, form.node, named),
        problem=told.problem,
        findings=tuple(rest),
        warned=any(finding.severity == "Warning" for finding in told.findings),
        is_unchanged=told.is_unchanged,
        is_waiting=told.is_waiting,
    )


def makes(reader: Reader, kind: str, node: NamedNode, named: Callable[[NamedNode], str]) -> tuple[Link, ...]:
    """Where new things are made that must name this one, as a tenure its person."""
    if kind not in CLASSES:
        return ()
    found = []
    for other in CLASSES:
        for one in blank(reader, other, UNNAMED).fields:
            if one.least and CLASSES[kind] in one.classes:
                found.append(Link(other, urls.edit_new(other, {one.name: f"{named(node)} [{curie(node)}]"})))
    return tuple(found)


def options(reader: Reader, scheme: str) -> tuple[Option, ...]:
    """The codes of a list in the order of their names."""

    def read() -> tuple[Option, ...]:
        named = namer(reader)
        codes = {quad.subject for quad in reader.quads(None, iri("skos:inScheme"), NamedNode(f"{BASE}code/{scheme}"))}
        made = [Option(curie(code), named(code)) for code in codes if isinstance(code, NamedNode)]
        return tuple(sorted(made, key=lambda option: (key(option.label), option.value)))

    return service().memory.recall(pinned().number, f"edit-codes-{scheme}-{language()}", read)


def _rows(one: Field, sent: Sent) -> tuple[Row, ...]:
    """The rows that were sent; a blank one where there is none, after others where there may be more of them."""
    rows = tuple(row for row in sent.rows.get(one.name, ()) if not row.is_blank)
    spare = 1 if not rows or sent.more == one.name else 0
    return rows + (Row(language=LANGUAGES[0] if one.widget == Widget.SPOKEN else ""),) * spare


def _maker(reader: Reader, one: Field) -> str:
    """Where something for a field is made, to which its name is to be added; empty for what no form makes."""
    if one.kind not in CLASSES:
        return ""
    names = [other.name for other in blank(reader, one.kind, UNNAMED).fields if other.path == iri("rdfs:label")]
    return urls.edit_new(one.kind, dict.fromkeys(names, ""))


def _placed(form: Opened, findings: Sequence[Finding], sent: Sent) -> tuple[dict[str, list[Finding]], list[Finding]]:
    """The findings by the field that they speak of, and those that speak of none."""
    shapes = {one.shape.value: one.name for one in form.fields}
    paths = {curie(one.path): one.name for one in form.fields}
    texts: dict[str, list[str]] = {}
    for name, rows in sent.rows.items():
        for row in rows:
            node = node_in(row.text)
            texts.setdefault(node.value if node else row.text, []).append(name)
    found: dict[str, list[Finding]] = {}
    rest = []
    for finding in findings:
        here = finding.focus == form.node.value or form.node == UNNAMED
        holding = texts.get(finding.value or "", [])
        alone = holding[0] if len(holding) == 1 else ""
        name = shapes.get(finding.shape) or paths.get(finding.path or "") or alone
        if here and name:
            found.setdefault(name, []).append(finding)
        else:
            rest.append(finding)
    return found, rest


def _kept(triples: Sequence[Triple], named: Callable[[NamedNode], str]) -> tuple[Fact, ...]:
    tongue = asking.tongue()
    found: dict[NamedNode, list[Link]] = {}
    for triple in triples:
        term = triple.object
        words = Link(str(term), None)
        if isinstance(term, NamedNode):
            words = Link(named(term) if term.value.startswith(BASE) else curie(term), urls.link(term.value))
        elif isinstance(term, Literal):
            words = Link(spoken_literal(term, tongue.language), None)
        found.setdefault(triple.predicate, []).append(words)
    return tuple(Fact(tongue.property(prop), urls.link(prop.value), tuple(values)) for prop, values in found.items())


def _heading(group: Group | None) -> str:
    return _spoken(group.label) if group else ""


def _spoken(words: Mapping[str, str]) -> str:
    return words.get(language()) or words.get("vi") or next(iter(words.values()), "")
