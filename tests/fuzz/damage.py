"""Small valid files of each format, and what storage, mail and foes do to bytes."""

import json

from hypothesis import strategies as st

from tests.fuzz.texts import ODD
from tests.read import made
from tests.read.made import FILES, REPORT
from tests.read.test_tables import CSV, MAPPING

ROWS = "".join(
    json.dumps(row, ensure_ascii=ascii) + "\n"
    for ascii, row in (
        (False, {"id": "a", "text": " ".join(REPORT), "published": "2022-04-05", "place": "Bắc Kạn"}),
        (
            True,
            {"id": "b", "text": REPORT[1], "title": "Tin họp", "publisher": "Báo Mẫu", "url": "https://example.org/b"},
        ),
    )
)
POPOLO = json.dumps(
    {
        "persons": [
            {"id": "p1", "name": "Lò Văn Mẫu", "birth_date": "1965-01-31", "other_names": [{"name": "Ba Mẫu"}]},
            {"id": "p2", "name": "Hà Thị Thử", "memberships": [{"role": "member", "start_date": "2011-05-22"}]},
        ],
        "organizations": [{"id": "o1", "name": "National Assembly"}],
        "posts": [{"id": "s1", "label": "member", "organization_id": "o1"}],
        "events": [{"id": "e1", "name": "13th Congress"}],
        "memberships": [
            {"person_id": "p1", "organization_id": "o1", "role": "member", "legislative_period_id": "e1"},
            {"person_id": "p2", "post_id": "s1", "end_date": "2016-05"},
        ],
    },
    ensure_ascii=False,
    indent=1,
)
POPOLO_MAPPING = """\
words: {member: Đại biểu, National Assembly: Quốc hội, 13th Congress: khóa XIII}
source: {title: Đại biểu mẫu, publisher: Cơ quan mẫu, published: 2015}
place: tỉnh Bắc Kạn
"""
TURTLE = """\
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://example.org/a> a foaf:Person ; foaf:name "Lò Văn Mẫu"@vi , "Ba\\u0300"@vi ; foaf:age "7"^^xsd:integer .
"""
WORD_BODY = "".join(map(made.paragraph, REPORT)) + (
    f"<w:tbl><w:tr><w:tc>{made.paragraph('TM. ỦY BAN')}</w:tc><w:tc>{made.paragraph('CHỦ TỊCH')}</w:tc></w:tr></w:tbl>"
    '<w:del w:id="1"><w:r><w:t>bỏ</w:t></w:r></w:del><w:r><w:rPr><w:rFonts w:ascii="Arial"/></w:rPr><w:tab/></w:r>'
)

# Bytes with a meaning of their own to some reader: marks of formats and encodings, long runs, numbers at their limits.
_TOKENS = [
    b"", b"\x00", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xc0\x80", b"\xed\xa0\x80", b"\xcc\x81", b"\r", b"\n",
    b"\r\n",
    b"%PDF-1.7\n", b"PK\x03\x04", b"<", b">", b"</", b"<!--", b"<![CDATA[", b"<!DOCTYPE html>", b"<w:t>", b"&#0;",
    b"&#xD800;",
    b"&#99999999999;", b"\\ud800", b"\\u0000", b"\\", b'"', b'""', b"'", b",", b":", b"{", b"}", b"[", b"]",
    b"[" * 3000,
    b"<div>" * 2000, b"(" * 3000, b"<<" * 500, b"0", b"-1", b"1e999", b"9" * 5000, b"2015-13-45", b"0000-00-00",
    b"9999999999",
    b"null", b"true", b"NaN", b"!!python/object:os.system x", b"&a [*a]", b"*a", b"? ", b"- ", b"---\n", b"\t",
    b"endobj",
    b"stream\n", b"endstream", b"1 0 R", b"/Length 99999999", b"/Kids [2 0 R]", b"/Parent 2 0 R",
    b"/Filter /FlateDecode", b"xref",
    b"charset=utf-7", b"charset=hex", b"charset=idna", b"charset=undefined", b"charset=utf-16",
]  # fmt: skip
junk = st.sampled_from(_TOKENS) | st.binary(max_size=12) | st.sampled_from(ODD).map(lambda odd: odd.encode())
OTHERS = [*FILES.values(), ROWS.encode(), CSV.encode(), MAPPING.encode(), POPOLO.encode(), TURTLE.encode()]


@st.composite
def damaged(draw: st.DrawFn, *wholes: bytes) -> bytes:
    """One of the files with a few places cut out, doubled, flipped, overwritten, or spliced with another file."""
    data = draw(st.sampled_from(wholes))
    for deed in draw(
        st.lists(st.sampled_from(["cut", "tail", "double", "flip", "write", "insert", "splice"]), max_size=4)
    ):
        at = int(draw(st.floats(0, 1)) * len(data))
        length = draw(st.integers(0, 80))
        if deed == "cut":
            data = data[:at] + data[at + length :]
        elif deed == "tail":
            data = data[:at]
        elif deed == "double":
            data = data[: at + length] + data[at:]
        elif deed == "flip":
            data = data[:at] + bytes(byte ^ (1 << length % 8) for byte in data[at : at + 1]) + data[at + 1 :]
        elif deed == "write":
            piece = draw(junk)
            data = data[:at] + piece + data[at + len(piece) :]
        elif deed == "insert":
            data = data[:at] + draw(junk) + data[at:]
        else:
            other = draw(st.sampled_from(OTHERS))
            start = int(draw(st.floats(0, 1)) * len(other))
            data = data[:at] + other[start : start + 10 * length] + data[at:]
    return data


def damaged_text(*wholes: str) -> st.SearchStrategy[str]:
    """The same for a text, where the bytes are what its letters are made of."""
    return damaged(*(whole.encode() for whole in wholes)).map(lambda data: data.decode("utf-8", "replace"))
