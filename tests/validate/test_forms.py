"""Every form of a report gives back exactly the same findings."""

import json
import re
from pathlib import Path

import pytest
from pyoxigraph import Store
from rdflib import Graph
from rdflib.compare import isomorphic

from kg.namespaces import PREFIXES
from kg.read import load_rdf
from kg.resources import tree
from kg.validate import Report, finding_from_wire, finding_to_wire, validate_graph, with_repairs_of_data
from tests.validate.told import INVALID, from_csv, from_rdf, report_on, rows_of, shapes, with_codes


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_each_form_gives_back_the_same_findings(file: Path) -> None:
    report = report_on(file)
    told = rows_of(report)
    assert told
    assert (
        sorted(json.loads(json.dumps(report.to_json()))["findings"], key=lambda f: json.dumps(f, sort_keys=True))
        == told
    )
    assert from_rdf(report.to_turtle().encode()) == told
    assert from_csv(report.to_csv()) == told
    back = Report(tuple(finding_from_wire(json.loads(json.dumps(finding_to_wire(f)))) for f in report.findings))
    assert rows_of(back) == told


def test_the_example_of_a_report_is_what_the_program_says() -> None:
    file = tree("ontology") / "change/examples/report.ttl"
    named = re.findall(r"invalid-[A-Za-z]+-[A-Za-z]+", file.read_text(encoding="utf-8").splitlines()[0])
    examples = [example for example in INVALID if example.stem in named]
    assert len(examples) == 3
    store = with_codes()
    for example in examples:
        store.extend(load_rdf(example))
    report = with_repairs_of_data(validate_graph(store, shapes()), shapes(), store)
    assert isomorphic(Graph().parse(file), Graph().parse(data=report.to_turtle(), format="turtle"))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_lines_for_a_terminal_say_all_that_a_clerk_needs(language: str) -> None:
    with_evidence = [file for file in INVALID if any(f.evidence for f in report_on(file).findings)]
    assert len(with_evidence) > 5
    for file in INVALID:
        report = report_on(file)
        text = report.to_text(language)
        for row in rows_of(report):
            wanted = [row["focus_label"], row[f"message_{language}"], row["value"], row["value_label"]]
            wanted += [row[f"shape_name_{language}"], row[f"path_label_{language}"]]
            wanted += [said for one in row["evidence"] for said in (one["quote"], one["published"])]
            wanted += [one[f"sentence_{language}"] for one in row["repairs"]]
            prefixes = [base for base in PREFIXES.values() if (row["value"] or "").startswith(base)]
            short = [word for word in wanted if word and not (word == row["value"] and prefixes)]
            assert [word for word in short if word not in text] == []


TWO_HEADS = """
organ:o a bm:Organ , org:Organization ; rdfs:label "Ban Mẫu"@vi .
person:a rdfs:label "Lê A"@vi . person:b rdfs:label "Lê B"@vi .
post:p bm:postType posttype:head ; org:postIn organ:o .
tenure:a a bm:Tenure ; rdfs:label "Lê A – Trưởng Ban"@vi ; org:member person:a ; bm:post post:p ;
    bm:attestedOn "2022-04-05"^^xsd:date .
tenure:b a bm:Tenure ; rdfs:label "Lê B – Trưởng Ban"@vi ; org:member person:b ; bm:post post:p ;
    bm:attestedOn "2022-04-05"^^xsd:date .
source:s rdfs:label "Báo Mẫu"@vi ; bm:publishedLatest "2022-04-06"^^xsd:date .
evidence:a bm:supports tenure:a ; bm:source source:s ; bm:quote "bà Lê A, Trưởng Ban" ; bm:start 5 ; bm:end 24 .
evidence:b bm:supports tenure:b ; bm:source source:s ; bm:quote "ông Lê B, Trưởng Ban" .
"""


def test_a_finding_quotes_the_sentences_of_both_facts_that_are_compared() -> None:
    store = with_codes()
    store.update(f"INSERT DATA {{ {TWO_HEADS} }}", prefixes=PREFIXES)
    found = validate_graph(store, shapes()).findings
    (first,) = [f for f in found if f.shape.endswith("singleSeat") and f.focus.endswith("/a")]
    own, other = first.evidence
    assert (own.quote, own.source_label, own.published) == ("bà Lê A, Trưởng Ban", "Báo Mẫu", "2022-04-06")
    assert (own.start, own.end) == (5, 24)
    assert (other.quote, other.supports, other.start) == ("ông Lê B, Trưởng Ban", PREFIXES["tenure"] + "b", None)
    assert first.value_label == "Lê B – Trưởng Ban"


def test_claims_about_the_property_give_their_sentences_before_those_of_other_values() -> None:
    store = with_codes()
    told = """person:a a bm:Person , foaf:Person ; rdfs:label "Lê A"@vi ; foaf:name "Lê A" ; bm:key "le a" ;
        bm:curatedBy agent:lan ; bm:birthEarliest "1960" .
      claim:c bm:about person:a ; bm:property bm:birthEarliest ; bm:value "1960" .
      claim:d bm:about person:a ; bm:property bm:birthEarliest ; bm:value "1961" .
      claim:e bm:about person:a ; bm:property bm:birthLatest ; bm:value "1960" .
      evidence:c bm:supports claim:c ; bm:quote "sinh năm 1960" .
      evidence:d bm:supports claim:d ; bm:quote "sinh 1961" .
      evidence:e bm:supports claim:e ; bm:quote "sinh trước 1960" ."""
    store.update(f"INSERT DATA {{ {told} }}", prefixes=PREFIXES)
    (finding,) = [f for f in validate_graph(store, shapes()).findings if f.focus.endswith("person/a")]
    assert [said.quote for said in finding.evidence] == ["sinh năm 1960"]
    assert (finding.value_datatype, finding.path_label_en) == (PREFIXES["xsd"] + "string", "earliest day of birth")


def test_of_many_sentences_the_latest_are_quoted() -> None:
    store = Store()
    many = " ".join(
        f'evidence:e{n} bm:supports tenure:t ; bm:quote "câu {n}" ; bm:source source:s{n} . '
        f'source:s{n} bm:publishedLatest "2022-01-{n:02}"^^xsd:date .'
        for n in range(1, 10)
    )
    store.update(f"INSERT DATA {{ tenure:t a bm:Tenure . {many} }}", prefixes=PREFIXES)
    finding = next(f for f in validate_graph(store, shapes()).findings if f.focus.endswith("tenure/t"))
    assert {said.quote for said in finding.evidence} == {"câu 7", "câu 8", "câu 9"}


def test_evidence_that_names_words_instead_of_things_is_told_without_them() -> None:
    store = with_codes()
    told = """evidence:a a bm:Evidence ; bm:supports "ai đó" ; bm:source "Báo Mẫu" ; bm:quote "bà Lê A" .
      source:s bm:publishedLatest agent:lan . evidence:b a bm:Evidence ; bm:source source:s ; bm:quote "ông Lê B" ."""
    store.update(f"INSERT DATA {{ {told} }}", prefixes=PREFIXES)
    report = validate_graph(store, shapes())
    own = {said.quote: said for finding in report.findings for said in finding.evidence}
    a, b = own["bà Lê A"], own["ông Lê B"]
    assert (a.source, a.supports, b.published) == ("", PREFIXES["evidence"] + "a", "")
    assert "ông Lê B" in report.to_turtle() and len(rows_of(report)) == len(report.findings)
