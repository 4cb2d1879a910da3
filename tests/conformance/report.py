"""Runs every case and writes the figures: `python -m tests.conformance.report [FILE]`."""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Final

import kg

from .known import known_failures
from .running import fault
from .serving import served
from .suites import SETTING, cases, folder

PLACE: Final = Path(__file__).with_name("CONFORMANCE.md")


def main() -> int:
    """Writes the report; 1 where a case fails that should pass or passes that should fail, 2 without the suites."""
    if folder() is None:
        print(f"The suites are not laid out; name their folder in {SETTING}.", file=sys.stderr)
        return 2
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else PLACE
    known, began = known_failures(), time.monotonic()
    passed: Counter[str] = Counter()
    failed: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as scratch, served(Path(scratch) / "data") as site:
        for case in cases():
            if (why := fault(case, site)) is None:
                passed[case.suite] += 1
            else:
                failed[str(case)] = why
    place.write_text(_written(passed, failed), encoding="utf-8")
    surprises = {name: why for name, why in failed.items() if name not in known}
    surprises |= dict.fromkeys(set(known) - set(failed), "passes, or is not in the suites; take it out of the table")
    for name, why in sorted(surprises.items()):
        print(f"{name}: {why}")
    print(f"{sum(passed.values())} passed, {len(failed)} failed in {time.monotonic() - began:.0f} s: {place}")
    return 1 if surprises else 0


def _written(passed: Counter[str], failed: dict[str, str]) -> str:
    known = known_failures()
    suites = list(dict.fromkeys(case.suite for case in cases()))
    failing = Counter(name.partition(":")[0] for name in failed)
    lines = [
        "# Conformance",
        "",
        f"Figures of version {kg.__version__}, written by `make conformance`; [README.md](README.md) says how.",
        "",
        "| suite | passed | failed | of |",
        "|---|--:|--:|--:|",
        *(f"| {s} | {passed[s]} | {failing[s]} | {passed[s] + failing[s]} |" for s in suites),
        f"| all | {sum(passed.values())} | {len(failed)} | {sum(passed.values()) + len(failed)} |",
        "",
        "## What fails, and why",
        "",
        "| test | reason |",
        "|---|---|",
        *(f"| `{name}` | {known.get(name, why).replace('|', '/')} |" for name, why in failed.items()),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
