"""Events that are told by a verb, and the lists of those who were there."""

from collections.abc import Callable

import pytest

from kg.model.extraction import Extraction

Said = Callable[..., Extraction]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Chiều 04/4, Thường trực Tỉnh ủy tổ chức trao quyết định điều động cán bộ.", "2022-04-04"),
        ("Từ ngày 22 đến 24/3/2022, Ủy ban Kiểm tra Tỉnh ủy đã họp kỳ thứ 14.", "2022-03-22"),
        (
            "Trong hai ngày 19 và 20/3, Đoàn giám sát của HĐND tỉnh đã giám sát việc thực hiện chương trình.",
            "2022-03-19",
        ),
        ("Trong 2 ngày 3-4/3, tại thị xã diễn ra Đại hội đại biểu Phụ nữ tỉnh.", "2022-03-03"),
        ("Sáng 11-3, Bí thư Tỉnh ủy Lò Văn Tâm dẫn đầu đoàn đến thăm, chúc Tết đồng bào.", "2022-03-11"),
        ("Chiều 28-3, Phó Chủ tịch UBND tỉnh Lò Văn Tâm dẫn đầu đoàn công tác kiểm tra đê.", "2022-03-28"),
        ("Chuẩn bị cho Kỳ họp thứ 6, Quốc hội khóa XV, ngày 10/3, Đoàn ĐBQH tỉnh đã tiếp xúc cử tri.", "2022-03-10"),
        ("Ngày 19/3, Thường trực HĐND tỉnh tổ chức phiên giải trình tháng 3.", "2022-03-19"),
        ("Ngày 20/3/2022, Huyện ủy tổ chức gặp mặt các đơn vị kết nghĩa.", "2022-03-20"),
    ],
)
def test_an_event_told_by_a_verb_is_a_meeting_of_its_day(said: Said, text: str, date: str) -> None:
    assert [meeting.date for meeting in said(text).meetings] == [date]


@pytest.mark.parametrize(
    "text",
    [
        "Sáng 03/4, Chủ tịch UBND tỉnh Lò Văn Tâm cho biết UBKT đã họp từ lâu.",
        "Ngày 03/4, UBND tỉnh sẽ công bố quyết định thanh tra.",
        "Ngày 03/4, Tòa án nhân dân tỉnh mở phiên tòa sơ thẩm.",
    ],
)
def test_what_is_only_quoted_or_to_come_is_no_meeting(said: Said, text: str) -> None:
    assert said(text).meetings == ()


OPENING = "Sáng 03/4, UBND tỉnh tổ chức Hội nghị tổng kết. "
TWO = "bà Lò Thị Hiên, Phó Chủ tịch UBND tỉnh; ông Vi Văn Hạ, Giám đốc Sở Y tế"


@pytest.mark.parametrize(
    "text",
    [
        f"Cùng đi có {TWO}.",
        f"Về phía tỉnh có {TWO}.",
        f"Đón tiếp đoàn có {TWO}.",
        f"Tại điểm cầu huyện Ba Bể có {TWO}.",
        f"Hội nghị nghe báo cáo; dự họp có {TWO}.",
        "Bà Lò Thị Hiên, Phó Chủ tịch UBND tỉnh và ông Vi Văn Hạ, Giám đốc Sở Y tế đồng chủ trì.",
        f"{TWO[0].upper()}{TWO[1:]} dự lễ.",
        "Các Phó Chủ tịch UBND tỉnh: Lò Thị Hiên, Vi Văn Hạ chủ trì.",
        "Bà Lò Thị Hiên, Phó Chủ tịch UBND tỉnh phát biểu. Ông Vi Văn Hạ, Giám đốc Sở Y tế thay mặt cán bộ phát biểu.",
    ],
)
def test_all_of_a_list_take_part(said: Said, text: str) -> None:
    (meeting,) = said(OPENING + text).meetings
    assert {part.name for part in meeting.participants} == {"Lò Thị Hiên", "Vi Văn Hạ"}


def test_a_report_on_a_paper_does_not_present_it(said: Said) -> None:
    text = "Theo báo cáo do ông Vi Văn Hạ, Giám đốc Sở Y tế trình bày, vốn theo Quyết định số 652/QĐ-TTg còn chậm."
    assert [r for r in said(OPENING + text).relations if r.predicate == "presents"] == []


def test_the_same_day_is_the_one_told_before(said: Said) -> None:
    text = "Ngày 18/3, bão vào. Chiều cùng ngày, Phó Chủ tịch UBND tỉnh Lò Văn Tâm trực tiếp kiểm tra đê."
    assert [meeting.date for meeting in said(text).meetings] == ["2022-03-18"]


def test_who_acts_by_a_post_alone_is_not_who_is_named_later(said: Said) -> None:
    text = OPENING + "Kết luận hội nghị, đồng chí Bí thư yêu cầu kiểm điểm ông Vi Văn Hạ, Giám đốc Sở Y tế."
    assert said(text).meetings[0].participants == ()


HELD = "Sáng 22/3/2022, UBND tỉnh tổ chức Lễ đặt tên đường. Đến dự buổi lễ có Bí thư Tỉnh ủy Lò Văn Tâm; {}."


def there(read: Extraction) -> set[str]:
    return {participant.name for meeting in read.meetings for participant in meeting.participants}


@pytest.mark.parametrize(
    "words",
    [
        "gia đình, thân nhân của ông Cao Bá Tước, nguyên Chủ tịch UBND tỉnh",
        "gia đình đồng chí Cao Bá Tước, nguyên Chủ tịch UBND tỉnh",
        "con cháu của cố Chủ tịch UBND tỉnh Cao Bá Tước",
        "bạn bè của cố Chủ tịch UBND tỉnh Cao Bá Tước",
        "bạn bè ông Cao Bá Tước, nguyên Chủ tịch UBND tỉnh. Ông Cao Bá Tước mất ngày 16/11/2011",
    ],
)
def test_who_is_dead_or_whose_family_came_takes_no_part(said: Said, words: str) -> None:
    read = said(HELD.format(words))
    assert "Cao Bá Tước" in {person.name for person in read.persons}
    assert there(read) == {"Lò Văn Tâm"}


@pytest.mark.parametrize(
    "words",
    [
        "đại diện các gia đình; ông Cao Bá Tước, nguyên Chủ tịch UBND tỉnh",
        "ông Cao Bá Tước, nguyên Chủ tịch UBND tỉnh. Ông Cao Bá Tước mất ngày 16/11/2023",
    ],
)
def test_families_beside_a_name_and_a_later_death_keep_nobody_away(said: Said, words: str) -> None:
    assert there(said(HELD.format(words))) == {"Lò Văn Tâm", "Cao Bá Tước"}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Tối 20/9, Đại hội Thể dục thể thao tỉnh lần thứ 9 năm 2019 đã khai mạc tại sân vận động.", "2019-09-20"),
        ("Tối 20/9, Đại hội Thể dục thể thao tỉnh lần thứ IX, năm 2019 đã khai mạc.", "2019-09-20"),
        ("Tối 20/9/2022, Đại hội Thể dục thể thao tỉnh lần thứ 9 năm 2019 đã khai mạc.", "2022-09-20"),
        ("Sáng 20/9, Hội nghị tổng kết Đại hội thể thao lần thứ 9 năm 2019 đã khai mạc.", "2022-09-20"),
        ("Sáng 20/9, UBND tỉnh tổ chức Hội nghị tổng kết công tác năm 2019.", "2022-09-20"),
    ],
)
def test_an_edition_that_is_counted_is_of_the_year_in_its_name(said: Said, text: str, date: str) -> None:
    assert [meeting.date for meeting in said(text).meetings] == [date]


def test_a_day_that_the_year_of_an_edition_does_not_have_keeps_its_own(said: Said) -> None:
    read = said("Tối 29/2, Đại hội thể thao tỉnh lần thứ 9 năm 2023 đã khai mạc.", published="2024-03-01")
    assert [meeting.date for meeting in read.meetings] == ["2024-02-29"]
