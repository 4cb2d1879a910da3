"""What a process gives up before it reads a stranger's query: the network, core files, memory beyond a bound."""

import ctypes
import errno
import os
import platform
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

NAMESPACE: Final = "network namespace"
SOCKET_FILTER: Final = "socket filter"
PARSING_ONLY: Final = "parsing only"
THREADS_ARE_NICE: Final = sys.platform.startswith("linux")  # each by itself, which POSIX has for whole processes

# linux/sched.h, linux/prctl.h, linux/seccomp.h, linux/audit.h and the system call tables of the two machines
_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000
_PR_SET_SECCOMP: Final = 22
_PR_SET_NO_NEW_PRIVS: Final = 38
_FILTER_MODE: Final = 2
_ALLOW: Final = 0x7FFF0000
_KILL: Final = 0x80000000
_REFUSE: Final = 0x00050000 | errno.EPERM
_SYSTEM_CALLS: Final = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_IO_URING_SETUP: Final = 425
_X32_BIT: Final = 0x40000000

# malloc.h of glibc
_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte), ("k", ctypes.c_uint))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.POINTER(_Instruction)))


def cut_network() -> str:
    """Leaves the network by the strongest means that this machine allows, and names it.

    To be called while the process has one thread: a user namespace is not given to more.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not sys.platform.startswith("linux"):
        return PARSING_ONLY
    measures: tuple[tuple[str, Callable[[], bool]], ...] = ((NAMESPACE, leave_network), (SOCKET_FILTER, refuse_sockets))
    return next((name for name, measure in measures if measure()), PARSING_ONLY)


def leave_network() -> bool:
    """Moves this process into a network namespace with nothing in it; False where that is not allowed."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "unshare"):
        return False
    return any(libc.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWNET | _CLONE_NEWUSER))


def refuse_sockets() -> bool:
    """Makes every later `socket` of this process fail with EPERM, by seccomp; False where that is not to be had."""
    if platform.machine() not in _SYSTEM_CALLS:
        return False
    machine, socket_call = _SYSTEM_CALLS[platform.machine()]
    load, equal, at_least, answer = 0x20, 0x15, 0x35, 0x06
    steps = (
        (load, 0, 0, 4),
        (equal, 1, 0, machine),
        (answer, 0, 0, _KILL),
        (load, 0, 0, 0),
        (equal, 3, 0, socket_call),
        (equal, 2, 0, _IO_URING_SETUP),
        (at_least, 1, 0, _X32_BIT),
        (answer, 0, 0, _ALLOW),
        (answer, 0, 0, _REFUSE),
    )
    instructions = (_Instruction * len(steps))(*(_Instruction(*step) for step in steps))
    program = _Program(len(steps), instructions)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0) == 0)


def keep_no_freed_memory() -> None:
    """Has the memory of large values go back to the system when they are freed, where the C library is glibc.

    Left alone it raises the size from which it does so with the first such value, and keeps a heap for many threads.
    """
    libc = ctypes.CDLL(None)
    if hasattr(libc, "gnu_get_libc_version"):
        for option, value in ((_M_MMAP_THRESHOLD, 1 << 20), (_M_TRIM_THRESHOLD, 1 << 20), (_M_ARENA_MAX, 2)):
            libc.mallopt(option, value)


def address_space() -> int:
    """Bytes of address space that this process has now; 0 where the system does not tell."""
    table = Path("/proc/self/statm")
    return int(table.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE") if table.exists() else 0


def bound_memory(more: int) -> int:
    """Lets the address space grow by `more` bytes from here and returns what it was (0: no bound could be set)."""
    now = address_space()
    if now:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = now + more if hard == resource.RLIM_INFINITY else min(now + more, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    return now
