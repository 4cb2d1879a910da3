"""One process that works for this one, seen from its parent."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from multiprocessing.connection import Pipe
from pathlib import Path

from kg.apart.sandbox import THREADS_ARE_NICE
from kg.errors import BomayError, LimitExceeded

_ERROR_TEXT = 4096


class ChildProcess:
    """A fresh interpreter that runs `main(arguments)` of a module; it shares nothing with this one but a pipe.

    The arguments are the descriptor of the pipe, `memory_bytes`, and those given. Its first message is a tag and the
    sandbox in force. `noun` is what it works on, for sentences. Started with `subprocess` and not `multiprocessing`,
    which would run the caller's main module again in the child.
    """

    def __init__(self, module: str, noun: str, longest: int, memory_bytes: int, *arguments: str) -> None:
        self._noun, self._longest = noun, longest
        self._hello: str | None = None
        self.is_nice = False
        self._channel, theirs = Pipe()
        paths = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
        run = f"import sys; from {module} import main; main(sys.argv[1:])"
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", run, str(theirs.fileno()), str(memory_bytes), *arguments],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": paths, "MALLOC_ARENA_MAX": "1"},
            )
        finally:
            theirs.close()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def is_ready(self) -> bool:
        """Whether it has started, so that it would answer without delay."""
        if self._hello is None and self._channel.poll():
            with contextlib.suppress(EOFError, OSError):  # it has ended, as whoever asks it will see
                self.hello()
            return True
        return self._hello is not None

    def hello(self) -> str:
        """Which sandbox is in force in it; waits until it has started. Raises EOFError when it has not."""
        if self._hello is None:
            self._hello = self._channel.recv_bytes(self._longest)[1:].decode()
        return self._hello

    def ask(self, request: object) -> None:
        """Hands it a request. Raises EOFError or OSError when it is no more."""
        self.hello()
        self._channel.send(request)

    def is_heard_within(self, seconds: float) -> bool:
        """Whether it says something, or ends, before so many seconds are over."""
        return self._channel.poll(seconds)

    def receive(self) -> tuple[bytes, bytes]:
        """Its next message as tag and content; waits. Raises EOFError or OSError when it is no more."""
        message = self._channel.recv_bytes(self._longest)
        return message[:1], message[1:]

    def kill(self) -> None:
        """Ends it at once, whatever it does; whoever waits for a message gets EOFError."""
        self._process.kill()

    def be_nice(self, nice: int) -> None:
        """Lets others go first on the processors from now on, by so much more niceness than this process has.

        Only privileged processes may take that back. Where threads have a niceness each (Linux), the first one keeps
        its own, and starts another for what comes next; elsewhere `is_nice` says that it stays so.
        """
        with contextlib.suppress(OSError):  # it has ended
            if THREADS_ARE_NICE:
                threads = (int(task.name) for task in Path(f"/proc/{self.pid}/task").iterdir())
                yielding = [thread for thread in threads if thread != self.pid]
            else:
                yielding, self.is_nice = [self.pid], True
            for thread in yielding:
                os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, 0) + nice)  # beyond 19 is 19

    def cpu_seconds(self) -> float:
        """Seconds of a processor that it has used; where the system does not tell, the time that went by."""
        try:
            told = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return time.monotonic()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def resident_bytes(self) -> int:
        """Memory that it holds; 0 where the system does not tell."""
        try:
            return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, IndexError):
            return 0

    def let_go(self) -> bool:
        """Lets go of its pipes if it has ended; does not wait for that."""
        if self._process.poll() is None:
            return False
        self.end()
        return True

    def reap(self) -> None:
        """Kills it and takes it off the system's books; its last words can still be read."""
        self.kill()
        self._process.wait()

    def end(self) -> None:
        """Kills it and lets go of its pipes."""
        self.reap()
        self._channel.close()
        if self._process.stderr is not None:
            self._process.stderr.close()

    def cause_of_death(self) -> BomayError:
        """Why it ended, as an error for the asker; waits until it has. Not for one that `kill` ended."""
        status = self._process.wait()
        said = (
            os.read(self._process.stderr.fileno(), _ERROR_TEXT).decode(errors="replace") if self._process.stderr else ""
        )
        if status == -signal.SIGSEGV or "overflowed its stack" in said:
            return LimitExceeded("memory", f"The {self._noun} is nested too deeply to be read; write it flatter.")
        if status < 0 or "MemoryError" in said:
            return LimitExceeded("memory", out_of_memory(self._noun))
        return BomayError(
            f"The process of the {self._noun} ended unexpectedly: {said.strip().splitlines()[-1] if said else status}"
        )


def out_of_memory(noun: str) -> str:
    """The sentence on work that wants more memory than it may use."""
    return f"The {noun} needs more memory than one {noun} may use; ask for less at a time."
