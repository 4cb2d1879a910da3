"""The annotations of real articles agree with the articles in the corpus, and hold none of their sentences."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .real_articles import REAL, real_articles
from .test_held_out import PREDICATES, STATUSES, letters, words

GOLD = {path.stem: path for path in sorted(REAL.glob("*/*.json"))}
LONGEST = 40
"""Words of the longest list of names of bodies; a sentence is seldom shorter."""


@pytest.fixture(scope="module")
def articles(shared: Path) -> dict[str, str]:
    return real_articles(shared / "corpus" / "raw.jsonl")


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def test_parts_of_32_articles_have_none_in_common():
    parts = [{path.stem for path in (REAL / part).glob("*.json")} for part in ("open", "opened", "blind")]
    assert [len(part) for part in parts] == [32, 32, 32]
    assert len(set().union(*parts)) == 96


@pytest.mark.parametrize("name", sorted(GOLD))
def test_annotation_occurs_in_the_article_and_keeps_the_closed_lists(name, articles):
    gold = json.loads(GOLD[name].read_text(encoding="utf-8"))
    text = articles[name]
    assert gold["id"] == name
    assert {post["status"] for person in gold["persons"] for post in person["positions"]} <= STATUSES
    assert {relation["predicate"] for relation in gold["relations"]} <= PREDICATES
    assert [person["name"] for person in gold["persons"] if letters(person["name"]) not in letters(text)] == []
    folded = " ".join(words(text))
    for directive in gold["directives"]:
        surfaces = directive.get("surface") or [directive["number"] or directive["name"]]
        assert any(" ".join(words(surface)) in folded for surface in surfaces), surfaces


@pytest.mark.parametrize("name", sorted(GOLD))
def test_annotation_holds_names_and_no_sentences(name):
    gold = json.loads(GOLD[name].read_text(encoding="utf-8"))
    assert "notes" not in gold
    assert [text for text in strings(gold) if len(text.split()) > LONGEST] == []
