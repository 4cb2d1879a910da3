"""How often what is read with high, medium or low confidence is right, on annotated texts.

Right is what the corpus's own scorer counts as a hit: a post of a person with title and body, a person's name, a
paper's number. The corpus and the open held-out texts were fitted on, the blind ones were not.
"""

import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from kg.extract import extract
from kg.model.documents import Document
from kg.model.extraction import Extraction

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
HELD_OUT = ROOT / "tests" / "held_out"
PARTS = {
    "corpus, fitted": (CORPUS / "gold", CORPUS / "articles"),
    "held-out, fitted": (HELD_OUT / "gold" / "open", HELD_OUT / "texts"),
    "held-out, blind": (HELD_OUT / "gold" / "blind", HELD_OUT / "texts"),
}
Judged = tuple[str, str, str, bool]  # what it is, rule, confidence, whether it is right


def scorer() -> ModuleType:
    """The corpus's score.py."""
    spec = importlib.util.spec_from_file_location("score", CORPUS / "score.py")
    if spec is None or spec.loader is None or not (CORPUS / "score.py").is_file():
        sys.exit(f"benchmarks/confidence.py needs the scorer of the corpus in {CORPUS}; it is not there.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(score: ModuleType, gold: dict[str, Any], said: Extraction) -> Iterator[Judged]:
    """Each post, name and paper that was read, by the scorer."""

    def is_right(measure: str, **one: list[dict[str, Any]]) -> bool | None:
        """None for what the annotation calls optional, which is neither right nor wrong."""
        count = score.score({"x": gold}, {"x": one})[0][measure]
        return bool(count.hit) if count.said else None

    for person in said.to_json()["persons"]:
        for post in person["positions"]:
            right = is_right("posts, strict organ", persons=[{"name": person["name"], "positions": [post]}])
            if right is not None:
                yield "post", post["rule"], post["confidence"], right
    seen: set[str] = set()
    for mention in said.mentions:
        holder = next((p for p in said.persons if mention.span in p.spans), None)
        if mention.kind == "person" and holder and holder.name not in seen:
            seen.add(holder.name)
            right = is_right("person names", persons=[{"name": holder.name, "positions": []}])
            yield "person", mention.rule, mention.confidence, bool(right)
    confidence = {mention.span: mention.confidence for mention in said.mentions if mention.kind == "directive"}
    for paper, read in zip(said.to_json()["directives"], said.directives, strict=True):
        first = read.citations[0]
        right = is_right("directives (type, number)", directives=[paper])
        if first.span in confidence and right is not None:
            yield "directive", first.rule, confidence[first.span], right


def main() -> None:
    """Prints the tables."""
    score = scorer()
    for part, (gold_folder, texts) in PARTS.items():
        by_rule: Counter[tuple[str, str, str]] = Counter()
        right: Counter[tuple[str, str, str]] = Counter()
        for file in sorted(gold_folder.glob("*.json")):
            gold = json.loads(file.read_text(encoding="utf-8"))
            text = (texts / f"{file.stem}.txt").read_bytes().decode("utf-8")
            known = gold["doc"]
            said = extract(Document(file.stem, text, published=known.get("pub_date"), place=known.get("place")))
            for what, rule, confidence, is_right in judged(score, gold, said):
                for row in ((what, "all", confidence), (what, rule, confidence)):
                    by_rule[row] += 1
                    right[row] += is_right
        print(f"\n{part}")
        for what, rule, confidence in sorted(by_rule, key=lambda row: (row[0], row[1] != "all", row)):
            hit, all_of = right[what, rule, confidence], by_rule[what, rule, confidence]
            print(f"  {what:10} {rule:22} {confidence:7} {hit:4} of {all_of:4}  {hit / all_of:.3f}")


if __name__ == "__main__":
    main()
