"""Files that are made to harm: bombs, lies, entities, calls home, damage anywhere."""

import re
import socket
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg.read.docx
import kg.read.formats
from kg.errors import UnreadableInput
from kg.read.formats import take_words
from tests.read import made
from tests.read.made import FILES, REPORT, html
from tests.read.test_formats import reason


def test_what_unpacks_to_too_much_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.read.docx, "MAX_PART", 100_000)
    bomb = made.word(made.paragraph("a" * 1_000_000))
    assert len(bomb) < 3000
    assert "unpacks to 1,000," in reason(tmp_path, "bomb.docx", bomb)
    monkeypatch.setattr(kg.read.formats, "MAX_FILE", 100)
    assert "Split it" in reason(tmp_path, "big.docx", FILES["tin.docx"])


def test_a_pdf_whose_page_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    packed = zlib.compress(b" " * 90_000_000, 9)
    whole = made.pdf(["abc"])
    page = list(re.finditer(rb"<<  /Length \d+ >>\nstream\nBT.*?\nendstream", whole, re.DOTALL))[-1]
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)
    bomb = whole[: page.start()] + stream + whole[page.end() :]
    assert len(bomb) < 100_000
    assert "unpacks to more than is allowed" in reason(tmp_path, "bomb.pdf", bomb)


def test_a_part_that_lies_about_its_size_is_broken(tmp_path: Path) -> None:
    assert "broken" in reason(tmp_path, "lie.docx", _shrunk(made.word(made.paragraph("a" * 5000))))


def _shrunk(package: bytes) -> bytes:
    """The package with the unpacked size of its main part understated in the central directory."""
    out = bytearray(package)
    at = out.rindex(b"PK\x01\x02", 0, out.rindex(b"word/document.xml"))
    out[at + 24 : at + 28] = (64).to_bytes(4, "little")
    return bytes(out)


def test_entities_that_blow_up_are_refused(tmp_path: Path) -> None:
    laughs = "<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>]>"
    assert "document type" in reason(tmp_path, "a.docx", made.word(made.paragraph("&b;"), head=laughs))
    page = laughs.encode() + html(*REPORT, "&b;")
    assert "aaaa" not in take_words(page, "html").text


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A socket that answers nothing; a connection to it waits in its queue and can be seen at once."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def test_no_format_reaches_out(listener: socket.socket) -> None:
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    head = (
        f"<base href='{address}'><link rel='stylesheet' href='{address}'><script src='{address}'></script>"
        f"<meta http-equiv='refresh' content='0;url={address}'><link rel='canonical' href='{address}'>"
    )
    dtd = f"<!DOCTYPE html SYSTEM '{address}' [<!ENTITY x SYSTEM '{address}'>]>"
    page = made.page(
        f"<p>&x; {REPORT[0]}</p><p>{REPORT[1]}</p><img src='{address}'><iframe src='{address}'></iframe>", head=head
    )
    assert REPORT[1] in take_words((dtd + page.removeprefix("<!DOCTYPE html>")).encode(), "html").text
    link = f"/OpenAction << /S /URI /URI ({address}) >> /AF [ << /Type /Filespec /FS /URL /F ({address}) >> ]"
    assert REPORT[0] in take_words(made.pdf([REPORT[0]], extra=link), "pdf").text
    body = made.paragraph(REPORT[0]) + f'<w:altChunk xmlns:r="urn:r" r:id="{address}"/>'
    assert REPORT[0] in take_words(made.word(body), "docx").text
    with pytest.raises(UnreadableInput, match="document type"):
        take_words(made.word(body, head=f"<!DOCTYPE w SYSTEM '{address}'>"), "docx")
    with pytest.raises(BlockingIOError):
        listener.accept()
    socket.create_connection(listener.getsockname()).close()
    listener.accept()[0].close()  # so it would have been seen


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(sorted(FILES)), at=st.floats(0, 1), junk=st.binary(max_size=40), cut=st.booleans())
def test_damage_anywhere_gives_words_or_one_sentence(name: str, at: float, junk: bytes, cut: bool) -> None:
    whole = FILES[name]
    place = int(at * len(whole))
    damaged = whole[:place] + junk + (b"" if cut else whole[place + len(junk) :])
    try:
        said = take_words(damaged, name.rpartition(".")[2])
    except UnreadableInput as fault:
        assert "\n" not in str(fault)
    else:
        assert said.text.encode("utf-8")
