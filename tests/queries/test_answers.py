"""What each query answers on a small invented graph (fixture.ttl with faults.ttl)."""

import pytest

from kg.query import Library

from .answers import shown

LIBRARY = Library.load()


@pytest.fixture
def ask(invented_graph):
    def rows(name: str, **params: str) -> list[tuple[str, ...]]:
        query = LIBRARY[name]
        found = invented_graph.select(query.text, query.bind(params))
        return [tuple(shown(row.get(column)) for column in query.returns) for row in found]

    return rows


def test_meeting_participants_gives_site_role_and_capacity_and_named_people_first(ask):
    assert ask("meeting-participants", meeting="meeting:hop") == [
        ("person:binh", "Lê Bình", "điểm cầu chính", "chủ trì", "Giám đốc Sở Thử"),
        ("", "đại diện các sở", "", "", ""),
    ]


def test_meetings_on_directive_names_what_was_done_with_it(ask):
    assert ask("meetings-on-directive", directive="directive:ke-hoach") == [
        ("meeting:hop", "Hội nghị thử", "2024-02-01", "bm:disseminates", "Ban Thử")
    ]


def test_directive_cascade_follows_papers_to_meetings_and_their_tasks(ask):
    assert [(row[0], row[1]) for row in ask("directive-cascade", directive="directive:goc")] == [
        ("directive:tiep", "bm:Directive"),
        ("directive:ke-hoach", "bm:Directive"),
        ("task:viec", "bm:Task"),
        ("meeting:hop", "bm:Meeting"),
    ]


def test_directive_chain_goes_up_and_down_from_the_middle(ask):
    assert [row[:1] + row[2:4] + row[5:] for row in ask("directive-chain", directive="directive:tiep")] == [
        ("directive:ke-hoach", "bm:implements", "directive:tiep", ""),
        ("directive:tiep", "bm:continues", "directive:goc", "tiếp tục thực hiện"),
    ]


def test_directive_chain_of_a_lone_paper_is_empty(ask):
    assert ask("directive-chain", directive="directive:khac") == []


def test_tasks_are_those_that_overlap_the_period(ask):
    assert ask("tasks", **{"from": "2024-03-01", "until": "2025-01-01"}) == [
        ("task:viec", "rà soát", "2024-01-01", "2024-04-01", "Hội nghị thử", "Sở Thử")
    ]
    assert ask("tasks", **{"from": "2024-04-01", "until": "2025-01-01"}) == []


def test_person_posts_carries_bounds_and_sentence(ask):
    assert ask("person-posts", person="person:binh") == [
        (
            "Giám đốc Sở Thử",
            "2024-02-01",
            "2024-06-01",
            "2023-09-01",
            "2023-09-01",
            "",
            "",
            "Giám đốc Lê Bình chủ trì",
            "Báo thử",
        )
    ]


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("2016-06-30", []),
        ("2016-07-10", [("person:an", "possible")]),
        ("2016-07-31", [("person:an", "certain")]),
        ("2023-07-31", [("person:an", "certain")]),
        ("2023-08-15", [("person:an", "possible")]),
        ("2023-09-01", [("person:binh", "certain")]),
        ("2023-09-02", [("person:binh", "likely")]),
        ("2024-02-01", [("person:binh", "certain")]),
        ("2024-03-01", [("person:binh", "likely")]),
        ("2024-06-02", [("person:binh", "possible")]),
    ],
)
def test_post_holders_on_day_tells_certain_from_likely_and_possible(ask, day, answer):
    rows = ask("post-holders-on-day", post="post:giam-doc", day=day)
    assert [(row[0], row[2]) for row in rows] == answer


def test_another_holder_seen_in_between_makes_it_only_possible(ask):
    rows = ask("post-holders-on-day", post="post:truong-ban", day="2020-06-01")
    assert [(row[0], row[2]) for row in rows] == [("person:chi-khac", "possible"), ("person:chi", "possible")]


def test_post_holders_come_one_after_the_other(ask):
    assert [row[1:] for row in ask("post-holders", post="post:giam-doc")] == [
        ("Đỗ An", "", "", "2016-07-31", "2023-09-01", "đã kết thúc"),
        ("Lê Bình", "2024-02-01", "2024-06-01", "2023-09-01", "", "đang giữ khi ghi nhận"),
    ]


def test_personnel_changes_are_those_of_the_period(ask):
    period = {"from": "2023-08-01", "until": "2023-09-01"}
    assert ask("personnel-changes", **period) == [
        ("2023-08-30", "cause:Appointment", "Lê Bình", "Giám đốc Sở Thử", "Ban Thử")
    ]
    assert ask("personnel-changes", **{"from": "2023-08-31", "until": "2023-11-01"}) == []


def test_organ_people_gives_first_and_last_day_seen(ask):
    assert [row[1:] for row in ask("organ-people", organ="organ:so")] == [
        ("Ngô Nam", "Phó Giám đốc Sở Thử", "", ""),
        ("Trịnh Lâm", "Phó Giám đốc Sở Thử", "", ""),
        ("Đỗ An", "Giám đốc Sở Thử", "", ""),
        ("Lê Bình", "Giám đốc Sở Thử", "2024-02-01", "2024-06-01"),
    ]


@pytest.mark.parametrize("organ", ["organ:ban", "organ:so"])
def test_coordination_is_found_from_either_side(ask, organ):
    assert ask("coordination", organ=organ) == [("Ban Thử", "Sở Thử", "Kế hoạch", "Ban phối hợp với Sở")]


def test_conflicts_put_both_sentences_side_by_side(ask):
    assert [row[2:6] for row in ask("conflicts", about="directive:goc")] == [
        ("bm:issuedOn", "2020-01-10", "ngày 10/01/2020", "Báo thử"),
        ("bm:issuedOn", "2020-01-11", "ngày 11/01/2020", "Báo thử"),
    ]


def test_source_facts_come_in_the_order_of_the_text(ask):
    rows = ask("source-facts", source="source:bao")
    assert [int(row[4]) for row in rows] == sorted(int(row[4]) for row in rows)
    assert ("relation:phoi-hop", "bm:OrganRelation") in [row[:2] for row in rows]


def test_facts_without_basis_finds_the_one_that_rests_on_nothing(ask):
    assert ask("facts-without-basis") == [("directive:khac", "bm:Directive", "Văn bản khác")]


def test_same_name_persons_shows_each_with_posts(ask):
    assert [row[1:] for row in ask("same-name-persons")] == [
        ("person:chi", "Vũ Chi", "Trưởng Ban Thử", "2020-01-01"),
        ("person:chi-khac", "Vũ Chi", "Trưởng Ban Thử", "2021-01-01"),
    ]
    assert ask("same-name-persons", key="do an") == []


def test_place_successor_follows_changes_to_the_unit_of_today(ask):
    assert ask("place-successor", place="place:xa-dau-cu") == [
        ("place:xa-cuoi-2025", "xã Cuối", "", "tỉnh Mới", "known", "", "")
    ]
    assert ask("place-successor", place="place:tinh-cu") == [
        ("place:tinh-moi-2025", "tỉnh Mới", "2025-07-01", "", "known", "", "")
    ]


def test_place_successor_of_a_unit_that_ended_without_one_is_unknown_but_its_province_is_not(ask):
    assert ask("place-successor", place="place:huyen-cu") == [("", "", "", "tỉnh Mới", "unknown", "", "")]


def test_place_predecessors_go_back_to_the_oldest_that_are_known(ask):
    assert [row[0] for row in ask("place-predecessors", place="place:xa-cuoi-2025")] == [
        "place:xa-giua-cu",
        "place:xa-dau-cu",
    ]
    assert ask("place-predecessors", place="place:xa-dau-cu") == [("", "", "", "", "unknown", "", "")]


@pytest.mark.parametrize(
    "day", ["2019-02-28", "2019-03-01", "2021-01-01", "2023-05-01", "2025-06-30", "2025-07-01", "2025-07-02"]
)
def test_province_heads_on_day_says_of_each_post_what_post_holders_on_day_says(ask, day):
    heads = {(row[2], row[4]) for row in ask("province-heads-on-day", day=day)}
    each = {
        (row[0], row[2])
        for post in ("bi-thu-cu", "bi-thu-khac")
        for row in ask("post-holders-on-day", post=f"post:{post}", day=day)
    }
    later = {(row[0], row[2]) for row in ask("post-holders-on-day", post="post:bi-thu-moi", day=day)}
    assert heads == each | (later if day >= "2025-07-01" else set())
    assert heads


def test_province_heads_on_day_leaves_out_a_province_that_is_not_there_yet(ask):
    assert ask("province-heads-on-day", day="2025-06-30", province="place:tinh-moi-2025") == []
    assert ask("province-heads-on-day", day="2025-07-01", province="place:tinh-moi-2025") != []


@pytest.mark.parametrize(
    ("start", "until", "people"),
    [
        ("2018-01-01", "2019-03-01", []),
        ("2019-01-01", "2020-01-01", ["person:dung"]),
        ("2022-01-01", "2022-01-02", ["person:dung", "person:giang"]),
        ("2024-01-01", "2025-01-01", ["person:dung"]),
        ("2025-07-01", "2026-01-01", []),
    ],
)
def test_standing_committee_in_period_has_the_secretary_and_those_known_then(ask, start, until, people):
    rows = ask("standing-committee-in-period", place="place:tinh-cu", **{"from": start, "until": until})
    assert [row[0] for row in rows] == people


def test_security_chiefs_are_found_by_the_place_of_both_bodies(ask):
    assert [row[1:3] for row in ask("security-chiefs-in-standing-committee")] == [("person:giang", "Phan Giang")]


def test_secretaries_who_rose_in_their_own_province_are_not_from_outside(ask):
    assert {row[1] for row in ask("secretaries-from-outside")} == {"person:dung"}


def test_cascade_lag_counts_days_along_the_chain(ask):
    assert [(row[0], row[5]) for row in ask("cascade-lag", directive="directive:goc")] == [("directive:tiep", "366")]


def test_directives_without_followers_has_none_that_a_meeting_or_a_decision_takes_up(ask):
    found = {row[0] for row in ask("directives-without-followers")}
    assert found == {"directive:lech", "directive:quy-che-moi", "directive:khac"}
    party = ask("directives-without-followers", ladder="ladder:Party")
    assert [row[0] for row in party] == ["directive:lech"]


def test_replaced_directives_name_what_took_their_place(ask):
    assert [row[0] for row in ask("replaced-directives")] == ["directive:quy-che-cu"]


@pytest.mark.parametrize(
    ("day", "units"), [("2025-06-30", {"tỉnh Cũ", "tỉnh Khác"}), ("2025-07-01", {"tỉnh Cũ", "tỉnh Khác", "tỉnh Mới"})]
)
def test_units_of_place_on_day_leaves_out_what_is_not_there_yet(ask, day, units):
    assert {row[1] for row in ask("units-of-place-on-day", place="place:viet-nam", day=day)} == units


def test_directives_of_issuer_takes_all_years_when_none_is_given(ask):
    every = ask("directives-of-issuer", issuer="organ:btv-cu")
    assert [row[1] for row in every] == ["directive:lech", "directive:ky-luat"]
    assert [row[1] for row in ask("directives-of-issuer", issuer="organ:btv-cu", year="2023")] == ["directive:ky-luat"]


def test_facts_of_confidence_asks_for_low_unless_told_otherwise(ask):
    assert [row[0] for row in ask("facts-of-confidence")] == ["person:nam", "tenure:nam-pho-giam-doc"]
    assert "event:lam" in [row[0] for row in ask("facts-of-confidence", confidence="confidence:high")]
