"""How cases of the query and update suites are run."""

from pathlib import Path
from typing import Final

from rdflib import RDFS, Graph
from rdflib.term import Node

from kg.model.sparql_text import tokens

from .compare import READERS, expected_result, read_graph, read_rows, same_graph, same_rows
from .serving import Answer, Site
from .suites import MF, QT, UT, Case, path_of

_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_READ: Final = (
    "refused: The update cannot be carried out",  # a graph that is not there
    "refused: An update may not reach out to other servers; take LOAD",  # said of what was read without a fault
    "refused: The query could not be answered",  # a function that is not there
)


def run_query(case: Case, site: Site) -> None:
    """Evaluates a query on its data and compares the answer."""
    file = path_of(case.value(MF.action, QT.query))
    site.load(
        [path_of(node) for node in case.values(MF.action, QT.data)],
        {str(node): path_of(node) for node in case.values(MF.action, QT.graphData)},
    )
    result = path_of(case.value(MF.result))
    form, media_type = READERS[result.suffix]
    text = _with_base(file)
    accept = f"{media_type}, application/n-triples"
    answer = site.expect(site.ask("POST", "/sparql", text.encode(), Content_Type=_QUERY, Accept=accept))
    expected = expected_result(result)
    if isinstance(expected, Graph):
        assert answer.media_type == "application/n-triples", answer.media_type
        assert same_graph(read_graph(answer.body), expected), answer.body.decode()
        return
    assert answer.media_type == media_type, answer.media_type
    got = read_rows(answer.body, form)
    if isinstance(expected, bool) or isinstance(got, bool):
        assert got == expected
        return
    lax = case.value(MF.resultCardinality) == MF.LaxCardinality
    assert same_rows(got, expected, ordered=_is_ordered(text), lax=lax), f"{got} is not {expected}"


def run_update(case: Case, site: Site) -> None:
    """Carries an update out and compares the whole store with what it should be."""
    site.load(*_dataset(case, MF.action))
    site.loaded = None
    text = _with_base(path_of(case.value(MF.action, UT.request)))
    site.expect(site.ask("POST", "/update", text.encode(), Content_Type=_UPDATE))
    default, named = _dataset(case, MF.result)
    _same_stored(site, "/graphs?default", default)
    filled = {name: file for name, file in named.items() if len(read_graph(file.read_bytes(), "turtle"))}
    assert site.named_graphs() == set(filled)
    for name, file in filled.items():
        _same_stored(site, f"/graphs?graph={name}", [file])


def run_syntax(case: Case, site: Site) -> None:
    """Sends a query or an update that must, or must not, be taken for one."""
    file = path_of(case.value(MF.action))
    is_update = file.suffix == ".ru"
    path, kind = ("/update", _UPDATE) if is_update else ("/sparql", _QUERY)
    site.loaded = None if is_update else site.loaded
    answer = site.ask("POST", path, file.read_bytes(), Content_Type=kind)
    if case.kind.startswith("Negative"):
        assert answer.problem.startswith("syntax: "), f"{answer.status} {answer.problem}"
    else:
        assert _was_read(answer), f"{answer.status} {answer.problem}"


def _was_read(answer: Answer) -> bool:
    """A success, or a refusal of what was read without a fault."""
    return answer.status in (200, 204) or answer.problem.startswith(_READ)


def _with_base(file: Path) -> str:
    return f"BASE <{file.as_uri()}>\n{file.read_text(encoding='utf-8')}"


def _is_ordered(query: str) -> bool:
    """Whether ORDER BY stands outside all brackets."""
    depth = 0
    for token in tokens(query):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth == 0 and token.kind == "word" and token.text.upper() == "ORDER":
            return True
    return False


def _dataset(case: Case, part: Node) -> tuple[list[Path], dict[str, Path]]:
    default = [path_of(node) for node in case.values(part, UT.data)]
    named: dict[str, Path] = {}
    for node in case.values(part, UT.graphData):
        named[str(case.manifest.value(node, RDFS.label))] = path_of(case.manifest.value(node, UT.graph))
    return default, named


def _same_stored(site: Site, path: str, files: list[Path]) -> None:
    expected = Graph()
    for file in files:
        expected += read_graph(file.read_bytes(), "turtle", file.as_uri())
    answer = site.expect(site.ask("GET", path, Accept="application/n-triples"))
    assert same_graph(read_graph(answer.body), expected), f"{path}: {answer.body.decode()}"
