"""Which files of `ontology/` hold what, each list in a stable order."""

from pathlib import Path

from kg.resources import tree


def ontology_files() -> list[Path]:
    """The Turtle files of the ontology graph: the head, one file a topic, the codes."""
    root = tree("ontology")
    topics = sorted(file for file in root.glob("*/*.ttl") if file.stem == file.parent.name)
    return _found([root / "bomay.ttl", *topics, *code_files()])


def code_files() -> list[Path]:
    """The Turtle files of the code lists, which are part of the default graph as well."""
    return _found(sorted(tree("ontology").glob("codes/*.ttl")))


def shape_files() -> list[Path]:
    """The Turtle files of the shapes graph."""
    return _found(sorted(tree("ontology").rglob("shapes.ttl")))


def alignment_files() -> list[Path]:
    """The Turtle files of mappings to outside vocabularies, one a vocabulary."""
    return _found(sorted(tree("ontology").glob("align/*.ttl")))


def reference_files() -> list[Path]:
    """The tables of places, terms and bodies."""
    return _found(sorted(tree("ontology").glob("reference/*.tsv")))


def _found(files: list[Path]) -> list[Path]:
    missing = [file for file in files if not file.is_file()]
    if missing or not files:
        raise FileNotFoundError(f"The ontology of this installation is incomplete ({missing}); install it again.")
    return files
