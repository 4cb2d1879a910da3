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
