"""Names of people: our reader beside a general recogniser of entities for Vietnamese, on the same annotated texts.

Both are scored on the names of officials that the texts' annotation has. A general recogniser also finds authors,
streets named after people and heroes, which is no mistake of its own task, so that its recall is what compares; and it
says nothing of posts, bodies, days or papers. Times are of one core, in one run, its model loaded before.
"""

import importlib.util
import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from kg.extract import extract
from kg.model.documents import Document
from kg.model.fold import accented_key

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
HELD_OUT = ROOT / "tests" / "held_out"
PARTS = {
    "corpus, fitted": (CORPUS / "gold", CORPUS / "articles"),
    "held-out, fitted": (HELD_OUT / "gold" / "open", HELD_OUT / "texts"),
    "held-out, blind": (HELD_OUT / "gold" / "blind", HELD_OUT / "texts"),
}
Names = Callable[[Document], Iterable[str]]


def ours(document: Document) -> Iterable[str]:
    """The people that the reader names."""
    return [person.name for person in extract(document).persons]


def general() -> Names:
    """underthesea's recogniser; its words of one person joined."""
    if importlib.util.find_spec("underthesea") is None:
        sys.exit("benchmarks/ner.py needs underthesea; install it with: pip install underthesea")
    from underthesea import ner  # the import loads nothing but itself

    def names(document: Document) -> Iterable[str]:
        found: list[list[str]] = []
        for line in filter(str.strip, document.text.splitlines()):
            for word, _, _, label in ner(line):
                if label == "B-PER":
                    found.append([word])
                elif label == "I-PER" and found:
                    found[-1].append(word)
        return [" ".join(words) for words in found]

    list(names(Document("warm", "Ông Nguyễn Văn An dự họp.")))  # loads the model
    return names


def texts(gold: Path, folder: Path) -> list[tuple[Document, set[str]]]:
    """Each text with the folded names of its annotation."""
    out = []
    for file in sorted(gold.glob("*.json")):
        said = json.loads(file.read_text(encoding="utf-8"))
        text = (folder / f"{file.stem}.txt").read_bytes().decode("utf-8")
        document = Document(file.stem, text, published=said["doc"].get("pub_date"), place=said["doc"].get("place"))
        out.append((document, {accented_key(person["name"]) for person in said["persons"]}))
    return out


def main() -> None:
    """Prints the table."""
    readers = {"kg.extract": ours, "underthesea": general()}
    for part, (gold, folder) in PARTS.items():
        annotated = texts(gold, folder)
        print(f"\n{part}: {len(annotated)} texts, {sum(len(names) for _, names in annotated)} names")
        rates = []
        for reader, names in readers.items():
            began = time.process_time()
            said = [{accented_key(name) for name in names(document)} for document, _ in annotated]
            rates.append(len(annotated) / (time.process_time() - began))
            hit = sum(len(found & known) for found, (_, known) in zip(said, annotated, strict=True))
            recall = hit / sum(len(known) for _, known in annotated)
            precision = hit / max(1, sum(len(found) for found in said))
            print(f"  {reader:12} recall {recall:.3f}   precision {precision:.3f}   {rates[-1]:8.1f} texts/s")
        print(f"  ours reads {rates[0] / rates[1]:.1f} times as many texts a second")


if __name__ == "__main__":
    main()
