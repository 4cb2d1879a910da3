"""Backups: consistent while others write, restored whole or not at all."""

import gzip
import io
import json
import shutil
import signal
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import FolderError, UnreadableInput
from kg.history import load_patch
from kg.store import back_up, create, open_graph, restore
from kg.store.tokens import create_token, list_tokens
from tests.store.conftest import adding, facts, person, shapes
from tests.store.test_crash import journal_of
from tests.store.test_full_disk import fill, small_disk

__all__ = ["small_disk"]  # a fixture of that module


@pytest.fixture
def backup(folder: Path, tmp_path: Path) -> Path:
    """A backup of a folder with one person and one token."""
    with open_graph(folder, own=True, shapes=shapes) as graph:
        graph.submit(adding(*facts("a")))
    create_token(folder, "lan", "editor")
    back_up(folder, tmp_path / "a.bomay", tokens=True)
    return tmp_path / "a.bomay"


def test_what_was_backed_up_is_restored_and_goes_on(backup: Path, tmp_path: Path) -> None:
    target = tmp_path / "restored"
    target.mkdir()
    assert restore(backup, target).generation == 1
    with open_graph(target, own=True, shapes=shapes) as graph:
        with graph.reader() as reader:
            assert any(True for _ in reader.quads(person("a")))
            ((_, _, digest),) = journal_of(reader)
        load_patch(target / "journal", digest)
        assert graph.submit(adding(*facts("b"))).generation == 2
    assert [token.name for token in list_tokens(target)] == ["lan"]
    assert (target / "tokens.json").stat().st_mode & 0o077 == 0


def test_tokens_stay_out_unless_asked_for(folder: Path, tmp_path: Path) -> None:
    create_token(folder, "lan", "editor")
    back_up(folder, tmp_path / "b")
    restore(tmp_path / "b", tmp_path / "restored")
    assert list_tokens(tmp_path / "restored") == []


def test_an_empty_folder_without_journal_is_backed_up_too(tmp_path: Path) -> None:
    create(tmp_path / "data", "empty")
    with open_graph(tmp_path / "data", own=True) as graph:
        graph.submit(adding(*facts("a")))
    back_up(tmp_path / "data", tmp_path / "b")
    restore(tmp_path / "b", tmp_path / "restored")
    with open_graph(tmp_path / "restored") as graph, graph.reader() as reader:
        assert any(True for _ in reader.quads(person("a")))


def test_backups_of_a_folder_that_another_process_writes_to_hold_one_generation_each(
    folder: Path, tmp_path: Path, root: Path
) -> None:
    command = [sys.executable, "-m", "tests.store.committing", str(folder), "0"]
    acknowledged = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        try:
            assert process.stdout is not None
            for number in range(5):
                acknowledged.append(process.stdout.readline().split())
                made = back_up(folder, tmp_path / f"b{number}")
                assert made.generation >= int(acknowledged[-1][0])
        finally:
            process.kill()
    for number, (generation, name, text) in enumerate(acknowledged):
        target = tmp_path / f"r{number}"
        restored = restore(tmp_path / f"b{number}", target)
        with open_graph(target, own=True, shapes=shapes) as graph, graph.reader() as reader:
            assert any(True for _ in reader.quads(person(name)))
            entries = journal_of(reader)
            assert [entry[1] for entry in entries] == list(range(restored.generation, 0, -1))
            for _, _, digest in entries:
                load_patch(target / "journal", digest)
            assert graph.source_text(text) == f"Văn bản {name}\r\n"
            assert restored.generation >= int(generation)


def test_a_backup_that_was_killed_leaves_no_file_of_that_name_and_the_next_succeeds(
    folder: Path, tmp_path: Path, root: Path
) -> None:
    target = tmp_path / "b"
    for delay in (0.0, 0.02, 0.1, 0.3):
        command = [sys.executable, "-m", "kg", "backup", str(target), "--data", str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root) as process:
            until(lambda process=process: any(tmp_path.glob(".b.partial")) or process.poll() is not None)
            timer = threading.Timer(delay, process.send_signal, (signal.SIGKILL,))
            timer.start()
            process.wait(30)
            timer.cancel()
        if target.exists():
            restore(target, tmp_path / f"whole-{delay}")
            target.unlink()
    back_up(folder, target)
    restore(target, tmp_path / "restored")
    assert not any(tmp_path.glob(".b.partial"))


def until(happened: Callable[[], bool]) -> None:
    """Waits for something that another process does."""
    tick = threading.Event()
    while not happened():
        tick.wait(0.005)


def test_a_full_disk_is_one_sentence_and_leaves_nothing(small_disk: Path, folder: Path) -> None:
    fill(small_disk)
    with pytest.raises(FolderError, match="In the backup, there is no space left"):
        back_up(folder, small_disk / "b")
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


def test_restoring_onto_a_full_disk_is_one_sentence_and_leaves_nothing(small_disk: Path, backup: Path) -> None:
    fill(small_disk)
    with pytest.raises(FolderError, match="In restoring, there is no space left"):
        restore(backup, small_disk / "data")
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


def test_a_file_and_a_folder_that_are_there_are_not_touched(folder: Path, backup: Path, tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="is there already"):
        back_up(folder, backup)
    with pytest.raises(FolderError, match="is not empty"):
        restore(backup, folder)
    with pytest.raises(FolderError, match="no folder"):
        back_up(folder, tmp_path / "no" / "b")
    with pytest.raises(FolderError, match="no data folder"):
        back_up(tmp_path / "no", tmp_path / "b")
    with pytest.raises(UnreadableInput, match="cannot be read"):
        restore(tmp_path / "no", tmp_path / "restored")


def refused(damaged: bytes, tmp_path: Path) -> str:
    """The sentence with which a damaged backup is refused; nothing may be left of it."""
    path, target = tmp_path / "damaged", tmp_path / "restored"
    path.write_bytes(damaged)
    with pytest.raises(UnreadableInput, match="nothing was restored") as caught:
        restore(path, target)
    assert not target.exists()
    assert not any(tmp_path.glob(".restored.*"))
    return str(caught.value)


def test_a_backup_cut_off_anywhere_is_refused(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    for share in (0.0, 0.01, 0.5, 0.9, 0.999):
        refused(whole[: int(len(whole) * share)], tmp_path)
    refused(whole[:-1], tmp_path)


def test_a_backup_with_one_byte_changed_anywhere_is_refused(backup: Path, tmp_path: Path) -> None:
    whole = bytearray(backup.read_bytes())
    for at in range(10, len(whole), len(whole) // 25):  # behind the header of gzip, whose flags mean nothing to us
        damaged = whole.copy()
        damaged[at] ^= 0x55
        refused(bytes(damaged), tmp_path)


def put(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    """Adds a file."""
    member = tarfile.TarInfo(name)
    member.size = len(data)
    tar.addfile(member, io.BytesIO(data))


def repacked(backup: Path, change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None) -> bytes:
    """The backup with files changed or, for None, left out, and others put before them."""
    out = io.BytesIO()
    with (
        gzip.open(backup) as packed,
        tarfile.open(fileobj=packed) as old,
        gzip.open(out, "wb", 1) as new_packed,
        tarfile.open(fileobj=new_packed, mode="w|") as new,
    ):
        for name, data in (more or {}).items():
            put(new, name, data)
        for member in old:
            content = old.extractfile(member)
            assert content is not None
            data = change(member.name, content.read())
            if data is not None:
                put(new, member.name, data)
    return out.getvalue()


def test_what_is_not_as_the_manifest_says_is_refused(backup: Path, tmp_path: Path) -> None:
    def spoilt(name: str, data: bytes) -> bytes:
        return data + b" " if name == "FORMAT" else data

    def left_out(name: str, data: bytes) -> bytes | None:
        return None if name.startswith("journal/") else data

    def without_manifest(name: str, data: bytes) -> bytes | None:
        return None if name == "MANIFEST.json" else data

    def later(name: str, data: bytes) -> bytes:
        return json.dumps({**json.loads(data), "backup": 2}).encode() if name == "MANIFEST.json" else data

    def other_generation(name: str, data: bytes) -> bytes:
        return json.dumps({**json.loads(data), "generation": 7}).encode() if name == "MANIFEST.json" else data

    def same(name: str, data: bytes) -> bytes:
        return data

    assert "'FORMAT' is not what its manifest says" in refused(repacked(backup, spoilt), tmp_path)
    assert "is not what its manifest says" in refused(repacked(backup, left_out), tmp_path)
    assert "ends before its manifest" in refused(repacked(backup, without_manifest), tmp_path)
    assert "its form is 2" in refused(repacked(backup, later), tmp_path)
    assert "says generation 7 and holds 1" in refused(repacked(backup, other_generation), tmp_path)
    for name in ("../outside", "store/../../outside", "/etc/outside", "else/where"):
        assert "no part of a backup" in refused(repacked(backup, same, {name: b"x"}), tmp_path)
    assert not (tmp_path / "outside").exists()
    refused(b"not a backup at all", tmp_path)


def test_the_verbs_say_what_they_did_and_what_is_wrong(folder: Path, tmp_path: Path, root: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "kg", *words]
        return subprocess.run(command, capture_output=True, text=True, cwd=root, check=False)

    made = run("backup", str(tmp_path / "b"), "--data", str(folder))
    assert (made.returncode, "Generation 0" in made.stdout, made.stderr) == (0, True, "")
    digest = made.stdout.split()[-1]
    done = run("restore", str(tmp_path / "b"), "--data", str(tmp_path / "restored"))
    assert (done.returncode, digest in done.stdout) == (0, True)
    again = run("restore", str(tmp_path / "b"), "--data", str(tmp_path / "restored"))
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)
    shutil.rmtree(tmp_path / "restored")
