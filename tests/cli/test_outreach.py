"""No file that `kg` reads makes it reach out: each is read in this process, beside a socket that must stay silent."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.read.made import html, paragraph, pdf, word
from tests.silence import Ear, listening
from tests.ways_out import BODIES, PERSON, SHAPES, WORDS, shapes_of

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ear() -> Iterator[Ear]:
    with listening() as made:
        yield made


@pytest.mark.parametrize("way", BODIES)
def test_rdf_that_is_validated_reaches_nobody(kg: Run, tmp_path: Path, ear: Ear, way: str) -> None:
    media_type, text, refused = BODIES[way]
    ending = {"application/ld+json": "jsonld", "application/rdf+xml": "rdf", "text/turtle": "ttl"}[media_type]
    file = tmp_path / f"data.{ending}"
    file.write_text(text.replace("URL", ear.url), encoding="utf-8")
    status, _, error = kg("validate", file)
    assert (status != 0) or not refused
    assert "Traceback" not in error
    ear.require_silence()


@pytest.mark.parametrize("way", SHAPES)
def test_shapes_of_a_file_reach_nobody(kg: Run, tmp_path: Path, ear: Ear, way: str) -> None:
    data, shapes = tmp_path / "a.ttl", tmp_path / "s.ttl"
    data.write_text(PERSON, encoding="utf-8")
    shapes.write_bytes(shapes_of(way, ear.url))
    _, out, error = kg("validate", data, "--shapes", shapes)
    assert "Traceback" not in error
    if "SERVICE" in SHAPES[way]:
        assert "SERVICE" in out + error
    ear.require_silence()


@pytest.mark.parametrize("name", ["a.docx", "entity.docx", "a.pdf", "a.html", "entity.xhtml", "a.txt", "a.json"])
def test_a_report_that_is_read_reaches_nobody(kg: Run, tmp_path: Path, own: Path, ear: Ear, name: str) -> None:
    entity = f'<!DOCTYPE w [<!ENTITY e SYSTEM "{ear.url}">]>'
    files = {
        "a.docx": word(paragraph(WORDS, ear.url)),
        "entity.docx": word(paragraph("&e;", WORDS), head=entity),
        "a.pdf": pdf([WORDS], extra=f"/OpenAction << /S /URI /URI ({ear.url}) >>"),
        "a.html": html(WORDS, f'<img src="{ear.url}">', head=f'<link rel="stylesheet" href="{ear.url}">'),
        "entity.xhtml": f"{entity}<html><body><p>&e; {WORDS}</p></body></html>".encode(),
        "a.txt": f"{WORDS} {ear.url}".encode(),
        "a.json": f'{{"@context": "{ear.url}", "id": "a", "text": "{WORDS}", "url": "{ear.url}"}}'.encode(),
    }
    file = tmp_path / name
    file.write_bytes(files[name])
    for arguments in (("extract", file), ("ingest", file, "--data", own)):
        _, _, error = kg(*arguments)
        assert "Traceback" not in error
    ear.require_silence()


def test_tables_that_are_imported_reach_nobody(kg: Run, tmp_path: Path, own: Path, ear: Ear) -> None:
    files = {
        "popolo.json": f'{{"@context": "{ear.url}", "persons": [{{"id": "{ear.url}", "name": "Lò Văn Mẫu"}}]}}',
        "rows.csv": f'Họ tên,Chức vụ\nLò Văn Mẫu,=WEBSERVICE("{ear.url}")\n',
        "data.jsonld": BODIES["JSON-LD context"][1].replace("URL", ear.url),
        "data.rdf": BODIES["XML entity"][1].replace("URL", ear.url),
    }
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        f"columns: {{person: Họ tên, title: Chức vụ}}\nsource: {{title: x, url: {ear.url}}}\n", encoding="utf-8"
    )
    for name, text in files.items():
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        _, _, error = kg("import", file, "--mapping", mapping, "--data", own)
        assert "Traceback" not in error
    ear.require_silence()
