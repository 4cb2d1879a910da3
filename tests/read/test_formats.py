"""Web pages, PDFs and Word files → their words; what cannot be read is one clear sentence, and nothing is fetched."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from kg.errors import UnreadableInput
from kg.extract import extract
from kg.model.documents import Document
from kg.read import BadDocument, read_bytes, read_documents
from kg.read.formats import take_words
from tests.read import made
from tests.read.made import FILES, REPORT, html


def one(path: Path, **context: str) -> Document | BadDocument:
    found = list(read_documents([path], **context))
    assert len(found) == 1
    return found[0]


def reason(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    found = one(folder / name)
    assert isinstance(found, BadDocument)
    assert "\n" not in found.reason and found.reason.endswith(".")
    return found.reason


@pytest.mark.parametrize("name", FILES)
def test_the_words_of_a_file_are_the_text_and_each_mention_stands_in_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    document = one(tmp_path / name, place="Bắc Kạn")
    assert isinstance(document, Document)
    assert [line for line in document.text.splitlines() if line in REPORT] == list(REPORT)
    assert "Chuyên mục" not in document.text and "Cao Văn Chót" not in document.text
    assert document.title == "Tin họp"
    said = extract(document)
    assert {person.name for person in said.persons} == {"Trần Thị Lộc", "Phạm Duy Hưng"}
    assert [paper.number for paper in said.directives] == ["238-QĐ/TW"]
    assert said.mentions
    assert [m for m in said.mentions if m.span.of(document.text) != m.text] == []
    assert [p.name for p in said.persons if p.spans[0].of(document.text) != p.name] == []


@pytest.mark.parametrize("name", FILES)
def test_a_stream_is_known_by_its_first_bytes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FILES[name])))
    found = one(Path("-"))
    assert isinstance(found, Document)
    assert found.id == "stdin" and REPORT[0] in found.text


def test_bytes_from_elsewhere_are_a_document_too() -> None:
    found = read_bytes(FILES["tin.html"], "gửi lên", place="Bắc Kạn")
    assert (found.id, found.place, found.published) == ("gửi lên", "Bắc Kạn", "2022-04-06")
    assert read_bytes(b"<p>Mai</p>", "x", input_format="txt").text == "<p>Mai</p>"
    with pytest.raises(UnreadableInput, match="Word before 2007"):
        read_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "x")


def test_a_page_gives_what_it_states_of_itself(tmp_path: Path) -> None:
    (tmp_path / "tin.html").write_bytes(FILES["tin.html"])
    found = one(tmp_path / "tin.html", published="2020", publisher="Báo khác")
    assert isinstance(found, Document)
    assert (found.published, found.publisher, found.url) == ("2022-04-06", "Báo Mẫu", "https://example.org/tin-hop")


def test_linked_data_states_it_too() -> None:
    data = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Tin", '
        '"datePublished": "2021-03-02", "publisher": {"name": "Báo Thử"}}]}</script>'
        '<script type="application/ld+json">{broken</script>'
    )
    said = take_words(html(*REPORT, head=data), "html")
    assert (said.title, said.published, said.publisher, said.url) == ("Tin", "2021-03-02", "Báo Thử", None)


def test_a_day_that_is_only_written_in_the_text_or_the_address_is_no_day_of_publication() -> None:
    head = "<link rel='canonical' href='https://example.org/2019/05/06/tin'><meta name='pubdate' content='hôm qua'>"
    said = take_words(html("Cập nhật 06/5/2019 10:00", *REPORT, head=head), "html")
    assert said.published is None
    assert take_words(FILES["tin.pdf"], "pdf").published is None
    assert take_words(FILES["tin.docx"], "docx").published is None


def test_a_page_in_another_encoding_is_read_by_what_it_declares() -> None:
    wide = b"\xff\xfe" + html(*REPORT).decode().encode("utf-16-le")
    assert REPORT[0] in take_words(wide, "html").text
    lines = (
        "Réunion générale à Hanoï, présidée par M. Lò Văn Mau.",
        "La séance a été levée après la lecture des décisions.",
    )
    page = made.page("".join(f"<p>{line}</p>" for line in lines).replace("ă", "a"), head='<meta charset="iso-8859-1">')
    assert lines[1] in take_words(page.replace("ê", "e").encode("latin-1", "xmlcharrefreplace"), "html").text


def test_bold_words_of_a_short_page_tear_no_line() -> None:
    said = take_words(
        b"<html><body><p>\xc3\x94ng A, <b>UBND</b> x\xc3\xa3 <em>B</em>, d\xe1\xbb\xb1.</p></body></html>", "html"
    )
    assert said.text == "Ông A, UBND xã B, dự."


def test_a_word_file_gives_insertions_controls_and_tables_but_nothing_deleted() -> None:
    deleted = "<w:del><w:r><w:delText>bị xóa</w:delText></w:r></w:del>"
    inserted = f"<w:p><w:ins><w:r><w:t>được chèn</w:t></w:r></w:ins>{deleted}</w:p>"
    control = f"<w:sdt><w:sdtContent>{made.paragraph('trong khung')}</w:sdtContent></w:sdt>"
    row = "".join(f"<w:tc>{made.paragraph(cell)}</w:tc>" for cell in ("Lò Văn Mẫu", "Chủ tịch"))
    head = (
        f"<w:tc>{made.paragraph('UBND TỈNH')}{made.paragraph('Số: 1')}</w:tc><w:tc>{made.paragraph('CỘNG HÒA')}</w:tc>"
    )
    table = f"<w:tbl><w:tr>{head}</w:tr><w:tr>{row}</w:tr></w:tbl>"
    said = take_words(made.word(table + inserted + control + made.paragraph("Ông ", "Lò ", "Văn Mẫu")), "docx")
    assert said.text.split("\n") == [
        "UBND TỈNH", "Số: 1", "CỘNG HÒA", "Lò Văn Mẫu | Chủ tịch", "được chèn", "trong khung", "Ông Lò Văn Mẫu",
    ]  # fmt: skip
    assert said.title is None


def test_a_title_that_is_a_file_name_is_none() -> None:
    assert take_words(made.pdf(["Có chữ."], title="Microsoft Word - QD 12.doc"), "pdf").title is None
    assert take_words(made.pdf(["Có chữ."], title="Quyết định 12"), "pdf").title == "Quyết định 12"


def locked(user: str) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(FILES["tin.pdf"])))
    writer.encrypt(user, "chu-so-huu", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_with_an_owners_password_alone_is_read_and_one_with_a_users_is_not(tmp_path: Path) -> None:
    assert REPORT[0] in take_words(locked(""), "pdf").text
    assert "password" in reason(tmp_path, "a.pdf", locked("mat-khau"))


def test_what_has_no_words_is_named_with_what_to_do(tmp_path: Path) -> None:
    assert "scan" in (said := reason(tmp_path, "scan.pdf", made.pdf(["Ký bởi: A"] * 3, picture=True)))
    assert "ocrmypdf" in said
    assert "scan" not in reason(tmp_path, "none.pdf", made.pdf(["", ""]))
    assert "only menus" in reason(tmp_path, "menu.html", html())
    assert "only menus" in reason(tmp_path, "empty.html", b"<html><body></body></html>")
    assert "no words" in reason(tmp_path, "none.docx", made.word(made.paragraph("")))


def test_letters_of_old_fonts_are_not_taken_for_words(tmp_path: Path) -> None:
    assert ".VnTime" in reason(tmp_path, "a.pdf", made.pdf(["Céng hßa x· héi"], font="ABCDEF+.VnTime"))
    run = (
        '<w:p><w:r><w:rPr><w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/></w:rPr><w:t>Coäng hoøa</w:t></w:r></w:p>'
    )
    assert "VNI-Times" in reason(tmp_path, "a.docx", made.word(run))


def test_broken_files_are_named_and_the_others_go_on(tmp_path: Path) -> None:
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "cut.docx").write_bytes(FILES["tin.docx"][:300])
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj << /Type")
    (tmp_path / "no-word.docx").write_bytes(made.word("").replace(b"word/document.xml", b"word/dokument.xml"))
    found = list(read_documents([tmp_path]))
    bad = {Path(f.name).name: f.reason for f in found if isinstance(f, BadDocument)}
    assert set(bad) == {"cut.docx", "cut.pdf", "no-word.docx"}
    assert "broken" in bad["cut.docx"] and "broken" in bad["cut.pdf"] and "no Word file" in bad["no-word.docx"]
    assert len([f for f in found if isinstance(f, Document)]) == len(FILES)


@pytest.mark.parametrize(
    ("name", "data", "named"),
    [
        ("a.pdf", FILES["tin.docx"], "rename it to '.docx'"),
        ("a.docx", FILES["tin.pdf"], "rename it to '.pdf'"),
        ("a.txt", FILES["tin.pdf"], "rename it to '.pdf'"),
        ("a.txt", FILES["tin.html"], "rename it to '.html'"),
        ("a.html", FILES["tin.docx"], "rename it to '.docx'"),
        ("a.pdf", "chữ".encode(), "is not a PDF"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "'.doc' cannot be read"),
    ],
)
def test_a_wrong_ending_is_told(tmp_path: Path, name: str, data: bytes, named: str) -> None:
    assert named in reason(tmp_path, name, data)


def test_a_named_format_goes_before_the_ending(tmp_path: Path) -> None:
    (tmp_path / "trang.tmp").write_bytes(FILES["tin.html"])
    found = one(tmp_path / "trang.tmp", input_format="html")
    assert isinstance(found, Document) and REPORT[0] in found.text


def test_the_readers_are_loaded_only_for_their_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT[0], encoding="utf-8")
    program = (
        "import sys; from kg.cli import main; status = main(['extract', sys.argv[1], '--format', 'jsonl']); "
        "heavy = {'trafilatura', 'lxml', 'pypdf', 'yaml'} & set(sys.modules); "
        "sys.exit(f'{status} {heavy}' if status or heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path / "a.txt")], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_missing_package_is_named_with_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "kg.read.pdf", raising=False)
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(UnreadableInput, match=r"bomay\[formats\]"):
        take_words(FILES["tin.pdf"], "pdf")
