"""Findings for clerks, terminals and programs."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse
from rdflib import SH, URIRef

from kg.errors import SyntaxFault
from kg.namespaces import PREFIXES, iri
from kg.reference import shape_files
from kg.validate import Finding, Report, Shapes, finding_from_wire, finding_to_wire, validate_graph

PROLOGUE = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())


def report(shapes: str, data: str) -> Report:
    """The data (SPARQL triples) judged by the shapes (Turtle)."""
    store = Store()
    store.update(f"INSERT DATA {{ {data} }}", prefixes=PREFIXES)
    return validate_graph(store, Shapes.parse((PROLOGUE + shapes).encode()))


MEMBER = """bms:Tenure a sh:NodeShape ; sh:targetClass bm:Tenure ; sh:property bms:Tenure-member .
bms:Tenure-member a sh:PropertyShape ; sh:path org:member ; sh:class bm:Person ; sh:minCount 1 ;
    sh:message "A tenure names one person."@en , "Mỗi nhiệm kỳ ghi một người."@vi ."""


def test_a_finding_names_node_path_value_and_what_to_do_in_both_languages() -> None:
    (finding,) = report(MEMBER, 'tenure:t a bm:Tenure ; rdfs:label "Bí thư"@vi ; org:member person:x').findings
    assert (finding.severity, finding.shape) == ("Violation", iri("bms:Tenure-member").value)
    assert (finding.focus, finding.focus_label) == (iri("tenure:t").value, "Bí thư")
    assert (finding.path, finding.value) == ("org:member", iri("person:x").value)
    assert finding.message_vi == "Mỗi nhiệm kỳ ghi một người."
    assert finding.message_en == "A tenure names one person."


SPARQL = '''bms:Order a sh:NodeShape ; sh:targetClass bm:Tenure ; sh:sparql [
    sh:select """SELECT $this ?value ?end WHERE {
        $this <http://x/start> ?value ; <http://x/end> ?end FILTER(?end < ?value) }""" ;
    sh:message "Start {?value} lies after end {?end}."@en , "Bắt đầu {?value} sau kết thúc {?end}."@vi ] .'''


def test_messages_of_sparql_constraints_keep_their_language_and_their_values() -> None:
    (finding,) = report(SPARQL, 'tenure:t a bm:Tenure ; <http://x/start> "b" ; <http://x/end> "a"').findings
    assert finding.message_en == "Start b lies after end a."
    assert finding.message_vi == "Bắt đầu b sau kết thúc a."
    assert finding.value == "b"


def test_a_backslash_in_a_value_is_shown_as_it_is() -> None:
    (finding,) = report(SPARQL, r'tenure:t a bm:Tenure ; <http://x/start> "b\\d\\1" ; <http://x/end> "a"').findings
    assert finding.message_en == r"Start b\d\1 lies after end a."


@pytest.mark.parametrize(
    ("constraint", "vi", "en"),
    [
        ("sh:minCount 2", "cần ít nhất 2", "at least 2"),
        ("sh:class bm:Person", "thuộc lớp bm:Person", "class bm:Person"),
        ("sh:datatype xsd:date", "kiểu xsd:date", "datatype xsd:date"),
        ("sh:in ( 1 2 )", "danh sách", "allowed values"),
    ],
)
def test_shapes_without_messages_speak_both_languages_too(constraint: str, vi: str, en: str) -> None:
    shape = f"bms:A a sh:NodeShape ; sh:targetClass bm:A ; sh:property [ sh:path bm:p ; {constraint} ] ."
    (finding,) = report(shape, "<http://x/a> a bm:A ; bm:p <http://x/b>").findings
    assert vi in finding.message_vi
    assert en in finding.message_en
    assert finding.shape == iri("bms:A").value


def test_a_message_in_one_language_serves_for_both() -> None:
    shape = """bms:A a sh:NodeShape ; sh:targetClass bm:A ;
        sh:property [ sh:path bm:p ; sh:minCount 1 ; sh:message "Do it." ] ."""
    (finding,) = report(shape, "<http://x/a> a bm:A").findings
    assert (finding.message_vi, finding.message_en) == ("Do it.", "Do it.")


def test_findings_are_equal_whatever_the_label_and_the_blank_nodes_of_the_report() -> None:
    first = report(MEMBER, 'tenure:t a bm:Tenure ; rdfs:label "một"')
    second = report(MEMBER, 'tenure:t a bm:Tenure ; rdfs:label "hai"')
    assert first == second
    assert first.findings[0].focus_label != second.findings[0].focus_label


def test_only_violations_and_unaccepted_warnings_block() -> None:
    def of(severity: str) -> Report:
        return Report.of([Finding(severity, "urn:s", "urn:f", None, None, "", "")])

    assert [of(s).blocks() for s in ("Violation", "Warning", "Info")] == [True, True, False]
    assert [of(s).blocks(accept_warnings=True) for s in ("Violation", "Warning", "Info")] == [True, False, False]
    assert not Report().blocks()
    assert Report().conforms
    assert not of("Info").conforms


def test_the_turtle_is_a_validation_report_of_shacl() -> None:
    shape = """bms:A a sh:NodeShape ; sh:targetClass bm:A ;
        sh:property [ sh:path ( [ sh:inversePath bm:p ] bm:q ) ; sh:minCount 1 ; sh:severity sh:Warning ] ."""
    store = Store()
    store.extend(parse(report(shape, "<http://x/a> a bm:A").to_turtle(), format=RdfFormat.TURTLE))
    ask = """ASK { ?report a sh:ValidationReport ; sh:conforms false ; sh:result ?result .
        ?result a sh:ValidationResult ; sh:focusNode <http://x/a> ; sh:resultSeverity sh:Warning ;
            sh:sourceShape bms:A ; sh:sourceConstraintComponent sh:MinCountConstraintComponent ;
            sh:resultMessage ?vi , ?en ; sh:resultPath ( [ sh:inversePath bm:p ] bm:q ) .
        FILTER(LANG(?vi) = "vi" && LANG(?en) = "en") }"""
    assert store.query(ask, prefixes=PREFIXES)


def test_json_csv_and_text_say_the_same() -> None:
    found = report(MEMBER, 'tenure:t a bm:Tenure ; rdfs:label "Bí thư, \\"A\\""@vi')
    (row,) = json.loads(json.dumps(found.to_json()))["findings"]
    assert row["path"] == "org:member"
    assert row["value"] is None
    (line,) = csv.DictReader(io.StringIO(found.to_csv()))
    assert line["focus_label"] == row["focus_label"] == 'Bí thư, "A"'
    assert "Vi phạm" in found.to_text()
    assert "Mỗi nhiệm kỳ ghi một người." in found.to_text("vi")
    assert "A tenure names one person." in found.to_text("en")
    assert Report().to_text("en") == "Nothing to put right."


def test_findings_survive_the_way_to_another_process() -> None:
    for finding in report(MEMBER, 'tenure:t a bm:Tenure ; org:member "x"@vi').findings:
        back = finding_from_wire(json.loads(json.dumps(finding_to_wire(finding))))
        assert back == finding
        assert (back.focus_term, back.focus_label) == (finding.focus_term, finding.focus_label)
        assert Report((back,)).to_turtle().count("sh:resultPath") == 1


def test_findings_that_an_earlier_version_wrote_are_read() -> None:
    (finding, *_) = report(MEMBER, 'tenure:t a bm:Tenure ; org:member "x"@vi').findings
    later = ("evidence", "repairs", "shape_name_vi", "shape_name_en", "path_label_vi", "path_label_en", "value_label")
    row = {name: value for name, value in finding_to_wire(finding).items() if name not in later}
    back = finding_from_wire(row)
    assert back == finding
    assert (back.evidence, back.shape_name_vi) == ((), "")


def test_broken_shapes_are_syntax_faults() -> None:
    with pytest.raises(SyntaxFault) as fault:
        Shapes.parse(b"bms:A a\n sh:NodeShape")
    assert fault.value.line is not None
    with pytest.raises(SyntaxFault):
        Shapes.parse((PROLOGUE + "bms:A a sh:PropertyShape ; sh:minCount 1 .").encode())


def test_a_path_or_closed_shape_that_goes_on_from_a_literal_does_not_fail() -> None:
    shape = """bms:A a sh:NodeShape ; sh:targetClass bm:A ;
        sh:property [ sh:path ( bm:p bm:q ) ; sh:minCount 1 ] , [ sh:path bm:p ; sh:node [ sh:closed true ] ] ."""
    assert len(report(shape, '<http://x/a> a bm:A ; bm:p "text"').findings) == 1


def test_named_graphs_are_not_validated() -> None:
    store = Store()
    store.update("INSERT DATA { GRAPH bm:g { tenure:t a bm:Tenure } }", prefixes=PREFIXES)
    assert validate_graph(store, Shapes.parse((PROLOGUE + MEMBER).encode())).conforms


def test_sh_in_over_plain_strings_takes_those_that_are_listed() -> None:
    shape = 'bms:A a sh:NodeShape ; sh:targetClass bm:A ; sh:property [ sh:path bm:p ; sh:in ( "x" "y"@vi 7 ) ] .'
    assert report(shape, '<http://x/a> a bm:A ; bm:p "x" , "y"@vi , 7').conforms


def test_full_validation_tells_its_progress() -> None:
    store = Store()
    store.update("INSERT DATA { tenure:t a bm:Tenure . tenure:u a bm:Tenure }", prefixes=PREFIXES)
    heard: list[tuple[str, int, int]] = []
    validate_graph(store, Shapes.parse((PROLOGUE + MEMBER).encode()), lambda *step: heard.append(step))
    assert heard == [(iri("bms:Tenure").value, 0, 2), (iri("bms:Tenure").value, 2, 2)]


def test_the_shapes_of_the_ontology_can_all_be_followed_from_a_change(root: Path) -> None:
    assert list(root.glob("ontology/*/shapes.ttl")), "no shapes"
    shapes = Shapes.load()
    assert len(shapes.targeted) > 10
    graph = shapes.engine.graph
    (listed,) = graph.objects(URIRef("https://w3id.org/bomay/shapes"), URIRef(iri("bm:validatedInFull").value))
    assert {name for name, _ in shapes.unbounded} == {str(shape) for shape in graph.items(listed)} == set()
    assert isinstance(shapes.targeted[0].name, str)
    assert NamedNode(shapes.targeted[0].name)


def test_a_rule_that_does_not_declare_what_it_affects_is_among_the_shapes_validated_in_full() -> None:
    text = b"\n".join(Path(file).read_bytes() for file in shape_files())
    forgotten = Shapes.parse(re.sub(rb"bm:affectedFocus(BySubject)?\b", b"bm:rangeReason", text))
    rules = {str(shape) for shape in forgotten.engine.graph.subjects(SH.sparql, None)}
    assert len(rules) > 40
    assert {name for name, _ in forgotten.unbounded} == rules
