"""Where names of bodies and of people end, and what stands for a body named before."""

from collections.abc import Callable

import pytest

from kg.model.extraction import Extraction

Said = Callable[..., Extraction]


def posts(read: Extraction) -> list[tuple[str, str, str | None, str]]:
    return [(p.name, x.title, x.organ, x.status) for p in read.persons for x in p.positions]


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        ("Thứ trưởng Bộ Nội vụ Lê Văn Bình chủ trì hội nghị.", "Bộ Nội vụ"),
        ("Giám đốc Sở Tài nguyên và Môi trường Lê Văn Bình dự.", "Sở Tài nguyên và Môi trường tỉnh Bắc Kạn"),
        ("Ông Lê Văn Bình, Phó Tư lệnh Quân khu 7 dự họp.", "Quân khu 7"),
        ("Ông Lê Văn Bình, Tư lệnh Binh đoàn 16.", "Binh đoàn 16"),
        ("Ông Lê Văn Bình, Cục trưởng Cục Thi hành án dân sự tỉnh.", "Cục Thi hành án dân sự tỉnh Bắc Kạn"),
        ("Ông Lê Văn Bình, Cục trưởng Cục Tổ chức cán bộ công bố quyết định.", "Cục Tổ chức cán bộ"),
        ("Ông Lê Văn Bình, Vụ trưởng Vụ Chính quyền địa phương.", "Vụ Chính quyền địa phương"),
        ("Ông Lê Văn Bình được bổ nhiệm giữ chức Vụ trưởng Vụ Pháp chế.", "Vụ Pháp chế"),
        ("Ông Lê Văn Bình, Trưởng phòng VH&TT huyện Ba Bể.", "Phòng Văn hóa và Thông tin huyện Ba Bể"),
        ("Ông Lê Văn Bình, Phó Giám đốc Công an TP Hà Nội.", "Công an thành phố Hà Nội"),
        (
            "Ông Lê Văn Bình, Chánh Văn phòng HĐND và UBND huyện Ba Bể.",
            "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện Ba Bể",
        ),
        ("Ông Lê Văn Bình, UVTV Tỉnh ủy.", "Ban Thường vụ Tỉnh ủy Bắc Kạn"),
        ("Ông Lê Văn Bình, PBT Tỉnh ủy.", "Tỉnh ủy Bắc Kạn"),
        ("Thượng tọa Thích Nhựt Tấn, Phó Chủ tịch Ủy ban MTTQ tỉnh.", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bắc Kạn"),
    ],
)
def test_a_body_ends_where_its_name_ends(said: Said, text: str, organ: str) -> None:
    assert [x[2] for x in posts(said(text))] == [organ]


def test_a_place_does_not_eat_a_person(said: Said) -> None:
    read = said("Làm việc tại huyện Ba Bể, Chủ tịch UBND huyện Não Thị Kiều Loan cho biết.")
    assert posts(read) == [("Não Thị Kiều Loan", "Chủ tịch", "Ủy ban nhân dân huyện Ba Bể", "current")]


def test_a_letter_opens_a_name_behind_a_team(said: Said) -> None:
    read = said("Đoàn giám sát của HĐND tỉnh do bà Y Hà Lan làm Trưởng đoàn. Trưởng đoàn Y Hà Lan đề nghị làm rõ.")
    assert [person.name for person in read.persons] == ["Y Hà Lan"]


def test_a_member_is_one_only_right_before_a_name(said: Said) -> None:
    read = said("Các đại biểu dự họp. Đại biểu Việt Nam đến từ sớm. Đại biểu Ma Gia Hãnh truy vấn.")
    assert posts(read) == [("Ma Gia Hãnh", "Đại biểu", None, "current")]


def test_an_assistant_is_not_whom_he_assists(said: Said) -> None:
    read = said("Ông Lê Văn Bình, trợ lý Bí thư Tỉnh ủy dự lễ.")
    assert [x[1] for x in posts(read)] == ["Trợ lý"]


def test_what_a_bare_body_means_is_named_before(said: Said) -> None:
    read = said(
        "Bộ Nội vụ họp. Ông Lê Văn Bình, Chánh Thanh tra Bộ; đồng chí Vi Thị Hạ, Bí thư Đảng ủy phường Mỹ Tho; "
        "đồng chí Lò Văn Tâm – Phó Bí thư Đảng ủy."
    )
    assert [x[2] for x in posts(read)] == ["Thanh tra Bộ Nội vụ", "Đảng ủy phường Mỹ Tho", "Đảng ủy phường Mỹ Tho"]


def test_seats_of_a_numbered_list_are_of_the_board_above_it(said: Said) -> None:
    read = said(
        "Điều 1. Kiện toàn Ban Chỉ đạo chuyển đổi số huyện Ba Bể, gồm:\n"
        "1. Ông Lê Văn Bình, Chủ tịch UBND huyện - Trưởng ban;\n"
        "2. Bà Vi Thị Hạ, Phó Chủ tịch UBND huyện - Ủy viên."
    )
    board = "Ban Chỉ đạo chuyển đổi số huyện Ba Bể"
    assert [x[:3] for x in posts(read) if x[2] == board] == [
        ("Lê Văn Bình", "Trưởng Ban", board),
        ("Vi Thị Hạ", "Ủy viên", board),
    ]


def test_who_is_replaced_leaves_the_post(said: Said) -> None:
    read = said("HĐND tỉnh bầu ông Lê Văn Bình giữ chức Chủ tịch UBND tỉnh thay ông Lò Văn Tâm nghỉ hưu.")
    assert {(x[0], x[3]) for x in posts(read)} == {("Lê Văn Bình", "appointed"), ("Lò Văn Tâm", "outgoing")}
    assert ("Lê Văn Bình", "succeeds", "Lò Văn Tâm") in {(r.subject, r.predicate, r.object) for r in read.relations}


def test_past_posts_are_told_by_a_verb(said: Said) -> None:
    read = said("Tân Giám đốc Công an tỉnh Lê Văn Bình sinh năm 1974; từng là Trưởng Công an quận Hà Đông.")
    assert [(x[1], x[3]) for x in posts(read)] == [("Giám đốc", "appointed"), ("Trưởng Công an", "former")]


@pytest.mark.parametrize(
    ("text", "title", "organ"),
    [
        ("Giám đốc Sở Y tế (SYT) Lê Văn Bình báo cáo.", "Giám đốc", "Sở Y tế tỉnh Bắc Kạn"),
        ("Phó Cục trưởng Cục Thuế (Bộ Tài chính) Lê Văn Bình nêu rõ.", "Phó Cục trưởng", "Cục Thuế"),
        ("Chủ tịch UBND huyện Ba Bể - Lê Văn Bình cho hay.", "Chủ tịch", "Ủy ban nhân dân huyện Ba Bể"),
        ("Thứ trưởng Bộ Kế hoạch, Đầu tư Lê Văn Bình dự.", "Thứ trưởng", "Bộ Kế hoạch và Đầu tư"),
    ],
)
def test_an_aside_or_a_dash_stands_between_post_and_name(said: Said, text: str, title: str, organ: str) -> None:
    assert [x[:3] for x in posts(said(text))] == [("Lê Văn Bình", title, organ)]


def test_a_dash_before_a_name_with_a_post_of_its_own_parts_them(said: Said) -> None:
    read = said("Ông Lò Văn Tâm - Chủ tịch UBND tỉnh - Vi Thị Hạ - Giám đốc Sở Y tế.")
    assert [x[:2] for x in posts(read)] == [("Lò Văn Tâm", "Chủ tịch"), ("Vi Thị Hạ", "Giám đốc")]


def test_a_post_of_several_is_shared(said: Said) -> None:
    assert [x[:2] for x in posts(said("Thứ trưởng Lê Văn Bình và Vi Thị Hạ cùng dự."))] == [
        ("Lê Văn Bình", "Thứ trưởng"),
        ("Vi Thị Hạ", "Thứ trưởng"),
    ]
    assert [x[:2] for x in posts(said("Nguyên Tổng Bí thư: Lê Văn Bình, Vi Thị Hạ cùng dự."))] == [
        ("Lê Văn Bình", "Tổng Bí thư"),
        ("Vi Thị Hạ", "Tổng Bí thư"),
    ]


def test_an_unknown_ministry_is_nobody(said: Said) -> None:
    assert said("Thứ trưởng Bộ Hải sản đã họp.").persons == ()


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        ("Hiệu trưởng Trường THPT Phan Huy Chú (quận Đống Đa) Lê Văn Bình cho biết.", "Trường THPT Phan Huy Chú"),
        ("Hiệu trưởng Trường THPT Phan Huy Chú Lê Văn Bình cho biết.", "Trường THPT Phan Huy Chú"),
        (
            "Ông Lê Văn Bình, Ủy viên Đoàn Chủ tịch Ủy ban Trung ương MTTQ Việt Nam nói.",
            "Đoàn Chủ tịch Ủy ban Trung ương",
        ),
        ("Chủ tịch UBND huyện Ba Bể khi đó là ông Lê Văn Bình đã ký.", "Ủy ban nhân dân huyện Ba Bể"),
    ],
)
def test_schools_presidia_and_earlier_holders_are_read(said: Said, text: str, organ: str) -> None:
    assert [(x[0], (x[2] or "")[: len(organ)]) for x in posts(said(text))] == [("Lê Văn Bình", organ)]


def test_a_director_who_was_is_no_longer(said: Said) -> None:
    read = said("Tổng giám đốc cũ – ông Lê Văn Bình bàn giao cho Tổng giám đốc đương nhiệm – ông Lò Văn Tâm.")
    assert [(x[0], x[3]) for x in posts(read)] == [("Lê Văn Bình", "former"), ("Lò Văn Tâm", "current")]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Kỷ luật ông Lê Văn Bình, Phó Hạt trưởng Hạt Kiểm lâm Khu Bảo tồn thiên nhiên Nam Nung.", "Phó Hạt trưởng"),
        ("Ông Lê Văn Bình, Chủ tịch HĐQT Tập đoàn công nghiệp Quang Trung, cho biết.", "Chủ tịch"),
        ("Ông Lê Văn Bình, Chủ tịch Liên minh Hợp tác xã Việt Nam nói.", "Chủ tịch"),
        ("Rừng cháy. Ảnh: Phi Võ Ông Lê Văn Bình, Chủ tịch UBND xã Châu Kim cho biết thêm.", "Chủ tịch"),
        ("Thành công của TP. Ông Lê Văn Bình, Chủ tịch UBND TP, cho biết.", "Chủ tịch"),
    ],
)
def test_the_rest_of_a_body_or_a_caption_hides_nobody(said: Said, text: str, title: str) -> None:
    assert [x[:2] for x in posts(said(text))] == [("Lê Văn Bình", title)]


def test_the_name_of_the_country_in_a_letterhead_is_no_association(said):
    read = said(
        "ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH GIA LAI      Độc lập - Tự do - Hạnh phúc\n"
    )
    assert not [organ.name for organ in read.organs if "Chủ Nghĩa" in organ.name]
    assert not [mention.text for mention in read.mentions if "CHỦ" in mention.text]
