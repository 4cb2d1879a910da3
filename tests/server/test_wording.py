"""The tables of words say the same things in each language, and no page asks for a word that is not there."""

import re
import string
from pathlib import Path

from server.wording import words


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_tables_have_the_same_keys_and_places() -> None:
    vietnamese, english = words("vi"), words("en")
    assert vietnamese.keys() == english.keys()
    assert {key for key in english if fields(vietnamese[key]) != fields(english[key])} == set()


def test_no_template_asks_for_an_unknown_word(root: Path) -> None:
    templates = list((root / "server" / "templates").rglob("*.html"))
    asked = {key for path in templates for key in re.findall(r"""\bt\(["']([\w.-]+)["']\s*[,)]""", path.read_text())}
    assert len(asked) > 50
    assert asked - words("en").keys() == set()


def test_no_module_asks_for_an_unknown_word(root: Path) -> None:
    modules = list((root / "server").glob("*.py"))
    asked = {
        key for path in modules for key in re.findall(r'\bsay\([^"()]*(?:\(\))?[^"()]*"([\w.-]+)"', path.read_text())
    }
    assert len(asked) > 8
    assert asked - words("en").keys() == set()


def test_every_word_is_used_somewhere(root: Path) -> None:
    text = "".join(p.read_text() for p in (root / "server").rglob("*") if p.suffix in (".py", ".html", ".js"))
    stems = {key for key in words("en") if key not in text}
    built = (
        "about.",
        "conflicts.state.",
        "count.",
        "edit.new.",
        "edit.trouble.",
        "editor.",
        "duplicates.shared.",
        "kind.",
        "merge.effect.",
        "merge.obstacle.",
        "problem.",
        "property.",
        "reconcile.content.",
        *(f"review.{part}." for part in ("batch", "confidence", "decided", "doubt", "kind", "state", "why_not")),
        "role.",
        "severity.",
        "time.",
        "topic.",
        "type.",
        "vocabulary.",
        "void.",
    )
    assert {key for key in stems if not key.startswith((*built, "doc.holdings.", "doc.on."))} == set()
