"""Repairs of a value that is there: written in another form, pointed elsewhere, or taken out.

Each function is named in `repairs.yaml` and gives what may be the repair of a case; whether it is, a dry run tells.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.model import fold
from kg.namespaces import CODE_SCHEMES, PREFIXES, iri
from kg.validate.case import Case, Finder, Fix
from kg.validate.paths import Term

_STRING, _LANG, _QUOTE = iri("xsd:string"), iri("rdf:langString"), iri("bm:quote")
_REPLACED: Final = iri("dcterms:isReplacedBy")
_BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})T00:00:00(?:\.0+)?")
_NUMBER = {
    "integer": re.compile(r"[+-]?\d+"),
    "decimal": re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"),
    "gYear": re.compile(r"\d{4}"),
    "boolean": re.compile(r"true|false|0|1"),
}
_LAST_MONTH: Final = 12
_VIETNAMESE = frozenset("ăđơưằẳẵắặầẩẫấậềểễếệồổỗốộờởỡớợừửữứựạảẹẻẽịỉĩọỏụủũỵỷỹ")
"""Letters that no other language written with Latin ones is likely to mean in a name here: â, ê, ô are French too."""


def datatype(case: Case) -> Iterator[Fix]:
    """The same value in the datatype that the shape asks for, where it can be read so without loss."""
    value, wanted = case.finding.value_term, case.parameter("datatype")
    if isinstance(value, Literal) and isinstance(wanted, NamedNode):
        text = _cleaned(value.value)
        if wanted == _STRING:
            yield from case.instead(value, Literal(value.value))
        elif (written := _written(text, wanted)) is not None:
            yield from case.instead(value, Literal(written, datatype=wanted))


def language(case: Case) -> Iterator[Fix]:
    """A Vietnamese text that lacks its language tag."""
    value = case.finding.value_term
    if not isinstance(value, Literal) or value.datatype != _STRING or case.parameter("datatype") != _LANG:
        return
    if _VIETNAMESE & set(unicodedata.normalize("NFC", value.value).lower()):
        yield from case.instead(value, Literal(value.value, language="vi"))


def cleaned(case: Case) -> Iterator[Fix]:
    """The text in NFC and without needless blanks. Quotes stay as their source has them."""
    value = case.finding.value_term
    if isinstance(value, Literal) and case.link != _QUOTE and (text := _cleaned(value.value)) != value.value:
        yield from case.instead(value, _like(value, text))


def successor(case: Case) -> Iterator[Fix]:
    """What the retired code or merged node was replaced by, where that is one."""
    value = case.finding.value_term
    if isinstance(value, NamedNode) and (now := _now(case, value)) != value:
        yield from case.instead(value, now)


def code_by_name(case: Case) -> Iterator[Fix]:
    """The one code of the scheme that has this name, this abbreviation, or this IRI but for capital letters."""
    value, scheme = case.finding.value_term, _scheme(case)
    if value is None or scheme is None:
        return
    wanted = fold.accented_key(value.value)
    names = ("rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:notation")
    found = set()
    for quad in case.after(None, iri("skos:inScheme"), scheme):
        code = quad.subject
        if isinstance(code, NamedNode) and code != value:
            called = {code.value, *(word.value for name in names for word in case.text(code, iri(name)))}
            if wanted in map(fold.accented_key, called):
                found.add(code)
    if len(found) == 1:
        yield from case.instead(value, found.pop())


def node_for_text(case: Case) -> Iterator[Fix]:
    """The node whose IRI, whole or with a prefix of ours, stands there as text."""
    value = case.finding.value_term
    if isinstance(value, Literal):
        text = value.value.strip().strip("<>")
        prefix, _, local = text.partition(":")
        whole = PREFIXES[prefix] + local if prefix in PREFIXES else text
        if not re.search(r'[\s<>"{}|\\^`]', whole) and re.match(r"https?://", whole):
            node = NamedNode(whole)
            if case.knows(node):
                yield from case.instead(value, node)


def same_twice(case: Case) -> Iterator[Fix]:
    """One of several values that mean the same, the others taken out."""
    if case.link is None or case.focus is None:
        return
    meant: dict[tuple[str, str], list[Term]] = {}
    for value in case.values(case.focus, case.link):
        meant.setdefault(_meaning(case, value), []).append(value)
    for values in meant.values():
        if len(values) > 1:
            kept = min(values, key=lambda value: _liking(case, value))
            gone = tuple(value for value in values if value != kept)
            yield Fix(tuple(Quad(case.focus, case.link, value, DefaultGraph()) for value in gone), (), gone, (kept,))


def removed_node(case: Case) -> Iterator[Fix]:
    """A reference to a node of which the change has taken out everything."""
    value = case.finding.value_term
    if value is not None and not case.knows(value) and case.knew(value):
        yield from case.instead(value)


def itself(case: Case) -> Iterator[Fix]:
    """Relations of the node to itself."""
    if case.focus is not None:
        own = tuple(sorted(case.after(case.focus, None, case.focus), key=str))
        if own:
            yield Fix(own, ())


def computed(case: Case) -> Iterator[Fix]:
    """A value that the program computes by itself."""
    if case.finding.value_term is not None:
        yield from case.instead(case.finding.value_term)


def bounds_exchanged(case: Case) -> Iterator[Fix]:
    """Two bounds that stand the wrong way round, where a claim with evidence gives each the value of the other."""
    for pair in case.options["pairs"]:
        first, last = map(iri, pair)
        one, other = case.values(case.focus, first), case.values(case.focus, last)
        if case.focus is None or len(one) != 1 or len(other) != 1 or not one[0].value > other[0].value:
            continue
        if _is_claimed(case, first, other[0]) and _is_claimed(case, last, one[0]):
            wrong = (Quad(case.focus, first, one[0], DefaultGraph()), Quad(case.focus, last, other[0], DefaultGraph()))
            right = (Quad(case.focus, first, other[0], DefaultGraph()), Quad(case.focus, last, one[0], DefaultGraph()))
            yield Fix(wrong, right, (one[0],), (other[0],))


def _is_claimed(case: Case, prop: NamedNode, value: Term) -> bool:
    """Whether a claim with evidence says so of the focus node."""
    claims = [quad.subject for quad in case.after(None, iri("bm:about"), case.focus)]
    return any(
        prop in case.values(claim, iri("bm:property"))
        and value in case.values(claim, iri("bm:value"))
        and any(True for _ in case.after(None, iri("bm:supports"), claim))
        for claim in claims
        if isinstance(claim, NamedNode)
    )


def _now(case: Case, node: NamedNode) -> NamedNode:
    """The end of the chain of replacements from a node; the node itself where the chain parts or turns round."""
    seen, at = {node}, node
    while following := case.values(at, _REPLACED):
        if len(following) > 1 or not isinstance(following[0], NamedNode) or following[0] in seen:
            return node
        at = following[0]
        seen.add(at)
    return at


def _scheme(case: Case) -> NamedNode | None:
    """The scheme of codes that the shape's pattern asks for."""
    pattern = case.parameter("pattern")
    begin = "" if pattern is None else pattern.value.removeprefix("^")
    return next((NamedNode(begin.rstrip("/")) for name in CODE_SCHEMES if PREFIXES[name] == begin), None)


def _cleaned(text: str) -> str:
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _like(value: Literal, text: str) -> Literal:
    return Literal(text, language=value.language) if value.language else Literal(text, datatype=value.datatype)


def _written(text: str, wanted: NamedNode) -> str | None:
    """The lexical form of the datatype for what the text means, None where that is not sure."""
    kind = wanted.value.removeprefix(PREFIXES["xsd"])
    if kind == "date":
        return _day(text)
    form = _NUMBER.get(kind)
    return text if form is not None and form.fullmatch(text) else None


def _day(text: str) -> str | None:
    """An ISO day; of 5/4/2022 none is sure, as people also write the month first."""
    midnight = _MIDNIGHT.fullmatch(text)
    iso = midnight[1] if midnight else text
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
        if day <= _LAST_MONTH and day != month:
            return None
        iso = f"{year:04}-{month:02}-{day:02}"
    try:
        return dt.date.fromisoformat(iso).isoformat() if re.fullmatch(r"\d{4}-\d{2}-\d{2}", iso) else None
    except ValueError:
        return None


def _meaning(case: Case, value: Term) -> tuple[str, str]:
    """Equal for values that say the same: of texts the words, whatever their datatype, language by language."""
    if isinstance(value, NamedNode):
        return "node", _now(case, value).value
    if isinstance(value, Literal):
        text = _cleaned(value.value)
        return value.language or "", _day(text) or text
    return "node", str(value)


def _liking(case: Case, value: Term) -> tuple[bool, bool, str]:
    """Which of equal values is kept: of the datatype that is asked for, clean, and not replaced by another."""
    if isinstance(value, Literal):
        wanted = case.parameter("datatype")
        return wanted is not None and value.datatype != wanted, _cleaned(value.value) != value.value, value.value
    return isinstance(value, NamedNode) and _now(case, value) != value, False, value.value


FINDERS: Final[dict[str, Finder]] = {
    find.__name__: find
    for find in (
        datatype,
        language,
        cleaned,
        successor,
        code_by_name,
        node_for_text,
        same_twice,
        removed_node,
        itself,
        computed,
        bounds_exchanged,
    )
}
