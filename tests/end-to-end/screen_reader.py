"""Orca, the desktop's screen reader, beside a window, with a speech synthesizer that writes down what
it is to say.

Needs a Desktop that has been started, and the package orca.
"""

import os
import pathlib
import re
import signal
import socketserver
import subprocess
import threading
import time

TIMEOUT = float(os.environ.get("EONAY_TEST_TIMEOUT", "40"))

# Debian's own Python, which has Orca's modules, whatever else is first in PATH.
COMMAND = ["/usr/bin/python3", "/usr/bin/orca", "--replace"]

# What speech-dispatcher answers (SSIP), where it has to be more than "OK".
ANSWERS = {
    "SPEAK": ["230 OK RECEIVING DATA"],
    "LIST OUTPUT_MODULES": ["250-silent", "250 OK MODULES LIST SENT"],
    "LIST SYNTHESIS_VOICES": ["249-silent\ttr\tnone", "249 OK VOICE LIST SENT"],
    "GET OUTPUT_MODULE": ["251-silent", "251 OK GET RETURNED"],
    "HISTORY GET CLIENT_ID": ["245-1", "245 OK CLIENT ID SENT"],
}

ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}


def plain(ssml):
    text = re.sub(r"<[^>]*>", "", ssml)
    return re.sub(r"&\w+;", lambda match: ENTITIES.get(match.group(), match.group()), text).strip()


class Listener(socketserver.StreamRequestHandler):
    """One of Orca's connections to its synthesizer."""

    def _say(self, *lines):
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    def _line(self):
        line = self.rfile.readline()
        if not line:
            raise EOFError
        return line.decode(errors="replace").rstrip("\r\n")

    def _read_message(self):
        lines = []
        while (line := self._line()) != ".":
            lines.append(line.removeprefix(".") if line.startswith("..") else line)
        return "\n".join(lines)

    def handle(self):
        try:
            while True:
                self._answer(self._line())
        except (EOFError, ConnectionError):
            pass

    def _answer(self, command):
        answer = next((lines for start, lines in ANSWERS.items()
                       if command.upper().startswith(start)), ["200 OK"])
        self._say(*answer)
        if command.upper() == "SPEAK":
            self.server.heard(plain(self._read_message()))
            self._say("225-1", "225 OK MESSAGE QUEUED")
        elif command.upper().startswith(("CHAR ", "KEY ")):
            self.server.heard(command.split(" ", 1)[1])


class Synthesizer(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True

    def __init__(self, path):
        super().__init__(str(path), Listener)
        self.words = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def heard(self, text):
        if text:
            self.words.append(text)


class ScreenReader:
    """Speaks from the moment that it is made until stop()."""

    def __init__(self, language="tr_TR.UTF-8"):
        folder = pathlib.Path(os.environ["XDG_RUNTIME_DIR"])
        self.synthesizer = Synthesizer(folder / "speech.socket")
        environment = {name: value for name, value in os.environ.items()
                       if name not in ("GDK_BACKEND", "GTK_A11Y")}
        self.program = subprocess.Popen(
            COMMAND, env={**environment, "LC_ALL": language,
                          "SPEECHD_ADDRESS": f"unix_socket:{folder}/speech.socket"},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True)
        self.mark = 0
        self.wait(self.spoken, "the screen reader's first words")

    def spoken(self):
        """What was said since the mark, in order."""
        return self.synthesizer.words[self.mark:]

    def forget(self):
        """What was said until now was said before."""
        self.mark = len(self.synthesizer.words)

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
        self.synthesizer.shutdown()
        self.synthesizer.server_close()
