"""A new data folder, whole or not at all."""

import shutil
import tempfile
from pathlib import Path
from typing import Literal as Choice

from pyoxigraph import Store

from kg.errors import FolderError
from kg.store.generations import checkpoint, publish
from kg.store.layout import PROFILES, Folder, sync_folder, telling
from kg.store.release import Progress, load_release, release_digest

Profile = Choice["full", "minimal", "empty"]


def create(path: Path | str, profile: Profile = "full", progress: Progress | None = None) -> None:
    """Makes a data folder with the ontology, the shapes, the codes and the reference graph in it.

    "minimal" leaves out districts and communes; "empty" has nothing in it at all. `progress` hears (stage, done, all).
    Raises FolderError for a folder that is there already, an unknown profile and a full disk; nothing half made stays.
    """
    target = Path(path)
    if profile not in PROFILES:
        raise FolderError(f"'{profile}' is no profile; choose one of {', '.join(PROFILES)}.")
    if target.exists():
        raise FolderError(f"{target} is there already; give another folder or remove it first.")
    with telling(target, "making the data folder"):
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        try:
            _fill(Folder(draft), profile, progress or (lambda _stage, _done, _total: None))
            draft.chmod(0o755)
            draft.rename(target)
            sync_folder(target.parent)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def _fill(folder: Folder, profile: Profile, progress: Progress) -> None:
    store = Store(str(folder.live))
    if profile != "empty":
        load_release(store, profile, progress)
    store.flush()
    folder.generations.mkdir()
    publish(folder, checkpoint(folder, store, 0), 0)
    folder.write_format(profile, "" if profile == "empty" else release_digest())
