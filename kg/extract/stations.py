"""Posts whose body another part of the text names: a team's, a board's, the one to which somebody is sent."""

from dataclasses import replace
from typing import Final

from kg.extract.items import Item
from kg.extract.organs import Body
from kg.extract.posts import Post
from kg.extract.view import NUMBER, View, word_key

_TEAMS: Final = {
    "đoàn": ("InspectionTeam", "NationalAssemblyDelegation"),
    "ban": ("SteeringCommittee",),
    "tổ": ("InspectionTeam",),
}


def of_chief(view: View, post: Post, chief: Post | None, end: int) -> Post:
    """ "A - Chủ tịch UBND thị xã X, Phó Chủ tịch B": a deputy without a body is the deputy of the post just before,
    whose list ends at a token."""
    if (
        post.body is not None
        or chief is None
        or not post.title.title.startswith("Phó ")
        or post.start - end > _NEAR_CHIEF
    ):
        return post
    if (
        chief.body is None
        or "." in view.keys[end : post.start]
        or chief.title.title != post.title.title.removeprefix("Phó ")
    ):
        return post
    return replace(post, body=chief.body)


_NEAR_CHIEF: Final = 16  # tokens: names may stand between ("… Bí thư Tỉnh đoàn; anh A giữ chức Phó Bí thư")


def of_board(view: View, items: list[Item], k: int, post: Post) -> Post:
    """A seat without a body on a numbered line ("2. Bà B, … - Ủy viên;") is one of the board named above the list."""
    if post.body is not None or post.fixed is not None or post.title.title.split()[0] not in _SEATS:
        return post
    line = next((i for i in range(post.start, max(0, post.start - 40), -1) if view.hard[i]), None)
    if line is None or view.shapes[line] != NUMBER:
        return post
    board = next((i for i in reversed(items[max(0, k - 200) : k]) if isinstance(i, Body) and i.kind in _BOARDS), None)
    return post if board is None else replace(post, body=board)


def stationed(view: View, items: list[Item], k: int, post: Post) -> Post:
    """ "về nhận công tác tại Ban Tuyên giáo X với chức vụ Trưởng ban": a post is where its holder is sent."""
    body = items[k - 1] if k else None
    is_open = post.body is None or (post.body.unit is None and post.body.parent is None)
    if not isinstance(body, Body) or body.is_generic or not is_open or post.fixed is not None:
        return post
    gap = view.keys[body.end : post.start]
    noun = post.title.organ.removeprefix("noun:").split()[0]
    named = not post.title.organ.startswith("noun:") or body.name.lower().startswith(noun)
    sent = body.start and view.keys[body.start - 1] in _SENT_TO
    told = 1 < len(gap) <= _NEAR_POST and all(key in _GIVEN for key in gap)
    return replace(post, body=body) if sent and told and named and not view.hard[post.start] else post


_SENT_TO: Final = frozenset(map(word_key, ("tại", "về", "đến", "sang", "ở")))
_NEAR_POST: Final = 5  # tokens
_GIVEN: Final = frozenset(
    map(word_key, ("với", ",", "giữ", "chức", "vụ", "danh", "làm", "đảm", "nhận", "nhiệm", "cương", "vị", "và"))
)
_SEATS: Final = frozenset(("Trưởng", "Phó", "Ủy", "Thành", "Tổ"))
_BOARDS: Final = frozenset(("SteeringCommittee", "InspectionTeam"))


def of_team(items: list[Item], k: int, post: Post) -> Post:
    """ "Đoàn kiểm tra … do A làm Trưởng đoàn": a head without a body is the head of the team named just before."""
    noun = next((word for word in post.title.title.lower().split() if word in _TEAMS), None)
    if post.body is not None or noun is None:
        return post
    for item in reversed(items[max(0, k - 8) : k]):
        named = isinstance(item, Body) and item.name.lower().startswith(noun)
        if isinstance(item, Body) and named and item.kind in _TEAMS[noun] and post.start - item.end < 60:
            return replace(post, body=item)
    return post


def led(view: View, items: list[Item], k: int, post: Post) -> Post:
    """ "HTX An Phát do ông A, chồng bà B, làm giám đốc": a post without a body is in the body that "do" follows."""
    if post.body is not None or post.fixed is not None or view.keys[max(0, post.start - 1)] != _MAKES:
        return post
    for item in reversed(items[max(0, k - _LED) : k]):
        if isinstance(item, Body) and not item.is_generic and view.keys[item.end : item.end + 1] == [_BY]:
            near = post.start - item.end < _FAR_LED and "." not in view.keys[item.end : post.start]
            return replace(post, body=item) if near else post
    return post


_MAKES: Final = word_key("làm")
_BY: Final = word_key("do")
_LED: Final = 8  # items
_FAR_LED: Final = 40  # tokens
