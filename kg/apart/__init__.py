"""Work that cannot be interrupted, in processes that can be killed: without network, with bounded memory."""

from kg.apart.child import enter, niceness
from kg.apart.process import ChildProcess, out_of_memory
from kg.apart.sandbox import (
    NAMESPACE,
    PARSING_ONLY,
    SOCKET_FILTER,
    address_space,
    bound_memory,
    cut_network,
    keep_no_freed_memory,
)

__all__ = [
    "NAMESPACE",
    "PARSING_ONLY",
    "SOCKET_FILTER",
    "ChildProcess",
    "address_space",
    "bound_memory",
    "cut_network",
    "enter",
    "keep_no_freed_memory",
    "niceness",
    "out_of_memory",
]
