"""A portal with a name and an address of its own, and the name server that knows it and nobody else.

Needs a network and mounts of its own (tests/isolated): /etc/resolv.conf becomes this server's.
"""

import fcntl
import json
import os
import pathlib
import select
import socket
import ssl
import struct
import subprocess
import threading

import faulty_portal
from browser import Browser

NAME = "imza.kurum.example"
# Not of 127.0.0.0/8: the C library looks up no names where there are no others.
ADDRESS = "192.0.2.10"
PORT = 443
SERVER = "192.0.2.53"
DOMAIN_PORT = 53
A = 1
SIOCSIFADDR = 0x8916


def add_address(address, label):
    """Gives this computer another address, until its network namespace ends."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as anyone:
        fcntl.ioctl(anyone, SIOCSIFADDR, struct.pack("16sH2s4s8s", label.encode(), socket.AF_INET, b"", socket.inet_aton(address), b""))


class NameServer:
    """@asked: all names that were looked up."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.asked = set()

    def __enter__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        add_address(SERVER, "lo:1")
        self.socket.bind((SERVER, DOMAIN_PORT))
        threading.Thread(target=self._serve, daemon=True).start()
        self._mount("/etc/resolv.conf", f"nameserver {SERVER}\noptions timeout:1 attempts:1\n")
        self._mount("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n")
        return self

    def __exit__(self, *_):
        self.socket.close()
        for place in self.mounted:
            subprocess.run(["umount", place], check=True)

    mounted = ()

    def _mount(self, place, content):
        place = os.path.realpath(place)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        if not os.path.exists(place):
            pathlib.Path(place).touch()
        source = self.folder / os.path.basename(place)
        source.write_text(content)
        subprocess.run(["mount", "--bind", source, place], check=True)
        self.mounted = (*self.mounted, place)

    def _serve(self):
        while True:
            try:
                query, whom = self.socket.recvfrom(512)
            except OSError:
                return
            self.socket.sendto(self._answer(query), whom)

    def _answer(self, query):
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1:at + 1 + query[at]].decode())
            at += 1 + query[at]
        name = ".".join(labels)
        kind = struct.unpack(">H", query[at + 1:at + 3])[0]
        self.asked.add(name)
        found = name == NAME
        flags = 0x8180 if found else 0x8183  # NXDOMAIN
        record = b"\xc0\x0c" + struct.pack(">HHIH", A, 1, 60, 4) + socket.inet_aton(ADDRESS) if found and kind == A else b""
        return (query[:2] + struct.pack(">HHHHH", flags, 1, 1 if record else 0, 0, 0) + query[12:at + 5] + record)


class NamedPortal:
    """The practice portal behind TLS of its own at NAME. @program: eonay-practice-portal; @trusted: CA of the signers.

    @connections: how often it was connected to."""

    def __init__(self, program, folder, trusted):
        self.folder = pathlib.Path(folder)
        self.program, self.trusted = program, trusted
        self.connections = 0

    def __enter__(self):
        self.portal = subprocess.Popen([self.program, "--trust", self.trusted], stdout=subprocess.PIPE, text=True)
        told = json.loads(self.portal.stdout.readline())
        self.browser = Browser(json.dumps({**told, "signer_ca_file": str(self.trusted)}))
        self.inner_port = int(told["base_url"].rsplit(":", 1)[1].rstrip("/"))
        self.inner = ssl.create_default_context(cafile=told["ca_file"])
        ca = faulty_portal.make_ca(self.folder, "kurum-ca")
        self.ca_file = ca[1]
        self.outer = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.outer.load_cert_chain(faulty_portal.make_certificate(self.folder, ca, NAME))
        add_address(ADDRESS, "lo:2")
        self.server = socket.create_server((ADDRESS, PORT))
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        self.portal.terminate()
        self.portal.wait(10)
        self.portal.stdout.close()

    def profile(self):
        return {"id": "kurum", "name": "Kurum", "base_url": f"https://{NAME}/", "ca_file": str(self.ca_file)}

    def _accept(self):
        while True:
            try:
                client = self.server.accept()[0]
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client):
        try:
            with self.outer.wrap_socket(client, server_side=True) as outer, \
                    self.inner.wrap_socket(socket.create_connection(("localhost", self.inner_port)),
                                           server_hostname="localhost") as inner:
                self._carry(outer, inner)
        except OSError:
            pass

    @staticmethod
    def _carry(outer, inner):
        while True:
            waiting = [end for end in (outer, inner) if end.pending()] or select.select([outer, inner], [], [])[0]
            for end in waiting:
                part = end.recv(65536)
                if not part:
                    return
                (inner if end is outer else outer).sendall(part)
