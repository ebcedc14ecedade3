"""Runs a command until a deadline: ``launcher.py SECONDS COMMAND...``; prints its exit code and peak memory in MiB.

A new process counts the memory of the one that it was forked from as its own; this one has next to none.
"""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

TICK = 0.02
UNIT = 1 if sys.platform == "darwin" else 1024


def main(seconds: str, *command: str) -> None:
    """Run the command; kill it and all that it started when the time is up."""
    process = subprocess.Popen(command, stdout=sys.stderr, start_new_session=True)
    deadline = time.monotonic() + float(seconds)
    while True:
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        if time.monotonic() > deadline:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        time.sleep(TICK)
    process.returncode = os.waitstatus_to_exitcode(status)
    print(json.dumps([process.returncode, usage.ru_maxrss * UNIT // 2**20]))


if __name__ == "__main__":
    main(*sys.argv[1:])
