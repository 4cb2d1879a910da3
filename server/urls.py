"""Makes every address the server answers to, and maps data IRIs to local pages."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, urlencode

from kg.namespaces import BASE, CODE_SCHEMES, ENTITY_KINDS, PREFIXES

_ID: Final = f"{BASE}id/"
_CODE: Final = f"{BASE}code/"
_ALIGN: Final = f"{BASE}align/"
_ONTOLOGY: Final = PREFIXES["bm"]
_SHAPES: Final = PREFIXES["bms"]


def home() -> str:
    """The start page."""
    return "/"


def static(path: str) -> str:
    """A file of `static/`."""
    return f"/static/{quote(path)}"


def about() -> str:
    """Who we are, the policy, what is not covered."""
    return "/about"


def signin(then: str = "") -> str:
    """Where a browser signs in, to go on to the page `then`."""
    return with_query("/signin", {"next": then} if then else {})


def signout() -> str:
    """Where a session is ended."""
    return "/signout"


def search(text: str = "", kind: str = "") -> str:
    """The page of search results."""
    given = {name: value for name, value in (("q", text), ("kind", kind)) if value}
    return with_query("/search", given)


def api_search() -> str:
    """Search and suggestion for programs."""
    return "/api/search"


def sparql(query: str = "", **more: str) -> str:
    """The query endpoint, or one query's answer."""
    return with_query("/sparql", {"query": query, **more} if query else more)


def queries() -> str:
    """The library of questions."""
    return "/queries"


def query(name: str, values: dict[str, str] | None = None) -> str:
    """One question of the library; with values, its answer."""
    return with_query(f"/queries/{quote(name)}", values or {})


def api_query(name: str, values: dict[str, str] | None = None) -> str:
    """One question of the library for programs."""
    return with_query(f"/api/queries/{quote(name)}", values or {})


def identifier(kind: str, slug: str) -> str:
    """The address that stands for the thing itself (303 to its page)."""
    return f"/id/{kind}/{quote(slug)}"


def doc(kind: str, slug: str, extension: str = "") -> str:
    """The page, or with an extension the data, of an entity."""
    return f"/doc/{kind}/{quote(slug)}{extension}"


def edit(kind: str, slug: str) -> str:
    """The form of an entity."""
    return f"/edit/{kind}/{quote(slug)}"


def edit_new(kind: str = "", values: Mapping[str, object] | None = None) -> str:
    """The form for a new entity of a kind, some fields of it filled in; without a kind what there is to choose."""
    return with_query(f"/edit/new/{kind}" if kind else "/edit/new", values or {})


def code(scheme: str, local: str = "", extension: str = "") -> str:
    """The page of a code, or of a whole code list."""
    return f"/code/{scheme}/{quote(local)}{extension}" if local else f"/code/{quote(scheme)}{extension}"


def ontology(term: str = "") -> str:
    """The ontology, or one of its terms."""
    return f"/ontology#{quote(term)}" if term else "/ontology"


def ontology_context() -> str:
    """The terms of the ontology as a JSON-LD context."""
    return "/ontology/context.jsonld"


def alignment(vocabulary: str, extension: str = "") -> str:
    """The mappings of our terms to an outside vocabulary."""
    return f"/ontology/align/{quote(vocabulary)}{extension}"


def shapes(name: str = "") -> str:
    """The shapes, or one of them."""
    return f"/shapes#{quote(name)}" if name else "/shapes"


def validate() -> str:
    """Where data are validated, and the form for them."""
    return "/validate"


def conflicts(state: str = "") -> str:
    """The conflicts between sources, of one state or the open ones."""
    return with_query("/conflicts", {"state": state} if state else {})


def conflict(slug: str) -> str:
    """One conflict with its claims side by side."""
    return f"/conflicts/{quote(slug)}"


def api_conflicts() -> str:
    """The conflicts for programs."""
    return "/api/conflicts"


def api_proposals() -> str:
    """What waits for review."""
    return "/api/proposals"


def api_proposal(id_: str) -> str:
    """One proposal."""
    return f"/api/proposals/{quote(id_)}"


def review(id_: str = "", **filters: object) -> str:
    """The queue of review as a page, or one proposal."""
    return with_query(f"/review/{quote(id_)}" if id_ else "/review", filters)


def changes(**filters: object) -> str:
    """The journal, newest first."""
    return with_query("/changes", filters)


def change(slug: str, **more: object) -> str:
    """One change with its differences."""
    return with_query(f"/changes/{quote(slug)}", more)


def history_of(iri: str) -> str:
    """The changes that touched an entity of ours."""
    kind, _, slug = iri.removeprefix(_ID).partition("/")
    return f"{doc(kind, slug)}/history"


def api_changes(slug: str = "", **filters: object) -> str:
    """The journal for programs, or one change."""
    return with_query(f"/api/changes/{quote(slug)}" if slug else "/api/changes", filters)


def merge(kept: str = "", gone: str = "") -> str:
    """What a merge of two nodes would do, with the form for it."""
    return with_query("/merge", {name: iri for name, iri in (("kept", kept), ("gone", gone)) if iri})


def duplicates() -> str:
    """Pairs of nodes that may be one."""
    return "/duplicates"


def undoing(slug: str) -> str:
    """What undoing a change would do, with the form for it."""
    return f"/changes/{quote(slug)}/revert"


def void(part: str = "") -> str:
    """The description of the dataset, or a thing that is described there."""
    return f"/void#{quote(part)}" if part else "/void"


def graph_dump(form: str) -> str:
    """All facts in a form, named by its short name."""
    return f"/graphs?default&format={form}"


def openapi() -> str:
    """The description of all addresses for programs."""
    return "/openapi.json"


def reconcile(part: str = "") -> str:
    """The reconciliation service, or one of its parts such as `suggest/entity`."""
    return f"/reconcile/{part}" if part else "/reconcile"


def with_query(path: str, values: Mapping[str, object]) -> str:
    """A path with a query string; no question mark where there are no values."""
    return f"{path}?{urlencode(values)}" if values else path


def local(iri: str) -> str | None:
    """Where this server answers for a data IRI; None for an IRI of another house."""
    for base, known, make in ((_ID, ENTITY_KINDS, doc), (_CODE, CODE_SCHEMES, code)):
        if iri.startswith(base):
            group, _, rest = iri[len(base) :].partition("/")
            return make(group, rest) if group in known and (rest or make is code) else None
    if iri.startswith(_ALIGN):
        return alignment(iri[len(_ALIGN) :])
    for base, page in ((_ONTOLOGY, ontology), (_SHAPES, shapes)):
        if iri.startswith(base):
            return page(iri[len(base) :])
        if iri.startswith(base.rstrip("#")):
            return page()
    return None


def link(iri: str) -> str | None:
    """A safe address for an IRI on a page: the local one, else the IRI itself when it is a web address."""
    return local(iri) or (iri if iri.startswith(("http://", "https://")) else None)


def same(iri: str) -> str | None:
    """The address here that stands for the thing an IRI names; None for what is none of our things."""
    kind, _, slug = iri.removeprefix(_ID).partition("/")
    return identifier(kind, slug) if iri.startswith(_ID) and kind in ENTITY_KINDS and slug else None


def entity_iri(kind: str = "", slug: str = "") -> str:
    """The data IRI of an entity; without one what those of all begin with."""
    return f"{_ID}{kind}/{slug}" if kind else _ID


def code_iri(scheme: str, local_name: str = "") -> str:
    """The data IRI of a code, or of a whole code list."""
    return f"{_CODE}{scheme}/{local_name}" if local_name else f"{_CODE}{scheme}"


def problem(slug: str) -> str:
    """The `type` of a problem (RFC 9457)."""
    return f"{BASE}problem/{slug}"
