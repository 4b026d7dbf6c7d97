"""A program on its own, run by a script or by a person at a terminal."""

import codecs
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time

TIMEOUT = 60
# What must not be dumped cannot be searched for leaks either.
UNSEARCHED = {"ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"}
NO_SERVICE = {"PCSCLITE_CSOCK_NAME": "/nonexistent/pcscd.comm"}


def accept_all(digest):
    return digest


def pipe_with(text):
    """A descriptor from which TEXT can be read, with a line after it that nobody may touch."""
    reading, writing = os.pipe()
    os.write(writing, (text + "\nnot for you\n").encode())
    os.close(writing)
    return reading


def run(program, *options, accept=None, pin=None, secrets=None, language="C.UTF-8", extra=None):
    """Ends with (status, what it printed, its complaints).

    ACCEPT answers to each digest; PIN goes where --pin-fd says, SECRETS, one a line, to the
    option each."""
    command = [program, *options]
    descriptors = []
    lines = [pin] if pin is not None else list((secrets or {}).values())
    if lines:
        descriptors = [pipe_with("\n".join(lines))]
    for option in ["--pin-fd"] if pin is not None else secrets or {}:
        command += [option, str(descriptors[0])]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, encoding="utf-8", pass_fds=descriptors,
                               start_new_session=True,
                               env={**os.environ, **UNSEARCHED, "LC_ALL": language,
                                    **(extra or {})})
    printed = []
    if accept is not None:
        for line in process.stdout:
            printed.append(line)
            if line.startswith("SHA-256: "):
                process.stdin.write(accept(line.split()[1]) + "\n")
                process.stdin.flush()
    rest, complaints = process.communicate(timeout=TIMEOUT)
    if lines:
        left = os.read(descriptors[0], 1000)
        os.close(descriptors[0])
        unread = ["\n".join([*lines[n:], "not for you\n"]) for n in range(len(lines) + 1)]
        assert left.decode() in unread, left
    for line in lines:
        assert len(line) < 4 or line not in "".join(printed) + rest + complaints
    return process.returncode, "".join(printed) + rest, complaints


class Terminal:
    """The program with a person at a terminal of its own; @size: its rows and columns."""

    def __init__(self, program, *options, language="C.UTF-8", extra=None, size=(100, 200),
                 output=None):
        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        self.seen = ""
        # A character may come in two parts.
        self.decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

        def take_terminal():
            os.setsid()
            fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0)
            # A shell has its background jobs ignore it, and they their children.
            signal.signal(signal.SIGQUIT, signal.SIG_DFL)

        self.process = subprocess.Popen([program, *options], stdin=self.slave,
                                        stdout=output or self.slave, stderr=self.slave, preexec_fn=take_terminal,
                                        env={**os.environ, **UNSEARCHED,
                                             "LC_ALL": language, **(extra or {})})

    def read(self):
        if select.select([self.master], [], [], 0.1)[0]:
            self.seen += self.decoder.decode(os.read(self.master, 65536))

    def expect(self, text):
        start = len(self.seen)
        deadline = time.monotonic() + TIMEOUT
        while text not in self.seen[self.mark:]:
            assert self.process.poll() is None or time.monotonic() < deadline, self.seen[start:]
            assert time.monotonic() < deadline, f"no {text!r} in {self.seen!r}"
            self.read()
        self.mark = self.seen.index(text, self.mark) + len(text)

    mark = 0

    def type(self, text):
        os.write(self.master, (text + "\n").encode())

    def echoes(self):
        return bool(termios.tcgetattr(self.slave)[3] & termios.ECHO)

    def end(self):
        """Its exit status, once everything that it said has been read."""
        deadline = time.monotonic() + TIMEOUT
        while self.process.poll() is None:
            assert time.monotonic() < deadline, self.seen
            self.read()
        self.read()
        os.close(self.master)
        os.close(self.slave)
        return self.process.returncode
