"""Lays out the annotated real articles as text files for the scorer; in the project there are their annotations alone.

python -m tests.held_out.real_articles RAW.jsonl FOLDER
"""

import json
import sys
from pathlib import Path

REAL = Path(__file__).resolve().parent / "real"


def real_articles(raw: Path) -> dict[str, str]:
    """The texts of the annotated articles by id, from the corpus's JSONL; raises KeyError for one that is not there."""
    with raw.open(encoding="utf-8") as lines:
        texts = {article["id"]: article["text"] for article in map(json.loads, lines)}
    return {path.stem: texts[path.stem] for path in sorted(REAL.glob("*/*.json"))}


def main() -> None:
    raw, folder = map(Path, sys.argv[1:])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in real_articles(raw).items():
        (folder / f"{name}.txt").write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    main()
