"""Looks into the memory of another program, while it runs and as it left it at its end."""

import ctypes
import os
import re
import signal
import time

PTRACE_DETACH = 17
PTRACE_SEIZE = 0x4206
PTRACE_O_TRACEEXIT = 0x40
PTRACE_EVENT_EXIT = 6
TIMEOUT = 60


def writable_areas(pid):
    """Yields (start, content, what it is) of all that the process can write to."""
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps, open(f"/proc/{pid}/mem", "rb") as mem:
        for line in maps:
            match = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw.{2} \S+ \S+ \d+ *(.*)", line)
            if match is None or "[vvar]" in line:
                continue
            start, end = (int(part, 16) for part in match.groups()[:2])
            try:
                mem.seek(start)
                yield start, mem.read(end - start), match[3] or "anonymous"
            except OSError:
                continue


def write_memory(pid, place, octets):
    with open(f"/proc/{pid}/mem", "r+b", buffering=0) as mem:
        mem.seek(place)
        mem.write(octets)


def found_in_memory(pid, needle):
    """Where needle stands in the writable memory of a process."""
    return [name for _, content, name in writable_areas(pid) if needle in content]


class Ending:
    """Stops a child at its end, when its memory is as it left it."""

    def __init__(self, pid):
        self.pid = pid
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.ask(PTRACE_SEIZE, PTRACE_O_TRACEEXIT)

    def ask(self, request, data):
        if self.libc.ptrace(ctypes.c_long(request), ctypes.c_long(self.pid), None,
                            ctypes.c_void_p(data)) != 0:
            raise OSError(ctypes.get_errno(), "ptrace")

    def wait(self, meanwhile):
        deadline = time.monotonic() + TIMEOUT
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid == self.pid:
                assert status >> 8 == signal.SIGTRAP | PTRACE_EVENT_EXIT << 8, hex(status)
                return
            assert time.monotonic() < deadline, "does not end"
            meanwhile()

    def let_go(self):
        self.ask(PTRACE_DETACH, 0)
