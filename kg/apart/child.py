"""What a process that `ChildProcess` started does first."""

import os
import select
import signal
import threading
from multiprocessing.connection import Connection

from kg.apart.sandbox import THREADS_ARE_NICE, bound_memory, cut_network


def enter(descriptor: int, memory_bytes: int) -> tuple[Connection, str, int]:
    """Leaves the network, bounds the memory, and ends with the parent from here on.

    Gives the pipe to the parent, the sandbox in force, and the address space in bytes now (0 when not known).
    """
    sandbox = cut_network()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    channel = Connection(descriptor)
    threading.Thread(target=_end_with_parent, args=(channel.fileno(),), daemon=True).start()
    return channel, sandbox, bound_memory(memory_bytes)


def niceness() -> int:
    """How far this thread yields to others beyond what its process did at first; 0 where threads do not differ."""
    if not THREADS_ARE_NICE:
        return 0
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) - os.getpriority(os.PRIO_PROCESS, os.getpid())


def _end_with_parent(descriptor: int) -> None:
    """Ends this process when the other end of the pipe is gone, also in the middle of its work."""
    watch = select.poll()
    watch.register(descriptor, 0)
    watch.poll()
    os._exit(0)
