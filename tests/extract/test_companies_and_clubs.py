"""Heads of associations, companies, cells and schools, foreigners among them, and lists that go on."""

from collections.abc import Callable

import pytest

from kg.model.extraction import Extraction

Said = Callable[..., Extraction]


def posts(read: Extraction) -> list[tuple[str, str, str | None]]:
    return [(p.name, x.title, x.organ) for p in read.persons for x in p.positions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ông Lò Văn Tâm, Chủ tịch Hội Nhà Văn Hà Nội, nói.", ("Chủ tịch", "Hội Nhà văn thành phố Hà Nội")),
        (
            "Ông Lò Văn Tâm, Phó Chủ tịch Hội Liên hiệp VHNT tỉnh Lào Cai, nói.",
            ("Phó Chủ tịch", "Hội Liên hiệp Văn học Nghệ thuật tỉnh Lào Cai"),
        ),
        ("Thường trực Ban Bí thư Lò Văn Tâm nói.", ("Thường trực", "Ban Bí thư Trung ương Đảng")),
        ("Ông Lò Văn Tâm, Hiệu phó Trường THPT Mai Lạp, nói.", ("Hiệu phó", "Trường THPT Mai Lạp")),
        (
            "Ông Lò Văn Tâm, Trưởng phòng kinh tế hạ tầng huyện Chư Păh, nói.",
            ("Trưởng phòng", "Phòng Kinh tế và Hạ tầng huyện Chư Păh"),
        ),
        (
            "Ông Lò Văn Tâm, Giám đốc Văn phòng Đăng ký đất đai tỉnh Lào Cai, nói.",
            ("Giám đốc", "Văn phòng Đăng ký đất đai tỉnh Lào Cai"),
        ),
        ("Ông Lò Văn Tâm, Bí thư chi bộ thôn Nà Lạ, nói.", ("Bí thư", "Chi bộ thôn Nà Lạ")),
        ("Ông Lò Văn Tâm, 52 tuổi, Chủ tịch UBND xã Mai Lạp, nói.", ("Chủ tịch", "Ủy ban nhân dân xã Mai Lạp")),
        (
            "Đoàn thăm ông Lò Văn Tâm (bệnh binh 2/3, nguyên Chủ tịch UBND xã Mai Lạp).",
            ("Chủ tịch", "Ủy ban nhân dân xã Mai Lạp"),
        ),
        (
            "Phó Giám đốc Sở Y tế tỉnh Lào Cai phụ trách Trung tâm Cấp cứu là ông Lò Văn Tâm.",
            ("Phó Giám đốc", "Sở Y tế tỉnh Lào Cai"),
        ),
    ],
)
def test_a_post_of_one_person(said: Said, text: str, expected: tuple[str, str]) -> None:
    assert posts(said(text, place=None)) == [("Lò Văn Tâm", *expected)]


def test_the_cell_of_a_head_is_that_of_the_body_named_behind_it(said: Said) -> None:
    read = said("Ông Lò Văn Tâm, Bí thư Chi bộ, Hiệu trưởng Trường THPT Mai Lạp, nói.", place=None)
    assert ("Lò Văn Tâm", "Bí thư", "Chi bộ Trường THPT Mai Lạp") in posts(read)


def test_a_foreigner_is_somebody_where_a_post_in_a_company_stands_beside(said: Said) -> None:
    read = said("Bà Helena Fox Vi, Giám đốc điều hành Quỹ Sông Xanh, nói. Ông Frank Webb ngã xuống suối.", place=None)
    assert posts(read) == [("Helena Fox Vi", "Giám đốc điều hành", "Quỹ Sông Xanh")]


def test_a_foreigner_holds_no_office_of_this_state(said: Said) -> None:
    assert posts(said("Ông Frank Webb, Thống đốc bang, nói.", place=None)) == []


def test_a_heading_without_a_full_stop_gives_nobody_its_last_words(said: Said) -> None:
    read = said("Giao việc cho chủ tịch phường Ông Lò Vi Minh Tâm, Phó Chủ tịch UBND quận Hà Đông, nói.", place=None)
    assert posts(read) == [("Lò Vi Minh Tâm", "Phó Chủ tịch", "Ủy ban nhân dân quận Hà Đông")]


def test_a_list_of_members_goes_on_over_ranks_and_several_terms(said: Said) -> None:
    read = said("Dự lễ có các Ủy viên Bộ Chính trị: Lò Văn Tâm; Thượng tướng Vi Văn Hạ; Mè Thị Lan.", place=None)
    assert posts(read) == [(n, "Ủy viên", "Bộ Chính trị") for n in ("Lò Văn Tâm", "Vi Văn Hạ", "Mè Thị Lan")]
    read = said(
        "Ông Lò Văn Tâm từng giữ chức Ủy viên Trung ương Đảng các khóa III, IV; đại biểu Quốc hội từ khóa II đến khóa"
        " VI; Bí thư Tỉnh ủy Lào Cai.",
        place=None,
    )
    assert [x for _, _, x in posts(read)] == ["Ban Chấp hành Trung ương Đảng", "Quốc hội", "Tỉnh ủy Lào Cai"]


def test_who_is_moved_is_not_who_is_named_behind_a_semicolon(said: Said) -> None:
    text = "Tỉnh bổ nhiệm ông Lò Văn Tâm làm Phó Giám đốc Sở Y tế từ ngày 31-5; cho ông Vi Văn Hạ nghỉ hưu."
    assert [name for name, *_ in posts(said(text))] == ["Lò Văn Tâm"]


def test_a_full_stop_typed_for_a_comma_keeps_the_posts_of_whom_it_names(said: Said) -> None:
    read = said("Đồng chí Lò Văn Tâm. Ủy viên Trung ương Đảng, Bộ trưởng Bộ Y tế chủ trì.", place=None)
    assert [(n, t) for n, t, _ in posts(read)] == [("Lò Văn Tâm", "Ủy viên"), ("Lò Văn Tâm", "Bộ trưởng")]


def test_a_minister_is_not_the_head_of_government_before_whom_he_speaks(said: Said) -> None:
    read = said("Phải giải trình trước Thủ tướng Chính phủ, Bộ trưởng Bộ Y tế Lò Văn Tâm nhấn mạnh.", place=None)
    assert posts(read) == [("Lò Văn Tâm", "Bộ trưởng", "Bộ Y tế")]


def test_a_paper_cited_with_and_without_its_year_is_one(said: Said) -> None:
    read = said("Sở làm trái Nghị định 24. Theo Nghị định 24/2014, sở có ba phó giám đốc.", place=None)
    assert [d.number for d in read.directives] == ["24/2014"] or len(read.directives) == 1


def test_those_at_a_ceremony_for_somebody_who_has_died_are_in_office(said: Said) -> None:
    read = said(
        "Lễ kỷ niệm 100 năm ngày sinh đồng chí Vi Văn Hạ (7/7/1917 - 7/8/1997). Chủ tịch UBND tỉnh Lò Văn Tâm dự.",
        published="2022-07-07",
    )
    assert [x.status for p in read.persons for x in p.positions if p.name == "Lò Văn Tâm"] == ["current"]


def test_those_who_hand_over_receive_and_thank_are_there(said: Said) -> None:
    read = said(
        "Chiều 10/2, Sở Y tế tổ chức lễ trao Huy hiệu. Ông Vi Văn Hạ, Giám đốc Sở Y tế trao Huy hiệu 30 năm tuổi Đảng "
        "cho đảng viên Lò Văn Tâm, Phó Chánh Văn phòng Sở Y tế. Thay mặt cán bộ, phóng viên, bà Mè Thị Lan, Tổng Biên "
        "tập Báo Lào Cai cảm ơn.",
        published="2022-02-11",
    )
    assert {p.name: p.role for p in read.meetings[0].participants} == {
        "Vi Văn Hạ": "trao",
        "Lò Văn Tâm": "nhận huy hiệu",
        "Mè Thị Lan": "phát biểu",
    }


def test_who_speaks_at_a_ceremony_named_behind_attends(said: Said) -> None:
    read = said("Tham dự lễ khánh thành, ông Vi Văn Hạ, Giám đốc Sở Y tế, Lào Cai nhấn mạnh điều đó.", place=None)
    assert [p.name for m in read.meetings for p in m.participants] == ["Vi Văn Hạ"]


def test_the_body_of_a_head_without_a_name_appoints(said: Said) -> None:
    read = said("Chủ tịch UBND tỉnh Lào Cai đã có quyết định bổ nhiệm ông Lò Văn Tâm giữ chức Giám đốc Sở Y tế.")
    assert [(r.subject, r.predicate, r.object) for r in read.relations] == [
        ("Ủy ban nhân dân tỉnh Lào Cai", "appoints", "Lò Văn Tâm")
    ]


def test_a_decision_on_an_inspection_appoints_nobody(said: Said) -> None:
    read = said(
        "Ngày 12/3, tỉnh công bố quyết định của Bộ Chính trị về kiểm tra công tác cán bộ. Tỉnh bổ nhiệm ông Lò Văn Tâm "
        "giữ chức Giám đốc Sở Y tế."
    )
    assert [r.subject for r in read.relations if r.predicate == "appoints"] == []


def test_who_retires_leaves_the_post_named_before(said: Said) -> None:
    read = said("Sở thiếu người do ông Lò Văn Tâm, Phó Giám đốc Sở Y tế, nghỉ hưu theo chế độ.")
    assert [x.status for p in read.persons for x in p.positions] == ["outgoing"]


def test_a_post_that_nobody_was_elected_to_is_nobodys(said: Said) -> None:
    read = said(
        "Ông Lò Văn Tâm, Giám đốc Sở Nội vụ tỉnh Lào Cai, cho biết HĐND chưa bầu bổ sung Phó Chủ tịch UBND tỉnh."
    )
    assert posts(read) == [("Lò Văn Tâm", "Giám đốc", "Sở Nội vụ tỉnh Lào Cai")]


def test_a_committee_of_the_assembly_keeps_the_commas_of_its_name(said: Said) -> None:
    read = said("Ông Lò Văn Tâm, Ủy viên Ủy ban Khoa học, Công nghệ và Môi trường của Quốc hội, nói.", place=None)
    assert posts(read) == [("Lò Văn Tâm", "Ủy viên", "Ủy ban Khoa học, Công nghệ và Môi trường của Quốc hội")]


def test_who_reports_to_somebody_does_not_hold_that_post(said: Said) -> None:
    read = said("Báo cáo với Bí thư Thành ủy, Phó Giám đốc Sở Y tế Lò Văn Tâm cho biết điều đó.", place="Hà Nội")
    assert [title for _, title, _ in posts(read)] == ["Phó Giám đốc"]


def test_a_commune_that_is_called_like_a_ceremony_is_none(said: Said) -> None:
    assert said("Chiều 7/7, anh Lò Văn Tâm (xã Tri Lễ) chở vợ đi chợ, Chủ tịch UBND xã Vi Văn Hạ nói.").meetings == ()
