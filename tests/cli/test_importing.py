"""`kg import`: rows of tables go in one by one through the same door, each with its cells."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli import main
from kg.cli.importing import Outcome
from kg.model.changes import ChangeSet
from kg.store import open_graph
from tests.cli.test_ingest import count

Run = Callable[..., tuple[int, str, str]]

CSV = """\
Họ tên,Chức vụ,Cơ quan,Thời gian,Sinh
"LÒ VĂN MẪU",GIÁM ĐỐC,Sở nội vụ,05/2016 – nay,1965
Hà Thị Thử,"Phó Giám đốc",Sở y tế,2011–2016,
Hà Thị Thử,Giám đốc,Sở y tế,2016 – 2021,
Vi Văn Lạ,Tổng quản,Phủ cũ,1890,
"""
MAPPING = """\
columns: {person: Họ tên, title: Chức vụ, body: Cơ quan, period: Thời gian, birth: Sinh}
constants: {place: tỉnh Bắc Kạn}
source: {title: Danh sách mẫu, published: 2022-06-01}
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    table, mapping = tmp_path / "ds.csv", tmp_path / "ds.yaml"
    table.write_bytes(CSV.replace("\n", "\r\n").encode())
    mapping.write_text(MAPPING, encoding="utf-8")
    return table, mapping


def rows(kg: Run, folder: Path, query: str) -> list[dict[str, str]]:
    status, out, _ = kg("query", query, "--format", "json", "--data", folder)
    assert status == 0
    return [{name: cell["value"] for name, cell in row.items()} for row in json.loads(out)["results"]["bindings"]]


def test_without_commit_it_says_what_would_be_added_and_writes_nothing(
    kg: Run, own: Path, files: tuple[Path, Path]
) -> None:
    before = count(kg, own)
    status, out, _ = kg("import", files[0], "--mapping", files[1], "--data", own)
    assert status == 1
    assert "4 rows, 4 posts: 3 new, 0 known already, 0 refused, 1 left out" in out
    assert "2 new persons" in out and "add --commit to store" in out
    assert "left out: line 5: Chức vụ" not in out and "left out: line 5: title 'Tổng quản Phủ cũ'" in out
    assert count(kg, own) == before


def test_each_row_is_stored_with_its_cells_and_the_same_file_again_adds_nothing(
    kg: Run, own: Path, files: tuple[Path, Path]
) -> None:
    status, out, _ = kg("import", files[0], "--mapping", files[1], "--commit", "--data", own)
    assert status == 1 and "3 stored" in out
    held = rows(
        kg,
        own,
        """SELECT ?name ?post ?start ?end ?seen WHERE { ?t org:member/foaf:name ?name ; bm:post/rdfs:label ?post .
        ?e bm:supports ?t ; bm:source/dcterms:title "Danh sách mẫu"@vi ; bm:rule "table-cell" .
        OPTIONAL { ?t bm:startEarliest ?start } OPTIONAL { ?t bm:endLatest ?end }
        OPTIONAL { ?t bm:attestedOn ?seen } }""",
    )
    found = {(r["name"], r["post"], r.get("start"), r.get("end"), r.get("seen")) for r in held}
    assert found == {
        ("Lò Văn Mẫu", "Giám đốc Sở Nội vụ tỉnh Bắc Kạn", "2016-05-01", None, "2022-06-01"),
        ("Hà Thị Thử", "Phó Giám đốc Sở Y tế tỉnh Bắc Kạn", "2011-01-01", "2017-01-01", None),
        ("Hà Thị Thử", "Giám đốc Sở Y tế tỉnh Bắc Kạn", "2016-01-01", "2022-01-01", None),
    }
    before = count(kg, own)
    status, out, _ = kg("import", files[0], "--mapping", files[1], "--commit", "--data", own)
    assert "4 rows, 4 posts: 0 stored, 3 known already" in out
    assert count(kg, own) == before


def test_every_quote_stands_in_the_stored_text_and_is_a_cell(kg: Run, own: Path, files: tuple[Path, Path]) -> None:
    kg("import", files[0], "--mapping", files[1], "--commit", "--data", own)
    quotes = rows(
        kg,
        own,
        """SELECT DISTINCT ?quote ?start ?end ?digest WHERE { ?e bm:quote ?quote ; bm:start ?start ; bm:end ?end ;
        bm:source ?s . ?s bm:textDigest ?digest ; dcterms:title "Danh sách mẫu"@vi }""",
    )
    with open_graph(own) as graph:
        text = graph.source_text(quotes[0]["digest"])
    assert text.startswith('Họ tên,Chức vụ,Cơ quan,Thời gian,Sinh\r\n"LÒ')
    assert {text[int(row["start"]) : int(row["end"])] for row in quotes} == {row["quote"] for row in quotes}
    assert {row["quote"] for row in quotes} == {
        "LÒ VĂN MẪU", "GIÁM ĐỐC", "Sở nội vụ", "05/2016 – nay", "1965", "Hà Thị Thử", "Phó Giám đốc", "Sở y tế",
        "2011–2016", "Giám đốc", "2016 – 2021",
    }  # fmt: skip


def test_a_birthday_rests_on_its_cell(kg: Run, own: Path, files: tuple[Path, Path]) -> None:
    kg("import", files[0], "--mapping", files[1], "--commit", "--data", own)
    born = """SELECT ?quote ?from ?to WHERE { ?p foaf:name "Lò Văn Mẫu" ; bm:birthEarliest ?from ; bm:birthLatest ?to .
        ?e bm:supports ?p ; bm:rule "life-cell" ; bm:quote ?quote }"""
    assert rows(kg, own, born) == [{"quote": "1965", "from": "1965-01-01", "to": "1965-12-31"}]


def test_a_refused_row_keeps_no_other_out_and_may_come_again(
    kg: Run, own: Path, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.cli import importing
    from kg.namespaces import iri

    def spoiled(*arguments: object) -> ChangeSet:
        change = real(*arguments)  # type: ignore[arg-type]  # passed on as they come
        tenures = {q.subject for q in change.add if q.object == iri("bm:Tenure")}
        bad = {q for q in change.add if q.subject in tenures and q.predicate == iri("org:member")}
        lost = {q for q in bad if "pho-giam-doc" in q.subject.value}
        return ChangeSet(change.add - lost, change.remove, change.agent, change.reason, change.source, change.texts)

    real = importing.propose_rows
    with monkeypatch.context() as patch:
        patch.setattr(importing, "propose_rows", spoiled)
        status, out, _ = kg("import", files[0], "--mapping", files[1], "--commit", "--data", own)
    assert status == 1
    assert "2 stored, 0 known already, 1 refused, 1 left out" in out
    assert "refused by bms:Tenure-member: 1" in out
    assert "refused: line 3: Hà Thị Thử, Phó Giám đốc: bms:Tenure-member: " in out
    status, out, _ = kg("import", files[0], "--mapping", files[1], "--commit", "--data", own)
    assert "1 stored, 2 known already, 0 refused" in out and "0 new persons" in out


def test_a_refused_row_is_told_with_its_cell_and_a_repair(
    kg: Run, own: Path, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.cli import importing
    from kg.namespaces import iri

    def spoiled(*arguments: object) -> ChangeSet:
        change = real(*arguments)  # type: ignore[arg-type]  # passed on as they come
        lost = {q for q in change.add if q.object == iri("org:Membership") and "pho-giam-doc" in q.subject.value}
        return ChangeSet(change.add - lost, change.remove, change.agent, change.reason, change.source, change.texts)

    real = importing.propose_rows
    monkeypatch.setattr(importing, "propose_rows", spoiled)
    status, out, _ = kg("import", files[0], "--mapping", files[1], "--repairs", "--data", own)
    told = out.partition("refused: line 3: Hà Thị Thử, Phó Giám đốc: bms:Tenure-type: ")[2].splitlines()
    assert status == 1
    assert "  “Phó Giám đốc” – Danh sách mẫu, 2022-06-01" in told
    assert "  repair: State org:Membership under “class” as well. / Ghi thêm org:Membership vào mục “lớp”." in told
    _, out, _ = kg("import", files[0], "--mapping", files[1], "--data", own)
    assert "repair:" not in out


def test_a_person_that_reports_name_is_linked_as_in_texts(kg: Run, own: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "Tên,Chức vụ\nTRẦN THỊ LỘC,Trưởng Ban Tuyên giáo Tỉnh ủy Bắc Kạn\n", encoding="utf-8"
    )
    (tmp_path / "m.yaml").write_text(
        "columns: {person: Tên, title: Chức vụ}\nsource: {published: 2022-05-01}", encoding="utf-8"
    )
    status, out, _ = kg("import", tmp_path / "a.csv", "--mapping", tmp_path / "m.yaml", "--commit", "--data", own)
    assert status == 0 and "0 new persons" in out
    found = rows(
        kg, own, 'SELECT ?day WHERE { ?t org:member/foaf:name "Trần Thị Lộc" ; bm:attestedOn ?day } ORDER BY ?day'
    )
    assert [row["day"] for row in found] == ["2022-04-05", "2022-05-01"]


def test_popolo_comes_in_the_same_manner(kg: Run, own: Path, tmp_path: Path) -> None:
    said = {
        "persons": [{"id": "1", "name": "H`Yim Kđoh", "birth_date": "1972-07-18"}],
        "organizations": [{"id": "a", "name": "National Assembly"}],
        "memberships": [{"person_id": "1", "organization_id": "a", "role": "member", "start_date": "2011-07-21"}],
    }
    (tmp_path / "q.json").write_text(json.dumps(said), encoding="utf-8")
    (tmp_path / "w.yaml").write_text("words: {member: Đại biểu, National Assembly: Quốc hội}", encoding="utf-8")
    for found in ("1 stored, 0 known", "0 stored, 1 known"):
        status, out, _ = kg("import", tmp_path / "q.json", "--mapping", tmp_path / "w.yaml", "--commit", "--data", own)
        assert status == 0 and found in out
    query = """SELECT ?organ ?start ?born WHERE { ?t org:member ?p ; org:organization ?organ ; bm:startLatest ?start .
        ?p foaf:name "H'Yim Kđoh" ; bm:birthLatest ?born }"""
    (row,) = rows(kg, own, query)
    assert (row["organ"].rpartition("/")[2], row["start"], row["born"]) == ("quoc-hoi", "2011-07-21", "1972-07-18")


def test_what_is_missing_is_one_sentence(kg: Run, own: Path, files: tuple[Path, Path], tmp_path: Path) -> None:
    for arguments, named in (
        ((files[0],), "--mapping"),
        ((tmp_path / "none.csv", "--mapping", files[1]), "no file"),
        ((files[0], "--mapping", tmp_path / "none.yaml"), "no file"),
    ):
        status, _, err = kg("import", *arguments, "--data", own)
        assert status == 2 and named in err and len(err.splitlines()) == 1


def test_status_is_0_when_all_rows_are_in_1_when_some_are_not_2_when_none_could_be_read() -> None:
    from kg.read import Unread

    gone = Unread("line 2", "", "", "why", True)
    assert Outcome(new=2).status == 0
    assert Outcome(new=2, unread=[gone]).status == 1
    assert Outcome(known=2).status == 0
    assert Outcome(unread=[gone]).status == 2


def test_help_and_verb_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "--help"]) == 0
    assert "--mapping" in capsys.readouterr().out
