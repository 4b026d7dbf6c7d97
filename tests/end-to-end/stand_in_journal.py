"""Takes journald's place: keeps the entries that programs send to it."""

import os
import select
import socket

SOCKET = "/run/systemd/journal/socket"

# Programs of a desktop that the window's own buses start.
OTHERS = ("xdg-desktop-portal",)


class StandInJournal:
    """Needs a /run of its own (tests/isolated)."""

    def __init__(self):
        os.makedirs(os.path.dirname(SOCKET), exist_ok=True)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.received = []  # datagrams, as they came

    def __enter__(self):
        self.socket.bind(SOCKET)
        return self

    def __exit__(self, *ignored):
        self.socket.close()
        os.unlink(SOCKET)

    def read(self):
        """Returns the entries since the last call, each a dictionary of its fields."""
        entries = []
        while select.select([self.socket], [], [], 0)[0]:
            datagram = self.socket.recv(1 << 20)
            entry = parse(datagram)
            if not entry.get("SYSLOG_IDENTIFIER", "").startswith(OTHERS):
                self.received.append(datagram)
                entries.append(entry)
        return entries


def parse(datagram):
    """As systemd.journal-fields(7) has it, values with line feeds apart: there are to be none."""
    assert datagram.endswith(b"\n"), datagram
    fields = {}
    for line in datagram[:-1].decode().split("\n"):
        name, equals, value = line.partition("=")
        assert equals and name not in fields, datagram
        assert name.replace("_", "").isalnum() and name == name.upper() and not name.startswith("_"), name
        fields[name] = value
    return fields
