"""The words of the pages: one table a language, the same keys in each."""

from functools import cache
from pathlib import Path

import yaml

_HERE = Path(__file__).resolve().parent


@cache
def words(language: str) -> dict[str, str]:
    """The table of "vi" or "en"."""
    loaded: dict[str, str] = yaml.safe_load((_HERE / f"{language}.yaml").read_text(encoding="utf-8"))
    return loaded


def say(language: str, key: str, /, **values: object) -> str:
    """One sentence with its values filled in; raises KeyError for a key that the table lacks."""
    return words(language)[key].format(**values)


def grouped(number: int, language: str) -> str:
    """A number with its thousands set apart as the language does."""
    return f"{number:,}".replace(",", "." if language == "vi" else ",")
