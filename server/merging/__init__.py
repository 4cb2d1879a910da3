"""Two nodes made one, and parted again: a preview in words, then the change or its proposal.

`/merge` and `/duplicates` are pages, `/api/merge` and `/api/split` for programs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from flask import Blueprint, Response, jsonify, render_template, request
from pyoxigraph import NamedNode
from werkzeug.exceptions import BadRequest

from kg.curate import foresee, merge, merged_pair, split
from kg.errors import BomayError
from kg.history import difference, recorded, recorded_after
from kg.model.changes import ChangeSet
from kg.model.graph import Reader, Row
from kg.namespaces import curie
from kg.store.tokens import Token
from server import asking, auth, caching, deciding, urls
from server.changes.reading import link_to, named
from server.contexts import Form, Link, ProblemPage
from server.deciding import TOO_LOW, put
from server.errors import Problem, problem_on_page
from server.merging import showing
from server.merging.views import DuplicatesPage, MergePage, Pair
from server.negotiate import language
from server.reviewing import only_proposes
from server.sent import members
from server.service import service

blueprint = Blueprint("merging", __name__)

_MOST = 500
_PARTS = 200


@blueprint.get("/merge")
def page() -> Response:
    """What a merge of `gone` into `kept` would do, in words, with the form for it; both may be left out."""
    token = auth.require("contributor", TOO_LOW)
    return _shown(request.args, token, Form())


@blueprint.post("/merge")
def merge_on_page() -> Response:
    """Merges by the form of the page; 303 to the node kept, or the page with what was refused or what waits."""
    form, token = deciding.sent_form(), auth.sent_token()
    try:
        token = auth.require("contributor", TOO_LOW)
        kept, gone = (_node(request.form.get(name, ""), name) for name in ("kept", "gone"))
        done = put(
            partial(_merge, kept=kept, gone=gone, agent=token.agent, reason=form.reason),
            token,
            accept_warnings=form.accepts_warnings,
        )
    except (BomayError, BadRequest) as error:
        return _shown(request.form, token, form, problem_on_page(error))
    if done.status_code == 202:
        return _page(MergePage(_link(kept), _link(gone), proposal=urls.review(done.get_json()["id"])), 202)
    return Response(status=303, headers={"Location": urls.local(kept.value) or urls.home()})


@blueprint.post("/api/merge")
def merge_two() -> Response:
    """Makes one of `kept` and `gone`, for a `reason`: 204, or 202 where it waits; with `dry_run` what it would do."""
    token = auth.require("contributor", TOO_LOW)
    sent = members("kept", "gone", "reason", flags=("dry_run",))
    kept, gone = (_node(sent[name], name) for name in ("kept", "gone"))
    if not sent["dry_run"]:
        make = partial(_merge, kept=kept, gone=gone, agent=token.agent, reason=sent["reason"])
        return put(make, token, accept_warnings=_accepts())
    with service().graph.reader() as reader:
        foreseen = foresee(reader, kept, gone, token.agent, sent["reason"])
    report = None if foreseen.obstacles else deciding.judged(foreseen.change)
    return jsonify({**showing.told(foreseen), "report": report})


@blueprint.post("/api/split")
def split_again() -> Response:
    """Undoes the merge `change`, for a `reason`: 204, or 202 where it waits; with `dry_run` what it would do."""
    token = auth.require("contributor", TOO_LOW)
    sent = members("change", "reason", flags=("dry_run",))
    done = named(sent["change"])

    def change(reader: Reader) -> ChangeSet:
        journal = service().journal
        found = recorded(reader, journal, done)
        return split(reader, found, recorded_after(reader, journal, found), token.agent, sent["reason"])

    if not sent["dry_run"]:
        return put(change, token, accept_warnings=_accepts())
    with service().graph.reader() as reader:
        kept, gone = merged_pair(recorded(reader, service().journal, done))
        made = change(reader)
        parts = difference(reader, made.add, made.remove, language(), slice(_PARTS))
    counts = {"added": len(made.add), "removed": len(made.remove)}
    told = {"splits": done.value, "kept": kept.value, "gone": gone.value, **counts}
    return jsonify({**told, "parts": [part.to_json() for part in parts], "report": deciding.judged(made)})


@blueprint.get("/duplicates")
def duplicates() -> Response:
    """Pairs of nodes that may be one, by what tells such things apart."""
    etag = caching.tag("duplicates", language())
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    asked = service().library.find("duplicates")
    rows = asking.rows(asked.text, asked.bind({}))
    shown = DuplicatesPage(tuple(_pairs(rows[:_MOST])), len(rows))
    return caching.tagged(Response(render_template("merging/duplicates.html", page=shown), mimetype="text/html"), etag)


def _merge(reader: Reader, *, kept: NamedNode, gone: NamedNode, agent: NamedNode, reason: str) -> ChangeSet:
    return merge(reader, kept, gone, agent, reason)


def _pairs(rows: Iterable[Row]) -> Iterable[Pair]:
    known = asking.tongue()
    with service().graph.reader() as reader:
        for row in rows:
            thing, other, kind = row["thing"], row["other"], row["kind"]
            if isinstance(thing, NamedNode) and isinstance(other, NamedNode):
                one, two = (link_to(reader, node, known.language) for node in (thing, other))
                name = known.terms.get(kind.value, curie(kind.value))
                yield Pair(name, one, two, row["shared"].value, urls.merge(thing.value, other.value))


def _shown(given: Mapping[str, str], token: Token | None, form: Form, problem: Problem | None = None) -> Response:
    """The page about the two that are named: what was refused, and to whom may merge what the merge would do."""
    kept, gone = (given.get(name, "").strip() for name in ("kept", "gone"))
    shown = MergePage(Link("", None, kept), Link("", None, gone), form=form)
    try:
        if kept and gone and token is not None and token.may("contributor"):
            shown = _foreseen(shown, _node(kept, "kept"), _node(gone, "gone"), token)
    except (BomayError, BadRequest) as error:
        problem = problem or problem_on_page(error)
    if problem is None:
        return _page(shown)
    return _page(replace(shown, problem=ProblemPage.of(problem.to_json(), problem.slug)), problem.status)


def _foreseen(shown: MergePage, kept: NamedNode, gone: NamedNode, token: Token) -> MergePage:
    with service().graph.reader() as reader:
        foreseen = foresee(reader, kept, gone, token.agent)
        told = showing.view(reader, foreseen)
    report = () if foreseen.obstacles else tuple(deciding.judged(foreseen.change)["findings"])
    links = _link(kept), _link(gone)
    return replace(shown, kept=links[0], gone=links[1], view=told, report=report, proposes=only_proposes(token))


def _page(shown: MergePage, status: int = 200) -> Response:
    response = Response(render_template("merging/merge.html", page=shown), status, mimetype="text/html")
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _link(node: NamedNode) -> Link:
    with service().graph.reader() as reader:
        known = link_to(reader, node, language())
    return Link(known.text, known.href, node.value)


def _node(text: str, name: str) -> NamedNode:
    if not text.strip():
        raise BadRequest(f"This needs '{name}', the IRI of a node; each page shows its own.")
    return named(text.strip())


def _accepts() -> bool:
    return request.args.get("warnings") == "accept"
