"""Drives reader-watch, the card room by itself, and reads what it tells."""

import contextlib
import json
import subprocess
import threading
import time

import pcsc_service

# EonayCardError and EonayPinTry, in base/eonay-error.h.
NO_SERVICE, REMOVED, RESET, BUSY, UNRESPONSIVE, PIN_WRONG = 1, 6, 7, 8, 9, 13
NOT_SENT, ACCEPTED, UNCERTAIN = 1, 2, 3


class ReaderWatch:
    """The program, for as long as the block lasts; its lines are read in their order."""

    def __init__(self, program, timeout=60000):
        self.command = [program, str(timeout)]
        self.lines = []
        self.next = 0
        self.changed = threading.Condition()

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.thread = threading.Thread(target=self.listen, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError):
            self.tell("quit")
        try:
            self.process.wait(pcsc_service.TIMEOUT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(pcsc_service.TIMEOUT)
        self.thread.join(pcsc_service.TIMEOUT)
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        self.process.stdout.close()

    def listen(self):
        for line in self.process.stdout:
            with self.changed:
                self.lines.append(json.loads(line))
                self.changed.notify_all()

    def tell(self, *words):
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()

    def sign(self, reader, pin):
        self.tell("sign", f"{reader}|{pin}")

    def expect(self, **wanted):
        """The next line that has all that is WANTED; those before it are passed over."""
        end = time.monotonic() + pcsc_service.TIMEOUT
        with self.changed:
            first = self.next
            while True:
                while self.next < len(self.lines):
                    line = self.lines[self.next]
                    self.next += 1
                    if wanted.items() <= line.items():
                        return line
                if not self.changed.wait(end - time.monotonic()):
                    raise TimeoutError(f"no {wanted} in {self.lines[first:]}")

    def expect_ever(self, *any_of, **wanted):
        """A line that has all that is WANTED, or is in ANY_OF, wherever it is among those told and to
        be told."""
        found = []

        def is_told():
            found.extend(line for line in self.lines
                         if any(one.items() <= line.items() for one in (*any_of, wanted) if one))
            return bool(found)

        with self.changed:
            if not self.changed.wait_for(is_told, pcsc_service.TIMEOUT):
                raise TimeoutError(f"no {any_of} {wanted} in {self.lines}")
            return found[0]

    def quit(self):
        """Ends in good order, or not at all."""
        self.tell("quit")
        self.expect(ended=True)
        if self.process.wait(pcsc_service.TIMEOUT) != 0:
            raise AssertionError(f"ended with {self.process.returncode}")
