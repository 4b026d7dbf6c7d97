"""Orca, the desktop's screen reader, beside a window: what it says is read from its debug file.

Needs a Desktop that has been started, and the package orca. Nothing is heard: no sound server runs.
"""

import os
import pathlib
import re
import signal
import subprocess
import time

TIMEOUT = float(os.environ.get("EONAY_TEST_TIMEOUT", "40"))

SPOKEN = re.compile(r"^[\d:.]+ - SPEECH OUTPUT: '(.*)'(?:\s*\{.*)?$")

# Debian's own Python, which has Orca's modules, whatever else is first in PATH.
COMMAND = ["/usr/bin/python3", "/usr/bin/orca", "--replace"]


class ScreenReader:
    """Speaks from the moment that it is made until stop()."""

    def __init__(self, language="tr_TR.UTF-8"):
        self.log = pathlib.Path(os.environ["XDG_RUNTIME_DIR"]) / "orca.log"
        environment = {name: value for name, value in os.environ.items()
                       if name not in ("GDK_BACKEND", "GTK_A11Y")}
        self.program = subprocess.Popen(COMMAND + ["--debug-file", self.log],
                                        env={**environment, "LC_ALL": language},
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, start_new_session=True)
        self.mark = 0
        self.wait(lambda: self.spoken(), "the screen reader's first words")

    def spoken(self):
        """What was said since the mark, in order."""
        try:
            lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return []
        said = [match.group(1) for match in map(SPOKEN.match, lines) if match and match.group(1)]
        return said[self.mark:]

    def forget(self):
        """What was said until now was said before."""
        self.mark += len(self.spoken())

    def says(self, pattern):
        return re.search(pattern, "\n".join(self.spoken()), re.M) is not None

    def hear(self, pattern, seconds=None):
        """Waits until something like @pattern is said since the mark."""
        self.wait(lambda: self.says(pattern), f"“{pattern}” to be said", seconds)

    def wait(self, question, what, seconds=None):
        deadline = time.monotonic() + (seconds or TIMEOUT)
        while not question():
            if self.program.poll() is not None:
                raise AssertionError(f"{what}: the screen reader ended with {self.program.returncode}")
            if time.monotonic() > deadline:
                raise AssertionError(f"{what}: not heard. What was said:\n" + "\n".join(self.spoken()))
            time.sleep(0.05)

    def stop(self):
        try:
            os.killpg(self.program.pid, signal.SIGTERM)
            self.program.wait(10)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            os.killpg(self.program.pid, signal.SIGKILL)
            self.program.wait()
