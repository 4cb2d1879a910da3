"""Starts told once for several people, papers in two columns, and what bodies do to people and to each other."""

from collections.abc import Callable

import pytest

from kg.model.extraction import Extraction

Said = Callable[..., Extraction]
TWO_COLUMNS = """UBND HUYỆN                     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
BA BỂ                                Độc lập – Tự do – Hạnh phúc
Số: 2716 /QĐ-UBND               Ba Bể, ngày 12 tháng 9 năm 2021

Căn cứ Nghị định số 61/2018/NĐ-CP của Chính phủ;
Thực hiện Công văn số 5102/UBND-TT của UBND tỉnh;
Xét Tờ trình số 77/TTr-VHTT của Phòng Tài chính,

Nơi nhận:                                KT. CHỦ TỊCH
- Như trên;                             PHÓ CHỦ TỊCH
- CT, các PCT UBND tỉnh;                  (Đã ký)
- Lưu: VT.                              Đặng Phú Hành
"""


def relations(read: Extraction) -> set[tuple[str, str, str]]:
    return {(r.subject, r.predicate, r.object) for r in read.relations}


def statuses(read: Extraction) -> dict[tuple[str, str], str]:
    return {(p.name, x.title): x.status for p in read.persons for x in p.positions}


def test_a_paper_in_two_columns_has_its_head_and_its_signature(said: Said) -> None:
    read = said(TWO_COLUMNS)
    own = next(d for d in read.directives if d.number == "2716/QĐ-UBND")
    assert (own.date, own.issuer) == ("2021-09-12", "Ủy ban nhân dân huyện Ba Bể")
    assert [(p.name, x.title, x.organ) for p in read.persons for x in p.positions] == [
        ("Đặng Phú Hành", "Phó Chủ tịch", "Ủy ban nhân dân huyện Ba Bể")
    ]
    assert relations(read) == {
        ("2716/QĐ-UBND", "based_on", "61/2018/NĐ-CP"),
        ("2716/QĐ-UBND", "implements", "5102/UBND-TT"),
        ("2716/QĐ-UBND", "based_on", "77/TTr-VHTT"),
        ("2716/QĐ-UBND", "signed_by", "Đặng Phú Hành"),
    }


def test_a_start_holds_for_the_rest_of_its_sentence(said: Said) -> None:
    read = said(
        "Đại hội công bố Quyết định số 207-QĐ/TU của Ban Thường vụ Tỉnh ủy Bắc Kạn chỉ định cấp ủy. "
        "Đồng chí Lò Văn Tâm được chỉ định giữ chức Bí thư Đảng ủy phường Mỹ Tho; "
        "đồng chí Vi Thị Hạ – Phó Bí thư Đảng ủy."
    )
    assert set(statuses(read).values()) == {"appointed"}
    body = "Ban Thường vụ Tỉnh ủy Bắc Kạn"
    assert relations(read) == {(body, "appoints", "Lò Văn Tâm"), (body, "appoints", "Vi Thị Hạ")}


def test_a_start_holds_for_the_lines_below_it(said: Said) -> None:
    read = said(
        "Chiều 1/4, UBND tỉnh Bắc Kạn công bố các quyết định.\nTheo các quyết định, bổ nhiệm:\n"
        "- Ông Lò Văn Tâm, Giám đốc Sở Xây dựng tỉnh Hà Giang (cũ), giữ chức Giám đốc Sở Nội vụ;\n"
        "- Bà Vi Thị Hạ giữ chức Phó Giám đốc Sở Y tế."
    )
    assert sorted(x.status for p in read.persons for x in p.positions) == ["appointed", "appointed", "former"]
    body = "Ủy ban nhân dân tỉnh Bắc Kạn"
    assert relations(read) == {(body, "appoints", "Lò Văn Tâm"), (body, "appoints", "Vi Thị Hạ")}


def test_a_list_of_a_new_board_seats_its_people(said: Said) -> None:
    read = said(
        "Điều 1. Thành lập Ban Chỉ đạo chuyển đổi số huyện Ba Bể, gồm các ông, bà có tên sau:\n"
        "1. Ông Lò Văn Tâm, Chủ tịch UBND huyện - Trưởng ban;\n2. Bà Vi Thị Hạ, Trưởng phòng Nội vụ huyện - Ủy viên."
    )
    assert statuses(read) == {
        ("Lò Văn Tâm", "Chủ tịch"): "current",
        ("Lò Văn Tâm", "Trưởng Ban"): "appointed",
        ("Vi Thị Hạ", "Trưởng phòng"): "current",
        ("Vi Thị Hạ", "Ủy viên"): "appointed",
    }


UBKT = "Ủy ban Kiểm tra Tỉnh ủy Bắc Kạn"
FRONT = "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ủy ban Kiểm tra Tỉnh ủy quyết định thi hành kỷ luật cảnh cáo đồng chí Lò Văn Tâm, Phó Chủ tịch UBND tỉnh; "
            "đề nghị xem xét kỷ luật đồng chí Vi Thị Hạ, Giám đốc Sở Y tế.",
            {("Lò Văn Tâm", "disciplined_by", UBKT)},
        ),
        (
            "Hội nghị bàn việc hợp nhất Ủy ban MTTQ Việt Nam ba tỉnh Hà Nam, Nam Định, Ninh Bình "
            "thành Ủy ban MTTQ Việt Nam tỉnh Ninh Bình.",
            {
                (f"{FRONT} Ninh Bình", "merged_from", f"{FRONT} Hà Nam"),
                (f"{FRONT} Ninh Bình", "merged_from", f"{FRONT} Nam Định"),
                (f"{FRONT} Ninh Bình", "merged_from", f"{FRONT} Ninh Bình"),
            },
        ),
        (
            "Quốc hội quy định sắp xếp thành phố Hải Phòng và tỉnh Hải Dương thành thành phố trực thuộc trung ương "
            "mới, tên gọi là thành phố Hải Phòng.",
            {
                ("thành phố Hải Phòng", "merged_from", "thành phố Hải Phòng"),
                ("thành phố Hải Phòng", "merged_from", "tỉnh Hải Dương"),
            },
        ),
        (
            "Theo Nghị quyết số 1666/NQ-UBTVQH15, xã Hoàng Hoa Thám được thành lập từ ngày 01/7.",
            {("1666/NQ-UBTVQH15", "establishes", "xã Hoàng Hoa Thám")},
        ),
    ],
)
def test_what_bodies_and_papers_do_is_read(said: Said, text: str, expected: set[tuple[str, str, str]]) -> None:
    assert relations(said(text)) == expected


def test_a_committee_that_elected_elects_those_named_next(said: Said) -> None:
    read = said(
        "Đại hội bầu Ban Chấp hành Đảng bộ huyện Ba Bể. Tại hội nghị lần thứ nhất, Ban Chấp hành bầu Ban Thường vụ; "
        "đồng chí Lò Văn Tâm được bầu giữ chức Bí thư Huyện ủy."
    )
    assert relations(read) == {("Ban Chấp hành Đảng bộ huyện Ba Bể", "elects", "Lò Văn Tâm")}


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Hội nghị bàn Nghị quyết số 31-NQ/TW năm 2022 của Bộ Chính trị về phát triển.", "Bộ Chính trị"),
        (
            "Hội nghị bàn Nghị quyết số 19-NQ/TW của Hội nghị Trung ương 6 khóa XII.",
            "Ban Chấp hành Trung ương Đảng",
        ),
        ("Xét đề nghị của Sở Y tế tại Tờ trình số 512/TTr-SYT, UBND tỉnh có ý kiến.", "Sở Y tế tỉnh Bắc Kạn"),
    ],
)
def test_who_issued_a_paper_is_read_over_a_year_a_plenum_or_a_proposal(said: Said, text: str, issuer: str) -> None:
    assert [d.issuer for d in said(text).directives] == [issuer]


def test_a_measure_needs_no_word_for_discipline(said: Said) -> None:
    read = said(
        "Bộ Công Thương vừa có quyết định cách chức ông Lò Văn Tâm - Cục trưởng Cục Hóa chất. "
        "UBND tỉnh cho biết ông Vi Văn Hạ, Giám đốc Sở Y tế bị cảnh cáo."
    )
    assert relations(read) == {("Lò Văn Tâm", "disciplined_by", "Bộ Công Thương")}


@pytest.mark.parametrize(
    "text",
    [
        "Giám đốc Sở Y tế Trần Thị Lộc (0000 – 1999) dự.",
        "Giám đốc Sở Y tế Trần Thị Lộc (1971 – 0000) dự, nhiệm vụ trọng tâm năm 0000: Tiếp tục giữ rừng.",
        "Giám đốc Sở Y tế Trần Thị Lộc nói. Nhiệm vụ trọng tâm tháng " + "9" * 5000 + ": Tiếp tục giữ rừng.",
    ],
    ids=["birth", "death", "month"],
)
def test_a_year_or_month_of_no_calendar_dates_nothing(said: Callable[..., Extraction], text: str) -> None:
    read = said(text)
    (person,) = read.persons
    assert (person.name, person.birth_date, person.death_date) == ("Trần Thị Lộc", None, None)
    assert {task.period for task in read.tasks} <= {None}


@pytest.mark.parametrize(("published", "period"), [("2022-04-06", "2022-04"), ("0001-01-01", "0001-04")])
def test_a_task_is_of_the_year_of_its_report(said: Callable[..., Extraction], published: str, period: str) -> None:
    read = said("UBND tỉnh họp. Nhiệm vụ trọng tâm tháng 4: Tiếp tục giữ rừng.", published=published)
    assert [task.period for task in read.tasks] == [period]
