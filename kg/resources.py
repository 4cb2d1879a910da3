"""Where the files that ship with the program lie: in a checkout beside the packages, in a wheel inside them."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def tree(name: str) -> Path:
    """The folder of "ontology", "queries" or "samples"; raises FileNotFoundError for a broken installation."""
    for folder in (_PACKAGE / "_shipped" / name, _PACKAGE / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"The folder '{name}' is missing from this installation; install the package again.")
