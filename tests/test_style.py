"""House rules that no linter holds."""

import re
import subprocess
from pathlib import Path

LONGEST_MODULE = 300
MACHINE_PATH = re.compile(r"(?<![\w.~/])/(?:home|root|Users|work|opt)/\w")
REGISTRY = re.compile(r"""(index-url|registry)\s*[=:]\s*https?://|"resolved":\s*"https?://""")


def _tracked(root: Path, *patterns: str) -> list[Path]:
    """Files that are or would be committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    found = [path for name in listed.split("\0") if name and (path := root / name).is_file()]
    assert found, f"nothing is listed for {patterns}"
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_module_is_longer_than_300_lines(root: Path) -> None:
    modules = _tracked(root, "kg/*.py", "server/*.py", "tests/*.py")
    long = {str(path.relative_to(root)): n for path in modules if (n := _text(path).count("\n")) > LONGEST_MODULE}
    assert long == {}


def test_no_tracked_file_names_this_machine_or_a_registry(root: Path) -> None:
    found = [
        f"{path.relative_to(root)}: {match[0]}"
        for path in _tracked(root)
        if path.name != Path(__file__).name
        for pattern in (MACHINE_PATH, REGISTRY)
        if (match := pattern.search(_text(path)))
    ]
    assert found == []


def test_no_work_is_left_marked_as_unfinished(root: Path) -> None:
    marks = re.compile(r"\b(?:TODO|FIXME|XXX)\b|NotImplementedError|\btime\.sleep\(")
    modules = [path for path in _tracked(root, "*.py") if path.name != Path(__file__).name]
    found = [f"{path.relative_to(root)}: {match[0]}" for path in modules if (match := marks.search(_text(path)))]
    assert found == []
