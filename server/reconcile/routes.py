"""`/reconcile`: the addresses of the Reconciliation API 0.2 (https://www.w3.org/community/reports/reconciliation/)."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from flask import Blueprint, Response, jsonify, render_template, request
from werkzeug.exceptions import BadRequest

from kg.errors import NotFound
from server import caching, urls
from server.negotiate import language
from server.reconcile import asked, suggesting
from server.reconcile.extending import extend
from server.reconcile.manifest import manifest
from server.reconcile.matching import reconcile
from server.reconcile.terms import node

blueprint = Blueprint("reconcile", __name__)

T = TypeVar("T")

_MOST_PROPOSED: Final = 100
_SUGGESTED: Final[dict[str, Callable[[str, int], Any]]] = {
    "entity": suggesting.entities,
    "property": suggesting.of_properties,
    "type": suggesting.of_types,
}
_SHOWN: Final[dict[str, Callable[[str], dict[str, Any]]]] = {
    "entity": suggesting.of_entity,
    "property": suggesting.of_property,
    "type": suggesting.of_one_type,
}


@blueprint.route("/reconcile", methods=["GET", "POST"])
def service() -> Response:
    """A batch of `queries`, a data `extend`ion query, or neither: what the service offers."""
    queries, extension = asked.parameter("queries"), asked.parameter("extend")
    if queries is not None and extension is not None:
        raise BadRequest("Give either 'queries' or 'extend', not both.")
    if queries is not None:
        return _answer(lambda: reconcile(asked.batch(queries)))
    if extension is not None:
        return _answer(lambda: extend(*asked.extension(extension)))
    if request.method == "POST":
        raise BadRequest("Send 'queries' or 'extend' as a form (application/x-www-form-urlencoded).")
    return _answer(manifest)


@blueprint.get("/reconcile/suggest/<what>")
def suggest(what: str) -> Response:
    """Up to ten suggestions for `prefix`, `cursor` of them passed over; `what` is entity, property or type."""
    make = _known(_SUGGESTED, what)
    prefix = request.args.get("prefix", "").strip()
    skipped = asked.number("cursor", request.args.get("cursor") or 0, 0, suggesting.MOST_SKIPPED)
    return _answer(lambda: {"result": make(prefix, skipped)})


@blueprint.get("/reconcile/flyout/<what>")
def flyout(what: str) -> Response:
    """A few words on what was suggested, as HTML within JSON."""
    make = _known(_SHOWN, what)
    identifier = _identifier()
    return _answer(lambda: {"id": identifier, "html": render_template("reconcile/summary.html", page=make(identifier))})


@blueprint.get("/reconcile/preview")
def preview() -> Response:
    """A small page on an entity, to be shown in a frame."""
    identifier = _identifier()
    etag = caching.tag("preview", identifier, language())
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    page = suggesting.of_entity(identifier)
    known = node(identifier)
    href = urls.local(known.value) if known else None
    body = render_template("reconcile/preview.html", page=page, href=href)
    return caching.tagged(Response(body, mimetype="text/html"), etag)


@blueprint.get("/reconcile/properties")
def properties() -> Response:
    """The properties that can be fetched for a `type`, at most `limit`."""
    limit = asked.number("limit", request.args.get("limit") or _MOST_PROPOSED, 1, _MOST_PROPOSED)
    return _answer(lambda: suggesting.for_type(request.args.get("type") or None, limit))


def _known(made: Mapping[str, T], what: str) -> T:
    if what not in made:
        raise NotFound(f"There is no '{what[:60]}' here; there are {', '.join(made)}.")
    return made[what]


def _identifier() -> str:
    identifier = request.args.get("id", "")
    if not identifier:
        raise BadRequest("Give the identifier as 'id', for example id=person/….")
    return identifier


def _answer(make: Callable[[], Any]) -> Response:
    """The JSON that `make` makes; a GET of what the client has already is 304 without making it."""
    if request.method == "POST":
        return jsonify(make())
    etag = caching.tag(request.full_path, request.host_url, language())
    return caching.not_modified(etag) or caching.tagged(jsonify(make()), etag)
