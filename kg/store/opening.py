"""A data folder opened, as its owner or beside it."""

import os
from collections.abc import Callable
from pathlib import Path

from kg.errors import BomayError, FolderError
from kg.store.client import Client
from kg.store.graph import Graph
from kg.store.layout import Folder, telling
from kg.store.owner import Owner
from kg.store.ownership import clear_up, find_owner, take, turn
from kg.store.working import UpdateLimits
from kg.validate import Shapes


def open_graph(
    path: Path | str,
    *,
    own: bool = False,
    shapes: Callable[[], Shapes] = Shapes.load,
    limits: UpdateLimits | None = None,
) -> Graph:
    """Opens a data folder: as its owner when nobody owns it, else as a client of the owner.

    `own` refuses to be a client. `shapes` gives the shapes that changes are held to, asked for at the first change.
    `limits` are those of updates with patterns; a client has its owner's.
    Raises FolderError for no data folder, another format, and an owner in the way.
    """
    folder = Folder(Path(path))
    folder.read_format()
    with telling(folder.root, "opening the data folder"), turn(folder):
        descriptor = take(folder)
        if descriptor is not None:
            clear_up(folder)
            return _owner(folder, descriptor, shapes, limits)
        owner = find_owner(folder)
    if owner is None:
        raise FolderError(f"Another process owns {folder.root} and does not say where it listens; end it first.")
    if own:
        raise FolderError(f"The process {owner.pid} owns {folder.root}; end it first or use another folder.")
    return Client(folder, owner)


def _owner(folder: Folder, descriptor: int, shapes: Callable[[], Shapes], limits: UpdateLimits | None) -> Owner:
    try:
        return Owner(folder, descriptor, shapes, limits)
    except (BomayError, OSError):
        os.close(descriptor)
        raise
