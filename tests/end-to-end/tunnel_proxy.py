"""An HTTP proxy for TLS connections (CONNECT), honest or not; it remembers what it was asked."""

import base64
import select
import socket
import ssl
import threading


class TunnelProxy:
    """@conduct: what it does with CONNECT: "tunnel"; "ask" for a password, and tunnel if @password
    ("name:password") comes; "refuse"; "redirect" to a page to log in at; "babble" (no HTTP); "lie" (says
    that it is connected, and is not); "pose" as the portal, with @certificate (path of a key with its
    certificate)."""

    def __init__(self, conduct="tunnel", password=None, certificate=None):
        self.conduct, self.password, self.certificate = conduct, password, certificate
        self.asked = []     # first lines of requests
        self.carried = b""  # from the program to the other end, once it is connected
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        # close() alone does not wake the thread.
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()

    def _accept(self):
        while True:
            try:
                client = self.server.accept()[0]
            except OSError:
                return
            threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client):
        try:
            with client:
                self._answer(client)
        except OSError:
            pass

    def _answer(self, client):
        while self._answer_once(client):
            pass

    def _answer_once(self, client):
        """Returns whether there may be another request."""
        head = b""
        while b"\r\n\r\n" not in head:
            part = client.recv(4096)
            if not part:
                return False
            head += part
        lines = head.decode().split("\r\n")
        self.asked.append(lines[0])
        target = lines[0].split()[1]
        if self.conduct == "babble":
            client.sendall(b"\x00\x01 no HTTP \xff" * 20)
            return False
        elif self.conduct == "redirect":
            client.sendall(b"HTTP/1.1 302 Found\r\nLocation: https://giris.okul.example/\r\nContent-Length: 0\r\n\r\n")
        elif self.conduct == "refuse":
            client.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 6\r\n\r\nHayir\n")
        elif self.conduct == "ask" and not self._is_allowed(lines):
            client.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n"
                           b'Proxy-Authenticate: Basic realm="okul"\r\nContent-Length: 0\r\n\r\n')
        else:
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            self._go_on(client, target)
            return False
        return True

    def _is_allowed(self, lines):
        wanted = "Basic " + base64.b64encode((self.password or "").encode()).decode()
        return self.password and f"Proxy-Authorization: {wanted}" in lines

    def _go_on(self, client, target):
        if self.conduct == "lie":
            client.recv(4096)
            client.sendall(b"<html>Giris yapin</html>" * 20)
        elif self.conduct == "pose":
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate)
            with context.wrap_socket(client, server_side=True) as posing:
                self.carried += posing.recv(65536)
        else:
            host, port = target.rsplit(":", 1)
            with socket.create_connection((host, int(port))) as other:
                self._carry(client, other)

    def _carry(self, client, other):
        while True:
            for end in select.select([client, other], [], [])[0]:
                part = end.recv(65536)
                if not part:
                    return
                if end is client:
                    self.carried += part
                (other if end is client else client).sendall(part)
