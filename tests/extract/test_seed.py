"""Everything that the issue asks to be read from the real report."""

import pytest

from kg.extract import extract
from kg.model.documents import Document
from kg.model.extraction import DirectiveRead, Extraction

PROGRAMME = "Chương trình phối hợp giữa Ban Tuyên giáo Tỉnh ủy với HĐND và UBND tỉnh năm 2022"
PLAN = "Kế hoạch thực hiện nội dung phối hợp năm 2022"


@pytest.fixture(scope="module")
def document(article) -> Document:
    return article("seed")


@pytest.fixture(scope="module")
def read(document: Document) -> Extraction:
    return extract(document)


@pytest.fixture(scope="module")
def directives(read: Extraction) -> dict[str, DirectiveRead]:
    return {directive.ref: directive for directive in read.directives}


def test_four_officials_with_their_posts_and_bodies(read: Extraction) -> None:
    assert [(p.name, [(x.title, x.organ, x.status, x.organ_completed) for x in p.positions]) for p in read.persons] == [
        ("Trần Thị Lộc", [("Trưởng Ban", "Ban Tuyên giáo Tỉnh ủy Bắc Kạn", "current", True)]),
        ("Hoàng Thu Trang", [("Phó Chủ tịch Thường trực", "Hội đồng nhân dân tỉnh Bắc Kạn", "current", True)]),
        ("Phạm Duy Hưng", [("Phó Chủ tịch", "Ủy ban nhân dân tỉnh Bắc Kạn", "current", True)]),
        ("Triệu Thị Thu Hoài", [("Phó Bí thư Thường trực", "Thành ủy Bắc Kạn", "current", True)]),
    ]


def test_bodies_have_kinds_and_places(read: Extraction) -> None:
    organs = {organ.name: (organ.kind, organ.place) for organ in read.organs}
    assert organs["Ban Tuyên giáo Tỉnh ủy Bắc Kạn"] == ("PropagandaBoard", "tỉnh Bắc Kạn")
    assert organs["Thành ủy Bắc Kạn"] == ("PartyCommittee", "thành phố Bắc Kạn")
    assert organs["Ủy ban nhân dân thành phố Bắc Kạn"] == ("PeoplesCommittee", "thành phố Bắc Kạn")
    assert organs["Ủy ban Mặt trận Tổ quốc Việt Nam thành phố Bắc Kạn"] == ("FatherlandFront", "thành phố Bắc Kạn")
    assert organs["Bộ Chính trị"] == ("Politburo", None)


def test_the_meeting_with_both_sites(read: Extraction) -> None:
    (meeting,) = read.meetings
    assert (meeting.date, meeting.form, meeting.organizer) == ("2022-04-05", "online", "Ban Tuyên giáo Tỉnh ủy Bắc Kạn")
    assert [site for site, _ in meeting.sites] == ["điểm cầu Tỉnh ủy", "điểm cầu thành phố Bắc Kạn"]


def test_who_was_where_in_what_role(read: Extraction) -> None:
    assert {(p.name, p.role, p.site) for p in read.meetings[0].participants} == {
        ("Trần Thị Lộc", "dự và chỉ đạo; quán triệt", None),
        ("Hoàng Thu Trang", "tham dự", "điểm cầu Tỉnh ủy"),
        ("Phạm Duy Hưng", "tham dự; báo cáo", "điểm cầu Tỉnh ủy"),
        ("Triệu Thị Thu Hoài", "tham dự", "điểm cầu thành phố Bắc Kạn"),
    }


def test_collective_participants_at_both_sites(read: Extraction, document: Document) -> None:
    collective = read.meetings[0].collective
    assert [(c.text.split(",")[0], c.site) for c in collective] == [
        ("đại diện lãnh đạo các sở", "điểm cầu Tỉnh ủy"),
        ("lãnh đạo Thường trực HĐND", "điểm cầu thành phố Bắc Kạn"),
        ("Đảng ủy", "điểm cầu thành phố Bắc Kạn"),
    ]
    assert all(c.span.of(document.text) == c.text for c in collective)


def test_the_decision_is_one_document_in_three_mentions(directives, document: Document) -> None:
    decision = directives["238-QĐ/TW"]
    assert (decision.type, decision.issuer, decision.issuer_from, decision.date) == (
        "Quyết định", "Ban Bí thư Trung ương Đảng", "text", "2020-09-30"
    )  # fmt: skip
    words = [citation.span.of(document.text) for citation in decision.citations]
    assert words[1] == "Quyết định số 238"
    assert words[0].startswith("Quyết định số 238-QĐ/TW của Ban Bí thư về “Quy chế phối hợp")
    assert words[0].endswith("Nhân dân quan tâm”")
    assert words[2].startswith("Quyết định số 238-QĐ/TW ngày 30/9/2020 của Ban Bí thư về “Quy chế")


def test_both_titles_of_the_decision_are_kept_where_they_stand(directives, document: Document) -> None:
    titled = [c for c in directives["238-QĐ/TW"].citations if c.title]
    assert ["cơ quan quản lý nhà nước" in c.title for c in titled] == [False, True]
    for citation in titled:
        assert citation.title_span.of(document.text) == citation.title
        assert citation.span.covers(citation.title_span)


def test_the_conclusion_continues_the_directive(read: Extraction, directives) -> None:
    conclusion, directive = directives["01-KL/TW"], directives["05-CT/TW"]
    assert (conclusion.type, conclusion.issuer, conclusion.date) == ("Kết luận", "Bộ Chính trị", "2021-05-18")
    assert (directive.type, directive.issuer, directive.issuer_term) == ("Chỉ thị", "Bộ Chính trị", "khóa XII")
    assert ("01-KL/TW", "continues_implementation_of", "05-CT/TW") in [
        (r.subject, r.predicate, r.object) for r in read.relations
    ]


def test_the_unnumbered_programme_and_plan_of_the_year(directives) -> None:
    assert [(directives[n].number, directives[n].name, directives[n].year) for n in (PROGRAMME, PLAN)] == [
        (None, PROGRAMME, 2022),
        (None, PLAN, 2022),
    ]


def test_the_coordination_under_the_programme(read: Extraction) -> None:
    (coordination,) = read.coordinations
    assert coordination.lead == "Ban Tuyên giáo Tỉnh ủy Bắc Kạn"
    assert coordination.partners == ("Hội đồng nhân dân tỉnh Bắc Kạn", "Ủy ban nhân dân tỉnh Bắc Kạn")
    assert coordination.directive == PROGRAMME


def test_what_was_disseminated_and_by_whom(read: Extraction) -> None:
    uses = [(u.ref, u.by) for u in read.meetings[0].directives if u.action == "disseminates"]
    assert uses == [("238-QĐ/TW", "Trần Thị Lộc"), (PLAN, "Trần Thị Lộc")]
    assert ("Trần Thị Lộc", "presents", "238-QĐ/TW") in [(r.subject, r.predicate, r.object) for r in read.relations]


def test_the_tasks_of_the_quarter(read: Extraction, document: Document) -> None:
    assert len(read.tasks) >= 5
    assert {task.period for task in read.tasks} == {"2022-Q2"}
    assert read.tasks[0].text.startswith("Tiếp tục tuyên truyền việc triển khai")
    assert any("238-QĐ/TW" in task.text for task in read.tasks)
    for task in read.tasks:
        assert " ".join(task.spans[0].of(document.text).split()) == task.text


def test_the_author_is_no_official(read: Extraction, document: Document) -> None:
    assert read.byline == "Đặng Tuyết"
    assert read.byline_span.of(document.text) == "Đặng Tuyết"
    assert "Đặng Tuyết" not in {p.name for p in read.persons}
