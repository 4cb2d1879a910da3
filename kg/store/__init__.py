"""The graph on disk: data folders, readers of generations, and the one door by which anything is written."""

from kg.store.backups import Backup, back_up, restore
from kg.store.commit import commit
from kg.store.create import create
from kg.store.effective import admissible, canonical, effective
from kg.store.generations import Generation, copy_generation
from kg.store.graph import Graph
from kg.store.layout import FORMAT, Folder
from kg.store.opening import open_graph
from kg.store.past import rebuild
from kg.store.patching import require_one_graph
from kg.store.reader import StoreReader
from kg.store.receipt import Receipt, Refused, StaleValidation
from kg.store.stage import Copy, Stage
from kg.store.upgrading import Upgraded, is_outdated, upgrade
from kg.store.wire import change_from_wire, change_to_wire
from kg.store.working import UpdateLimits
from kg.store.writer import Writer

__all__ = [
    "FORMAT",
    "Backup",
    "Copy",
    "Folder",
    "Generation",
    "Graph",
    "Receipt",
    "Refused",
    "Stage",
    "StaleValidation",
    "StoreReader",
    "UpdateLimits",
    "Upgraded",
    "Writer",
    "admissible",
    "back_up",
    "canonical",
    "change_from_wire",
    "change_to_wire",
    "commit",
    "copy_generation",
    "create",
    "effective",
    "is_outdated",
    "open_graph",
    "rebuild",
    "require_one_graph",
    "restore",
    "upgrade",
]
