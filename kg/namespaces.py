"""Every prefix and base IRI of the project; nothing else spells one."""

from functools import lru_cache
from typing import Final

from pyoxigraph import NamedNode

BASE: Final = "https://w3id.org/bomay/"

PREFIXES: Final[dict[str, str]] = {
    "bm": f"{BASE}ontology#",
    "bms": f"{BASE}shapes#",
    **{
        kind: f"{BASE}id/{kind}/"
        for kind in (
            "person",
            "organ",
            "post",
            "tenure",
            "term",
            "place",
            "meeting",
            "site",
            "participation",
            "directive",
            "signature",
            "task",
            "source",
            "evidence",
            "claim",
            "conflict",
            "change",
            "relation",
            "event",
            "agent",
        )
    },
    **{
        scheme: f"{BASE}code/{scheme}/"
        for scheme in (
            "level",
            "unittype",
            "organkind",
            "ladder",
            "rank",
            "posttype",
            "doctype",
            "typecode",
            "issuer",
            "role",
            "manner",
            "cause",
            "endstate",
            "form",
            "confidence",
            "relationkind",
            "changekind",
            "signaturemanner",
            "conflictstate",
        )
    },
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "sh": "http://www.w3.org/ns/shacl#",
    "void": "http://rdfs.org/ns/void#",
}

_NAMES: Final = {base: name for name, base in PREFIXES.items()}
ENTITY_KINDS: Final = tuple(k for k, iri in PREFIXES.items() if iri.startswith(f"{BASE}id/"))
CODE_SCHEMES: Final = tuple(k for k, iri in PREFIXES.items() if iri.startswith(f"{BASE}code/"))

HISTORY: Final = NamedNode(f"{BASE}graph/history")
ONTOLOGY: Final = NamedNode(f"{BASE}graph/ontology")
SHAPES: Final = NamedNode(f"{BASE}graph/shapes")
PROTECTED_GRAPHS: Final = frozenset({HISTORY, ONTOLOGY, SHAPES})


@lru_cache(1 << 13)  # the terms of the ontology are asked for thousands of times
def iri(curie: str) -> NamedNode:
    """The IRI that a `prefix:local` name stands for; raises KeyError on an unknown prefix."""
    prefix, _, local = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def curie(node: NamedNode | str) -> str:
    """The shortest `prefix:local` form of an IRI, or the IRI itself where no prefix fits."""
    value = node.value if isinstance(node, NamedNode) else node
    end = len(value) - 1
    while (end := max(value.rfind("/", 0, end), value.rfind("#", 0, end)) + 1) > 0:  # every base ends in one of them
        if name := _NAMES.get(value[:end]):
            return f"{name}:{value[end:]}"
        end -= 1
    return value


def sparql_prologue() -> str:
    """PREFIX lines for all prefixes, one a line."""
    return "".join(f"PREFIX {name}: <{base}>\n" for name, base in PREFIXES.items())
