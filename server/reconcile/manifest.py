"""What the service says of itself."""

from typing import Any, Final

from flask import request

from kg import __version__
from server import urls
from server.negotiate import language
from server.reconcile.terms import CLASSES, ENTITIES, TYPES, types
from server.wording import say

WIDTH: Final = 400
HEIGHT: Final = 220


def manifest() -> dict[str, Any]:
    """The service manifest, with addresses on the host that was asked."""
    host = request.host_url.rstrip("/")
    known = types()
    suggest = {
        kind: {
            "service_url": host,
            "service_path": urls.reconcile(f"suggest/{kind}"),
            "flyout_service_url": host,
            "flyout_service_path": f"{urls.reconcile(f'flyout/{kind}')}?id=${{id}}",
        }
        for kind in ("entity", "property", "type")
    }
    return {
        "versions": ["0.2"],
        "name": say(language(), "site.name"),
        "identifierSpace": ENTITIES,
        "schemaSpace": TYPES,
        "documentation": f"{host}{urls.about()}",
        "serviceVersion": __version__,
        "logo": f"{host}{urls.static('mark.svg')}",
        "view": {"url": f"{host}/id/{{{{id}}}}"},
        "defaultTypes": [known[name].told() for name in CLASSES],
        "suggest": suggest,
        "preview": {"url": f"{host}{urls.reconcile('preview')}?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "extend": {
            "propose_properties": {"service_url": host, "service_path": urls.reconcile("properties")},
            "property_settings": _settings(),
        },
    }


def _settings() -> list[dict[str, Any]]:
    spoken = language()
    choices = [{"value": value, "name": say(spoken, f"reconcile.content.{value}")} for value in ("entity", "text")]
    return [
        {
            "name": "limit",
            "type": "number",
            "default": 0,
            "label": say(spoken, "reconcile.limit"),
            "help_text": say(spoken, "reconcile.limit.help"),
        },
        {
            "name": "content",
            "type": "select",
            "default": "entity",
            "label": say(spoken, "reconcile.content"),
            "help_text": say(spoken, "reconcile.content.help"),
            "choices": choices,
        },
    ]
