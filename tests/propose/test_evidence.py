"""Quotes: the sentence that says a fact, never longer than the policy."""

from hypothesis import given
from hypothesis import strategies as st

from kg.model.spans import Span
from kg.propose.evidence import QUOTE_LIMIT, sentence_around


def quote(text: str, words: str) -> str:
    start = text.index(words)
    return sentence_around(text, Span(start, start + len(words))).of(text)


def test_the_quote_is_the_sentence():
    text = "Sáng 5/4, hội nghị khai mạc. Đồng chí An, Bí thư, chủ trì. Chiều cùng ngày bế mạc."
    assert quote(text, "Bí thư") == "Đồng chí An, Bí thư, chủ trì."


def test_an_abbreviation_before_a_small_letter_ends_no_sentence():
    text = "Đại diện T.Ư. và các sở dự. Hết."
    assert quote(text, "các sở") == "Đại diện T.Ư. và các sở dự."


def test_of_a_long_list_the_quote_is_the_item():
    text = "Dự có: " + "; ".join(f"Nguyễn Văn {chr(65 + i)}, Phó Giám đốc Sở số {i}" for i in range(20)) + "."
    assert quote(text, "Sở số 7").strip(" ;") == "Nguyễn Văn H, Phó Giám đốc Sở số 7"


@given(st.text(alphabet="ab .;\nÁđ\u0301", max_size=900), st.data())
def test_a_quote_holds_its_span_and_keeps_to_the_limit(text, data):
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = sentence_around(text, Span(start, end))
    assert found.covers(Span(start, end))
    assert found.end - found.start <= max(QUOTE_LIMIT, end - start)
