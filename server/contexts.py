"""What each page shows, as typed values: one dataclass a page, no HTML and no graph in them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from server.editor import Bundle

if TYPE_CHECKING:
    from kg.history import Part
    from server.conflicts.deciding import Draft
    from server.conflicts.reading import Conflict, Listed


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; `href` None where there is nowhere to go. `note` is small print beside it."""

    text: str
    href: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the journal; `reverts` and `reverted_by` are the addresses of other changes."""

    label: str
    agent: Link
    when: str
    added: int
    removed: int
    source: Link | None
    href: str | None
    iri: str = ""
    reverts: str | None = None
    reverted_by: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of one kind."""

    label: str
    number: str
    href: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """The start page."""

    counts: tuple[Count, ...]
    examples: tuple[Link, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class SigninPage:
    """The form for a token; `next` is where to go afterwards, `problem` what was wrong with the token given."""

    next: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Results of a search; `kinds` are the choices of the filter, `place` and `on` as given, `meant` that place."""

    text: str
    kind: str
    kinds: tuple[Link, ...]
    hits: tuple[Link, ...]
    place: str
    on: str
    meant: Link | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of an answer; `more` tells that there were more than are shown."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Link | None, ...], ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter of a library query in its form."""

    name: str
    kind: str
    value: str
    example: str
    optional: bool
    error: str = ""


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """All questions by topic."""

    topics: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True)
class QueryPage:
    """One question: its form, its SPARQL and, when run, its answer."""

    name: str
    summary: str
    other_summary: str
    fields: tuple[Field, ...]
    text: str
    editor: str
    api: str
    downloads: tuple[Link, ...]
    table: Table | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class EditorPage:
    """The query editor, with an answer when a query was given.

    `examples` are (topic, questions as (summary, SPARQL)); `seconds` is the time limit asked for, `longest` the highest
    that may be; `settings` is what the bundled editor is told, `bundle` where that was built.
    """

    query: str
    examples: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    seconds: float
    longest: float
    megabytes: int
    settings: dict[str, Any]
    bundle: Bundle | None
    downloads: tuple[Link, ...] = ()
    table: Table | None = None
    truth: bool | None = None
    graph: str = ""
    error: "ProblemPage | None" = None


@dataclass(frozen=True, slots=True)
class ConflictsPage:
    """Conflicts of one state, or of "any", of which `shown` are at most a thousand of `total`."""

    state: str
    states: tuple[str, ...]
    shown: tuple["Listed", ...]
    total: int


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """One conflict, its claims side by side, and the form for whoever may decide: as sent, where that was refused."""

    conflict: "Conflict"
    may_decide: bool
    draft: "Draft"
    problem: "ProblemPage | None"


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """A piece of the journal, of `limit` changes from `offset`; `given` are the filters, `about` an entity."""

    shown: tuple[Change, ...]
    total: int
    about: Link | None
    given: dict[str, str]
    limit: int
    offset: int


@dataclass(frozen=True, slots=True)
class ChangePage:
    """One change; of its `total` parts those from `offset` to before `end`."""

    change: Change
    parts: tuple["Part", ...]
    total: int
    offset: int
    end: int

    @property
    def slug(self) -> str:
        """The last part of the change's IRI."""
        return self.change.iri.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Form:
    """What the form of a decision was sent with."""

    reason: str = ""
    accepts_warnings: bool = False


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A validation report for people, None before anything was sent, and the form with the data.

    `forms` are (media type, name) of what can be read. The texts are those that were sent, or as a repair has left them
    (`is_repaired`); they are empty where they are too long for a page or no text (`is_whole` is false then), and
    nothing can be mended here.
    """

    forms: tuple[tuple[str, str], ...]
    report: dict[str, Any] | None = None
    data: str = ""
    media_type: str = "text/turtle"
    shapes: str = ""
    remove: str = ""
    is_against: bool = False
    is_repaired: bool = False
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class OntologyPage:
    """The ontology: (anchor, title, terms) of its parts, and the HTML of its documentation with the tool's version."""

    title: str
    iri: str
    data: tuple[Link, ...]
    parts: tuple[tuple[str, str, tuple[Link, ...]], ...]
    body: str
    alignments: tuple[Link, ...]
    tool: str


@dataclass(frozen=True, slots=True)
class TermsPage:
    """The shapes as a list: (local name, label, definition); `in_full` are those that each change validates in full."""

    title: str
    iri: str
    groups: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]
    data: tuple[Link, ...]
    in_full: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DatasetPage:
    """The dataset: numbers (the number is the note) of the `generation` that was counted last, None before the first.

    `current` is the generation of this page; `data` leads to the same as RDF, `dumps` to all of the facts.
    """

    generation: int | None
    current: int
    numbers: tuple[Link, ...]
    classes: Table
    properties: Table
    examples: tuple[Link, ...]
    data: tuple[Link, ...]
    dumps: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """An error as a page."""

    status: int
    title: str
    detail: str
    slug: str
    report: tuple[dict[str, Any], ...] = ()
    suggestions: tuple[Link, ...] = field(default=())
    offered: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    line: int | None = None
    column: int | None = None

    @classmethod
    def of(cls, details: dict[str, Any], slug: str) -> "ProblemPage":
        """The page of a problem details object."""
        report = details.get("report", {}).get("findings", ())
        near = tuple(Link(hit["label"], hit["url"], hit.get("kind", "")) for hit in details.get("suggestions", ()))
        forms = tuple(details.get("offered", ())), tuple(details.get("taken", ()))
        place = details.get("line"), details.get("column")
        return cls(details["status"], details["title"], details["detail"], slug, tuple(report), near, *forms, *place)
