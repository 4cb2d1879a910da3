"""Sentences about time claim no more than is known."""

import pytest
from pyoxigraph import Literal

from kg.namespaces import iri
from server.sentences import Period, spoken_day, spoken_literal, spoken_period


def test_a_day_is_written_as_people_write_it() -> None:
    assert spoken_day("2022-04-05", "vi") == "05/04/2022"
    assert spoken_day("2022-04-05", "en") == "2022-04-05"


def test_a_moment_is_told_in_utc() -> None:
    moment = Literal("2025-07-01T06:30:00+07:00", datatype=iri("xsd:dateTime"))
    assert spoken_literal(moment, "en") == "2025-06-30 23:30 UTC"


@pytest.mark.parametrize(
    ("period", "told"),
    [
        (Period(), "Không rõ ngày bắt đầu và ngày kết thúc."),
        (Period(("2022-04-05",)), "Giữ chức ít nhất ngày 05/04/2022. Không rõ ngày bắt đầu và ngày kết thúc."),
        (
            Period(("2022-04-05",), end_state="ongoing"),
            "Giữ chức ít nhất ngày 05/04/2022. Không rõ ngày bắt đầu. Vẫn đang giữ khi được nhắc lần cuối.",
        ),
        (
            Period(start_earliest="2021-01-01", start_latest="2021-01-01", end_state="ended"),
            "Bắt đầu ngày 01/01/2021. Đã thôi giữ, không rõ ngày.",
        ),
        (
            Period(start_latest="2021-01-01", end_earliest="2022-01-01", end_latest="2022-02-01"),
            "Bắt đầu không muộn hơn ngày 01/01/2021. Thôi giữ trong khoảng từ ngày 01/01/2022 đến ngày 01/02/2022.",
        ),
        (
            Period(start_earliest="2021-01-01", end_latest="2022-02-01"),
            "Bắt đầu không sớm hơn ngày 01/01/2021. Đã thôi giữ, chậm nhất ngày 01/02/2022.",
        ),
    ],
)
def test_a_period_is_told_by_its_bounds(period: Period, told: str) -> None:
    assert " ".join(spoken_period(period, "vi")) == told


def test_two_attested_days_are_not_a_span() -> None:
    told = spoken_period(Period(("2022-09-01", "2022-04-05")), "vi")[0]
    assert told == "Được xác nhận giữ chức các ngày 05/04/2022 và 01/09/2022."
