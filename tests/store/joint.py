"""Pairs of changes, each valid on its own, that break a shape together; four kinds in turn."""

from dataclasses import dataclass

from pyoxigraph import Quad

from kg.model.changes import ChangeSet
from kg.namespaces import iri, sparql_prologue
from kg.read import load_rdf

AGENT = iri("agent:lan")
NOTHING = ""
_PERSON = """person:{n} a bm:Person , foaf:Person ; rdfs:label "Lê A {n}"@vi ; foaf:name "Lê A {n}" ;
    bm:key "le a {n}" ; bm:curatedBy agent:lan ."""
_POST = """post:{n} a bm:Post , org:Post ; rdfs:label "Trưởng ban"@vi ; bm:key "truong ban {n}" ;
    bm:title "Trưởng ban" ; bm:rank rank:Head ; bm:postType posttype:head ; bm:curatedBy agent:lan ."""
_ORGAN = """organ:{n} a bm:Organ , org:Organization ; rdfs:label "Ban"@vi ; bm:key "ban" ;
    bm:kind organkind:PropagandaBoard ; bm:ladder ladder:Party ; bm:curatedBy agent:lan ."""
_TENURE = """tenure:{n} a bm:Tenure , org:Membership ; rdfs:label "Lê A – Trưởng ban"@vi ; org:member person:{n} ;
    bm:post post:{n} ; bm:endState endstate:unknown ; bm:curatedBy agent:lan ."""
_PLACE = """place:{n} a bm:Place ; rdfs:label "Tỉnh"@vi ; bm:key "tinh" ; bm:level level:province ;
    bm:unitType unittype:Province ; bm:within place:viet-nam ; bm:code "{code}" ; bm:curatedBy agent:lan ."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What is there before, and two changes as (added, removed), all of it Turtle without a prologue."""

    before: str
    changes: tuple[tuple[str, str], tuple[str, str]]


def pair(number: int) -> Pair:
    """The pair of this number: seats stated twice; a person taken away and given a post; a circle; one code twice."""
    match number % 4:
        case 0:
            post = _POST.format(n=number)
            return Pair(post, ((f"post:{number} bm:seats 1 .", NOTHING), (f"post:{number} bm:seats 2 .", NOTHING)))
        case 1:
            person, tenure = _PERSON.format(n=number), _TENURE.format(n=number)
            return Pair(f"{person}\n{_POST.format(n=number)}", ((tenure, NOTHING), (NOTHING, person)))
        case 2:
            upper, lower = f"tren-{number}", f"duoi-{number}"
            part = "organ:{} org:subOrganizationOf organ:{} ."
            before = f"{_ORGAN.format(n=upper)}\n{_ORGAN.format(n=lower)}"
            return Pair(before, ((part.format(upper, lower), NOTHING), (part.format(lower, upper), NOTHING)))
        case _:
            one, other = (_PLACE.format(n=f"{side}-{number}", code=f"{number:05}") for side in "ab")
            return Pair(NOTHING, ((one, NOTHING), (other, NOTHING)))


def quads(turtle: str) -> frozenset[Quad]:
    """The triples of Turtle without a prologue."""
    return frozenset(load_rdf((sparql_prologue() + turtle).encode(), "ttl"))


def base(count: int) -> ChangeSet:
    """What is there before the first `count` pairs."""
    return ChangeSet(quads("\n".join(pair(number).before for number in range(count))), frozenset(), AGENT, "before")


def update(number: int, side: int) -> str:
    """One change of a pair as a SPARQL update."""
    add, remove = pair(number).changes[side]
    parts = [f"{word} DATA {{ {body} }}" for word, body in (("DELETE", remove), ("INSERT", add)) if body]
    return sparql_prologue() + " ; ".join(parts)


def change(number: int, side: int) -> ChangeSet:
    """One change of a pair."""
    add, remove = map(quads, pair(number).changes[side])
    return ChangeSet(add, remove, AGENT, f"{number}/{side}")
