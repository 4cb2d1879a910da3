"""How much work a call does, counted in steps of the interpreter: the same on an idle and on a busy machine."""

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(call: Callable[[], object]) -> int:
    """The byte-code instructions that a call runs through; what the interpreter does within one counts once."""
    count = 0

    def inside(_frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal count
        if event == "opcode":
            count += 1
        return inside

    def entered(frame: FrameType, _event: str, _arg: Any) -> Any:
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return inside

    before = sys.gettrace()
    sys.settrace(entered)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


def seconds(call: Callable[[], object], runs: int = 1) -> float:
    """The least processor time of some runs."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        call()
        taken.append(time.process_time() - start)
    return min(taken)
