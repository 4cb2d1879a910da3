"""The held-out texts are whole, ours, and agree with what is annotated in them."""

import json
import random
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from kg.model.dates import PartialDate
from kg.resources import tree

HERE = Path(__file__).resolve().parent
NAMES = sorted(path.stem for path in (HERE / "texts").glob("*.txt"))
GOLD = {path.stem: path for path in (HERE / "gold").glob("*/*.json")}
SEED = 20261124  # drew the blind ten before anything was read
RUN = 12  # words in a row that no other text may share with one of these
STATUSES = {"current", "appointed", "outgoing", "former", "acting", "proposed"}
PREDICATES = {
    "implements",
    "continues_implementation_of",
    "amends",
    "based_on",
    "guides",
    "details",
    "approves",
    "establishes",
    "follows_up",
    "orders_implementation_of",
    "signed_by",
    "passed_by",
    "presents",
    "inspects",
    "appoints",
    "elects",
    "promotes",
    "succeeds",
    "disciplined_by",
    "criticised_by",
    "merged_from",
    "renamed_from",
}


def text_of(name: str) -> str:
    return (HERE / "texts" / f"{name}.txt").read_bytes().decode("utf-8")


def gold_of(name: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(GOLD[name].read_text(encoding="utf-8"))
    return gold


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).replace("\u00d0", "Đ").lower())


def runs(text: str) -> set[tuple[str, ...]]:
    said = words(text)
    return {tuple(said[i : i + RUN]) for i in range(len(said) - RUN + 1)}


def letters(text: str) -> str:
    """A name without its tone marks: it may be typed `Hoà` or `Hòa`, over two lines, with either apostrophe."""
    marks = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    plain = unicodedata.normalize("NFD", " ".join(text.replace("’", "'").replace("\u00d0", "Đ").split()))
    return "".join(letter for letter in plain if letter not in marks)


def test_there_are_at_least_thirty_texts_of_120_to_450_words():
    assert len(NAMES) >= 30
    assert {name: n for name in NAMES if not 120 <= (n := len(text_of(name).split())) <= 450} == {}


def test_every_text_is_annotated_and_the_reverse():
    assert sorted(GOLD) == NAMES
    assert {path.parent.name for path in GOLD.values()} == {"open", "blind"}


def test_the_blind_ten_are_those_that_the_seed_draws():
    blind = [name for name, path in GOLD.items() if path.parent.name == "blind"]
    assert sorted(random.Random(SEED).sample(NAMES, 10)) == sorted(blind)


@pytest.mark.parametrize("name", NAMES)
def test_spans_of_persons_are_their_names_in_the_text(name):
    text = text_of(name)
    for person in gold_of(name)["persons"]:
        assert person["spans"]
        assert {letters(text[start:end]) for start, end in person["spans"]} == {letters(person["name"])}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_annotated_occurs_in_the_text_and_keeps_the_closed_lists(name):
    text, gold = " ".join(words(text_of(name))), gold_of(name)
    assert gold["id"] == name
    assert PartialDate.parse(gold["doc"]["pub_date"]).is_full
    assert {post["status"] for person in gold["persons"] for post in person["positions"]} <= STATUSES
    assert {relation["predicate"] for relation in gold["relations"]} <= PREDICATES
    for directive in gold["directives"]:
        assert " ".join(words(directive["number"] or directive["name"])) in text
        assert " ".join(words(directive["title"] or "")) in text
    people = {person["name"] for person in gold["persons"]}
    for meeting in gold["meetings"]:
        assert PartialDate.parse(meeting["date"]).is_full
        assert {participant["name"] for participant in meeting["participants"]} <= people
        assert {participant.get("site") for participant in meeting["participants"]} <= {None, *meeting["sites"]}


def test_no_text_shares_a_run_of_words_with_the_corpus_or_the_samples(shared: Path):
    corpus = shared / "corpus"
    others = [
        json.loads(line)["text"] for line in (corpus / "raw.jsonl").read_text(encoding="utf-8").splitlines() if line
    ]
    others += [path.read_text(encoding="utf-8") for path in sorted((corpus / "articles").glob("*.txt"))]
    others += [path.read_text(encoding="utf-8") for path in sorted((tree("samples") / "reports").glob("*.txt"))]
    assert len(others) > 1000
    ours: dict[tuple[str, ...], str] = {}
    for name in NAMES:
        ours.update(dict.fromkeys(runs(text_of(name)), name))
    common = {ours[run]: " ".join(run) for other in others for run in runs(other) if run in ours}
    assert common == {}
