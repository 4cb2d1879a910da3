"""The JSON-LD context of the ontology: short names by which plain JSON reads as RDF (JSON-LD 1.1 §4.1)."""

from collections.abc import Iterable
from typing import Any

from kg.model.graph import Row
from kg.namespaces import PREFIXES, curie

_OUTSIDE = {
    "label": {"@id": "rdfs:label"},
    "altLabel": {"@id": "skos:altLabel"},
    "name": {"@id": "foaf:name"},
    "member": {"@id": "org:member", "@type": "@id"},
    "organization": {"@id": "org:organization", "@type": "@id"},
    "postIn": {"@id": "org:postIn", "@type": "@id"},
    "subOrganizationOf": {"@id": "org:subOrganizationOf", "@type": "@id"},
    "originalOrganization": {"@id": "org:originalOrganization", "@type": "@id"},
    "resultingOrganization": {"@id": "org:resultingOrganization", "@type": "@id"},
    "lat": {"@id": "geo:lat", "@type": "xsd:decimal"},
    "long": {"@id": "geo:long", "@type": "xsd:decimal"},
}


def context(rows: Iterable[Row]) -> dict[str, Any]:
    """A context document from rows of term, type and, where the term has one, datatype.

    Object properties take IRIs, datatype properties their datatype; `id` and `type` stand for `@id` and `@type`.
    """
    terms: dict[str, Any] = {"@version": 1.1, **PREFIXES, "id": "@id", "type": "@type", **_OUTSIDE}
    for row in rows:
        name = curie(row["term"].value)
        local, kind = name.partition(":")[2], curie(row["type"].value)
        if local in PREFIXES:
            continue  # the prefix keeps the word; the property is written bm:local
        if kind == "owl:ObjectProperty":
            terms[local] = {"@id": name, "@type": "@id"}
        elif kind == "owl:DatatypeProperty" and "datatype" in row:
            terms[local] = {"@id": name, "@type": curie(row["datatype"].value)}
        else:
            terms[local] = name
    return {"@context": terms}
