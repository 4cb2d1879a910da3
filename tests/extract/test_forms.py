"""Whatever the Unicode form, blanks and line ends of a text, every span holds the same words."""

import dataclasses
import json
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract
from kg.model.documents import Document
from kg.model.extraction import Extraction
from kg.model.spans import Span

TEXT = """Sáng ngày 05/4/2022, Ban Dân vận Tỉnh ủy Lào Cai tổ chức Hội nghị trực tuyến. Tham dự tại điểm cầu Tỉnh ủy \
có các đồng chí: Giàng Seo Vử - Phó Chủ tịch UBND tỉnh; Đỗ Thị Ðào, Giám đốc Sở Văn hóa, Thể thao và Du lịch tỉnh; \
đại diện các sở.

Ông Vử quán triệt Quyết định số 238-QĐ/TW ngày 30/9/2020 của Ban Bí thư về “Quy chế – phối hợp” và giao nhiệm vụ \
quý II: Tiếp tục giữ rừng; đẩy mạnh trồng cây.

Vân Hạ
"""


def _nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def _nbsp(text: str) -> str:
    return text.replace(" ", "\u00a0")


def _eth(text: str) -> str:
    return text.replace("Đ", "\u00d0")


def _invisible(text: str) -> str:
    return text.replace("ng ", "ng\u200b ").replace("ch", "c\u00adh")


FORMS = (_nfd, _crlf, _nbsp, _eth, _invisible)


def spans(value: Any) -> Iterator[Span]:
    """Every span in an extraction, in a fixed order."""
    if isinstance(value, Span):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from spans(getattr(value, field.name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from spans(inner)


def bare(text: str) -> str:
    """The words of a span without what the forms change."""
    text = unicodedata.normalize("NFC", text).replace("\u00d0", "Đ").replace("\u200b", "").replace("\u00ad", "")
    return " ".join(text.split())


def words(read: Extraction, text: str) -> list[str]:
    return sorted(bare(span.of(text)) for span in spans(read))


def read(text: str) -> Extraction:
    return extract(Document("x", text, published="2022-04-06", place="Lào Cai"))


PLAIN = read(TEXT)


def test_the_text_of_this_test_has_something_of_each_kind() -> None:
    assert len(PLAIN.persons) == 2
    assert PLAIN.meetings
    assert PLAIN.directives
    assert len(PLAIN.tasks) == 2
    assert PLAIN.byline == "Vân Hạ"
    assert len(words(PLAIN, TEXT)) > 30


@given(st.lists(st.sampled_from(FORMS), min_size=1, max_size=4, unique=True))
@settings(deadline=None)
def test_every_span_holds_the_same_words_in_every_form(forms: list[Any]) -> None:
    changed = TEXT
    for form in forms:
        changed = form(changed)
    assert words(read(changed), changed) == words(PLAIN, TEXT)


@given(st.text(alphabet='\u0300\u0301\u0323\u200b\ufeffĐđÐaăâ \u00a0\r\n.,;:()“”"-–/5Ủy', max_size=80))
@settings(deadline=None)
def test_broken_text_is_read_too(noise: str) -> None:
    text = noise + TEXT + noise
    for span in spans(read(text)):
        assert span.end <= len(text)


@pytest.mark.parametrize("figure", ["²", "①", "½", "٣", "２０", "9" * 5000], ids=lambda figure: ascii(figure[:2]))
@pytest.mark.parametrize(
    "place", ["ngày {}", "{}/1999", "tháng {}", "{}Trần", "Từ {} đến {}: Giám đốc", "quý {}", "năm {}"]
)
def test_figures_that_are_no_numbers_of_ours_are_no_dates(figure: str, place: str) -> None:
    words = place.replace("{}", figure)
    said = read(f"{words}\n{TEXT}\n{words}, Chủ tịch UBND tỉnh Lò Văn Mẫu ({words} - 2/2000) họp.")
    assert {person.name for person in said.persons} >= {person.name for person in PLAIN.persons}


def test_reading_twice_says_the_same() -> None:
    assert json.dumps(read(TEXT).to_json()) == json.dumps(PLAIN.to_json())
