"""Meetings without a day, who was there and who only spoke, and what reports tell that bodies do."""

from collections.abc import Callable

import pytest

from kg.model.extraction import Extraction

Said = Callable[..., Extraction]


def relations(read: Extraction) -> set[tuple[str, str, str]]:
    return {(r.subject, r.predicate, r.object) for r in read.relations}


def statuses(read: Extraction) -> dict[tuple[str, str], str]:
    return {(p.name, x.title): x.status for p in read.persons for x in p.positions}


def present(read: Extraction) -> list[tuple[str | None, set[str]]]:
    return [(m.date, {p.name for p in m.participants}) for m in read.meetings]


TÂM, HẠ = "Chủ tịch UBND tỉnh Lò Văn Tâm", "Giám đốc Sở Y tế Vi Văn Hạ"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"Sáng nay (6/2), tại cuộc họp giao ban, {TÂM} yêu cầu làm rõ.", "2022-02-06"),
        (f"Chiều nay 15.3, tại phiên họp, {TÂM} yêu cầu làm rõ.", "2022-03-15"),
        (f"Tại buổi làm việc với Bộ Y tế, {TÂM} đề nghị hỗ trợ.", None),
        (f"Tại buổi làm việc với Bộ Y tế ngày 9/2, {TÂM} đề nghị hỗ trợ.", "2022-02-09"),
        (f"Tại hội nghị do UBND tỉnh tổ chức vào ngày 9/2, {TÂM} đề nghị hỗ trợ.", "2022-02-09"),
        (f"{TÂM} tại buổi họp báo về vụ tai nạn làm hai người chết ngày 9/2 vừa qua.", None),
        (f"Sáng 9/2, tỉnh khởi công cầu mới. Phát biểu tại buổi lễ, {TÂM} khen ngợi.", "2022-02-09"),
    ],
)
def test_a_meeting_has_the_day_that_is_told_of_it_or_none(said: Said, text: str, day: str | None) -> None:
    assert present(said(text)) == [(day, {"Lò Văn Tâm"})]


@pytest.mark.parametrize(
    "text",
    [
        f"Việc này sẽ được báo cáo tại kỳ họp thứ 3 sẽ diễn ra tháng sau, {TÂM} nói.",
        f"{TÂM} nói. Việc đó do dân quyết định tại hội nghị thôn.",
        f"{TÂM} cho biết việc này đã được nêu trong cuộc họp vừa qua.",
    ],
)
def test_a_meeting_without_a_day_at_which_nobody_is_named_is_none(said: Said, text: str) -> None:
    assert said(text).meetings == ()


OPENING = f"Chiều 5/4, UBND tỉnh tổ chức hội nghị sơ kết. {TÂM} chủ trì hội nghị. "


@pytest.mark.parametrize(
    "text",
    [
        f"Trả lời báo chí, {HẠ} cho biết sẽ kiểm tra.",
        f"Trao đổi với Tin Mới, {HẠ} cho biết sẽ kiểm tra.",
        f"Ngày 17/3, {HẠ} cho biết đã kiểm tra.",
    ],
)
def test_who_speaks_to_the_press_or_on_another_day_was_not_at_the_meeting(said: Said, text: str) -> None:
    assert present(said(OPENING + text)) == [("2022-04-05", {"Lò Văn Tâm"})]


def test_who_speaks_to_the_press_and_at_the_meeting_was_there(said: Said) -> None:
    text = f"Trả lời báo chí, {HẠ} cho biết. Tại hội nghị, ông Hạ đề nghị thêm vốn."
    assert present(said(OPENING + text)) == [("2022-04-05", {"Lò Văn Tâm", "Vi Văn Hạ"})]


def test_whom_a_commission_disciplines_is_not_at_its_meeting(said: Said) -> None:
    text = f"Ngày 5/4, Ủy ban Kiểm tra Tỉnh ủy đã họp và thống nhất kỷ luật khiển trách {HẠ}. Ông Hạ cho biết đã rõ."
    read = said(text)
    assert present(read) == [("2022-04-05", set())]
    assert relations(read) == {("Vi Văn Hạ", "disciplined_by", "Ủy ban Kiểm tra Tỉnh ủy Bắc Kạn")}


@pytest.mark.parametrize(
    "text",
    [
        "Ban Thường vụ Huyện ủy Ba Bể quyết định kỷ luật ông Vi Văn Hạ, Chủ tịch UBND xã Mai Lạp.",
        "Ban Thường vụ Huyện ủy Ba Bể đã họp, biểu quyết thi hành kỷ luật cách chức Bí thư Đảng ủy nhiệm kỳ 2015-2020 "
        "đối với ông Vi Văn Hạ, Chủ tịch UBND xã Mai Lạp.",
        "Ông Vi Văn Hạ, Chủ tịch UBND xã Mai Lạp, bị Ban Thường vụ Huyện ủy Ba Bể kỷ luật cảnh cáo.",
    ],
)
def test_a_body_disciplines_by_a_long_clause_or_in_the_passive(said: Said, text: str) -> None:
    assert relations(said(text)) == {("Vi Văn Hạ", "disciplined_by", "Ban Thường vụ Huyện ủy Ba Bể")}


@pytest.mark.parametrize(
    "text",
    [
        "UBKT Huyện ủy Ba Bể đề nghị Ban Thường vụ Huyện ủy Ba Bể kỷ luật ông Vi Văn Hạ, Chủ tịch UBND xã Mai Lạp.",
        "UBKT Huyện ủy Ba Bể trong thi hành kỷ luật đối với ông Vi Văn Hạ, Chủ tịch UBND xã Mai Lạp.",
        "Tờ trình của Huyện ủy Ba Bể về thi hành kỷ luật ông Vi Văn Hạ, Chủ tịch UBND xã Mai Lạp.",
    ],
)
def test_what_is_only_asked_for_or_spoken_of_is_no_discipline(said: Said, text: str) -> None:
    assert relations(said(text)) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Thanh tra Sở Y tế Bắc Kạn nêu nhiều sai phạm. Kết luận thanh tra nêu: qua thanh tra việc mua máy tại "
            "Bệnh viện Đa khoa huyện Ba Bể, có lỗi.",
            {("Thanh tra Sở Y tế tỉnh Bắc Kạn", "inspects", "Bệnh viện Đa khoa huyện Ba Bể")},
        ),
        (
            "UBKT Trung ương đã kiểm tra việc thi hành kỷ luật đối với Ban Thường vụ và UBKT Tỉnh ủy Bắc Kạn.",
            {
                ("Ủy ban Kiểm tra Trung ương", "inspects", "Ban Thường vụ Tỉnh ủy Bắc Kạn"),
                ("Ủy ban Kiểm tra Trung ương", "inspects", "Ủy ban Kiểm tra Tỉnh ủy Bắc Kạn"),
            },
        ),
        (
            "Tại buổi làm việc của đoàn kiểm tra Bộ Chính trị với Ban Thường vụ Tỉnh ủy Bắc Kạn có nhiều ý kiến.",
            {("Đoàn kiểm tra Bộ Chính trị", "inspects", "Ban Thường vụ Tỉnh ủy Bắc Kạn")},
        ),
        (
            "Công văn số 12/UBND-VX ngày 1/3/2022 do Phó Chủ tịch UBND tỉnh Lò Văn Tâm ký.",
            {("12/UBND-VX", "signed_by", "Lò Văn Tâm")},
        ),
        (
            "Ông Lò Văn Tâm, Phó Chủ tịch UBND tỉnh, vừa ký Quyết định số 15/QĐ-UBND.",
            {("15/QĐ-UBND", "signed_by", "Lò Văn Tâm")},
        ),
        (
            "Nghị định số 49/2017/NĐ-CP sửa đổi, bổ sung Điều 15 của Nghị định số 25/2011/NĐ-CP và Điều 30 của "
            "Nghị định số 174/2013/NĐ-CP.",
            {
                ("49/2017/NĐ-CP", "amends", "25/2011/NĐ-CP"),
                ("49/2017/NĐ-CP", "amends", "174/2013/NĐ-CP"),
            },
        ),
        (
            "Đoàn kiểm tra liên ngành xã Mai Lạp (được thành lập theo Quyết định số 23/QĐ-UBND) đã đến.",
            {("23/QĐ-UBND", "establishes", "Đoàn kiểm tra liên ngành xã Mai Lạp")},
        ),
    ],
)
def test_reports_tell_who_inspects_signs_changes_and_founds(
    said: Said, text: str, expected: set[tuple[str, str, str]]
) -> None:
    assert relations(said(text)) == expected


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Huyện ký quyết định cách chức đối với ông Vi Văn Hạ - Trưởng Công an xã Mai Lạp.", "outgoing"),
        (
            "Các ông Lò Văn Tâm - Bí thư Đảng ủy xã Mai Lạp; Vi Văn Hạ - Trưởng Công an xã Mai Lạp, cũng bị cách chức.",
            "outgoing",
        ),
        ("Trước đó, ông Vi Văn Hạ - Trưởng Công an xã Mai Lạp đã bị cách chức.", "former"),
        ("Khi còn làm Trưởng Công an xã Mai Lạp, ông Vi Văn Hạ đã ký.", "former"),
        ("Ông Vi Văn Hạ còn là Trưởng Công an xã Mai Lạp.", "current"),
        ("Ông Vi Văn Hạ lần lượt đảm nhận các vị trí như Trưởng Công an xã Mai Lạp.", "former"),
        ("Ông Vi Văn Hạ thôi giữ chức Bí thư Đảng ủy xã, sang làm Trưởng Công an xã Mai Lạp.", "appointed"),
    ],
)
def test_a_post_ends_by_a_dismissal_and_lies_behind_by_its_words(said: Said, text: str, status: str) -> None:
    assert statuses(said(text))["Vi Văn Hạ", "Trưởng Công an"] == status


def test_who_speaks_of_an_election_is_not_elected(said: Said) -> None:
    text = "Ông Vi Văn Hạ, Giám đốc Sở Y tế, giải thích lý do bầu Chủ tịch UBND huyện Ba Bể."
    assert statuses(said(text)) == {("Vi Văn Hạ", "Giám đốc"): "current"}


def test_who_says_that_he_was_given_a_post_holds_it(said: Said) -> None:
    text = "Ông Vi Văn Hạ nói: Huyện ủy Ba Bể phân công tôi làm Bí thư Đảng ủy xã Mai Lạp."
    assert statuses(said(text)) == {("Vi Văn Hạ", "Bí thư"): "appointed"}


def test_a_list_of_those_present_counts_at_a_meeting_told_without_its_day(said: Said) -> None:
    text = f"Tại lễ khởi công, {TÂM} yêu cầu bảo đảm tiến độ. Dự buổi lễ có {HẠ}, Bí thư Tỉnh ủy Ma Thế Anh."
    assert present(said(text)) == [(None, {"Lò Văn Tâm", "Vi Văn Hạ", "Ma Thế Anh"})]


def test_who_is_quoted_behind_a_colon_speaks(said: Said) -> None:
    text = OPENING + "Ông Vi Văn Hạ, Giám đốc Sở Y tế: “Chúng tôi đã rõ”."
    assert present(said(text)) == [("2022-04-05", {"Lò Văn Tâm", "Vi Văn Hạ"})]


def test_the_assembly_debates_and_does_not_hold_a_workshop(said: Said) -> None:
    (meeting,) = said("Sáng 30/3, Quốc hội thảo luận dự án Luật Đường sắt.").meetings
    assert meeting.name == "Quốc hội thảo luận dự án Luật Đường sắt"


@pytest.mark.parametrize(
    "text",
    [
        f"Chiều 5/4, {TÂM} đã có buổi làm việc với Bộ Y tế.",
        f"Chiều 5/4, tại phiên thảo luận, {TÂM} đã chủ động giải trình.",
        f"Chiều 5/4, tỉnh tổ chức lễ khánh thành. Buổi lễ có sự tham dự của {TÂM}.",
        f"Chiều 5/4, tỉnh tổ chức lễ khánh thành. Ảnh: {TÂM} tại buổi lễ.",
    ],
)
def test_who_works_answers_or_is_shown_at_a_meeting_was_there(said: Said, text: str) -> None:
    assert present(said(text)) == [("2022-04-05", {"Lò Văn Tâm"})]


def test_deputies_of_a_list_keep_their_own_posts(said: Said) -> None:
    text = "Đoàn ĐBQH gồm ĐB Lò Thị Bình, Phó Giám đốc Sở Tư pháp, ĐB Vi Văn Lộc đã tiếp xúc cử tri."
    assert statuses(said(text)).keys() == {
        ("Lò Thị Bình", "Đại biểu"),
        ("Lò Thị Bình", "Phó Giám đốc"),
        ("Vi Văn Lộc", "Đại biểu"),
    }


def test_a_school_that_honours_somebody_keeps_that_name(said: Said) -> None:
    text = f"Chiều 5/4, {TÂM} gặp ông Ma Thế Anh, Hiệu trưởng Trường Đại học Tôn Thất Lan, tại Phú Thọ."
    organs = {q.organ for p in said(text).persons if p.name == "Ma Thế Anh" for q in p.positions}
    assert organs == {"Trường Đại học Tôn Thất Lan"}


def test_what_is_said_before_a_meeting_told_late_is_not_said_there(said: Said) -> None:
    before = "Ông Ma Thế Anh, Giám đốc Sở Tư pháp cho biết việc ấy khó. " + "Người dân còn lo. " * 6
    text = f"{before}Tại buổi làm việc chiều 5/4, {TÂM} yêu cầu xử lý ngay."
    assert [people for _, people in present(said(text))] == [{"Lò Văn Tâm"}]


def test_a_district_named_once_just_before_is_meant(said: Said) -> None:
    text = (
        f"UBND huyện Ba Bể, HĐND huyện Ba Bể và {HẠ} đã họp. Chiều 5/4, dự tại điểm cầu huyện Chợ Đồn có ông "
        "Ma Thế Anh, Phó Bí thư Huyện ủy."
    )
    assert [q.organ for p in said(text).persons if p.name == "Ma Thế Anh" for q in p.positions] == ["Huyện ủy Chợ Đồn"]


def test_who_receives_the_decision_that_appoints_is_appointed_and_was_there(said: Said) -> None:
    text = (
        f"Sáng 5/4, UBND tỉnh tổ chức hội nghị công bố quyết định. {TÂM} chủ trì. Bà Lò Thị Bình nhận Quyết định số "
        "44/QĐ-UBND ngày 01/4/2022 của UBND tỉnh về việc bổ nhiệm giữ chức Giám đốc Sở Tư pháp."
    )
    read = said(text)
    assert statuses(read)["Lò Thị Bình", "Giám đốc"] == "appointed"
    assert present(read) == [("2022-04-05", {"Lò Văn Tâm", "Lò Thị Bình"})]
