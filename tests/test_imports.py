"""Imports point upstream only, and rooms meet at their entrances (read from the source by `ast`)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

# Every room with the rooms it may import; all stand on the ground.
MODEL = {"model"}
READING = MODEL | {"read"}
ORDER: dict[str, set[str]] = {
    "apart": set(),
    "model": set(),
    "samples": READING,
    "reference": MODEL,
    "read": MODEL,
    "extract": READING,
    "propose": READING | {"extract", "reference"},
    "validate": READING,
    "history": READING | {"validate"},
    "curate": READING | {"validate", "history"},
    "store": READING | {"apart", "reference", "validate", "history"},
    "review": READING | {"extract", "propose", "validate", "history", "store"},
    "query": READING | {"apart", "validate", "history", "store"},
    "search": READING | {"validate", "history", "store"},
    "network": READING | {"validate", "history", "store", "query"},
}
ORDER["cli"] = set(ORDER)
ENTRANCES = {"kg.store.tokens", "kg.query.view"}  # second doors, of rooms that have two
GROUND = {"errors", "namespaces", "resources", "settings"}


def _rooms(root: Path) -> list[Path]:
    return sorted(folder for folder in (root / "kg").iterdir() if (folder / "__init__.py").is_file())


def _imports(path: Path) -> Iterator[str]:
    """Dotted names of all that a module imports of ours, imports inside functions among them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            yield from (f"{module}.{alias.name}" for alias in node.names)


def _ours(path: Path) -> list[list[str]]:
    return [name.split(".") for name in _imports(path) if name.split(".")[0] in ("kg", "server")]


def _modules(folder: Path) -> list[Path]:
    found = sorted(folder.rglob("*.py"))
    assert found, f"{folder} has no modules"
    return found


def test_every_room_has_its_place_in_the_order(root: Path) -> None:
    assert {room.name for room in _rooms(root)} == set(ORDER)


@pytest.mark.parametrize("room", sorted(ORDER))
def test_a_room_imports_upstream_only(root: Path, room: str) -> None:
    allowed = ORDER[room] | GROUND | {room, "__version__"}
    strays = [
        f"{module.relative_to(root)} imports {'.'.join(name)}"
        for module in _modules(root / "kg" / room)
        for name in _ours(module)
        if name[0] == "server" or (len(name) > 1 and name[1] not in allowed)
    ]
    assert strays == []


def test_the_ground_imports_no_room(root: Path) -> None:
    for name in sorted(GROUND):
        assert {part[1] for part in _ours(root / "kg" / f"{name}.py")} <= GROUND


def test_rooms_are_entered_by_their_entrance(root: Path) -> None:
    """`from kg.store import open_graph`, never `from kg.store.engine import …`; the nouns of `kg.model` stand open."""
    open_to_all = {"model", *GROUND}
    strays = [
        f"{module.relative_to(root)} imports {'.'.join(name)}"
        for house in ("kg", "server")
        for module in _modules(root / house)
        for name in _ours(module)
        if name[0] == "kg"
        and len(name) > 3
        and name[1] not in open_to_all
        and ".".join(name[:3]) not in ENTRANCES
        and (root / "kg" / name[1]) not in module.parents
    ]
    assert strays == []


def test_modules_import_each_other_in_no_circle(root: Path) -> None:
    """When they are loaded, that is: an import inside a function waits until it is called."""
    graph = nx.DiGraph()
    for module in [m for house in ("kg", "server") for m in _modules(root / house)]:
        name = ".".join(module.relative_to(root).with_suffix("").parts)
        body = ast.parse(module.read_text(encoding="utf-8")).body
        for node in body:
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("kg", "server"):
                graph.add_edge(name, str(node.module))
    assert graph.number_of_edges() > 100
    assert list(nx.simple_cycles(graph)) == []
