"""A portal over TLS with one thing wrong; it answers every request."""

import datetime
import email.utils
import http.server
import pathlib
import ssl
import subprocess
import threading

# To a code that is none.
AS_A_PORTAL = (400, {"Content-Type": "application/problem+json"},
               b'{"type": "https://kurum.example/problems/code-malformed", "status": 400}')


def run(*command):
    subprocess.run([str(word) for word in command], check=True, capture_output=True)


def make_ca(folder, name):
    """Returns the paths of a CA's key and certificate."""
    key, certificate = folder / f"{name}.key", folder / f"{name}.pem"
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-keyout", key, "-out", certificate, "-days", "30", "-subj", f"/CN=DENEME {name}")
    return key, certificate


def make_certificate(folder, ca, host):
    """Returns the path of a key with its certificate for @host."""
    key, request, both = folder / "server.key", folder / "server.csr", folder / "server.pem"
    extensions = folder / "server.ext"
    run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-keyout", key, "-out", request, "-subj", f"/CN={host}")
    extensions.write_text(f"subjectAltName=DNS:{host}\nextendedKeyUsage=serverAuth\n")
    run("openssl", "x509", "-req", "-in", request, "-CA", ca[1], "-CAkey", ca[0], "-days", "30",
        "-extfile", extensions, "-out", folder / "server.crt")
    both.write_text(key.read_text() + (folder / "server.crt").read_text())
    return both


class FaultyPortal:
    """@host: whom its certificate is for; @ahead: seconds that its clock is ahead; @answer: status,
    headers and body of all answers."""

    def __init__(self, folder, host="localhost", ahead=0, answer=AS_A_PORTAL):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True)
        self.host = host
        self.ahead = ahead
        self.answer = answer

    def __enter__(self):
        portal = self

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                status, headers, body = portal.answer
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def date_time_string(self, timestamp=None):
                now = datetime.datetime.now(datetime.timezone.utc)
                return email.utils.format_datetime(now + datetime.timedelta(seconds=portal.ahead),
                                                   usegmt=True)

            def log_message(self, *ignored):
                pass

        ca = make_ca(self.folder, "ca")
        self.ca_file = ca[1]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(make_certificate(self.folder, ca, self.host))
        self.server = http.server.ThreadingHTTPServer(("localhost", 0), Answer)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True,
                                                 do_handshake_on_connect=False)
        self.base_url = f"https://localhost:{self.server.server_port}/"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(10)
