"""Decisions on people who bear one name, stated with their reasons: linked, told apart, or left undecided."""

from pyoxigraph import NamedNode

from kg.model.graph import Term
from kg.model.spans import Span
from kg.namespaces import PREFIXES, iri
from kg.propose.draft import Draft, en, integer, short_hash, text, vi
from kg.propose.evidence import supporting
from kg.propose.namesakes import LINK, Decision, Verdict

_SURE = LINK + 3
"""Points from which a link is of high confidence: the very same post, or a body in common and more."""


def state_link(draft: Draft, verdict: Verdict, name: str, span: Span) -> NamedNode:
    """A claim that a person of the graph is named here, with what spoke for and against it."""
    confidence = "high" if verdict.score >= _SURE else "medium"
    label = f"{name}: {_label(draft, verdict.person)}"
    parts = (draft.document.digest, span.start)
    return _claim(
        draft, verdict, (verdict.person, "foaf:name", text(name)), label, parts, span, "person-linked", confidence
    )


def state_namesake(draft: Draft, person: NamedNode, verdict: Verdict, span: Span) -> NamedNode:
    """States that a person and one of the same name are two, or that it is undecided, with a claim for the reasons."""
    is_apart = verdict.decision == Decision.APART
    prop = "owl:differentFrom" if is_apart else "bm:possiblySameAs"
    draft.add(person, prop, verdict.person)
    said = "hai người trùng tên" if is_apart else "chưa rõ có phải là một người"
    label = f"{_label(draft, person)} – {_label(draft, verdict.person)}: {said}"
    rule = "namesake-apart" if is_apart else "namesake-undecided"
    confidence = "low" if not is_apart else "high" if verdict.is_impossible else "medium"
    return _claim(draft, verdict, (person, prop, verdict.person), label, (verdict.person,), span, rule, confidence)


def _claim(
    draft: Draft,
    verdict: Verdict,
    statement: tuple[NamedNode, str, Term],
    label: str,
    parts: tuple[object, ...],
    span: Span,
    rule: str,
    confidence: str,
) -> NamedNode:
    about, prop, value = statement
    local = about.value.removeprefix(PREFIXES["person"])
    node = iri(f"claim:{local}-{prop.partition(':')[2].lower()}-{short_hash(about, prop, *parts)}")
    draft.node(node, ("bm:Claim",), label)
    draft.add(node, "bm:about", about)
    draft.add(node, "bm:property", iri(prop))
    draft.add(node, "bm:value", value)
    draft.add(node, "bm:score", integer(verdict.score))
    for side, words in (("bm:speaksFor", verdict.speaks_for), ("bm:speaksAgainst", verdict.speaks_against)):
        if words("vi"):
            draft.add(node, side, vi(words("vi")))
            draft.add(node, side, en(words("en")))
    supporting(draft, span, rule, confidence, node)
    return node


def _label(draft: Draft, person: NamedNode) -> str:
    label = draft.value(person, "rdfs:label")
    return label.value if label is not None else person.value
