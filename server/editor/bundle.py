"""The bundle that the build made, if it did."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

BUILT: Final = Path(__file__).resolve().parent.parent / "static" / "editor"
FILES: Final = ("editor.js", "editor.css")
DIGEST: Final = "digest.txt"

# The one style element that the bundle adds: fixed text by which `column-resizer`, a part of YASR, widens columns.
GRIP_STYLE: Final = "sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk="


@dataclass(frozen=True, slots=True)
class Bundle:
    """A script and its style sheet in `static/`; `version` is the beginning of the digest of what they were made of."""

    script: str
    style: str
    version: str


def find_bundle(folder: Path = BUILT) -> Bundle | None:
    """The bundle in a folder; None when it was not built, or not to its end."""
    try:
        digest = (folder / DIGEST).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    if not all((folder / name).is_file() for name in FILES):
        return None
    return Bundle(f"editor/{FILES[0]}", f"editor/{FILES[1]}", digest[:12])
