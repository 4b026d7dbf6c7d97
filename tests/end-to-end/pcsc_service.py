"""A real pcscd with vsmartcard's virtual reader, and practice cards to plug into it."""

import ctypes
import fcntl
import json
import os
import pathlib
import select
import shutil
import socket
import subprocess
import tempfile
import time

SOCKET = "/run/pcscd/pcscd.comm"
DRIVER = "/etc/reader.conf.d/vpcd"
PORT = 35963
READER = "Virtual PCD 00 00"
TIMEOUT = 30  # seconds; only ever spent by a failure

SCARD_S_SUCCESS = 0
SCARD_SCOPE_SYSTEM = 2
SCARD_STATE_CHANGED = 0x0002
SCARD_STATE_EMPTY = 0x0010
SCARD_STATE_PRESENT = 0x0020
SCARD_STATE_MUTE = 0x0200


def missing():
    """Why a real reader cannot be had here; None if it can."""
    if os.geteuid() != 0:
        return "pcscd needs root"
    if shutil.which("pcscd") is None:
        return "package pcscd is not installed"
    if not os.path.exists(DRIVER):
        return "package vsmartcard-vpcd is not installed"
    return None


def wait_until(condition, what):
    end = time.monotonic() + TIMEOUT
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.05)


def answers():
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(SOCKET)
        except OSError:
            return False
    return True


def listens(port):
    # Not by connecting: to the virtual reader that would be a card.
    tables = [pathlib.Path(f"/proc/net/{name}") for name in ("tcp", "tcp6")]
    rows = [row.split() for table in tables if table.exists()
            for row in table.read_text().splitlines()[1:]]
    return any(row[1].endswith(f":{port:04X}") and row[3] == "0A" for row in rows)


def without_polkit():
    """The option that newer ones need where no polkit runs, as in a container."""
    help_text = subprocess.run(["pcscd", "--help"], capture_output=True, text=True).stdout
    return ["--disable-polkit"] if "--disable-polkit" in help_text else []


class PcscService:
    """pcscd with the virtual reader, for as long as the block lasts; one at a time on a machine.

    @readers: whether it has that reader, or none"""

    def __init__(self, command=("pcscd", "--foreground"), output=subprocess.DEVNULL, readers=True):
        self.command = command
        self.output = output
        self.readers = readers
        self.nothing = None

    def __enter__(self):
        self.daemon = None
        self.lock = open(os.path.join(tempfile.gettempdir(), "eonay-pcsc.lock"), "w")
        # In namespaces of its own (tests/isolated) the virtual reader is nobody else's.
        if "EONAY_TEST_ISOLATED" not in os.environ:
            fcntl.flock(self.lock, fcntl.LOCK_EX)
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def start(self):
        if not answers():
            self.daemon = subprocess.Popen([*self.command, *self.without_readers(),
                                            *without_polkit()], stdout=self.output,
                                           stderr=subprocess.STDOUT)
        wait_until(lambda: answers() and listens(PORT) == self.readers,
                   "pcscd with the virtual reader" if self.readers else "pcscd without a reader")

    def without_readers(self):
        """The option that lets it know of no reader."""
        if self.readers:
            return []
        if self.nothing is None:
            self.nothing = tempfile.TemporaryDirectory(prefix="eonay-no-readers-")
        return ["--config", self.nothing.name]

    def stop(self):
        """As an administrator would; start() goes on."""
        self.daemon.terminate()
        self.daemon.wait(TIMEOUT)
        self.daemon = None
        wait_until(lambda: not answers() and not listens(PORT), "pcscd to end")

    def kill(self):
        """As a crash would end it."""
        self.daemon.kill()
        self.daemon.wait(TIMEOUT)

    def __exit__(self, *_):
        if self.daemon is not None:
            self.daemon.terminate()
            self.daemon.wait(TIMEOUT)
        self.lock.close()


class ReaderState(ctypes.Structure):
    _fields_ = [("reader", ctypes.c_char_p), ("user_data", ctypes.c_void_p),
                ("current", ctypes.c_ulong), ("event", ctypes.c_ulong),
                ("atr_length", ctypes.c_ulong), ("atr", ctypes.c_ubyte * 33)]


def wait_for_card(present, reader=READER):
    """Waits until pcscd has seen the card come (or go)."""
    pcsc = ctypes.CDLL("libpcsclite.so.1")
    context = ctypes.c_long()
    state = ReaderState(reader=reader.encode())
    end = time.monotonic() + TIMEOUT

    if pcsc.SCardEstablishContext(ctypes.c_ulong(SCARD_SCOPE_SYSTEM), None, None,
                                  ctypes.byref(context)) != SCARD_S_SUCCESS:
        raise ConnectionError("no PC/SC context")
    try:
        while time.monotonic() < end:
            pcsc.SCardGetStatusChange(context, ctypes.c_ulong(1000), ctypes.byref(state),
                                      ctypes.c_ulong(1))
            there = bool(state.event & SCARD_STATE_PRESENT and state.atr_length > 0
                         and not state.event & SCARD_STATE_MUTE)
            if there == present:
                return
            state.current = state.event & ~SCARD_STATE_CHANGED
    finally:
        pcsc.SCardReleaseContext(context)
    raise TimeoutError(f"card {'' if present else 'still '}{'not ' if present else ''}there")


def keep_ca(path):
    return [] if path is None else ["--ca-out", str(path)]


class PluggedCard:
    """The practice card KIND in the virtual reader, for as long as the block lasts."""

    def __init__(self, program, kind, ca_file, *options):
        self.command = [program, "--card", kind, *keep_ca(ca_file),
                        "--vpcd", f"localhost:{PORT}", *options]

    def __enter__(self):
        wait_for_card(False)
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE)
        try:
            if not select.select([self.process.stdout], [], [], TIMEOUT)[0]:
                raise TimeoutError("the practice card says nothing")
            self.told = json.loads(self.process.stdout.readline())
            wait_for_card(True)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.status = self.process.wait(TIMEOUT)
        self.process.stdout.close()
        wait_for_card(False)
