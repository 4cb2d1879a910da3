"""Who reproves whom, who orders which paper to be carried out, and for whom a decision is read out."""

from collections.abc import Callable

import pytest

from kg.model.extraction import Extraction

Said = Callable[..., Extraction]


def relations(read: Extraction) -> set[tuple[str, str, str]]:
    return {(r.subject, r.predicate, r.object) for r in read.relations}


def test_a_head_reproves_a_body(said: Said) -> None:
    read = said("Chủ tịch UBND huyện Ba Bể cũng nghiêm khắc phê bình Hội đồng quản trị Trường Mầm non Hoa Mai.")
    assert relations(read) == {
        ("Hội đồng quản trị Trường Mầm non Hoa Mai", "criticised_by", "Ủy ban nhân dân huyện Ba Bể"),
    }


def test_somebody_named_reproves_a_list(said: Said) -> None:
    read = said(
        "Phó Chủ tịch UBND tỉnh Lê Văn Bình đã quyết định phê bình ông Lò Văn Tâm – nguyên Giám đốc Sở Y tế, và bà"
        " Vi Thị Hạ – nguyên Chủ tịch UBND huyện Ba Bể."
    )
    assert relations(read) == {(name, "criticised_by", "Lê Văn Bình") for name in ("Lò Văn Tâm", "Vi Thị Hạ")}


@pytest.mark.parametrize(
    "text",
    [
        "Công tác tự phê bình và phê bình của Tỉnh ủy Bắc Kạn.",
        "Bí thư Tỉnh ủy Lê Văn Bình yêu cầu phải phê bình Sở Y tế tỉnh.",
        "UBND tỉnh đề nghị phê bình ông Lò Văn Tâm, Giám đốc Sở Y tế.",
    ],
)
def test_reproof_that_is_asked_for_or_spoken_of_is_none(said: Said, text: str) -> None:
    assert not [r for r in said(text).relations if r.predicate == "criticised_by"]


def test_a_paper_or_a_body_orders_another_paper_to_be_carried_out(said: Said) -> None:
    read = said("UBND tỉnh có Công văn số 2915/UBND-TKBT yêu cầu các sở thực hiện nghiêm Văn bản số 2861/UBND-DT.")
    assert ("2915/UBND-TKBT", "orders_implementation_of", "2861/UBND-DT") in relations(read)
    read = said("Ủy ban An toàn giao thông Quốc gia yêu cầu các tỉnh thực hiện nghiêm Thông tư số 32/2016/TT-BGTVT.")
    assert {p for _, p, _ in relations(read)} == {"orders_implementation_of"}
    read = said(
        "Phát biểu tại hội nghị, ông Lê Văn Bình, Bí thư Tỉnh ủy yêu cầu thực hiện nghiêm Nghị quyết số 28-NQ/TW."
    )
    assert not relations(read)


def test_a_decision_read_out_is_of_the_body_for_which_it_is_read(said: Said) -> None:
    read = said(
        "Ông Lê Văn Bình thay mặt Bộ Chính trị đọc quyết định về công tác nhân sự, trong đó phân công ông Lò Văn Tâm"
        " giữ chức Bí thư Tỉnh ủy Bắc Kạn."
    )
    assert relations(read) == {("Bộ Chính trị", "appoints", "Lò Văn Tâm")}


def test_a_body_is_founded_by_the_paper_that_it_names(said: Said) -> None:
    read = said("Trung tâm Khoa học Bắc Kạn thành lập theo Quyết định số 32/QĐ-UBND của UBND tỉnh.")
    assert {(s, p) for s, p, _ in relations(read)} == {("32/QĐ-UBND", "establishes")}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Ủy ban Kiểm tra Tỉnh ủy quyết định kỷ luật khiển trách đối với Đảng ủy Sở Y tế tỉnh.",
            "Đảng ủy Sở Y tế tỉnh Bắc Kạn",
        ),
        (
            "Bà Vi Thị Hạ là Giám đốc Sở Y tế. Ủy ban Kiểm tra Tỉnh ủy quyết định kỷ luật bà bằng hình thức cảnh cáo.",
            "Vi Thị Hạ",
        ),
        (
            "Bà Vi Thị Hạ là Giám đốc Sở Y tế. Ủy ban Kiểm tra Tỉnh ủy đã kỷ luật bà Hạ với hình thức cảnh cáo.",
            "Vi Thị Hạ",
        ),
    ],
)
def test_a_body_or_a_short_name_is_disciplined(said: Said, text: str, who: str) -> None:
    assert relations(said(text)) == {(who, "disciplined_by", "Ủy ban Kiểm tra Tỉnh ủy Bắc Kạn")}


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Thanh tra Chính phủ đang thanh tra toàn diện Công ty Hoa Mai.", "Công ty Hoa Mai"),
        ("Sai phạm của Công ty Hoa Mai đang được Thanh tra Chính phủ thanh tra.", "Công ty Hoa Mai"),
        (
            "Thanh tra Chính phủ tiến hành thanh tra, làm rõ tài sản của ông Lò Văn Tâm, Giám đốc Sở Y tế.",
            "Lò Văn Tâm",
        ),
    ],
)
def test_an_inspector_inspects_what_stands_behind_its_verb(said: Said, text: str, whom: str) -> None:
    assert relations(said(text)) == {("Thanh tra Chính phủ", "inspects", whom)}


def test_a_body_founds_another_by_a_paper_without_a_number(said: Said) -> None:
    read = said("UBND tỉnh đã công bố Quyết định thành lập Ban Quản lý dự án Hoa Mai.")
    assert relations(read) == {("Ủy ban nhân dân tỉnh Bắc Kạn", "establishes", "Ban Quản lý dự án Hoa Mai")}
    read = said("Công bố Quyết định của Ban Bí thư về việc thành lập Đoàn kiểm tra của Ban Bí thư.")
    assert {(s, p) for s, p, _ in relations(read)} == {("Ban Bí thư Trung ương Đảng", "establishes")}
