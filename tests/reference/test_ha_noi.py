"""Hà Nội and its neighbours on days before and after the changes of 2008, 2009 and 2013."""

import pytest
from pyoxigraph import Store

from kg.namespaces import PREFIXES, iri
from kg.reference import bodies_of
from kg.reference.quads import reference_units
from kg.reference.units import Unit

UNITS = {unit.slug: unit for unit in reference_units("full")}
INNER = (
    "Ba Đình",
    "Hoàn Kiếm",
    "Tây Hồ",
    "Long Biên",
    "Cầu Giấy",
    "Đống Đa",
    "Hai Bà Trưng",
    "Hoàng Mai",
    "Thanh Xuân",
)
OUTER = ("Sóc Sơn", "Đông Anh", "Gia Lâm", "Từ Liêm", "Thanh Trì")
HA_TAY = (
    *("Ba Vì", "Chương Mỹ", "Đan Phượng", "Hoài Đức", "Mỹ Đức", "Phú Xuyên"),
    *("Phúc Thọ", "Quốc Oai", "Thạch Thất", "Thanh Oai", "Thường Tín", "Ứng Hòa"),
)
FOUR = {"Xã Đông Xuân", "Xã Tiến Xuân", "Xã Yên Bình", "Xã Yên Trung"}


def units_on(place: str, day: str) -> list[Unit]:
    return [
        unit
        for unit in UNITS.values()
        if unit.ancestors[:1] == (place,) and unit.valid_from <= day and (not unit.valid_to or day < unit.valid_to)
    ]


def names_on(place: str, day: str) -> set[str]:
    return {unit.name for unit in units_on(place, day)}


def after(unit: Unit) -> list[Unit]:
    """The unit and what it became, one after the other, as long as there is one successor alone."""
    chain = [unit]
    while len(chain[-1].successors) == 1:
        chain.append(UNITS[chain[-1].successors[0]])
    return chain


@pytest.mark.parametrize("day", ["2007-06-01", "2008-07-31"])
def test_ha_noi_had_14_districts_before_august_2008(day: str) -> None:
    assert names_on("thanh-pho-ha-noi", day) == {*(f"Quận {n}" for n in INNER), *(f"Huyện {n}" for n in OUTER)}


@pytest.mark.parametrize(
    ("day", "son_tay"), [("2007-06-01", "Thị xã"), ("2008-02-01", "Thành phố"), ("2008-07-31", "Thành phố")]
)
def test_ha_tay_had_14_districts_until_it_ended(day: str, son_tay: str) -> None:
    cities = {"Thành phố Hà Đông", f"{son_tay} Sơn Tây"}
    assert names_on("tinh-ha-tay", day) == {*cities, *(f"Huyện {n}" for n in HA_TAY)}
    assert names_on("tinh-ha-tay", "2008-08-01") == set()


def test_me_linh_lay_in_vinh_phuc_and_four_communes_in_hoa_binh() -> None:
    assert "Huyện Mê Linh" in names_on("tinh-vinh-phuc", "2008-07-31")
    assert "Huyện Mê Linh" not in names_on("tinh-vinh-phuc", "2008-08-01")
    assert names_on("huyen-luong-son-hoa-binh", "2008-07-31") >= FOUR
    assert not FOUR & names_on("huyen-luong-son-hoa-binh", "2008-08-01")
    assert "Xã Đông Xuân" in names_on("huyen-quoc-oai-ha-noi", "2008-08-01")
    assert names_on("huyen-thach-that-ha-noi", "2008-08-01") >= FOUR - {"Xã Đông Xuân"}
    assert not FOUR & (
        names_on("huyen-quoc-oai-ha-tay", "2008-07-31") | names_on("huyen-thach-that-ha-tay", "2008-07-31")
    )


@pytest.mark.parametrize(
    ("day", "number", "some"),
    [
        ("2009-01-01", 29, {"Thành phố Hà Đông", "Thành phố Sơn Tây", "Huyện Mê Linh", "Huyện Từ Liêm"}),
        ("2009-05-08", 29, {"Quận Hà Đông", "Thị xã Sơn Tây", "Huyện Từ Liêm"}),
        ("2013-01-01", 29, {"Quận Hà Đông", "Thị xã Sơn Tây", "Huyện Từ Liêm"}),
        ("2013-12-27", 30, {"Quận Bắc Từ Liêm", "Quận Nam Từ Liêm"}),
    ],
)
def test_ha_noi_had_29_districts_and_30_since_tu_liem_was_divided(day: str, number: int, some: set[str]) -> None:
    found = [unit.name for unit in units_on("thanh-pho-ha-noi", day)]
    assert len(found) == len(set(found)) == number
    assert some <= set(found)


def test_tu_liem_was_one_huyen_of_16_units_and_became_23_wards() -> None:
    assert len(units_on("huyen-tu-liem-ha-noi", "2013-01-01")) == 16
    assert units_on("quan-bac-tu-liem-ha-noi", "2013-12-26") == []
    parts = ("quan-bac-tu-liem-ha-noi", "quan-nam-tu-liem-ha-noi")
    assert [len(units_on(slug, "2014-01-01")) for slug in parts] == [13, 10]
    came = {slug for unit in units_on("huyen-tu-liem-ha-noi", "2013-01-01") for slug in unit.successors}
    assert came == {unit.slug for slug in parts for unit in units_on(slug, "2014-01-01")}


@pytest.mark.parametrize(
    ("place", "day", "number"),
    [
        ("thanh-pho-ha-dong-ha-tay", "2007-06-01", 15),
        ("thanh-pho-ha-dong-ha-tay", "2008-07-01", 17),
        ("thi-xa-son-tay-ha-tay", "2007-06-01", 15),
        ("huyen-ba-vi-ha-tay", "2008-07-31", 32),
        ("huyen-ba-vi-ha-noi", "2008-08-01", 31),
        ("huyen-ung-hoa-ha-tay", "2007-06-01", 29),
        ("huyen-me-linh-vinh-phuc", "2007-06-01", 17),
        ("huyen-me-linh-vinh-phuc", "2008-07-31", 18),
        ("huyen-thach-that-ha-noi", "2012-01-01", 23),
        ("quan-hai-ba-trung-ha-noi", "2007-06-01", 20),
        ("quan-dong-da-ha-noi", "2024-12-31", 21),
        ("quan-dong-da-ha-noi", "2025-01-01", 17),
        ("huyen-phuc-tho-ha-noi", "2019-12-31", 23),
        ("huyen-phuc-tho-ha-noi", "2024-12-31", 21),
        ("huyen-phuc-tho-ha-noi", "2025-01-01", 18),
    ],
)
def test_district_had_as_many_communes_as_the_lists_of_the_day_give_it(place: str, day: str, number: int) -> None:
    assert len(units_on(place, day)) == number


def test_commune_made_by_a_later_merger_is_not_claimed_for_the_older_time() -> None:
    assert "Xã Phú Hồng" not in names_on("huyen-ba-vi-ha-tay", "2007-06-01")
    assert {"Xã Phú Phương", "Xã Châu Sơn", "Xã Tản Hồng"} <= names_on("huyen-ba-vi-ha-tay", "2007-06-01")
    wards = [unit for unit in units_on("quan-ha-dong-ha-noi", "2024-01-01") if unit.name == "Phường Quang Trung"]
    assert [unit.slug for unit in wards] == ["phuong-quang-trung-ha-dong-ha-noi-09550"]


def test_ha_dong_and_son_tay_are_followed_through_all_their_versions() -> None:
    steps = [(unit.name, unit.ancestors[0], unit.valid_from) for unit in after(UNITS["thi-xa-ha-dong-ha-tay"])]
    assert steps == [
        ("Thị xã Hà Đông", "tinh-ha-tay", ""),
        ("Thành phố Hà Đông", "tinh-ha-tay", "2007-01-11"),
        ("Thành phố Hà Đông", "thanh-pho-ha-noi", "2008-08-01"),
        ("Quận Hà Đông", "thanh-pho-ha-noi", "2009-05-08"),
    ]
    ward = next(unit for unit in units_on("thi-xa-ha-dong-ha-tay", "2006-06-01") if unit.name == "Xã Yên Nghĩa")
    assert [unit.name for unit in after(ward)[:4]] == [*["Xã Yên Nghĩa"] * 3, "Phường Yên Nghĩa"]
    town = [unit.unit_type for unit in after(UNITS["thi-xa-son-tay-ha-tay"])]
    assert town == ["Town", "ProvincialCity", "CityUnderCity", "Town"]


def test_first_day_of_a_unit_of_ha_tay_stays_unknown_unless_a_paper_gives_it() -> None:
    assert UNITS["huyen-ba-vi-ha-tay"].valid_from == ""
    assert UNITS["huyen-ba-vi-ha-tay"].successors == ("huyen-ba-vi-ha-noi",)
    assert {unit.valid_from for unit in units_on("huyen-ba-vi-ha-tay", "2007-06-01")} == {""}


@pytest.mark.parametrize(
    ("place", "leaf", "last", "next_place"),
    [
        ("tinh-ha-tay", "cap-uy", "2008-08-01", "thanh-pho-ha-noi"),
        ("tinh-ha-tay", "hdnd", "2008-08-01", "thanh-pho-ha-noi"),
        ("tinh-ha-tay", "ubnd", "2008-08-01", "thanh-pho-ha-noi"),
        ("huyen-ba-vi-ha-tay", "ubnd", "2008-08-01", "huyen-ba-vi-ha-noi"),
        ("huyen-me-linh-vinh-phuc", "cap-uy", "2008-08-01", "huyen-me-linh-ha-noi"),
        ("thanh-pho-ha-dong-ha-noi", "hdnd", "2009-05-08", "quan-ha-dong-ha-noi"),
        ("huyen-tu-liem-ha-noi", "ubnd", "2013-12-27", "quan-bac-tu-liem-ha-noi"),
    ],
)
def test_bodies_end_with_their_unit_and_go_on_in_the_next(place: str, leaf: str, last: str, next_place: str) -> None:
    made = {body.rule.leaf: body for body in bodies_of(UNITS[place])}
    assert made[leaf].valid_to == last
    later = {body.rule.leaf: body for body in bodies_of(UNITS[next_place])}
    assert later[leaf].is_there(last)
    assert next_place in UNITS[place].successors


def test_council_that_a_pilot_names_otherwise_goes_over_into_the_council_of_the_next_unit(full: Store) -> None:
    """The rules tell the councils of a huyện of Vĩnh Phúc before and after the pilot of 2009 apart by their slugs."""
    before = iri("organ:hdnd-truoc-2009-huyen-me-linh-vinh-phuc")
    successors = {quad.object.value for quad in full.quads_for_pattern(before, iri("bm:replacedBy"), None)}
    assert successors == {PREFIXES["organ"] + "hdnd-huyen-me-linh-ha-noi"}
