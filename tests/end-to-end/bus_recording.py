"""Records everything that goes over the session bus and the accessibility bus, and searches it.

A program on either bus may listen as this does. What is told piece by piece counts: a secret that
goes out character by character, in events or in answers, is spelled out there.
"""

import pathlib
import re
import shutil
import struct
import subprocess
import tempfile
import time

from leaks import PIECE, forms

TIMEOUT = 60
PLANTED = "640928175365"
SPELLED = "275190648362"
TEXT_CHANGED = b"TextChanged\0"
ONE_NUMBER = b"\x08\x01g\0\x01i\0"
ALIGNMENT = 8

# GTK names each widget at random; among so many digits six in a row are any PIN, once in a while.
WIDGET = re.compile(rb"(?<=/a11y/)[0-9a-f]{8}(?:_[0-9a-f]{4}){3}_[0-9a-f]{12}")
AROUND = 40  # octets


def needles(name, text):
    """(octets, what it is) for a secret, forwards and backwards, whole and in long pieces."""
    pieces = {text, *(text[start:start + PIECE] for start in range(len(text) - PIECE + 1))}
    found = {}
    for piece in pieces:
        for form, octets in forms(piece):
            found.setdefault(octets, f"{name} ({form})")
        found.setdefault(piece[::-1].encode(), f"{name} (backwards)")
    return found


def places(needle, octets):
    """What stands around @needle wherever it is, as lines to read."""
    return [repr(octets[max(0, match.start() - AROUND):match.end() + AROUND])
            for match in re.finditer(re.escape(needle), octets)]


def messages(octets):
    """Cuts what was recorded into messages, whole ones only."""
    place = 0
    while place + 16 <= len(octets):
        order = "<" if octets[place:place + 1] == b"l" else ">"
        body, _, fields = struct.unpack_from(order + "III", octets, place + 4)
        length = 16 + -(-fields // ALIGNMENT) * ALIGNMENT + body
        if place + length > len(octets):
            return
        yield octets[place:place + length], order, body
        place += length


def spellings(octets):
    """What is told in pieces, joined: {who tells it, and as what: text}."""
    from gi.repository import Gio
    told = {}
    for message, order, body in messages(octets):
        if TEXT_CHANGED in message:
            event = Gio.DBusMessage.new_from_blob(message, Gio.DBusCapabilityFlags.NONE)
            if event.get_member() == "TextChanged" and event.get_signature().startswith("siiv"):
                kind, _, _, words = event.get_body().unpack()[:4]
                told.setdefault(f"{kind} events of {event.get_path()}", []).append(str(words))
        elif body == 4 and ONE_NUMBER in message[:128]:
            number = struct.unpack(order + "i", message[-4:])[0]
            if 0x20 <= number < 0x7f:
                told.setdefault("numbers in answers", []).append(chr(number))
    return {who: "".join(words) for who, words in told.items()}


class Recording:
    """One bus, from start() to stop(). The file is a monitor's, as dbus-monitor writes it."""

    def __init__(self, name, address, folder):
        self.name = name
        self.address = address
        self.path = pathlib.Path(folder) / name
        with open(self.path, "wb") as file:
            self.monitor = subprocess.Popen(
                ["dbus-monitor", "--address", address, "--binary"], stdin=subprocess.DEVNULL,
                stdout=file, stderr=subprocess.DEVNULL, start_new_session=True)
        # The bus tells a monitor that it has lost its name: all that comes after it is recorded.
        self.wait_for(b"NameLost\0")

    def wait_for(self, octets):
        deadline = time.monotonic() + TIMEOUT
        start = 0
        with open(self.path, "rb") as file:
            while True:
                file.seek(start)
                new = file.read()
                if octets in new:
                    return
                start = max(0, start + len(new) - len(octets))
                assert self.monitor.poll() is None, f"the monitor of the {self.name} bus ended"
                assert time.monotonic() < deadline, f"{octets} is not seen on the {self.name} bus"
                time.sleep(0.02)

    def plant(self):
        """Sends what the search has to find, and waits until it is recorded: so is all before it."""
        from gi.repository import Gio, GLib
        bus = Gio.DBusConnection.new_for_address_sync(
            self.address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        for octets in needles("planted", PLANTED):
            bus.emit_signal(None, "/planted", "io.github.eonay.Test", "Planted",
                            GLib.Variant("(ay)", (octets,)))
        for place, character in enumerate(SPELLED):
            bus.emit_signal(None, "/planted", "org.a11y.atspi.Event.Object", "TextChanged",
                            GLib.Variant("(siiva{sv})", ("insert", place, 1,
                                                         GLib.Variant("s", character), {})))
        bus.emit_signal(None, "/planted", "io.github.eonay.Test", "End", None)
        bus.flush_sync(None)
        self.wait_for(b"End\0")
        bus.close_sync(None)

    def stop(self):
        self.monitor.terminate()
        self.monitor.wait(10)


class BusRecordings:
    """Both buses of a Desktop."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="eonay-buses-")
        self.buses = []

    def start(self, session_address):
        self.buses.append(Recording("session", session_address, self.folder))
        self.buses.append(Recording("accessibility", self.ask_for_accessibility(), self.folder))

    @staticmethod
    def ask_for_accessibility():
        told = subprocess.run(
            ["dbus-send", "--session", "--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus",
             "org.a11y.Bus.GetAddress"], capture_output=True, text=True, check=True).stdout
        return re.search('string "(.*)"', told).group(1)

    def search(self, **secrets):
        """Where each of @secrets is, as lines to read; what this plants must be among them."""
        wanted = {}
        for name, text in secrets.items():
            wanted.update(needles(name, text))
        found = []
        for bus in self.buses:
            bus.plant()
            octets = bus.path.read_bytes()
            told = spellings(octets)
            self.check_planted(bus, octets, told)
            octets = WIDGET.sub(b"", octets)
            found += [f"{what} on the {bus.name} bus: {place}" for needle, what in wanted.items()
                      for place in places(needle, octets)]
            found += [f"{name}, spelled out in {who}, on the {bus.name} bus"
                      for name, text in secrets.items() for who, words in told.items()
                      if text in words or text[::-1] in words]
        return list(dict.fromkeys(found))

    @staticmethod
    def check_planted(bus, octets, told):
        missing = [what for needle, what in needles("planted", PLANTED).items()
                   if needle not in octets]
        assert not missing, f"not recorded on the {bus.name} bus: {missing}"
        assert SPELLED in told.get("insert events of /planted", ""), f"{bus.name}: {told}"
        assert SPELLED.encode() not in octets

    def stop(self):
        for bus in self.buses:
            bus.stop()
        self.buses.clear()
        shutil.rmtree(self.folder, ignore_errors=True)
