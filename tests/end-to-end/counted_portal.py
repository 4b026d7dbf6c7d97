"""Stands before a portal and counts who comes: not even a connection goes past it."""

import json
import os
import pathlib
import socket
import subprocess
import threading
import urllib.parse

from browser import Browser

ROOT = pathlib.Path(__file__).resolve().parents[2]


class CountedPath:
    """Listens on loopback and forwards to the portal at @base_url; @count: connections so far."""

    def __init__(self, base_url):
        address = urllib.parse.urlsplit(base_url)
        self.target = address.port
        self.count = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.base_url = address._replace(
            netloc=f"{address.hostname}:{self.listener.getsockname()[1]}").geturl()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            self.count += 1
            far = socket.create_connection(("127.0.0.1", self.target))
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    @staticmethod
    def _pump(source, sink):
        try:
            while piece := source.recv(65536):
                sink.sendall(piece)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def close(self):
        # A thread that waits in accept() keeps the socket open otherwise.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


class CountedPortal:
    """A practice portal that is installed under @names (id → name), each with a path of its own."""

    def __init__(self, build, **names):
        self.portal = subprocess.Popen(
            [build / "src/practice/eonay-practice-portal", "--trust",
             ROOT / "tests/data/certificates/root.pem"], stdout=subprocess.PIPE, text=True)
        line = self.portal.stdout.readline()
        told = json.loads(line)
        self.browser = Browser(line)
        self.paths = {identifier: CountedPath(told["base_url"]) for identifier in names}
        profiles = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "eonay/portals.d"
        profiles.mkdir(parents=True, exist_ok=True)
        for identifier, name in names.items():
            (profiles / f"{identifier}.json").write_text(json.dumps(
                {"id": identifier, "name": name, "base_url": self.paths[identifier].base_url,
                 "ca_file": told["ca_file"]}))

    def counts(self):
        """Connections to the portal under each id that somebody came to."""
        return {identifier: path.count for identifier, path in self.paths.items() if path.count}

    def close(self):
        for path in self.paths.values():
            path.close()
        self.portal.terminate()
        self.portal.wait(10)
        self.portal.stdout.close()
