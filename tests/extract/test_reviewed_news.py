"""What reviewers of real news found most often: former posts, asides behind names, days of papers, short forms."""

from collections.abc import Callable

import pytest

from kg.model.extraction import Extraction

Said = Callable[..., Extraction]
BINH, TAM = "Lê Văn Bình", "Lò Văn Tâm"


def posts(read: Extraction) -> list[tuple[str, str, str | None, str]]:
    return [(p.name, x.title, x.organ, x.status) for p in read.persons for x in p.positions]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Bị cáo {BINH} (SN: 1969) nguyên Trưởng phòng Nội vụ huyện Ba Bể bị truy tố.", "Trưởng phòng"),
        (f"{BINH} (SN 1973, trú tại Ba Bể, Bắc Kạn - Nguyên Phó Chủ tịch UBND xã Châu Kim) hầu tòa.", "Phó Chủ tịch"),
        (f"Trong thời gian giữ các cương vị Giám đốc Sở Y tế, ông {BINH} đã sai phạm.", "Giám đốc"),
        (f"Ông {BINH} (khi đó là Chủ tịch UBND tỉnh) ký quyết định.", "Chủ tịch"),
        (f"Năm 2010, ông {BINH} đã có nhiều năm làm Giám đốc Sở Y tế.", "Giám đốc"),
        (f"5 năm làm Giám đốc Sở Y tế, ông {BINH} đi khắp các xã.", "Giám đốc"),
        (f"Ông {BINH} nguyên Phó Chủ tịch UBND tỉnh được tặng thưởng.", "Phó Chủ tịch"),
    ],
)
def test_a_post_of_the_past_is_former(said: Said, text: str, title: str) -> None:
    assert [(x[0], x[1], x[3]) for x in posts(said(text))] == [(BINH, title, "former")]


@pytest.mark.parametrize(
    "text",
    [
        f"Ông {BINH}, Giám đốc Sở Y tế tỉnh, trước băn khoăn của dân đã trả lời.",
        f"Ông {BINH}, Giám đốc Sở Y tế tỉnh thôi giữ chức Bí thư Đảng đoàn Hội Nông dân tỉnh.",
        f"Đại biểu Quốc hội {BINH} (đoàn Hà Nội) - Giám đốc Sở Y tế tỉnh cho biết.",
        f"Ông {BINH} Giám đốc Sở Y tế tỉnh chia sẻ.",
        f"Quyết định do Giám đốc Sở Y tế tỉnh, {BINH} ký.",
        f"Sở Y tế tỉnh: ông {BINH} (Bắc Kạn), Giám đốc Sở Y tế tỉnh.",
    ],
)
def test_a_post_beside_a_name_is_held(said: Said, text: str) -> None:
    assert (BINH, "Giám đốc", "Sở Y tế tỉnh Bắc Kạn", "current") in posts(said(text))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"Hủy bỏ chức vụ Phó Trưởng phòng Nội vụ huyện Ba Bể đối với ông Bình. Ông {BINH} khiếu nại.", "outgoing"),
        (f"Quốc hội đồng ý để ông {BINH} thôi nhiệm vụ đại biểu Quốc hội.", "outgoing"),
        (f"Thường trực đồng ý giới thiệu ông {BINH} làm Chủ tịch UBND tỉnh.", "proposed"),
        (f"Ông {BINH} được phân công nhiệm vụ Bí thư Huyện ủy Ba Bể.", "appointed"),
    ],
)
def test_a_start_or_an_end_is_read(said: Said, text: str, status: str) -> None:
    assert [(x[0], x[3]) for x in posts(said(text))] == [(BINH, status)]


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        (
            f"Ông {BINH}, Giám đốc Trung tâm Đăng kiểm tàu cá, Tổng cục Thủy sản nói.",
            "Trung tâm Đăng kiểm tàu cá, Tổng cục",
        ),
        (f"Ông {BINH}, Trưởng trạm Y tế xã Châu Kim.", "Trạm Y tế xã Châu Kim"),
        (f"Ông {BINH}, Chủ tịch Hiệp hội DN tỉnh.", "Hiệp hội doanh nghiệp tỉnh Bắc Kạn"),
        (f"Ông {BINH}, Ủy viên Thường trực Ủy ban các vấn đề xã hội.", "Ủy ban về các vấn đề xã hội của Quốc hội"),
        (
            f"Ông {BINH}, Phó Thủ trưởng cơ quan cảnh sát điều tra Công an tỉnh.",
            "Cơ quan Cảnh sát điều tra Công an tỉnh",
        ),
        (f"Ông {BINH}, Chủ tịch danh dự của Viện Phan Châu Trinh.", "Viện Phan Châu Trinh"),
        (f"Ông {BINH} – PGĐ Sở Nội vụ tỉnh TT-Huế.", "Sở Nội vụ tỉnh Thừa Thiên Huế"),
        (f"Bà {BINH}, Trưởng Ban tổ chức lễ hội đền Trần nói.", "Ban Tổ chức Lễ hội đền Trần"),
        (f"UBND huyện Ba Bể họp. Chủ tịch {BINH} yêu cầu làm rõ.", "Ủy ban nhân dân huyện Ba Bể"),
    ],
)
def test_a_body_is_told_in_full(said: Said, text: str, organ: str) -> None:
    found = [x[2] or "" for x in posts(said(text))]
    assert len(found) == 1
    assert found[0].startswith(organ)


def test_a_member_of_a_province_committee_takes_the_province_of_the_list(said: Said) -> None:
    read = said(f"Ông {BINH} - Tỉnh ủy viên, Bí thư Huyện ủy, Chủ tịch HĐND huyện Duy Tiên, tỉnh Hà Nam.")
    assert [x[2] for x in posts(read)] == ["Tỉnh ủy Hà Nam", "Huyện ủy Duy Tiên", "Hội đồng nhân dân huyện Duy Tiên"]


def test_a_holder_in_a_parenthesis_is_not_the_one_meant(said: Said) -> None:
    read = said(f"Do bà {TAM} (vợ của ông {BINH}, nguyên Phó Giám đốc Công an tỉnh) làm giám đốc Công ty Hoa Mai.")
    assert [x[:2] for x in posts(read)] == [(TAM, "Giám đốc"), (BINH, "Phó Giám đốc")]


def test_a_post_is_carried_by_who_stands_behind_it(said: Said) -> None:
    read = said(f"Vị trí Chủ tịch Hội đồng trường Trường Đại học Vinh do ông {BINH}, Giám đốc Sở Y tế đảm nhiệm.")
    assert {x[1] for x in posts(read) if x[0] == BINH} == {"Chủ tịch", "Giám đốc"}


def test_two_syllables_are_the_short_form_of_one_longer_name(said: Said) -> None:
    read = said("Bí thư Xuân Bình trăn trở. Bí thư Tỉnh ủy Lê Xuân Bình nói thêm.")
    assert [x[0] for x in posts(read)] == ["Lê Xuân Bình"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Ngày 6/2/2022, UBND tỉnh ban hành Văn bản 421/UBND-TKBT.", "2022-02-06"),
        (f"Chiều 15/3, Chủ tịch UBND tỉnh {BINH} đã ký Công văn số 2915/UBND-TKBT.", "2022-03-15"),
        ("Ngày 6/2, ông Tâm cho biết UBND tỉnh đã ban hành Văn bản 421/UBND-TKBT.", None),
        ("Ngày 6/2, UBND tỉnh thực hiện Văn bản 421/UBND-TKBT.", None),
    ],
)
def test_a_paper_has_the_day_on_which_its_sentence_says_it_was_issued(said: Said, text: str, date: str | None) -> None:
    assert [d.date for d in said(text).directives] == [date]


def test_a_standard_and_an_ordinal_are_no_papers(said: Said) -> None:
    assert said("Theo quy chuẩn QCVN 10-MT:2015/BTNMT; tại kỳ họp thứ 4- HĐND tỉnh.").directives == ()


def test_what_the_one_body_of_a_text_decides_further_is_its_decision(said: Said) -> None:
    read = said(
        f"Ủy ban Kiểm tra Huyện ủy Ba Bể thi hành kỷ luật khiển trách đối với các ông: {BINH} (Trưởng trạm Y tế xã Châu"
        f" Kim). Đồng thời thi hành kỷ luật bằng hình thức cảnh cáo đối với ông {TAM}, Giám đốc Sở Y tế."
    )
    body = "Ủy ban Kiểm tra Huyện ủy Ba Bể"
    assert {(r.subject, r.object) for r in read.relations if r.predicate == "disciplined_by"} == {
        (BINH, body),
        (TAM, body),
    }


def test_discipline_that_is_only_asked_for_has_no_decider(said: Said) -> None:
    read = said(
        f"Ủy ban Kiểm tra Huyện ủy Ba Bể kỷ luật khiển trách ông {BINH}, Giám đốc Sở Y tế. Đề nghị kỷ luật cảnh cáo đối"
        f" với ông {TAM}, Giám đốc Sở Nội vụ."
    )
    assert [r.subject for r in read.relations if r.predicate == "disciplined_by"] == [BINH]


def test_a_report_is_of_the_meeting_near_its_day(said: Said) -> None:
    read = said(
        f"Sau hội nghị ngày 10/1/2022 của UBND tỉnh, nhiều việc còn dở. Sáng 5/4/2022, UBND tỉnh tổ chức hội nghị giao"
        f" ban. Tại hội nghị, ông {BINH}, Giám đốc Sở Y tế báo cáo kết quả."
    )
    assert read.meetings[0].date == "2022-04-05"
    assert [p.name for p in read.meetings[0].participants] == [BINH]


def test_a_later_meeting_has_those_who_do_something_in_its_sentence(said: Said) -> None:
    read = said(
        f"Sáng 5/4, UBND tỉnh tổ chức hội nghị giao ban. Ông {BINH}, Giám đốc Sở Y tế báo cáo. Chiều 6/4, Bí thư Tỉnh"
        f" ủy {TAM} cùng lãnh đạo tỉnh, các sở đã tiếp xúc cử tri huyện Ba Bể."
    )
    assert [(m.date, [p.name for p in m.participants]) for m in read.meetings] == [
        ("2022-04-05", [BINH]),
        ("2022-04-06", [TAM]),
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Như lời Chủ tịch Hồ Chí Minh căn dặn, cán bộ là công bộc.", True),
        ("Ngày 28/11/1959, Chủ tịch Hồ Chí Minh phát động Tết trồng cây.", True),
        ("Đoàn viếng Chủ tịch Hồ Chí Minh, thăm Khu di tích Chủ tịch Hồ Chí Minh.", False),
        ("Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.", False),
        ("Giải báo chí Hồ Chí Minh và Quảng trường Hồ Chí Minh.", False),
        ("Chủ tịch UBND thành phố Hồ Chí Minh cùng dự.", False),
    ],
)
def test_whom_the_country_remembers_is_a_person_of_the_past_under_his_office(said: Said, text: str, read: bool) -> None:
    expected = [("Hồ Chí Minh", "Chủ tịch", None, "former")] if read else []
    assert posts(said(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Ông {BINH}, một trong hai đại biểu Quốc hội trực tiếp tham gia.", ("Đại biểu", "Quốc hội")),
        (f"Quốc hội họp. Ông {BINH}, đại biểu tỉnh Quảng Ninh, phát biểu.", ("Đại biểu", "Quốc hội")),
        (f"Ông {BINH}, Bí thư Đoàn trường Đại học Vinh.", ("Bí thư", "Đoàn trường Đại học Vinh")),
        ("Chủ tịch Hội Nông dân huyện Lò Thị Hải Yến cho hay.", ("Chủ tịch", "Hội Nông dân huyện")),
    ],
)
def test_a_seat_or_a_post_is_read_with_its_body(said: Said, text: str, expected: tuple[str, str]) -> None:
    assert [(x[1], x[2]) for x in posts(said(text))] == [expected]


def test_a_director_of_a_company_is_not_one_of_its_board(said: Said) -> None:
    read = said(f"Ông {BINH}, Tổng Giám đốc kiêm Chủ tịch HĐQT Tập đoàn Sao Mai nói.")
    assert [x[2] for x in posts(read)] == ["Tập đoàn Sao Mai", "Hội đồng quản trị Tập đoàn Sao Mai"]


def test_the_kind_of_a_paper_may_stand_far_before_its_number(said: Said) -> None:
    read = said("Công an tỉnh đã ra quyết định khởi tố vụ án hình sự số 129/PC44-Đ2 để điều tra.")
    assert [(d.type, d.number) for d in read.directives] == [("Quyết định", "129/PC44-Đ2")]


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        (
            f"Ông {BINH}, Chủ tịch HĐQT Công ty Cổ phần đấu giá số 5 quốc gia.",
            "Hội đồng quản trị Công ty cổ phần đấu giá số 5",
        ),
        (f"Ông {BINH}, Hiệu trưởng Trường mầm non Thanh Xuân Nam đã nói.", "Trường mầm non Thanh Xuân Nam"),
        (
            f"Ông {BINH}, Phó Tổng Giám đốc, Công ty cổ phần Tập đoàn Indevco cho biết.",
            "Công ty cổ phần Tập đoàn Indevco",
        ),
        ("Phó tổng giám đốc công ty Nam Triệu Nguyễn Hữu Hùng cam kết.", "Công ty Nam Triệu"),
        (f"Bộ Y tế họp. Bộ Y tế và Bộ Nội vụ báo cáo. Bộ trưởng {BINH} nhận định.", "Bộ Y tế"),
        (f"Lãnh đạo Sở Y tế tỉnh là ông {BINH} - Phó Giám đốc.", "Sở Y tế tỉnh Bắc Kạn"),
        (f"Ông {BINH}, Chủ tịch Hiệp hội bệnh viện tư nhân Việt Nam.", "Hiệp hội bệnh viện tư nhân Việt Nam"),
    ],
)
def test_a_body_in_small_letters_or_behind_a_comma_is_whole(said: Said, text: str, organ: str) -> None:
    found = [x[2] or "" for x in posts(said(text))]
    assert len(found) == 1
    assert found[0].startswith(organ)


def test_former_heads_share_the_body_behind_the_last(said: Said) -> None:
    read = said(f"Các ông {BINH}, nguyên Giám đốc và {TAM}, nguyên Phó giám đốc Ban quản lý dự án Sông Đà bị bắt.")
    assert {x[2] for x in posts(read)} == {"Ban Quản lý dự án Sông Đà"}


def test_a_bare_secretary_or_another_chair_takes_no_body_of_the_text(said: Said) -> None:
    assert [x[2] for x in posts(said(f"Quận ủy Hà Đông họp. Bí thư {BINH} nói.", place=None))] == [None]
    assert [x[2] for x in posts(said(f"UBND tỉnh họp. Bà {BINH}, Chủ tịch - người sáng lập, nói."))] == [None]


@pytest.mark.parametrize(
    "text",
    [
        f"Bà {BINH} là Bí thư Huyện ủy Ba Bể. Trong thời gian giữ chức giám đốc Sở Y tế, bà đã ký.",
        f"Bà {BINH} là Bí thư Huyện ủy Ba Bể. Trong thời gian giữ các cương vị giám đốc Sở Y tế, bà Bình đã ký.",
        f"Bà {BINH} là Bí thư Huyện ủy Ba Bể. Khi còn làm Giám đốc Sở Y tế, bà {BINH} đã ký.",
    ],
)
def test_a_post_held_at_a_time_is_of_whom_the_comma_is_followed_by(said: Said, text: str) -> None:
    assert {(x[1], x[3]) for x in posts(said(text)) if x[0] == BINH} == {("Bí thư", "current"), ("Giám đốc", "former")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"HTX An Phát do ông {BINH} - chồng bà Thanh làm giám đốc.", ("Giám đốc", "Hợp tác xã An Phát")),
        (f"Đại sứ Việt Nam tại Lào {BINH} dự.", ("Đại sứ", None)),
        (f"Ông {BINH}, Giám đốc Cường Hưng, đã bán cổ phần.", ("Giám đốc", "Cường Hưng")),
        (f"Ông {BINH} nguyên Ủy viên Trung ương khóa XI.", ("Ủy viên", "Ban Chấp hành Trung ương Đảng")),
        (f"Ông {BINH}, Ủy viên Trung ương Hội Nông dân Việt Nam.", ("Ủy viên", None)),
    ],
)
def test_a_post_is_in_the_body_that_the_words_mean(said: Said, text: str, expected: tuple[str, str | None]) -> None:
    assert [(x[0], x[1], x[2]) for x in posts(said(text))] == [(BINH, *expected)]


def test_who_leads_a_team_is_not_the_next_one_named(said: Said) -> None:
    read = said(
        f"Đoàn thanh tra liên ngành do ông {BINH}, Phó Chánh Thanh tra tỉnh làm trưởng đoàn, ông {TAM}, Phó Giám đốc Sở"
        " Y tế làm phó trưởng đoàn."
    )
    assert {(x[0], x[1]) for x in posts(read)} == {
        (BINH, "Phó Chánh Thanh tra"),
        (BINH, "Trưởng đoàn"),
        (TAM, "Phó Giám đốc"),
        (TAM, "Phó Trưởng đoàn"),
    }


def test_those_named_as_examples_hold_the_post_of_the_many(said: Said) -> None:
    read = said(f"Đã xử lý hàng loạt các đồng chí nguyên là Ủy viên Trung ương như {BINH}, {TAM}.")
    assert [(x[0], x[3]) for x in posts(read)] == [(BINH, "former"), (TAM, "former")]


def test_a_committee_of_a_company_is_not_that_of_its_board(said: Said) -> None:
    read = said(f"Ông {BINH}, Bí thư Đảng ủy, Chủ tịch HĐTV Tập đoàn Hoa Mai.")
    assert [x[2] for x in posts(read)] == ["Đảng ủy Tập đoàn Hoa Mai", "Hội đồng thành viên Tập đoàn Hoa Mai"]
