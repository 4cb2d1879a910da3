"""Repairs of a value that is missing or wrong, and that the model derives from others.

Each function is named in `repairs.yaml`, like those of `kg.validate.fixes`.
"""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import DefaultGraph, Literal, Quad

from kg.model import fold
from kg.model.naming import LABEL
from kg.namespaces import iri
from kg.validate.case import Case, Finder, Fix

_INTEGER = iri("xsd:integer")


def class_stated(case: Case) -> Iterator[Fix]:
    """The value that the shape says must be there."""
    wanted = case.parameter("hasValue")
    if wanted is not None:
        yield from case.stated(wanted)


def look_up_key(case: Case) -> Iterator[Fix]:
    """The key of the name, in the place of what stands as one."""
    if case.focus is None or case.link is None:
        return
    words = [word for prop in case.option("from") for word in _preferred(case.text(case.focus, prop))]
    key = fold.key(words[0].value) if words else ""
    if key:
        old = [Quad(case.focus, case.link, value, DefaultGraph()) for value in case.values(case.focus, case.link)]
        new = Literal(key)
        yield Fix(tuple(old), (Quad(case.focus, case.link, new, DefaultGraph()),), (), (new,))


def of_its_code(case: Case) -> Iterator[Fix]:
    """What the one code of another property says of this one."""
    through = case.options["through"]
    link = next((name for name in through if iri(name) == case.link), None)
    if link is None:
        return
    codes = case.values(case.focus, iri(through[link]))
    said = {value for code in codes for value in case.values(code, iri(link))}
    if len(codes) == 1 and len(said) == 1:
        yield from case.stated(said.pop(), codes[0])


def name_as_label(case: Case) -> Iterator[Fix]:
    """The name that is stated otherwise, as the label; plain names are Vietnamese, as `kg.propose` writes them."""
    names = [name for prop in case.option("from") for name in case.text(case.focus, prop)]
    if len(names) == 1:
        yield from case.stated(Literal(names[0].value, language=names[0].language or "vi"))


def label_as_name(case: Case) -> Iterator[Fix]:
    """The one Vietnamese label, as the name."""
    labels = [label for label in case.text(case.focus, LABEL) if label.language == "vi"]
    if len(labels) == 1:
        yield from case.stated(Literal(labels[0].value))


def end_of_quote(case: Case) -> Iterator[Fix]:
    """One end of a span from the other and the length of the quote, in code points."""
    start, end, quote = (case.text(case.focus, iri(name)) for name in ("bm:start", "bm:end", "bm:quote"))
    known = start or end
    if len(quote) != 1 or len(known) != 1 or not known[0].value.isdecimal():
        return
    length = len(quote[0].value)
    at = int(known[0].value) + (length if start else -length)
    if at >= 0:
        yield from case.stated(Literal(str(at), datatype=_INTEGER))


def _preferred(words: list[Literal]) -> list[Literal]:
    return sorted(words, key=lambda word: (word.language not in (None, "vi"), word.value))


FINDERS: Final[dict[str, Finder]] = {
    find.__name__: find for find in (class_stated, look_up_key, of_its_code, name_as_label, label_as_name, end_of_quote)
}
