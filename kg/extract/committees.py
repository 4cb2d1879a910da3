"""The Party committee that goes with a body or a unit: "Phó Bí thư, Chủ tịch UBND tỉnh" → Tỉnh ủy."""

from typing import Final

from kg.extract.context import Whole
from kg.extract.organs import Body


def committee_of(body: Body) -> Body | None:
    """The Party committee in or above a body."""
    at: Body | None = body
    while at is not None:
        if at.kind == "PartyCommittee":
            return at
        at = at.parent
    return None


_COMMITTEES: Final = {
    "tỉnh": "Tỉnh ủy", "thành phố": "Thành ủy", "huyện": "Huyện ủy", "quận": "Quận ủy", "thị xã": "Thị ủy",
}  # fmt: skip


def committee_of_unit(whole: Whole | None) -> Whole | None:
    """The Party committee beside a state body: "Phó Bí thư, Chủ tịch UBND tỉnh" → Tỉnh ủy."""
    if whole is None or whole.place is None:
        return None
    for unit, committee in _COMMITTEES.items():
        if whole.place.startswith(unit + " "):
            return Whole(
                f"{committee} {whole.place.removeprefix(unit).strip()}", "PartyCommittee", whole.place, True, True
            )
    return Whole(f"Đảng ủy {whole.place}", "PartyCommittee", whole.place, True, True)
