"""The database of proposals as a backup takes it. What is in it is `kg.review`'s to know."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kg.errors import FolderError
from kg.store.layout import Folder


@contextmanager
def copy_of_proposals(folder: Folder, near: Path) -> Iterator[Path | None]:
    """A copy of the database as it is now, whoever writes to it, on the disk of `near` and gone after the block.

    None where nothing was ever proposed. Raises FolderError for one that is damaged.
    """
    if not folder.review.exists():
        yield None
        return
    with tempfile.TemporaryDirectory(prefix=".bomay-", dir=near) as scratch:
        copy = Path(scratch) / folder.review.name
        try:
            with closing(sqlite3.connect(folder.review, timeout=60)) as connection:
                connection.execute("VACUUM INTO ?", [str(copy)])
        except sqlite3.Error as error:
            raise FolderError(
                f"The proposals in {folder.review} cannot be copied ({error}); mend that first, or move the folder "
                f"{folder.review.parent} away."
            ) from error
        yield copy
