"""Titles and roles mean codes."""

import pytest
from pyoxigraph import RdfFormat, Store

from kg.namespaces import iri
from kg.propose.relations import PREDICATES
from kg.propose.tenures import post_label
from kg.propose.titles import cause_of, official_causes, rank_of, roles_of, rows
from kg.propose.work import period
from kg.resources import tree

CLOSED_LIST = [
    "implements",
    "continues_implementation_of",
    "amends",
    "based_on",
    "guides",
    "details",
    "approves",
    "establishes",
    "follows_up",
    "orders_implementation_of",
    "signed_by",
    "passed_by",
    "presents",
    "inspects",
    "appoints",
    "elects",
    "promotes",
    "succeeds",
    "disciplined_by",
    "criticised_by",
    "merged_from",
    "renamed_from",
]


@pytest.mark.parametrize(
    ("title", "rank", "post_type"),
    [
        ("Phó Chủ tịch Thường trực", "StandingViceChair", "deputy"),
        ("Chủ tịch nước", "President", "head"),
        ("Trưởng Ban", "Head", "head"),
        ("Tỉnh ủy viên", "Member", "member"),
        ("Trưởng thôn", "Head", "head"),
        ("Cố vấn", "Other", "staff"),
    ],
)
def test_a_title_means_a_rank_and_a_kind_of_post(title, rank, post_type):
    assert rank_of(title) == (iri(f"rank:{rank}"), iri(f"posttype:{post_type}"))


@pytest.mark.parametrize(
    ("wording", "roles"),
    [
        ("dự và chỉ đạo", ["Attends", "Directs"]),
        ("phát biểu kết luận", ["Concludes", "Speaks"]),
        ("quán triệt", ["Disseminates"]),
        ("cắt băng", ["Other"]),
    ],
)
def test_a_wording_means_roles(wording, roles):
    assert roles_of(wording) == [iri(f"role:{r}") for r in roles]


def test_the_table_of_predicates_is_the_closed_list():
    assert sorted(PREDICATES) == sorted(CLOSED_LIST)


def test_a_word_that_title_and_body_share_is_said_once():
    assert post_label("Trưởng Ban", "Ban Tuyên giáo Tỉnh ủy Bắc Kạn") == "Trưởng Ban Tuyên giáo Tỉnh ủy Bắc Kạn"
    assert post_label("Chánh Văn phòng", "Văn phòng Tỉnh ủy") == "Chánh Văn phòng Tỉnh ủy"
    assert post_label("Chủ tịch", "Ủy ban nhân dân") == "Chủ tịch Ủy ban nhân dân"


def test_a_quarter_is_three_months_half_open():
    assert [d.isoformat() for d in period("2022-Q4") or ()] == ["2022-10-01", "2023-01-01"]
    assert [d.isoformat() for d in period("2022-Q2") or ()] == ["2022-04-01", "2022-07-01"]
    assert period("sắp tới") is None
    assert [period(end) for end in ("9999", "9999-12", "9999-Q4", "0000-Q1")] == [None] * 4


@pytest.mark.parametrize(
    ("end", "words", "cause"),
    [
        ("start", "Ông An được chỉ định giữ chức Bí thư", "Designation"),
        ("start", "Miễn nhiệm ông Bình; bầu ông An giữ chức Bí thư", "Election"),
        ("end", "Ông An, Bí thư, nghỉ hưu", "Retirement"),
        ("start", "Ông An nhận nhiệm vụ Bí thư", None),
        ("start", "Bổ nhiệm lại ông An giữ chức Bí thư", "Reappointment"),
        ("start", "Đại hội bầu bổ sung ông An làm Bí thư", "SupplementaryElection"),
        ("start", "Ông An tái đắc cử Bí thư", "Reelection"),
        ("start", "Ông Bình không tái cử; bầu ông An làm Bí thư", "Election"),
        ("start", "Ông An được bầu, ông Bình không tái cử Bí thư", "Election"),
        ("start", "Hiệp thương cử ông An làm Bí thư", "Consultation"),
        ("start", "Điều động, biệt phái ông An giữ chức Bí thư", "Secondment"),
        ("start", "Giao quyền Bí thư cho ông An", "Assignment"),
        ("end", "Ông An xin từ chức Bí thư", "Resignation"),
        ("end", "Bãi nhiệm chức vụ Bí thư", "Recall"),
        ("end", "Ông An nghỉ hưu trước tuổi, thôi Bí thư", "Release"),
        ("end", "Bí thư An nghỉ hưu trước tuổi", "EarlyRetirement"),
        ("end", "Hết nhiệm kỳ Bí thư", "TermExpiry"),
        ("end", "Cách chức Bí thư", "RemovalFromPost"),
    ],
)
def test_the_words_around_a_post_say_how_it_was_taken_up_or_left(end, words, cause):
    assert cause_of(end, words, words.index("Bí thư")) == cause


def test_causes_of_the_table_are_codes_and_those_for_official_papers_are_the_disciplinary_ones():
    codes = Store()
    codes.load(path=str(tree("ontology") / "codes" / "cause.ttl"), format=RdfFormat.TURTLE)
    known = {q.subject for q in codes.quads_for_pattern(None, iri("rdf:type"), iri("skos:Concept"))}
    named = {row[2] for row in rows("causes.tsv") if row[2]}
    assert {iri(f"cause:{name}") for name in named} <= known
    disciplinary = {q.subject for q in codes.quads_for_pattern(None, iri("skos:broader"), iri("cause:Discipline"))}
    assert {iri(f"cause:{name}") for name in official_causes()} == disciplinary & {iri(f"cause:{n}") for n in named}
    assert official_causes()
