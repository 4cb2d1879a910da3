"""Reading takes work in proportion to the text, whatever is repeated in it."""

import pytest
from hypothesis import strategies as st

from kg.extract import extract
from kg.model.documents import Document
from tests.fuzz.budget import Budget, budgets
from tests.fuzz.texts import SAMPLES, pieces
from tests.fuzz.work import seconds, steps

UNITS = {
    "posts": "Chủ tịch UBND tỉnh Nguyễn Văn An, Bí thư Tỉnh ủy, ",
    "honorifics": "ông A, ",
    "statuses": "nguyên ",
    "titles": "Chủ tịch ",
    "bodies": "Ủy ban ",
    "bodies that are joined": "Sở Nội vụ và ",
    "owners": "của ",
    "names": "Nguyễn Văn An ",
    "names in capitals": "NGUYỄN VĂN AN\n",
    "names behind semicolons": "; Lò Thị B",
    "several": "các đồng chí: A, B; ",
    "places": "xã Chợ Đồn, huyện Chợ Đồn, tỉnh Bắc Kạn, ",
    "papers": "Quyết định số 238-QĐ/TW ngày 30/9/2020 của Ban Bí thư và ",
    "numbers": "238-QĐ/TW, ",
    "short forms": "Quyết định số 238, ",
    "relations": "sửa đổi, bổ sung Nghị định số 24/2014/NĐ-CP ",
    "dates": "ngày 12/3/2022 ",
    "dates without a year": "sáng 12/3 ",
    "sessions": "cùng ngày, nay, chiều nay (6/2), ",
    "periods": "Từ 9/2008 đến 8/2011: Phó Chủ tịch UBND huyện.\n",
    "digits": "7",
    "digits with dashes": "12-",
    "opened": "(",
    "closed": ")",
    "opened and closed": "()",
    "within each other": "(a ",
    "quotes": "“",
    "straight quotes": '"',
    "commas": ",",
    "full stops": ".",
    "list heads": "- a\n",
    "lines": "a\n",
    "empty lines": "\n",
    "wrapped lines": "một dòng dài của văn bản,\n",
    "blanks": " ",
    "columns": "a          ",
    "cells": "| ",
    "invisible": "\u200b",
    "marks alone": "\u0323",
    "one word": "ạ",
    "one word in capitals": "A",
    "abbreviations": "T.Ư",
    "abbreviations with dashes": "NN-",
    "apostrophes": "H'",
    "births": "sinh ",
    "events": "Ông được bầu giữ chức Phó Chủ tịch HĐND, UBND ",
    "elections": "Ban Chấp hành bầu ông Lê Văn A giữ chức Bí thư Huyện ủy thay ông Lò Văn B; ",
    "teams": "ngày 1/1 làm việc với Đoàn kiểm tra “",
    "meetings": "tổ chức hội nghị tại điểm cầu tỉnh, ",
    "tasks": "nhiệm vụ quý II: tiếp tục giữ rừng; ",
    "signatures": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLò Văn A\n",
    "pictures": "[img]\nẢnh: A\n",
    "smileys": "😀",
}


def read(text: str) -> None:
    extract(Document("x", text, published="2022-04-06", place="Bắc Kạn"))


def takes_twice_for_twice(unit: str, letters: int = 1000) -> None:
    """Twice the text takes about twice the steps; a quadratic reader takes four times as many."""
    times = max(30, letters // len(unit))
    read(unit * 10)  # loads the word lists that it needs
    small, large = (steps(lambda n=n: read(unit * n)) for n in (times, 2 * times))
    assert large < 2.3 * small + 20_000


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_twice_the_text_takes_twice_the_steps(unit: str) -> None:
    takes_twice_for_twice(unit)


units = st.one_of(
    st.sampled_from(sorted(UNITS.values())),
    st.lists(pieces, min_size=1, max_size=4).map(" ".join),
    st.text("().,;:-/\"“\n |'1aA", min_size=1, max_size=5),
).map(lambda unit: unit[:200])
repeated = st.lists(units, min_size=1, max_size=3).map("".join)


@budgets(examples=20, seconds=6)
def test_whatever_is_repeated_takes_steps_in_proportion(budget: Budget) -> None:
    budget.holds(takes_twice_for_twice, repeated)


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_time_that_no_step_shows_grows_with_the_text_too(unit: str) -> None:
    """Slices, searches and patterns are one step each, however long they are."""
    small, large = (seconds(lambda size=size: read(unit * (size // len(unit))), 2) for size in (25_000, 200_000))
    assert large < 3 * 8 * small + 1


@pytest.mark.slow
def test_a_megabyte_in_one_paragraph_is_read_in_seconds() -> None:
    reports = " ".join(" ".join(sample.split()) for sample in SAMPLES)
    text = (reports + " ") * (1_000_000 // len(reports) + 1)
    assert "\n" not in text
    taken = seconds(lambda: read(text[:1_000_000]))
    print(f"\n1 MB in one paragraph: {taken:.1f} s")
    assert taken < 30
