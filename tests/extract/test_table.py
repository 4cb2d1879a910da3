"""Posts as tables name them."""

from pathlib import Path

import pytest

from kg.extract import Held, read_held, table_of
from kg.extract.post_cells import read_post
from kg.read import PostTable, read_table

PLACE = "tỉnh Bắc Kạn"


@pytest.mark.parametrize(
    ("title", "body", "posts"),
    [
        ("PHÓ GIÁM ĐỐC", "Sở nội vụ", [("Phó Giám đốc", "Sở Nội vụ tỉnh Bắc Kạn")]),
        ("GIÁM ĐỐC SỞ NỘI VỤ", None, [("Giám đốc", "Sở Nội vụ tỉnh Bắc Kạn")]),
        ("CHỦ TỊCH", "HUYỆN CHỢ ĐỒN", [("Chủ tịch", "Ủy ban nhân dân huyện Chợ Đồn")]),
        ("Bí thư Tỉnh ủy", "Lãnh đạo tỉnh", [("Bí thư", "Tỉnh ủy Bắc Kạn")]),
        ("Tổng Bí thư", None, [("Tổng Bí thư", None)]),
        ("Thủ tướng Chính phủ", None, [("Thủ tướng", "Chính phủ")]),
        ("Đại biểu Quốc hội Việt Nam khóa XIV tỉnh Bắc Giang", None, [("Đại biểu", "Quốc hội")]),
        (
            "Chủ tịch Ủy ban Hành chính (UBND) Thành phố Hải Phòng",
            None,
            [("Chủ tịch", "Ủy ban Hành chính thành phố Hải Phòng")],
        ),
        (
            "Phó Chủ tịch UBND tỉnh, kiêm Giám đốc",
            "Sở y tế",
            [("Phó Chủ tịch", "Ủy ban nhân dân tỉnh Bắc Kạn"), ("Giám đốc", "Sở Y tế tỉnh Bắc Kạn")],
        ),
    ],
)
def test_a_post_is_read_with_its_body(title: str, body: str | None, posts: list[tuple[str, str | None]]) -> None:
    read = read_post(title, body, PLACE)
    assert read is not None and not read.is_words
    assert [(post.title, post.organ) for post in read.positions] == posts


def test_words_left_over_keep_the_post_as_words_without_a_body() -> None:
    read = read_post("NGUYÊN TƯ LỆNH ĐẠI ĐOÀN 304")
    assert read is not None and read.is_words
    (post,) = read.positions
    assert (post.title, post.organ, post.status, post.confidence) == ("Tư Lệnh Đại Đoàn 304", None, "former", "medium")


@pytest.mark.parametrize("title", ["Chủ tịch", "Giám đốc", "Cán bộ", "Lê Văn Bốn", "?", "1"])
def test_what_names_no_post_of_a_body_is_none(title: str) -> None:
    assert read_post(title) is None


def held(folder: Path, *rows: str, columns: str = "period: Khi") -> tuple[PostTable, list[Held]]:
    (folder / "a.csv").write_text("\n".join(("Tên,Chức vụ,Khi", *rows)), encoding="utf-8")
    (folder / "m.yaml").write_text(f"columns: {{person: Tên, title: Chức vụ, {columns}}}", encoding="utf-8")
    table = read_table(folder / "a.csv", folder / "m.yaml")
    return table, [one for row in table.rows if (one := read_held(row)[0])]


@pytest.mark.parametrize(
    ("when", "status", "start", "end"),
    [
        ("2011 – 2016", "former", "2011", "2016"),
        ("2016 – nay", "current", "2016", None),
        ("2016 –", "appointed", "2016", None),
        ("", "appointed", None, None),
    ],
)
def test_days_say_whether_the_post_is_held(tmp_path: Path, when: str, status: str, start: str, end: str | None) -> None:
    _, (one,) = held(tmp_path, f"Lò Văn Mẫu,Bộ trưởng Bộ Y tế,{when}")
    (post,) = one.positions
    assert (post.status, post.start, post.end) == (status, start, end)


def test_a_list_without_days_says_who_is_in_office(tmp_path: Path) -> None:
    _, (one,) = held(tmp_path, "Lò Văn Mẫu,Bộ trưởng Bộ Y tế,x", columns="url: Khi")
    assert one.positions[0].status == "current"


def test_rows_of_one_person_are_one_person_named_at_the_first_cell(tmp_path: Path) -> None:
    table, rows = held(
        tmp_path, "LÒ VĂN MẪU,Bộ trưởng Bộ Y tế,2011 – 2016", "Hà Thị Thử,Bộ trưởng Bộ Nội vụ,2011",
        "Lò Văn Mẫu,Thủ tướng Chính phủ,2016",
    )  # fmt: skip
    firsts = {one.person: one.row.name_span for one in reversed(rows)}
    first, second = table_of(table.document, rows, firsts).extraction.persons
    assert (first.name, len(first.positions), first.spans) == (
        "Lò Văn Mẫu", 2, (rows[0].row.name_span, rows[2].row.name_span),
    )  # fmt: skip
    assert second.name == "Hà Thị Thử"
    (later,) = table_of(table.document, rows[2:], firsts).extraction.persons
    assert later.spans[0] == rows[0].row.name_span


def test_every_span_is_a_cell(tmp_path: Path) -> None:
    table, rows = held(tmp_path, '"Lò Văn Mẫu","Bộ trưởng ""Bộ Y tế""",2011 – 2016')
    said = table_of(table.document, rows, {one.person: one.row.name_span for one in rows}).extraction
    spans = [span for post in said.persons[0].positions for span in post.spans]
    assert [span.of(table.document.text) for span in spans] == ['Bộ trưởng ""Bộ Y tế""', "2011 – 2016"]
