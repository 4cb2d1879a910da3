"""A text cut at the ends of its marks is that text, whatever marks nest in each other or overlap."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model.spans import Span
from kg.namespaces import iri
from kg.review import Fact, Mark
from server.review.pieces import DEEPEST, MOST_MARKS, cut

TEXT = "Đồng chí 📰 Lò Văn\r\nMẫu"
FACTS = tuple(
    Fact(iri(f"person:nguoi-{at}"), (), label, frozenset(), frozenset(), frozenset(), None, ())
    for at, label in enumerate(("Lò Văn Mẫu", "Mẫu", "Hội nghị giao ban"))
)
NODES = st.frozensets(st.sampled_from([fact.node for fact in FACTS]), min_size=1)
PLACES = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).filter(lambda at: at[0] < at[1])


def marks(found: list[tuple[tuple[int, int], frozenset[object], bool]]) -> list[Mark]:
    made = [Mark(Span(*place), nodes, names) for place, nodes, names in found]  # type: ignore[arg-type]  # nodes of facts
    return sorted(made, key=lambda mark: (mark.span.start, -mark.span.end, mark.names))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(PLACES, NODES, st.booleans()), max_size=8).map(marks))
def test_pieces_are_the_text_and_each_mark_its_words(found: list[Mark]) -> None:
    made = cut(TEXT, found, FACTS, 1, "t")
    assert "".join(piece.text for piece in made.pieces) == TEXT
    assert len({piece.id for piece in made.pieces}) == len(made.pieces)
    for number, mark in enumerate(found, 1):
        words = [piece for piece in made.pieces if number in piece.marks]
        assert "".join(piece.text for piece in words) == mark.span.of(TEXT)
        assert words[0].id == made.begins[number] and words[0].fact
        told = made.naming if mark.names else made.saying
        assert {FACTS[fact - 1].node for fact, ats in told.items() if number in ats} == mark.nodes
    for piece in made.pieces:
        assert piece.names == any(found[at - 1].names for at in piece.marks)


def test_a_name_leads_to_the_fact_that_is_called_in_the_fewest_words() -> None:
    mark = Mark(Span(0, 5), frozenset(fact.node for fact in FACTS), names=True)
    assert cut(TEXT, [mark], FACTS, 1, "t").pieces[0].fact == 2


def test_marks_beyond_what_a_page_can_show_are_counted() -> None:
    text = "a" * (MOST_MARKS + 10)
    many = [Mark(Span(at, len(text)), frozenset({FACTS[0].node}), names=False) for at in range(len(text))]
    made = cut(text, many, FACTS, 1, "t")
    assert made.left_out == 10 and "".join(piece.text for piece in made.pieces) == text
    assert max(len(piece.marks) for piece in made.pieces) == DEEPEST
