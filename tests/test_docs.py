"""The documents say what is there, in both languages."""

import argparse
import re
import shlex
from pathlib import Path

import pytest

from kg.cli import build_parser
from kg.query import Library, QueryPool
from kg.settings import KNOWN
from kg.store import create, open_graph
from server import create_app

READMES = ("README.md", "README.vi.md")


@pytest.fixture(params=READMES)
def readme(request: pytest.FixtureRequest, root: Path) -> str:
    return (root / request.param).read_text(encoding="utf-8")


def _verbs() -> dict[str, argparse.ArgumentParser]:
    parser = build_parser()
    actions = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    verbs: dict[str, argparse.ArgumentParser] = actions[0].choices
    assert len(verbs) >= 10
    return verbs


def _targets(root: Path) -> set[str]:
    targets = set(re.findall(r"^([a-z-]+):.*## ", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"run", "test", "install", "test-all", "lint", "bench", "score"} <= targets
    return targets


def _rows(text: str, start: str) -> set[str]:
    """The code words that open table rows and begin with `start`."""
    return set(re.findall(rf"^\| `{re.escape(start)}([\w-]+)", text, re.MULTILINE))


def test_every_verb_is_in_the_readme_and_no_other(readme: str) -> None:
    assert _rows(readme, "kg ") == set(_verbs())


def test_every_make_target_is_in_the_readme_and_no_other(readme: str, root: Path) -> None:
    assert _rows(readme, "make ") == _targets(root)


def test_every_setting_is_in_the_readme_and_no_other(readme: str) -> None:
    assert set(re.findall(r"\bBOMAY_[A-Z_]+\b", readme)) == {known.variable for known in KNOWN.values()}


def test_every_library_query_is_in_the_readme_and_no_other(readme: str) -> None:
    listed = set(re.findall(r"^\| `([a-z-]+)` \| \w", readme, re.MULTILINE)) - set(KNOWN)
    assert listed == set(Library.load())


def test_every_address_of_the_service_is_in_the_readme_and_no_other(readme: str, tmp_path: Path) -> None:
    create(tmp_path / "data", "empty")
    with open_graph(tmp_path / "data") as graph, QueryPool(1, spares=0) as pool:
        rules = {rule.rule for rule in create_app(graph, pool, data=tmp_path / "data").url_map.iter_rules()}
    served = {rule for rule in rules if not rule.startswith("/static/") and "<extension>" not in rule}
    assert set(re.findall(r"^\| `(/[^`]*)` \|", readme, re.MULTILINE)) == served


def test_every_link_of_the_readme_leads_somewhere(readme: str, root: Path) -> None:
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", readme) if "://" not in link]
    assert links
    assert [link for link in links if not (root / link).exists()] == []


def test_every_folder_of_the_map_exists_and_none_is_left_out(readme: str, root: Path) -> None:
    mapped = set(re.findall(r"^\| \[`([\w/.]+?)/?`\]", readme, re.MULTILINE))
    rooms = {f"kg/{path.parent.name}" for path in (root / "kg").glob("*/__init__.py")}
    tops = {"ontology", "queries", "server", "tests", "benchmarks", "kg/samples"}
    assert mapped == rooms | tops


def test_every_verb_helps_with_examples() -> None:
    for name, parser in _verbs().items():
        text = parser.format_help()
        assert f"  kg {name}" in text.partition("examples:")[2], f"kg {name} --help shows no example"


def test_every_example_of_help_is_a_line_that_the_program_understands() -> None:
    for name, parser in _verbs().items():
        lines = [line.strip() for line in (parser.epilog or "").splitlines() if f"kg {name}" in line]
        assert lines
        for line in lines:
            command = re.split(r"\s{2,}|[|<>]", line[line.index(f"kg {name}") :])[0]
            build_parser().parse_args(shlex.split(command)[1:])


@pytest.mark.parametrize(
    "folder", ["ontology", "kg/extract", "kg/network", "kg/review", "kg/samples", "queries", "benchmarks"]
)
def test_folders_that_need_a_manual_have_one(root: Path, folder: str) -> None:
    assert (root / folder / "README.md").read_text(encoding="utf-8").startswith("# ")
