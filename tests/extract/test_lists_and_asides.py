"""Lists of former heads, short forms in parentheses, and who only proposes or decides."""

from collections.abc import Callable

import pytest

from kg.model.extraction import Extraction

Said = Callable[..., Extraction]


def posts(read: Extraction) -> list[tuple[str, str, str | None, str]]:
    return [(p.name, x.title, x.organ, x.status) for p in read.persons for x in p.positions]


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        (
            "Giám đốc Sở Tài nguyên và Môi trường (TN-MT) tỉnh Hà Nam Lê Văn Bình.",
            "Sở Tài nguyên và Môi trường tỉnh Hà Nam",
        ),
        ("Ông Lê Văn Bình, Giám đốc Sở Y tế (SYT) tỉnh Hà Nam.", "Sở Y tế tỉnh Hà Nam"),
        ("Ông Lê Văn Bình, Chủ tịch Hội đồng nhân dân (HĐND) huyện Ba Bể.", "Hội đồng nhân dân huyện Ba Bể"),
        ("Ông Lê Văn Bình, Trưởng Ban Tổ chức (BTC) Tỉnh ủy Hà Nam.", "Ban Tổ chức Tỉnh ủy Hà Nam"),
        (
            "Chủ tịch Ủy ban Trung ương Mặt trận Tổ quốc (MTTQ) Việt Nam Lê Văn Bình dự.",
            "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
        ),
        ("Ông Lê Văn Bình, Phó Giám đốc Liên doanh Nam Ninh - Tam Kỳ nói.", "Liên doanh Nam Ninh - Tam Kỳ"),
        (
            "Ông Lê Văn Bình, Phó Tổng Cục trưởng Tổng cục Hậu cần Kỹ thuật.",
            "Tổng cục Hậu cần Kỹ thuật",
        ),
        (
            "Kỷ luật ông Lê Văn Bình, Trưởng phòng Bảo vệ chính trị nội bộ với hình thức khiển trách.",
            "Phòng Bảo vệ chính trị nội bộ",
        ),
        (
            "Ông Lê Văn Bình được điều về công tác tại Ban Tuyên giáo Tỉnh ủy với chức vụ Trưởng ban.",
            "Ban Tuyên giáo Tỉnh ủy Bắc Kạn",
        ),
    ],
)
def test_a_body_goes_on_behind_its_short_form(said: Said, text: str, organ: str) -> None:
    assert [(x[0], x[2]) for x in posts(said(text))] == [("Lê Văn Bình", organ)]


@pytest.mark.parametrize(
    "text",
    [
        "Các cựu Chủ tịch xã Châu Kim gồm Lê Văn Bình (SN 1958, trú tại thôn Hạ), Lò Văn Tâm (SN 1965).",
        "Các cựu Chủ tịch xã Châu Kim, huyện Ba Bể qua các thời kỳ, bao gồm: Lê Văn Bình, Lò Văn Tâm.",
        "Các ông Lê Văn Bình, Lò Văn Tâm (nguyên Chủ tịch UBND xã Châu Kim) bị truy tố.",
    ],
)
def test_former_heads_are_listed_together(said: Said, text: str) -> None:
    found = posts(said(text))
    assert [(x[0], x[1], x[3]) for x in found] == [
        ("Lê Văn Bình", "Chủ tịch", "former"),
        ("Lò Văn Tâm", "Chủ tịch", "former"),
    ]
    assert {x[2] for x in found} <= {"Ủy ban nhân dân xã Châu Kim", "Ủy ban nhân dân xã Châu Kim huyện Ba Bể"}


def test_a_parenthesis_says_a_post_of_its_own_name_alone_where_one_holds_it(said: Said) -> None:
    read = said("Các ông Lê Văn Bình, Lò Văn Tâm (Chủ tịch UBND xã Châu Kim) cùng dự.")
    assert [x[0] for x in posts(read)] == ["Lò Văn Tâm"]


def test_who_proposes_a_dismissal_is_not_dismissed(said: Said) -> None:
    read = said(
        "HĐND thông qua tờ trình của Chủ tịch UBND tỉnh Lê Văn Bình về việc miễn nhiệm chức vụ Phó Chủ tịch UBND tỉnh."
    )
    assert [x[:2] for x in posts(read)] == [("Lê Văn Bình", "Chủ tịch")]


def test_a_decision_handed_to_somebody_about_a_post_gives_it(said: Said) -> None:
    read = said("Trao quyết định cho ông Lê Văn Bình về việc bổ nhiệm giữ chức Giám đốc Sở Y tế tỉnh.")
    assert [(x[0], x[1], x[3]) for x in posts(read)] == [("Lê Văn Bình", "Giám đốc", "appointed")]


def test_who_decides_between_the_appointed_and_the_verb_is_not_appointed(said: Said) -> None:
    read = said(
        "Ông Lê Văn Bình được bà Lò Thị Tâm, khi còn Chủ tịch UBND tỉnh, ký quyết định bổ nhiệm làm Giám đốc Sở Y tế."
    )
    assert [(x[0], x[1], x[3]) for x in posts(read)] == [
        ("Lê Văn Bình", "Giám đốc", "appointed"),
        ("Lò Thị Tâm", "Chủ tịch", "former"),
    ]


def test_a_judgement_is_no_letter(said: Said) -> None:
    read = said("Bản án phúc thẩm số 49/2012/DS-PT tuyên giao đất.")
    assert [(d.type, d.number) for d in read.directives] == [("Bản án phúc thẩm", "49/2012/DS-PT")]


def test_a_week_is_no_ceremony(said: Said) -> None:
    assert said("Trong Tuần lễ du lịch từ ngày 7/1, ông Lê Văn Bình, Trưởng phòng Nội vụ nêu rõ.").meetings == ()
