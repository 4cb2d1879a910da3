"""The build of the SPARQL editor: once for its inputs, whole or not at all, told in a sentence when it fails."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from server.editor import build as building
from server.editor import find_bundle
from server.editor.build import NotBuilt, Tools, build, digest, is_current
from server.wording import words

FAKE_NPM = """\
import pathlib, sys
assert sys.argv[1] == "ci" and "--ignore-scripts" in sys.argv, sys.argv
assert pathlib.Path("package-lock.json").is_file()
for name in ("@one/part", "esbuild"):
    folder = pathlib.Path("node_modules", name)
    folder.mkdir(parents=True)
    (folder / "LICENSE").write_text(f"Licence of {name}")
"""
FAKE_NODE = """\
import pathlib, sys
assert sys.argv[1] == "node_modules/esbuild/bin/esbuild", sys.argv
out = pathlib.Path("out")
out.mkdir()
(out / "editor.js").write_text(pathlib.Path("src/editor.js").read_text())
(out / "editor.css").write_text("")
"""
UNREACHABLE = 'import sys; sys.exit("npm error code ENOTFOUND\\nnpm error network request failed")'


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    (folder / "src").mkdir(parents=True)
    (folder / "package.json").write_text("{}")
    (folder / "package-lock.json").write_text("{}")
    (folder / "src" / "editor.js").write_text("first")
    return folder


@pytest.fixture
def tool(tmp_path: Path) -> Callable[[str], tuple[str, ...]]:
    def written(text: str) -> tuple[str, ...]:
        path = tmp_path / f"tool-{abs(hash(text))}.py"
        path.write_text(text)
        return sys.executable, str(path)

    return written


@pytest.fixture
def tools(tool: Callable[[str], tuple[str, ...]]) -> Tools:
    return Tools(node=tool(FAKE_NODE), npm=tool(FAKE_NPM))


def test_a_build_puts_script_style_licences_and_the_digest_of_its_inputs_in_place(
    tools: Tools, sources: Path, tmp_path: Path
) -> None:
    built = tmp_path / "built"
    assert find_bundle(built) is None and not is_current(sources, built)
    build(tools, sources, built)
    bundle = find_bundle(built)
    assert bundle is not None and digest(sources).startswith(bundle.version)
    assert is_current(sources, built)
    licences = (built / "licences.txt").read_text()
    assert "Licence of @one/part" in licences and "esbuild" not in licences


@pytest.mark.parametrize("changed", ["package.json", "package-lock.json", "src/editor.js", "src/added.js"])
def test_a_change_of_any_input_asks_for_a_new_build(tools: Tools, sources: Path, tmp_path: Path, changed: str) -> None:
    built = tmp_path / "built"
    build(tools, sources, built)
    (sources / changed).write_text("second")
    assert not is_current(sources, built)
    build(tools, sources, built)
    assert is_current(sources, built)


@pytest.mark.parametrize("name", ["editor.js", "editor.css", "digest.txt"])
def test_a_bundle_that_lacks_a_part_is_none(tools: Tools, sources: Path, tmp_path: Path, name: str) -> None:
    built = tmp_path / "built"
    build(tools, sources, built)
    (built / name).unlink()
    assert find_bundle(built) is None and not is_current(sources, built)


def test_a_registry_that_cannot_be_reached_leaves_the_earlier_bundle(
    tools: Tools, tool: Callable[[str], tuple[str, ...]], sources: Path, tmp_path: Path
) -> None:
    built = tmp_path / "built"
    build(tools, sources, built)
    (sources / "src" / "editor.js").write_text("second")
    with pytest.raises(NotBuilt, match=r"npm could not install .*ENOTFOUND npm error network"):
        build(Tools(tools.node, tool(UNREACHABLE)), sources, built)
    assert (built / "editor.js").read_text() == "first"
    assert find_bundle(built) is not None


def test_a_bundler_that_fails_and_a_tool_that_is_missing_are_told(tools: Tools, sources: Path, tmp_path: Path) -> None:
    broken = Tools((sys.executable, "-c", "raise SystemExit('no such module')"), tools.npm)
    with pytest.raises(NotBuilt, match="esbuild could not bundle server/editor: no such module"):
        build(broken, sources, tmp_path / "built")
    with pytest.raises(NotBuilt, match="nowhere"):
        build(Tools(tools.node, (str(tmp_path / "nowhere"),)), sources, tmp_path / "built")
    assert not (tmp_path / "built").exists()


def test_the_command_says_in_a_sentence_what_failed_and_what_still_works(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(_: Tools) -> None:
        raise NotBuilt("npm could not install the packages of server/editor: ENOTFOUND")

    monkeypatch.setattr(building, "is_current", lambda: False)
    monkeypatch.setattr(building, "wheel_tools", lambda: Tools((), ()))
    monkeypatch.setattr(building, "build", fails)
    assert building.main() == 1
    told = capsys.readouterr().err
    assert "ENOTFOUND" in told and "plain form" in told and "Traceback" not in told


def test_the_command_does_nothing_when_nothing_changed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(building, "is_current", lambda: True)
    assert building.main() == 0
    assert capsys.readouterr() == ("", "")


def test_a_python_without_node_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(NotBuilt, match=r"pip install 'bomay\[editor\]'"):
        building.wheel_tools()


def test_the_lock_file_pins_every_package_by_digest_and_names_no_registry(root: Path) -> None:
    lock = json.loads((root / "server" / "editor" / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert len(packages) > 40
    assert [name for name, entry in packages.items() if "resolved" in entry or "integrity" not in entry] == []
    wanted = json.loads((root / "server" / "editor" / "package.json").read_text())
    direct = {**wanted["dependencies"], **wanted["devDependencies"]}
    assert {name: packages[f"node_modules/{name}"]["version"] for name in direct} == direct


def test_every_word_of_the_editor_is_one_that_its_sources_say(root: Path) -> None:
    scripts = "".join(path.read_text() for path in (root / "server" / "editor" / "src").glob("*.js"))
    used = set(re.findall(r"\bwords\.(\w+)", scripts))
    assert len(used) > 10
    assert used == {key.removeprefix("editor.") for key in words("en") if key.startswith("editor.")}
