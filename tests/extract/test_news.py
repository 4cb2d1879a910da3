"""What newspapers do beside official papers: places left out, bodies in small letters, captions without a full stop."""

from collections.abc import Callable

import pytest

from kg.model.extraction import Extraction

Said = Callable[..., Extraction]


def posts(read: Extraction) -> list[tuple[str, str, str | None]]:
    return [(p.name, x.title, x.organ) for p in read.persons for x in p.positions]


def test_a_bare_committee_is_of_the_city_that_the_text_is_about_and_not_of_one_named_in_passing(said: Said) -> None:
    text = (
        "UBND TP.HCM họp. Công an TP.HCM báo cáo. Sở Y tế TP.HCM báo cáo. Nghi phạm quê ở thành phố Sa Đéc. "
        "Trước đó người này sống ở đây hai năm, làm nghề thợ hồ, không tiền án, rồi bỏ đi nơi khác. "
        "Bí thư Thành ủy Lò Văn Tâm khen ngợi."
    )
    assert posts(said(text, place=None)) == [("Lò Văn Tâm", "Bí thư", "Thành ủy Hồ Chí Minh")]


def test_a_bare_committee_beside_a_body_of_another_city_is_of_that_one(said: Said) -> None:
    text = "UBND TP.HCM họp. Sở Y tế TP.HCM báo cáo. Chủ tịch UBND TP Đà Lạt Vi Văn Hạ, Bí thư Thành ủy Lò Văn Tâm dự."
    assert ("Lò Văn Tâm", "Bí thư", "Thành ủy Đà Lạt") in posts(said(text, place=None))


def test_where_nothing_tells_of_a_city_none_is_made_up(said: Said) -> None:
    assert posts(said("Bí thư Thành ủy Lò Văn Tâm khen ngợi.", place=None)) == [("Lò Văn Tâm", "Bí thư", "Thành ủy")]


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        ("Phó Chủ tịch UBND Q.1 Lò Văn Tâm nói.", "Ủy ban nhân dân quận 1"),
        ("Chủ tịch UBND X.Mai Lạp Lò Văn Tâm nói.", "Ủy ban nhân dân xã Mai Lạp"),
        ("Chủ tịch UBND H.Phong Điền Lò Văn Tâm nói.", "Ủy ban nhân dân huyện Phong Điền"),
        ("Ông Lò Văn Tâm, Chủ tịch UBND Q. Ngũ Hành Sơn, nói.", "Ủy ban nhân dân quận Ngũ Hành Sơn"),
        ("Ông Lò Văn Tâm, Chủ tịch UBND xã Tam Xuân 2, nói.", "Ủy ban nhân dân xã Tam Xuân 2"),
    ],
)
def test_a_unit_is_read_behind_its_letter_and_with_its_number(said: Said, text: str, organ: str) -> None:
    assert [x[2] for x in posts(said(text, place=None))] == [organ]


def test_a_letter_for_somebody_or_for_a_word_is_no_unit(said: Said) -> None:
    read = said("Q. Giám đốc Sở Y tế Lò Văn Tâm cho biết nạn nhân H. Nguyễn đã về.")
    assert posts(read) == [("Lò Văn Tâm", "Giám đốc", "Sở Y tế tỉnh Bắc Kạn")]


@pytest.mark.parametrize(
    ("body", "organ"),
    [
        ("Trung tâm nước sạch và tư vấn thủy lợi Bắc Kạn", "Trung tâm nước sạch và tư vấn thủy lợi tỉnh Bắc Kạn"),
        ("Trung tâm Tích hợp dữ liệu", "Trung tâm Tích hợp dữ liệu"),
        ("Ban Quản lý dự án chuyên ngành giao thông tỉnh", "Ban Quản lý dự án chuyên ngành giao thông tỉnh Bắc Kạn"),
        ("Ban Quản lý rừng phòng hộ Ba Bể", "Ban Quản lý rừng phòng hộ Ba Bể"),
        ("Ban Quản lý đường cao tốc Đà Nẵng - Quảng Ngãi", "Ban Quản lý đường cao tốc Đà Nẵng - Quảng Ngãi"),
        ("Công ty CP xuất nhập khẩu và vận tải Nguyên Khánh", "Công ty CP xuất nhập khẩu và vận tải Nguyên Khánh"),
        ("công ty TNHH MTV thoát nước Bắc Kạn", "Công ty TNHH MTV thoát nước tỉnh Bắc Kạn"),
        ("Chi cục QLTT", "Chi cục Quản lý thị trường tỉnh Bắc Kạn"),
        ("BVĐK tỉnh", "Bệnh viện Đa khoa tỉnh Bắc Kạn"),
        ("PVXK", "PVXK"),
    ],
)
def test_a_body_in_small_letters_or_capitals_is_read_behind_a_rank(said: Said, body: str, organ: str) -> None:
    assert [x[2] for x in posts(said(f"Ông Lò Văn Tâm, Phó Giám đốc {body}, cho biết."))] == [organ]


@pytest.mark.parametrize("verb", ["cam kết", "hứa", "thanh minh", "phối hợp với huyện"])
def test_a_verb_does_not_go_on_with_the_name_of_a_body(said: Said, verb: str) -> None:
    read = said(f"Ông Lò Văn Tâm, Giám đốc Công ty Nam Khánh {verb}.")
    assert [x[2] for x in posts(read)] == ["Công ty Nam Khánh"]


def test_a_bare_head_is_the_body_of_that_head_named_before(said: Said) -> None:
    text = "Bệnh viện Đa khoa huyện Ba Bể có sự cố. Ông Lò Văn Tâm, Giám đốc bệnh viện, Bí thư Đảng ủy Bệnh viện, nói."
    assert posts(said(text)) == [
        ("Lò Văn Tâm", "Giám đốc", "Bệnh viện Đa khoa huyện Ba Bể"),
        ("Lò Văn Tâm", "Bí thư", "Đảng ủy Bệnh viện Đa khoa huyện Ba Bể"),
    ]


def test_a_person_stands_behind_a_company_without_its_name(said: Said) -> None:
    text = "Công ty TNHH MTV Cấp nước Ba Bể bị phạt. Phó Giám đốc Công ty Lò Thiên Tâm cho biết."
    assert posts(said(text)) == [("Lò Thiên Tâm", "Phó Giám đốc", "Công ty TNHH MTV Cấp nước Ba Bể")]


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        ("Chủ tịch UBND huyện Ba Bể có ý kiến. Chủ tịch Lò Văn Tâm nói.", "Ủy ban nhân dân huyện Ba Bể"),
        ("Bộ trưởng Bộ Y tế chỉ đạo. Thứ trưởng Lò Văn Tâm nói.", "Bộ Y tế"),
        ("Tại kỳ họp Quốc hội, đại biểu Lò Văn Tâm (Gia Lai) nói.", "Quốc hội"),
        ("Tại kỳ họp HĐND huyện Ba Bể, đại biểu Lò Văn Tâm nói.", "Hội đồng nhân dân huyện Ba Bể"),
        ("Chủ tịch UBND huyện Ba Bể, Chủ tịch Hội Nông dân tỉnh Bắc Kạn họp. Chủ tịch Lò Văn Tâm nói.", None),
        ("Chủ tịch UBND huyện Ba Bể Vi Văn Hạ họp. Chủ tịch Lò Văn Tâm nói.", None),
    ],
)
def test_a_rank_alone_is_of_the_one_body_that_the_text_has_for_it(said: Said, text: str, organ: str | None) -> None:
    assert [x[2] for x in posts(said(text, place=None)) if x[0] == "Lò Văn Tâm"] == [organ]


@pytest.mark.parametrize(
    "text",
    [
        "Chủ tịch UBND xã Mai Lạp, huyện Chợ Mới (Bắc Kạn) - ông Lò Văn Tâm xác nhận.",
        "Chủ tịch UBND xã Mai Lạp, huyện Chợ Mới, ông Lò Văn Tâm xác nhận.",
        "Chủ tịch UBND xã Mai Lạp là Lò Văn Tâm xác nhận.",
        "Ảnh: Hà Anh Chủ tịch UBND xã Mai Lạp Lò Văn Tâm Trước đó xã đã báo cáo.",
        "Chủ tịch UBND xã Mai Lạp Lò Văn Tâm Phát biểu tại xã, ông nói.",
    ],
)
def test_a_name_is_found_behind_greater_units_and_before_an_unmarked_sentence(said: Said, text: str) -> None:
    assert posts(said(text)) == [("Lò Văn Tâm", "Chủ tịch", "Ủy ban nhân dân xã Mai Lạp")]


def test_the_form_of_a_name_that_stands_more_often_is_the_name(said: Said) -> None:
    text = "Giám đốc Sở Y tế Lò Văn Tâm Vướng sai phạm. Ông Lò Văn Tâm nói. Giám đốc Sở Y tế Lò Văn Tâm đã về."
    assert {x[0] for x in posts(said(text))} == {"Lò Văn Tâm"}


def test_a_post_behind_a_given_one_is_of_the_next_name(said: Said) -> None:
    text = "Ông Lò Văn Tâm được cử làm Bí thư Huyện ủy Ba Bể, Phó Chủ tịch UBND tỉnh Vi Bá Hạ nghỉ hưu."
    assert posts(said(text)) == [
        ("Lò Văn Tâm", "Bí thư", "Huyện ủy Ba Bể"),
        ("Vi Bá Hạ", "Phó Chủ tịch", "Ủy ban nhân dân tỉnh Bắc Kạn"),
    ]


def test_words_that_could_name_a_school_are_a_leader_behind_his_post(said: Said) -> None:
    assert posts(said("Đây là quê hương của Tổng Bí thư Trường Chinh.")) == [("Trường Chinh", "Tổng Bí thư", None)]


def test_each_part_of_a_text_has_the_province_of_its_dateline(said: Said) -> None:
    text = (
        "Tuyên Quang: Sáng qua, tỉnh họp. Nguồn: cổng tỉnh Quảng Trị: Ngày 10/3, ông Lò Văn Tâm được bổ nhiệm giữ chức "
        "Giám đốc Sở Y tế tỉnh. Kon Tum: Ngày 10/3, Phó Bí thư Tỉnh ủy Y Mửi trao quyết định."
    )
    assert posts(said(text)) == [
        ("Lò Văn Tâm", "Giám đốc", "Sở Y tế tỉnh Quảng Trị"),
        ("Y Mửi", "Phó Bí thư", "Tỉnh ủy Kon Tum"),
    ]


def test_a_deputy_is_known_by_two_letters_and_is_not_what_she_asks_for(said: Said) -> None:
    text = "ĐB Lò Thị Hạ (đoàn Bến Tre) đề nghị bổ sung chức danh Chánh án TAND tối cao tại Quốc hội."
    assert posts(said(text)) == [("Lò Thị Hạ", "Đại biểu", "Quốc hội")]


@pytest.mark.parametrize(
    ("post", "organ"),
    [
        ("Trưởng phòng Giao đất (Sở TN&MT)", "Phòng Giao đất Sở Tài nguyên và Môi trường tỉnh Bắc Kạn"),
        ("Chủ nhiệm Ủy ban kinh tế của Quốc hội", "Ủy ban kinh tế của Quốc hội"),
        ("người phát ngôn của UBND tỉnh", "Ủy ban nhân dân tỉnh Bắc Kạn"),
    ],
)
def test_a_body_is_named_behind_of_or_in_parentheses(said: Said, post: str, organ: str) -> None:
    assert [x[2] for x in posts(said(f"Ông Lò Văn Tâm, {post}, cho biết."))] == [organ]


def test_posts_of_a_foreign_party_are_nobodys(said: Said) -> None:
    text = "Ủy viên Bộ Chính trị Đảng Cộng sản Cu Ba, Chủ tịch Quốc hội Cu Ba dẫn đầu đoàn."
    assert said(text).persons == ()
    ours = "Ủy viên Bộ Chính trị Đảng Cộng sản Việt Nam Lò Văn Tâm dự."
    assert posts(said(ours)) == [("Lò Văn Tâm", "Ủy viên", "Bộ Chính trị")]


def test_a_division_without_its_district_is_the_one_named_before(said: Said) -> None:
    text = "Trưởng phòng TN&MT huyện Ba Bể Lò Văn Tâm ký. Phó phòng TN&MT Vi Văn Hạ biết."
    assert posts(said(text))[1] == ("Vi Văn Hạ", "Phó phòng", "Phòng Tài nguyên và Môi trường huyện Ba Bể")


def test_a_minister_is_of_the_one_ministry_of_the_text_unless_he_heads_another_body(said: Said) -> None:
    text = "Bộ Y tế có văn bản. Thứ trưởng Lò Văn Tâm ký. Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ Vi Văn Hạ biết."
    assert posts(said(text)) == [
        ("Lò Văn Tâm", "Thứ trưởng", "Bộ Y tế"),
        ("Vi Văn Hạ", "Bộ trưởng", None),
        ("Vi Văn Hạ", "Chủ nhiệm", "Văn phòng Chính phủ"),
    ]
