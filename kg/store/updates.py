"""Changes as SPARQL Update, which the engine applies whole or not at all."""

from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, serialize

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
        if blank[verb]:
            operations.append(_where(verb, blank[verb]))
    if operations:
        store.update(" ;\n".join(operations), custom_functions={_NODE: _blank_node})


def _ground_block(quads: list[Quad]) -> str:
    """The quads as in `_block`; those of the default graph by the engine's own writer, which is faster."""
    facts = [quad for quad in quads if isinstance(quad.graph_name, DefaultGraph)]
    data = serialize(facts, format=RdfFormat.N_QUADS)
    assert data is not None
    return data.decode("utf-8") + _block(quad for quad in quads if not isinstance(quad.graph_name, DefaultGraph))


def _block(quads: Iterable[Quad], names: Mapping[BlankNode, str] | None = None) -> str:
    spelt: dict[object, str] = dict((names or {}).items())
    lines = []
    for quad in quads:
        subject, obj = (spelt.get(term, str(term)) for term in (quad.subject, quad.object))
        triple = f"{subject} {quad.predicate} {obj} ."
        if not isinstance(quad.graph_name, DefaultGraph):
            triple = f"GRAPH {spelt.get(quad.graph_name, str(quad.graph_name))} {{ {triple} }}"
        lines.append(triple + "\n")
    return "".join(lines)


def _has_blank_node(quad: Quad) -> bool:
    return any(isinstance(term, BlankNode) for term in (quad.subject, quad.object, quad.graph_name))


def _blank_nodes(quad: Quad) -> set[BlankNode]:
    return {term for term in (quad.subject, quad.object, quad.graph_name) if isinstance(term, BlankNode)}


def _where(verb: str, quads: list[Quad]) -> str:
    """INSERT DATA renames blank nodes and DELETE DATA refuses them, so a function names them from IRIs."""
    nodes = sorted({node for quad in quads for node in _blank_nodes(quad)}, key=str)
    names = {node: f"?b{at}" for at, node in enumerate(nodes)}
    bound = " ".join(f"BIND({_NODE}(<{_LABELS}{node.value}>) AS {name})" for node, name in names.items())
    return f"{verb} {{\n{_block(quads, names)}}} WHERE {{ {bound} }}"


def _blank_node(label: object) -> BlankNode | None:
    return BlankNode(label.value.removeprefix(_LABELS)) if isinstance(label, NamedNode) else None
