"""The code lists are what programs read, agree with each other, and are complete enough to be used."""

from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, Store

from kg.model.numbers import issuers, types
from kg.namespaces import BASE, iri
from kg.reference import code_files
from kg.resources import tree
from tests.ontology.judge import default_quads

DAYS = ("bm:validFrom", "bm:validTo")


@pytest.fixture(scope="module")
def codes() -> Store:
    store = Store()
    store.bulk_extend(default_quads(code_files()))
    return store


def said(codes: Store, scheme: str) -> Iterator[tuple[str, set[str], set[str], set[str]]]:
    """Each code of a scheme: local name, letters, ladders, Vietnamese names in lower case."""
    for quad in codes.quads_for_pattern(None, iri("skos:inScheme"), NamedNode(f"{BASE}code/{scheme}")):
        values: dict[str, set[str]] = {}
        for about in codes.quads_for_pattern(quad.subject, None, None):
            if getattr(about.object, "language", None) != "en":
                values.setdefault(about.predicate.value.rpartition("#")[2], set()).add(about.object.value)
        letters = values.get("notation", set()) | values.get("hiddenLabel", set())
        ladders = {ladder.rpartition("/")[2] for ladder in values.get("ladder", set())}
        names = {name.lower() for name in values["prefLabel"] | values.get("altLabel", set())}
        yield quad.subject.value.rpartition("/")[2], letters, ladders, names


def test_letters_of_types_and_issuers_are_what_the_parser_of_numbers_holds(codes: Store) -> None:
    for scheme, held in (("typecode", types()), ("issuer", issuers())):
        stated = {
            (code, ladder, name)
            for _, letters, ladders, names in said(codes, scheme)
            for code in letters
            for ladder in ladders or {"*"}
            for name in names
        }
        assert stated == {(row.code, row.ladder, row.name.lower()) for row in held}
    assert len(types()) > 40
    assert len(issuers()) > 100


def test_letters_of_a_type_lead_to_the_type_that_knows_them(codes: Store) -> None:
    found = 0
    for quad in codes.quads_for_pattern(None, iri("skos:inScheme"), NamedNode(f"{BASE}code/typecode")):
        (letters,) = (q.object.value for q in codes.quads_for_pattern(quad.subject, iri("skos:notation"), None))
        (of,) = (q.object for q in codes.quads_for_pattern(quad.subject, iri("skos:related"), None))
        known = {
            q.object.value
            for prop in ("skos:notation", "skos:hiddenLabel")
            for q in codes.quads_for_pattern(of, iri(prop), None)
        }
        assert letters in known, quad.subject
        found += 1
    assert found == len(types())


def test_letters_of_a_type_are_its_series_or_lead_to_it(codes: Store) -> None:
    for quad in codes.quads_for_pattern(None, iri("bm:series"), None):
        letters = {
            q.object.value
            for prop in ("skos:notation", "skos:hiddenLabel")
            for q in codes.quads_for_pattern(quad.subject, iri(prop), None)
        }
        assert quad.object.value in letters, quad.subject


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("FatherlandFront", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
        ("FatherlandFront", "Mặt trận Tổ quốc"),
        ("LabourFederation", "Liên đoàn Lao động"),
        ("InspectionCommittee", "Ủy ban Kiểm tra"),
        ("PartyOffice", "Văn phòng Tỉnh ủy"),
        ("YouthUnion", "Tỉnh đoàn"),
    ],
)
def test_closed_kinds_are_known_by_the_names_that_reports_use(codes: Store, kind: str, name: str) -> None:
    names = {local: names for local, _, _, names in said(codes, "organkind")}
    assert name.lower() in names[kind]


def test_codes_of_one_scheme_have_labels_of_their_own(codes: Store) -> None:
    for file in code_files():
        seen: dict[str, NamedNode] = {}
        if file.stem in ("issuer", "typecode"):
            continue  # one name can have letters on two ladders
        for quad in codes.quads_for_pattern(None, iri("skos:inScheme"), NamedNode(f"{BASE}code/{file.stem}")):
            for label in codes.quads_for_pattern(quad.subject, iri("skos:prefLabel"), None):
                key = f"{label.object.value}@{label.object.language}"
                assert seen.setdefault(key, quad.subject) == quad.subject, key


def test_letters_of_a_central_body_are_in_use_on_the_days_of_the_body(codes: Store) -> None:
    """By name: a body that came or went on a day gives its letters that day; letters are younger than founding days."""
    table = [
        line.split("\t") for line in (tree("ontology") / "reference" / "organs.tsv").read_text("utf-8").split("\n")
    ]
    header, *bodies = [row for row in table if not row[0].startswith("#") and len(row) > 1]
    name, first, last = (header.index(column) for column in ("name", "valid_from", "valid_to"))
    days = {row[name]: (row[first] if row[first] >= "2000" else "", row[last]) for row in bodies}
    compared = 0
    for quad in codes.quads_for_pattern(None, iri("skos:inScheme"), NamedNode(f"{BASE}code/issuer")):
        said_of = {
            prop: [q.object.value for q in codes.quads_for_pattern(quad.subject, iri(prop), None)] for prop in DAYS
        }
        (label,) = (
            q.object.value
            for q in codes.quads_for_pattern(quad.subject, iri("skos:prefLabel"), None)
            if q.object.language == "vi"
        )
        if label in days and any(days[label]):
            assert tuple("".join(said_of[prop]) for prop in DAYS) == days[label], (
                f"{label}: give its letters the days of the body in ontology/reference/organs.tsv, {days[label]}"
            )
            compared += 1
    assert compared >= 8


def test_a_type_and_its_letters_have_the_same_days(codes: Store) -> None:
    dated = 0
    for quad in codes.quads_for_pattern(None, iri("skos:inScheme"), NamedNode(f"{BASE}code/typecode")):
        (of,) = (q.object for q in codes.quads_for_pattern(quad.subject, iri("skos:related"), None))
        for prop in DAYS:
            days = {q.object.value for q in codes.quads_for_pattern(quad.subject, iri(prop), None)}
            assert days >= {q.object.value for q in codes.quads_for_pattern(of, iri(prop), None)}, quad.subject
            dated += len(days)
    assert dated
