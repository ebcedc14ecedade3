"""Whether a folder is on another machine: there a write-ahead log does not work (sqlite.org/wal.html)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

REMOTE = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "glusterfs", "lustre", "fuse.sshfs", "fuse.rclone", "davfs",
          "drvfs", "vboxsf", "vmhgfs", "virtiofs")
"""How the types of file systems begin whose memory other machines do not share."""
MOUNTS = Path("/proc/self/mounts")
DRIVE_REMOTE = 4
"""What GetDriveType of the Windows API answers for a network drive."""


def is_remote(folder: Path, mounts: Path = MOUNTS) -> bool:
    """Tell whether a folder is known to be on a network drive; where that cannot be told, it is not."""
    place = os.path.realpath(folder)
    if sys.platform == "win32":
        return _windows(place)
    try:
        lines = [line.split() for line in mounts.read_text(errors="replace").splitlines()]
    except OSError:
        return False
    holding = [(len(at), kind) for _, at, kind, *_ in lines if _within(place, _plain(at))]
    return bool(holding) and max(holding)[1].startswith(REMOTE)


def _within(place: str, mounted: str) -> bool:
    return place == mounted or place.startswith(mounted.rstrip("/") + "/")


def _plain(at: str) -> str:
    r"""Return a mount point as it is; blanks in it are written as ``\040``."""
    return at.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")


def _windows(place: str) -> bool:
    import ctypes

    drive = os.path.splitdrive(place)[0]
    if drive.startswith("\\\\") and not drive.startswith("\\\\?\\"):
        return True
    answer = ctypes.windll.kernel32.GetDriveTypeW(drive + "\\")  # type: ignore[attr-defined]
    return bool(answer == DRIVE_REMOTE)
