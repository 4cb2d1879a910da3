"""Sentences of our own for what official Vietnamese does; each case says who holds what."""

from collections.abc import Callable

import pytest

from kg.model.extraction import Extraction

Said = Callable[..., Extraction]


def posts(read: Extraction) -> list[tuple[str, str, str | None]]:
    return [(p.name, x.title, x.organ) for p in read.persons for x in p.positions]


UBND, HĐND = "Ủy ban nhân dân tỉnh Bắc Kạn", "Hội đồng nhân dân tỉnh Bắc Kạn"


@pytest.mark.parametrize(
    "text",
    [
        "Lò Văn Tâm, Giám đốc Sở Y tế, phát biểu.",
        "Giám đốc Sở Y tế Lò Văn Tâm phát biểu.",
        "Ông Lò Văn Tâm - Giám đốc Sở Y tế phát biểu.",
        "Ông Lò Văn Tâm – Giám đốc Sở Y tế phát biểu.",
        "Ông Lò Văn Tâm (Giám đốc Sở Y tế) phát biểu.",
        "Đồng chí Lò Văn Tâm- Giám đốc Sở Y tế phát biểu.",
        "Giám đốc Sở Y tế, ông Lò Văn Tâm phát biểu.",
        "Ông Lò Văn Tâm là Giám đốc Sở Y tế.",
        "Ông Lò Văn Tâm (sinh năm 1970), Giám đốc Sở Y tế phát biểu.",
        "GĐ Sở Y tế Lò Văn Tâm phát biểu.",
    ],
)
def test_a_post_stands_before_or_after_its_name(said: Said, text: str) -> None:
    assert posts(said(text)) == [("Lò Văn Tâm", "Giám đốc", "Sở Y tế tỉnh Bắc Kạn")]


def test_a_city_belongs_to_the_body_and_not_to_the_name(said: Said) -> None:
    read = said("Phó Giám đốc Sở Tài chính TP Ngô Tấn Sĩ cho biết.", place="Đà Nẵng")
    assert posts(read) == [("Ngô Tấn Sĩ", "Phó Giám đốc", "Sở Tài chính thành phố Đà Nẵng")]


def test_one_post_is_spread_over_a_list_of_names(said: Said) -> None:
    read = said("Dự họp có các đồng chí Phó Chủ tịch UBND tỉnh: Lò Văn Tâm, Vi Thị Hạ, Ma Thế Anh.")
    assert posts(read) == [(n, "Phó Chủ tịch", UBND) for n in ("Lò Văn Tâm", "Vi Thị Hạ", "Ma Thế Anh")]


def test_one_post_is_spread_over_names_with_posts_of_their_own(said: Said) -> None:
    read = said("Dự có các Ủy viên Bộ Chính trị: Chủ tịch nước Lò Văn Tâm, Thủ tướng Chính phủ Vi Thị Hạ.")
    assert set(posts(read)) == {
        ("Lò Văn Tâm", "Ủy viên", "Bộ Chính trị"),
        ("Lò Văn Tâm", "Chủ tịch nước", None),
        ("Vi Thị Hạ", "Ủy viên", "Bộ Chính trị"),
        ("Vi Thị Hạ", "Thủ tướng", "Chính phủ"),
    }


def test_commas_inside_a_body_do_not_part_a_list(said: Said) -> None:
    read = said("Dự có: Lò Văn Tâm, Phó Giám đốc Sở Văn hóa, Thể thao và Du lịch; Vi Thị Hạ, Chánh Văn phòng Tỉnh ủy.")
    assert posts(read) == [
        ("Lò Văn Tâm", "Phó Giám đốc", "Sở Văn hóa, Thể thao và Du lịch tỉnh Bắc Kạn"),
        ("Vi Thị Hạ", "Chánh Văn phòng", "Văn phòng Tỉnh ủy Bắc Kạn"),
    ]


def test_concurrent_posts_and_two_bodies_of_one_title(said: Said) -> None:
    read = said("Đồng chí Lò Văn Tâm, Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh dự.")
    assert [organ for _, _, organ in posts(read)] == ["Ban Chấp hành Trung ương Đảng", "Tỉnh ủy Bắc Kạn", HĐND]
    both = said("Chủ tịch HĐND, UBND xã Vi Thị Hạ dự. Xã Yên Đĩnh họp.")
    assert [title for _, title, _ in posts(both)] == ["Chủ tịch", "Chủ tịch"]


def test_the_last_body_completes_those_before_it(said: Said) -> None:
    read = said(
        "Ông Lò Văn Tâm, Bí thư Ban cán sự đảng, Bộ trưởng Bộ Nội vụ; "
        "bà Vi Thị Hạ, Bí thư Đảng ủy, Chủ tịch UBND xã Yên Đĩnh."
    )
    assert [organ for _, _, organ in posts(read)] == [
        "Ban cán sự đảng Bộ Nội vụ",
        "Bộ Nội vụ",
        "Đảng ủy xã Yên Đĩnh",
        "Ủy ban nhân dân xã Yên Đĩnh",
    ]


def test_the_caucus_is_of_the_ministry_and_no_party_organisation(said: Said) -> None:
    read = said("Đoàn làm việc với Ban cán sự Đảng Bộ Nội vụ.")
    assert [o.name for o in read.organs] == ["Ban cán sự đảng Bộ Nội vụ", "Bộ Nội vụ"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("nguyên Giám đốc Sở Y tế Lò Văn Tâm dự.", "former"),
        ("cựu Giám đốc Sở Y tế Lò Văn Tâm dự.", "former"),
        ("tân Giám đốc Sở Y tế Lò Văn Tâm dự.", "appointed"),
        ("quyền Giám đốc Sở Y tế Lò Văn Tâm dự.", "acting"),
        ("Phó Giám đốc phụ trách Sở Y tế Lò Văn Tâm dự.", "acting"),
        ("Ông Lò Văn Tâm được bổ nhiệm giữ chức Giám đốc Sở Y tế.", "appointed"),
        ("HĐND tỉnh bầu ông Lò Văn Tâm giữ chức Giám đốc Sở Y tế.", "appointed"),
        ("HĐND tỉnh miễn nhiệm chức vụ Giám đốc Sở Y tế đối với ông Lò Văn Tâm.", "outgoing"),
        ("Ông Lò Văn Tâm thôi giữ chức Giám đốc Sở Y tế.", "outgoing"),
        ("Các đại biểu nghe tờ trình về việc miễn nhiệm chức vụ Giám đốc Sở Y tế đối với ông Lò Văn Tâm.", "proposed"),
        ("Trước khi về đây, ông Lò Văn Tâm giữ chức Giám đốc Sở Y tế.", "former"),
    ],
)
def test_words_around_a_post_give_its_status(said: Said, text: str, status: str) -> None:
    (person,) = said(text).persons
    assert [(x.organ, x.status) for x in person.positions] == [("Sở Y tế tỉnh Bắc Kạn", status)]


def test_former_governs_one_post_only(said: Said) -> None:
    (person,) = said("Ông Lò Văn Tâm, nguyên Giám đốc Sở Y tế, Chủ tịch Hội Chữ thập đỏ tỉnh dự.").persons
    assert [x.status for x in person.positions] == ["former", "current"]


@pytest.mark.parametrize(
    "text",
    [
        "Việc này thuộc thẩm quyền Chủ tịch UBND tỉnh.",
        "Một lãnh đạo Tỉnh ủy cho biết. Chủ tịch UBND các huyện báo cáo.",
        "Đoàn dâng hương tại Đền thờ Chủ tịch Hồ Chí Minh ở xã Yên Đĩnh.",
        "Tòa án xử giám đốc thẩm ông Lò Văn Tâm.",
        "Thủ tướng Nhật Bản Abe Shinzo thăm Hà Nội.",
        "Bà con huyện Trần Văn Thời hỏi Chủ tịch UBND xã.",
        "Hội nghị kết thúc.\n\nVân Hạ (TTXVN)",
        "Lễ trồng cây. Ảnh: Lò Văn Tâm",
    ],
)
def test_nobody_is_invented(said: Said, text: str) -> None:
    assert said(text).persons == ()


def test_ranks_degrees_and_short_names_are_of_the_person(said: Said) -> None:
    read = said("Đại tá, TS Lò Văn Tâm, Giám đốc Công an tỉnh dự. Ông Tâm phát biểu.")
    (person,) = read.persons
    assert (person.name, person.rank, person.degree, person.aliases) == ("Lò Văn Tâm", "Đại tá", "Tiến sĩ", ("Tâm",))


@pytest.mark.parametrize(
    "name", ["U Huấn", "Y Ngọc", "H'Yim Kđoh", "Điểu K' Rứ", "Giàng Seo Vử", "Y Thanh Hà Niê Kđăm"]
)
def test_names_of_all_peoples_of_the_country_are_read(said: Said, name: str) -> None:
    assert posts(said(f"Ông {name}, Phó Chủ tịch UBND tỉnh dự.")) == [(name, "Phó Chủ tịch", UBND)]


def test_abbreviations_are_written_out(said: Said) -> None:
    read = said(
        "Ông Lò Văn Tâm, UVBTVTU, PCT UBND tỉnh; bà Vi Thị Hạ, TUV, Chủ tịch UB.MTTQ tỉnh; "
        "ông Ma Thế Anh, PGĐ Sở LĐ-TB&XH."
    )
    assert posts(read) == [
        ("Lò Văn Tâm", "Ủy viên", "Ban Thường vụ Tỉnh ủy Bắc Kạn"),
        ("Lò Văn Tâm", "Phó Chủ tịch", UBND),
        ("Vi Thị Hạ", "Tỉnh ủy viên", "Tỉnh ủy Bắc Kạn"),
        ("Vi Thị Hạ", "Chủ tịch", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bắc Kạn"),
        ("Ma Thế Anh", "Phó Giám đốc", "Sở Lao động - Thương binh và Xã hội tỉnh Bắc Kạn"),
    ]


def test_a_dateline_changes_the_place(said: Said) -> None:
    read = said(
        "Lào Cai: Chủ tịch UBND tỉnh Lò Văn Tâm dự họp.\nNghệ An: Chủ tịch UBND tỉnh Vi Thị Hạ đi cơ sở.", place=None
    )
    assert [organ for _, _, organ in posts(read)] == ["Ủy ban nhân dân tỉnh Lào Cai", "Ủy ban nhân dân tỉnh Nghệ An"]


def test_a_name_broken_by_a_line_end_is_whole(said: Said) -> None:
    text = (
        "Dự buổi lễ tại trung tâm xã sáng nay có rất đông bà con và đồng chí Lò Văn\n"
        "Tâm, Giám đốc Sở Y tế; đồng chí Vi Thị Hạ, Phó Chủ tịch Thường trực UBMTTQ\n"
        "Việt Nam tỉnh, cùng thầy cô và hơn hai trăm em học sinh của các trường học."
    )
    assert [name for name, _, _ in posts(said(text))] == ["Lò Văn Tâm", "Vi Thị Hạ"]


def test_a_curriculum_has_its_periods(said: Said) -> None:
    read = said("Đồng chí Lò Văn Tâm, Bí thư Tỉnh ủy.\n- Từ tháng 3/2004 đến tháng 8/2008: Chủ tịch UBND huyện Ba Bể.")
    (person,) = read.persons
    assert [(x.status, x.start, x.end) for x in person.positions] == [
        ("current", None, None),
        ("former", "2004-03", "2008-08"),
    ]


@pytest.mark.parametrize(
    ("text", "type_", "number", "date"),
    [
        ("Chương trình hành động số 32-CT/TU ngày 5/3/2021", "Chương trình hành động", "32-CT/TU", "2021-03-05"),
        ("Quy định số 181-QĐ/TW", "Quy định", "181-QĐ/TW", None),
        ("Kế hoạch số 94- KH/BTGDVTW, ngày 01/3/2025", "Kế hoạch", "94-KH/BTGDVTW", "2025-03-01"),
        ("Nghị quyết số 72-NQ-TW", "Nghị quyết", "72-NQ-TW", None),
        ("Quyết định số 10/2016/QĐ- TTg", "Quyết định", "10/2016/QĐ-TTg", None),
        ("Công văn 5973/UBND-KT ngày 3/2", "Công văn", "5973/UBND-KT", "2022-02-03"),
        ("Luật Đất đai số 31/2024/QH15", "Luật", "31/2024/QH15", None),
        ("Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020", "Nghị định", "30/2020/NĐ-CP", "2020-03-05"),
    ],
)
def test_documents_have_type_number_and_date(said: Said, text: str, type_: str, number: str, date: str | None) -> None:
    (directive,) = said(f"Hội nghị triển khai {text} trên địa bàn tỉnh.").directives
    assert (directive.type, directive.number, directive.date) == (type_, number, date)


def test_a_deadline_is_no_date_of_a_document(said: Said) -> None:
    (directive,) = said("Công văn số 12/UBND-KT yêu cầu báo cáo trước ngày 10/02/2022.").directives
    assert directive.date is None


@pytest.mark.parametrize(
    "text", ["Trong quý II-2022, ngày 05/4/2022 có 65/67 phiếu.", "Nhiệm kỳ 2016-2021, giảm 97-98%."]
)
def test_dates_and_ratios_are_no_documents(said: Said, text: str) -> None:
    assert said(text).directives == ()


def test_a_council_elects_and_a_paper_amends(said: Said) -> None:
    read = said(
        "HĐND tỉnh bầu ông Lò Văn Tâm giữ chức Phó Chủ tịch UBND tỉnh. "
        "Luật số 64/2025/QH15 được sửa đổi, bổ sung bởi Luật số 87/2025/QH15 có hiệu lực."
    )
    assert {(r.subject, r.predicate, r.object) for r in read.relations} == {
        (HĐND, "elects", "Lò Văn Tâm"),
        ("87/2025/QH15", "amends", "64/2025/QH15"),
    }


def test_a_blank_may_part_the_number_from_its_letters(said: Said) -> None:
    read = said("Hội nghị quán triệt Chỉ thị số 46 CT/TW và Nghị quyết 12 NQ/TU; có 46 đại biểu, 3 tổ.")
    assert [(paper.type, paper.number) for paper in read.directives] == [
        ("Chỉ thị", "46-CT/TW"),
        ("Nghị quyết", "12-NQ/TU"),
    ]


def test_the_centre_in_letters_with_a_full_stop_ends_a_number(said):
    read = said("Theo Nghị quyết số 35-NQ/T.Ư của Bộ Chính trị, hội nghị đã bàn.")
    assert [paper.number for paper in read.directives] == ["35-NQ/T.Ư"]


@pytest.mark.parametrize("form", ["Ủy ban T.Ư MTTQ VN", "Ủy ban T.Ư MTTQVN", "UBTƯ MTTQVN", "UB T.Ư MTTQ Việt Nam"])
def test_the_centre_of_the_front_is_known_in_its_short_forms(said, form):
    (person,) = said(f"Ông Lê Văn Thử, Chủ tịch {form} dự hội nghị.").persons
    assert [post.organ for post in person.positions] == ["Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"]
