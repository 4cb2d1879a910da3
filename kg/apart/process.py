"""One process that works for this one, seen from its parent."""

import contextlib
import os
import signal
import subprocess
import sys
from multiprocessing.connection import Pipe
from pathlib import Path

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
                env={**os.environ, "PYTHONPATH": paths, "MALLOC_ARENA_MAX": "2"},
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
        return self._hello is not None or self._channel.poll()

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
        """Lets others of lower niceness (0 to 19) go first on the processors from now on."""
        with contextlib.suppress(OSError):  # it has ended
            os.setpriority(os.PRIO_PROCESS, self.pid, nice)

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
