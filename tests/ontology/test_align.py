"""Each mapping to an outside vocabulary gives its reason, and each vocabulary has its file."""

from pathlib import Path

import pytest

from kg.resources import tree

FILES = sorted(tree("ontology").glob("align/*.ttl"))


def test_vocabularies_that_others_come_from_are_mapped() -> None:
    assert {file.stem for file in FILES} == {"eli", "eli-dl", "rico", "popolo", "ftm", "wikidata"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_mapping_stands_under_a_comment_that_says_why(file: Path) -> None:
    blocks = file.read_text(encoding="utf-8").split("\n\n")
    mappings = [block.strip().split("\n") for block in blocks[3:]]
    assert mappings
    for reason, *statement in mappings:
        assert reason.startswith("# "), reason
        assert reason.endswith("."), reason
        assert len(statement) == 1, statement


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_file_says_against_what_it_was_checked(file: Path) -> None:
    assert file.read_text(encoding="utf-8").split("\n")[1].startswith("# Checked ")
