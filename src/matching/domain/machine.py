"""How much memory this machine can still give."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

GIB = 2**30
CGROUPS = (("memory.max", "memory.current", "inactive_file"),
           ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes", "total_inactive_file"))


def free_memory() -> int | None:
    """Return the bytes that a process could still be given, swap included; None where that cannot be told.

    On Linux no more than what the control group leaves; on macOS, which does not tell, all memory there is.
    """
    if sys.platform == "win32":
        return _windows()
    if sys.platform.startswith("linux"):
        return min(linux(Path("/proc/meminfo"), Path("/sys/fs/cgroup")), default=None)
    with suppress(OSError, ValueError):
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return None


def linux(meminfo: Path, cgroup: Path) -> Iterator[int]:
    """Yield what the machine and what each control group leaves, in bytes, as far as their files tell."""
    with suppress(OSError, KeyError, ValueError):
        kib = {name: int(rest.split()[0]) for name, _, rest in map(_halves, meminfo.read_text().splitlines()) if rest}
        yield (kib["MemAvailable"] + kib.get("SwapFree", 0)) * 1024
    for limit, used, cache in CGROUPS:
        with suppress(OSError, KeyError, ValueError):
            most = int((cgroup / limit).read_text())  # "max" where there is none
            stat = (cgroup / limit).with_name("memory.stat").read_text().splitlines()
            reclaimable = {name: int(value) for name, value in map(str.split, stat)}[cache]
            yield max(0, most - int((cgroup / used).read_text()) + reclaimable)


def _halves(line: str) -> tuple[str, str, str]:
    return line.partition(":")


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX of the Windows API."""

    _fields_ = [("length", ctypes.c_ulong), ("load", ctypes.c_ulong),
                *((name, ctypes.c_ulonglong) for name in ("total", "free", "total_paged", "free_paged", "total_virtual",
                                                         "free_virtual", "free_extended"))]


def _windows() -> int | None:
    status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
    done = ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))  # type: ignore[attr-defined]
    return int(status.free_paged) if done else None
