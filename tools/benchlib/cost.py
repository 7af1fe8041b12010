"""What processes cost: processor time and memory, from /proc."""

import os
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def cpu_us(pid):
    """Processor time of a process with its living and ended children, in microseconds."""
    own = sum(_ticks(pid, 11, 15))
    return (own + sum(sum(_ticks(child, 11, 13)) for child in _children(pid))) * 1_000_000 // (
        TICKS_PER_SECOND
    )


def resident_mb(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _ticks(pid, first, last):
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return [0]
    return [int(field) for field in fields[first:last]]


def _children(pid):
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(child) for child in children.split()]
    except OSError:
        return []
