"""The reference graph as a file: validated when built, the same each time, refused when damaged."""

import gzip
import json
import shutil

import pytest

from kg.errors import UnreadableInput
from kg.reference import reference_quads
from kg.store.artefact import build, read


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("artefact")
    made, report = build(folder, "minimal")
    assert made is not None and report.conforms
    return folder


@pytest.mark.slow
def test_artefact_holds_the_facts_of_the_tables_under_their_digest(folder):
    (path,), (manifest,) = folder.glob("*.nq.gz"), folder.glob("*.json")
    said = json.loads(manifest.read_text(encoding="utf-8"))
    assert path.name == f"reference-minimal-{said['digest'][:12]}.nq.gz"
    assert set(read(path)) == set(reference_quads("minimal"))
    assert said["facts"] == len(read(path))
    assert "body-rules.tsv" in said["tables"]


@pytest.mark.slow
def test_damaged_artefact_is_refused(folder, tmp_path):
    (path,), (manifest,) = folder.glob("*.nq.gz"), folder.glob("*.json")
    shutil.copy(manifest, tmp_path)
    (tmp_path / path.name).write_bytes(gzip.compress(gzip.decompress(path.read_bytes()) + b"\n"))
    with pytest.raises(UnreadableInput, match="is damaged"):
        read(tmp_path / path.name)


def test_artefact_without_its_manifest_is_refused(tmp_path):
    (tmp_path / "reference-minimal-0.nq.gz").write_bytes(gzip.compress(b""))
    with pytest.raises(UnreadableInput, match="manifest cannot be read"):
        read(tmp_path / "reference-minimal-0.nq.gz")
