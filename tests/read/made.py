"""Small files of each format, made here byte by byte: a PDF, a Word file, a web page."""

import io
import zipfile
from collections.abc import Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(body: str, *, title: str | None = None, head: str = "", compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A .docx of this body in WordprocessingML; `head` stands before the root (a document type, say)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        if title is not None:
            package.writestr(
                "docProps/core.xml",
                f'<c:p xmlns:c="urn:c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></c:p>',
            )
    return out.getvalue()


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs) + "</w:p>"


def pdf(
    pages: Sequence[str], *, font: str = "Sample", picture: bool = False, title: str | None = None, extra: str = ""
) -> bytes:
    """A PDF whose font gives each letter a code of its own and says by a table which it is (ISO 32000, 9.10.3)."""
    letters = sorted({ch for page in pages for ch in page if ch != "\n"})
    code = {ch: n + 1 for n, ch in enumerate(letters)}
    table = "\n".join(f"<{n:04x}> <{ch.encode('utf-16-be').hex()}>" for ch, n in code.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange "
        f"<0000> <ffff> endcodespacerange {len(code)} beginbfchar\n{table}\nendbfchar endcmap end end"
    )
    kids = " ".join(f"{8 + 2 * n} 0 R" for n in range(len(pages)))
    pictured = "/XObject << /I 7 0 R >>" if picture else ""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {extra} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{font} /Encoding /Identity-H "
        "/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{font} /DW 500 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream("", cmap),
        f"<< /Title <feff{(title or '').encode('utf-16-be').hex()}> >>",
        _stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "x"),
    ]
    for n, page in enumerate(pages):
        lines = " ".join(
            f"<{''.join(f'{code[ch]:04x}' for ch in line)}> Tj 0 -20 Td" for line in page.split("\n") if line
        )
        resources = f"/Resources << /Font << /F 3 0 R >> {pictured} >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {9 + 2 * n} 0 R {resources} >>")
        objects.append(_stream("", f"BT /F 12 Tf 50 800 Td {lines} ET"))
    return _file(objects, "/Info 6 0 R")


def _stream(entries: str, content: str) -> str:
    return f"<< {entries} /Length {len(content)} >>\nstream\n{content}\nendstream"


def _file(objects: Sequence[str], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{offset:010d} 00000 n \n" for offset in offsets).encode()
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def page(main: str, *, head: str = "") -> str:
    """A web page as papers make them: menu, report, related reports, footer."""
    menu = "".join(f'<li><a href="/{n}">Chuyên mục số {n}</a></li>' for n in range(12))
    related = "".join(f'<li><a href="/r{n}">Bí thư Huyện ủy thăm xã số {n}</a></li>' for n in range(6))
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body><nav><ul>{menu}</ul></nav>"
        f'<article><h1>Tin họp</h1>{main}</article><aside class="related"><h3>Tin khác</h3><ul>{related}</ul></aside>'
        "<footer>Tổng Biên tập: Cao Văn Chót</footer></body></html>"
    )


REPORT = (
    "Ngày 05/4/2022, Trưởng Ban Tuyên giáo Tỉnh ủy Bắc Kạn Trần Thị Lộc dự và chỉ đạo hội nghị giao ban.",
    "Tham dự có Phó Chủ tịch UBND tỉnh Phạm Duy Hưng, lãnh đạo các sở, ngành và đại diện các huyện, thành phố.",
    "Hội nghị quán triệt Quyết định số 238-QĐ/TW của Ban Bí thư, bàn nhiệm vụ trọng tâm của quý II năm 2022.",
)
HEAD = (
    "<title>Tin họp - Báo Mẫu</title><meta property='og:title' content='Tin họp'>"
    "<meta property='og:site_name' content='Báo Mẫu'>"
    "<meta property='article:published_time' content='2022-04-06T07:30:00+07:00'>"
    "<link rel='canonical' href='https://example.org/tin-hop'>"
)


def html(*lines: str, head: str = "") -> bytes:
    return page("".join(f"<p>{line}</p>" for line in lines), head=head).encode()


FILES = {
    "tin.html": html(*REPORT, head=HEAD),
    "tin.pdf": pdf(["\n".join(REPORT[:2]), REPORT[2]], title="Tin họp"),
    "tin.docx": word("".join(map(paragraph, REPORT)), title="Tin họp"),
}
