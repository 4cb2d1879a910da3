"""The command line itself: what it says, where, and with which status."""

import errno
import io
import subprocess
import sys
from collections.abc import Callable

import pytest

from kg import cli
from kg.cli import main
from kg.errors import BomayError, FolderError, LimitExceeded

Capture = pytest.CaptureFixture[str]


def _raises(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> Callable[[], int]:
    """Has `kg queries` end with this error."""

    def run(_: object) -> int:
        raise error

    import kg.cli.queries

    monkeypatch.setattr(kg.cli.queries, "run", run)
    return lambda: main(["queries"])


def test_an_unknown_verb_names_the_nearest_one(capsys: Capture) -> None:
    assert main(["ingset", "x"]) == 2
    assert capsys.readouterr().err == "kg: there is no verb 'ingset'; did you mean 'ingest'?. Try 'kg --help'.\n"


def test_no_verb_at_all_is_a_usage_error(capsys: Capture) -> None:
    assert main([]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_missing_argument_is_one_sentence_with_where_help_is(capsys: Capture) -> None:
    assert main(["search"]) == 2
    assert capsys.readouterr().err == "kg search: the following arguments are required: TEXT. Try 'kg search --help'.\n"


def test_help_lists_every_verb_with_serve_among_them(capsys: Capture) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"    {verb} " in out for verb in (*cli.VERBS, "serve"))


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (FolderError("The folder is owned by another process; stop it first."), 2, "owned by another"),
        (LimitExceeded("time", "The query ran longer than 30 s."), 2, "longer than 30 s"),
        (OSError(errno.ENOSPC, "No space left on device", "data/x"), 2, "disk is full (data/x)"),
        (PermissionError(errno.EACCES, "Permission denied", "data"), 2, "no permission (data)"),
        (FileNotFoundError(errno.ENOENT, "No such file", "gone.ttl"), 2, "no such file or folder (gone.ttl)"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)
def test_a_foreseeable_error_is_one_sentence_with_its_status(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, error: BaseException, status: int, words: str
) -> None:
    assert _raises(monkeypatch, error)() == status
    err = capsys.readouterr().err
    assert err.startswith("kg: ") and words in err and err.count("\n") == 1 and "Traceback" not in err


def test_an_error_may_carry_its_own_status(monkeypatch: pytest.MonkeyPatch) -> None:
    class No(BomayError):
        exit_status = 1

    assert _raises(monkeypatch, No("No."))() == 1


def test_a_fault_of_the_program_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError):
        _raises(monkeypatch, ZeroDivisionError())()


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = f'"{sys.executable}" -m kg queries | head -n 0; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.strip() in ("0", "141")


def test_vietnamese_comes_out_under_a_locale_that_has_no_such_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding="ascii") as narrow:
        monkeypatch.setattr(sys, "stdout", narrow)
        assert main(["--help"]) == 0
        narrow.flush()
        assert "Bộ Máy" in raw.getvalue().decode("utf-8")
