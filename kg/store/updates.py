"""Changes as SPARQL Update, which the engine applies whole or not at all."""

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

Term = BlankNode | DefaultGraph | Literal | NamedNode | Triple

_NODE = NamedNode("urn:bomay:blank-node")
_LABELS = "urn:bomay:blank-node:"


def apply(store: Store, add: Iterable[Quad], remove: Iterable[Quad]) -> None:
    """Removes, then adds, in one transaction. Blank nodes are meant exactly: those of the store, not new ones."""
    ground: dict[str, list[Quad]] = {"DELETE": [], "INSERT": []}
    blank: dict[str, list[Quad]] = {"DELETE": [], "INSERT": []}
    for verb, quads in (("DELETE", remove), ("INSERT", add)):
        for quad in quads:
            (blank if _has_blank_node(quad) else ground)[verb].append(quad)
    operations = []
    for verb in ("DELETE", "INSERT"):
        if ground[verb]:
            operations.append(f"{verb} DATA {{\n{_ground_block(ground[verb])}}}")
        operations.extend(_by_rows(verb, blank[verb]))
    if operations:
        store.update(" ;\n".join(operations), custom_functions={_NODE: _blank_node})


def _ground_block(quads: list[Quad]) -> str:
    """The quads as in `_block`; those of the default graph by the engine's own writer, which is faster."""
    facts = [quad for quad in quads if isinstance(quad.graph_name, DefaultGraph)]
    data = serialize(facts, format=RdfFormat.N_QUADS)
    assert data is not None
    return data.decode("utf-8") + _block(quad for quad in quads if not isinstance(quad.graph_name, DefaultGraph))


def _block(quads: Iterable[Quad]) -> str:
    return "".join(f"GRAPH {quad.graph_name} {{ {quad.subject} {quad.predicate} {quad.object} . }}\n" for quad in quads)


def _has_blank_node(quad: Quad) -> bool:
    return any(isinstance(term, BlankNode) for term in (quad.subject, quad.object, quad.graph_name))


def _by_rows(verb: str, quads: list[Quad]) -> Iterator[str]:
    """INSERT DATA renames blank nodes and DELETE DATA refuses them, so a function makes them of IRIs, row by row."""
    facts = [quad for quad in quads if isinstance(quad.graph_name, DefaultGraph)]
    others = [quad for quad in quads if not isinstance(quad.graph_name, DefaultGraph)]
    for found, template in ((facts, "?s ?p ?o"), (others, "GRAPH ?g { ?s ?p ?o }")):
        if found:
            rows = "\n".join(f"({' '.join(map(_spelt, quad))})" for quad in found)
            bound = " ".join(f"BIND({_NODE}(?{name}_) AS ?{name})" for name in "sog")
            yield f"{verb} {{ {template} }} WHERE {{ VALUES (?s_ ?p ?o_ ?g_) {{\n{rows}\n}} {bound} }}"


def _spelt(term: Term) -> str:
    match term:
        case BlankNode():
            return f"<{_LABELS}{term.value}>"
        case DefaultGraph():
            return "UNDEF"
        case _:
            return str(term)


def _blank_node(term: BlankNode | Literal | NamedNode | Triple) -> BlankNode | Literal | NamedNode | Triple:
    """The term itself, unless it stands for a blank node."""
    if isinstance(term, NamedNode) and term.value.startswith(_LABELS):
        return BlankNode(term.value.removeprefix(_LABELS))
    return term
