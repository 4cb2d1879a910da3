"""Tables of posts by a mapping, and Popolo: every value comes with the cell that says it."""

import json
from pathlib import Path

import pytest

from kg.errors import UnreadableInput
from kg.read import PostRow, PostTable, read_table

CSV = """\
Họ tên,Chức vụ,Cơ quan,Từ,Đến,Sinh,Nguồn
LÒ VĂN MẪU,GIÁM ĐỐC,Sở nội vụ,05/2016,hiện nay,1965,https://example.org/1
"H`YIM ÊBAN (Ba Ê)",Phó Giám đốc,"Sở văn hóa, thể thao và du lịch",2011,2016,1.7.1970,
,Giám đốc,Sở y tế,2011,2016,,
Hà Thị Thử,,Sở y tế,2011,2016,,
Hà Thị Thử,Giám đốc,Sở y tế,2016,2011,hôm qua,
Hà Thị Thử,Giám đốc,Sở y tế
Ban lãnh đạo 2,Giám đốc,Sở y tế,2011,2016,,
"""
MAPPING = """\
columns: {person: Họ tên, title: Chức vụ, body: Cơ quan, start: Từ, end: Đến, birth: Sinh, url: Nguồn}
constants: {place: tỉnh Bắc Kạn}
source: {title: Danh sách mẫu, publisher: Sở mẫu, published: 2025-05, url: "https://example.org/ds"}
"""


def table(folder: Path, text: str = CSV, mapping: str | None = MAPPING, name: str = "ds.csv") -> PostTable:
    (folder / name).write_bytes(text.encode())
    (folder / "m.yaml").write_text(mapping or "", encoding="utf-8")
    return read_table(folder / name, None if mapping is None else folder / "m.yaml")


def test_each_row_is_a_post_with_its_cells(tmp_path: Path) -> None:
    found = table(tmp_path)
    text = found.document.text
    assert text == CSV
    about = found.document
    assert (about.title, about.publisher, about.published, about.place) == (
        "Danh sách mẫu", "Sở mẫu", "2025-05", "tỉnh Bắc Kạn",
    )  # fmt: skip
    first, second, third = found.rows
    assert (first.name, first.name_span.of(text)) == ("Lò Văn Mẫu", "LÒ VĂN MẪU")
    assert (first.title.words, str(first.period.start), first.period.end, first.period.goes_on) == (
        "GIÁM ĐỐC", "2016-05", None, True,
    )  # fmt: skip
    assert [span.of(text) for span in first.spans] == ["05/2016", "hiện nay", "https://example.org/1"]
    assert first.birth and (str(first.birth.day), first.birth.span.of(text)) == ("1965", "1965")
    assert (second.name, second.other_names, second.name_span.of(text)) == (
        "H'Yim Êban",
        ("Ba Ê",),
        "H`YIM ÊBAN (Ba Ê)",
    )
    assert second.body and second.body.span and second.body.span.of(text) == "Sở văn hóa, thể thao và du lịch"
    assert (third.name, third.period.start, third.birth) == ("Hà Thị Thử", None, None)


def test_what_cannot_be_read_is_listed_by_row_and_column(tmp_path: Path) -> None:
    unread = [(one.where, one.column, one.words, one.is_whole) for one in table(tmp_path).unread]
    assert unread == [
        ("line 4", "Họ tên", "", True),
        ("line 5", "Chức vụ", "", True),
        ("line 6", "Đến", "2011", False),
        ("line 6", "Sinh", "hôm qua", False),
        ("line 7", "", "", True),
        ("line 8", "Họ tên", "Ban lãnh đạo 2", True),
    ]


def test_several_posts_in_one_cell_are_parted_and_share_the_cell(tmp_path: Path) -> None:
    text = "Tên;Chức vụ\nLò Văn Mẫu;Tỉnh ủy viên / Giám đốc Sở Y tế\n"
    mapping = 'columns: {person: Tên, title: Chức vụ}\ndelimiter: ";"\nseparator: " / "\n'
    first, second = table(tmp_path, text, mapping).rows
    assert (first.title.words, second.title.words) == ("Tỉnh ủy viên", "Giám đốc Sở Y tế")
    assert first.title.span == second.title.span


def test_the_columns_that_tell_people_apart_are_the_mappings_to_name(tmp_path: Path) -> None:
    text = "Tên,Chức vụ,Mã\nLò Văn Mẫu,Giám đốc Sở Y tế,1\nLò Văn Mẫu,Giám đốc Sở Nội vụ,2\n"
    mapping = "columns: {person: Tên, title: Chức vụ}\n"
    assert len({row.same for row in table(tmp_path, text, mapping).rows}) == 1
    assert len({row.same for row in table(tmp_path, text, mapping + "same_person: [Mã]\n").rows}) == 2


@pytest.mark.parametrize(
    ("mapping", "named"),
    [
        ("", "empty"),
        ("columns: {person: [", "no YAML at line"),
        ("columns: {person: Họ tên}", "who holds what"),
        ("columns: {person: Tên, title: Chức vụ}", "no column 'Tên'; it has Họ tên"),
        ("columns: {person: Họ tên, title: Chức vụ, sex: Giới}", "'columns' knows no 'sex'"),
        ("colums: {}", "knows no 'colums'"),
        ("columns: {person: Họ tên, title: Chức vụ, period: Từ, start: Từ}", "'period' and 'start'"),
        ("columns: {person: Họ tên, title: Chức vụ}\nconstants: {title: A}", "'title' as a column and as a constant"),
        ("columns: {person: Họ tên, title: Chức vụ}\nsource: {published: hôm qua}", "'published' cannot be read"),
        ("columns: {person: Họ tên, title: Chức vụ}\ndelimiter: ab", "delimiter 'ab'"),
        ("columns: {person: Họ tên, title: Chức vụ}\nsame_person: Họ tên", "'same_person' is no list"),
        ("columns: [a]", "'columns' is no list of 'name: value'"),
        ("columns: {person: Họ tên, title: }", "no words for 'title'"),
        ("columns: {person: Họ tên, title: Chức vụ}\nsource: {published: 2015-13-45}", "'published' cannot be read"),
        ('columns: {person: "\\UFFFFFFFF"}', "no YAML"),
        ('columns: {person: "\\ud800"}', "no YAML"),
        ("columns: &a [*a]", "no YAML"),
        ("columns: !!int x", "'columns' is no list of 'name: value'"),
        (f"columns: {'9' * 5000}", "'columns' is no list of 'name: value'"),
        ('columns: {"a\\nb": Tên}', "'columns' knows no 'a b'"),
    ],
)
def test_a_mapping_gone_wrong_is_one_sentence(tmp_path: Path, mapping: str, named: str) -> None:
    with pytest.raises(UnreadableInput) as fault:
        table(tmp_path, mapping=mapping)
    assert named in str(fault.value) and "\n" not in str(fault.value)


def test_a_table_needs_a_mapping_and_an_ending(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(CSV, encoding="utf-8")
    with pytest.raises(UnreadableInput, match="--mapping"):
        read_table(tmp_path / "a.csv", None)
    with pytest.raises(UnreadableInput, match=r"give \.csv or \.json"):
        read_table(tmp_path / "a.xlsx", None)


POPOLO = {
    "persons": [
        {
            "id": "1", "name": "H`Yim Kđoh", "birth_date": "1972-07-18", "gender": "female",
            "other_names": [{"name": "Ba"}],
            "identifiers": [{"scheme": "wikidata", "identifier": "Q1"}],
        },
        {"id": "2", "name": "Lò \\ Văn Mẫu", "birth_date": "năm 1960"},
        {
            "id": "3", "name": "Hà Thị Thử",
            "memberships": [{"role": "Bộ trưởng", "organization_id": "b", "start_date": "2011-08"}],
        },
        {"id": "4", "name": "Vi Thị Vắng"},
    ],
    "organizations": [{"id": "a", "name": "National Assembly"}, {"id": "b", "name": "Bộ Y tế"}],
    "events": [{"id": "t", "name": "13th", "start_date": "2011", "end_date": "2016"}],
    "memberships": [
        {"person_id": "1", "organization_id": "a", "role": "member", "legislative_period_id": "t"},
        {"person_id": "2", "organization_id": "a", "role": "member", "end_date": "2012-01-31"},
        {"person_id": "9", "organization_id": "a", "role": "member"},
        {"person_id": "1", "organization_id": "b"},
    ],
}  # fmt: skip
WORDS = "words: {member: Đại biểu, National Assembly: Quốc hội, 13th: khóa XIII}\nsource: {published: 2017-05-06}\n"


@pytest.mark.parametrize("ascii", [True, False])
def test_a_membership_is_a_post_with_the_values_that_say_it(tmp_path: Path, ascii: bool) -> None:
    found = table(tmp_path, json.dumps(POPOLO, ensure_ascii=ascii), WORDS, "qh.popolo.json")
    text = found.document.text
    first, second, third = found.rows
    assert (first.name, first.title.words, first.other_names) == ("H'Yim Kđoh", "Đại biểu Quốc hội khóa XIII", ("Ba",))
    assert [json.loads(f'"{span.of(text)}"') for span in (first.name_span, *evidence(first))] == [
        "H`Yim Kđoh", "member", "National Assembly", "13th",
    ]  # fmt: skip
    assert first.birth and (str(first.birth.day), first.birth.span.of(text)) == ("1972-07-18", "1972-07-18")
    assert (first.period.start, first.period.end) == (None, None)
    assert (str(second.period.end), json.loads(f'"{second.name_span.of(text)}"')) == ("2012-01-31", "Lò \\ Văn Mẫu")
    assert (third.name, third.title.words, str(third.period.start)) == ("Hà Thị Thử", "Bộ trưởng Bộ Y tế", "2011-08")
    assert [(one.where, one.column, one.is_whole) for one in found.unread] == [
        ("memberships 2", "birth_date", False),
        ("memberships 3", "person_id", True),
        ("memberships 4", "role", True),
        ("persons", "memberships", True),
    ]


def test_belonging_to_a_period_is_not_being_in_office_on_the_day_of_publication(tmp_path: Path) -> None:
    assert table(tmp_path, json.dumps(POPOLO), WORDS, "qh.json").document.published == "2017-05"


@pytest.mark.parametrize(
    ("text", "mapping", "named"),
    [
        ("[]", None, "no Popolo document"),
        ("{", None, "no JSON"),
        ('{"persons": []}', "", "mapping 'm.yaml' cannot be read"),
        ('{"persons": []}', "wörds: {}", "may have words, source, place"),
        ('{"persons": []}', "words: [a]", "'words' is no list"),
        ('{"persons": []}', "source: {licence: x}", "knows no 'licence'"),
        ('{"persons": []}', "source: {published: x}", "'published' cannot be read"),
    ],
)
def test_what_is_no_popolo_is_one_sentence(tmp_path: Path, text: str, mapping: str | None, named: str) -> None:
    with pytest.raises(UnreadableInput, match=named):
        table(tmp_path, text, mapping, "qh.json")


def evidence(row: PostRow) -> list[object]:
    return [span for span in (row.title.span, *row.spans) if span]
