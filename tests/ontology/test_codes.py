"""The code lists agree with the tables that programs read, and are complete enough to be used."""

from collections.abc import Iterator
from importlib.resources import files

import pytest
from pyoxigraph import NamedNode, Store

from kg.namespaces import BASE, iri
from kg.reference import code_files
from tests.ontology.judge import default_quads

Row = tuple[str, str, str]  # letters, ladder or "*", name


@pytest.fixture(scope="module")
def codes() -> Store:
    store = Store()
    store.bulk_extend(default_quads(code_files()))
    return store


def table(wanted: str) -> set[Row]:
    """The rows of one list in the table of document codes."""
    text = files("kg.model").joinpath("document_codes.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {(row[1], row[2], row[3]) for row in rows if row[0] == wanted}


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


def test_issuers_are_those_of_the_table_of_document_codes(codes: Store) -> None:
    listed = {(code, ladder, name.lower()) for code, ladder, name in table("issuer")}
    assert len(listed) > 100
    stated = {
        (code, ladder, name)
        for _, letters, ladders, names in said(codes, "issuer")
        for code in letters
        for ladder in ladders or {"*"}
        for name in names
    }
    assert stated == listed


def test_types_of_the_table_of_document_codes_have_a_code_with_their_letters(codes: Store) -> None:
    listed = table("type")
    assert len(listed) > 30
    types = list(said(codes, "doctype"))
    missing = {
        (code, ladder, name)
        for code, ladder, name in listed
        if not any(
            code in letters and name.lower() in names and (not ladders or ladder in (*ladders, "*"))
            for _, letters, ladders, names in types
        )
    }
    assert not missing


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
        if file.stem == "issuer":
            continue  # one name can have letters on two ladders
        for quad in codes.quads_for_pattern(None, iri("skos:inScheme"), NamedNode(f"{BASE}code/{file.stem}")):
            for label in codes.quads_for_pattern(quad.subject, iri("skos:prefLabel"), None):
                key = f"{label.object.value}@{label.object.language}"
                assert seen.setdefault(key, quad.subject) == quad.subject, key
