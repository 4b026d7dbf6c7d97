"""A portal that asks for signatures over any text, under any name."""

import base64
import contextlib
import datetime
import hashlib
import http.server
import json
import pathlib
import ssl
import threading

import faulty_portal

CODE = "820004526184196"


def describe(names, documents):
    """The transaction: @names: replaces its members; @documents: (label, bytes) each."""
    return {
        "transaction": "t1", "operation": "e-onay", "state": "waiting", "portal": "Kurum",
        "certificate_policy": "any", "expires_in": 600,
        "created_at": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "hashAlgorithmOID": "2.16.840.1.101.3.4.2.1",
        "documents": [
            {"id": str(number), "label": label, "media_type": "text/plain; charset=utf-8",
             "size": len(content), "href": f"documents/{number}", "signature_format": "C",
             "digest": base64.b64encode(hashlib.sha256(content).digest()).decode(),
             "conformance_level": "AdES-B-B", "signed_envelope_property": "Attached"}
            for number, (label, content) in enumerate(documents, 1)],
        **names}


@contextlib.contextmanager
def serve(folder, names, documents):
    """Yields a folder for XDG_CONFIG_HOME in which the portal “kurum” is installed."""
    folder = pathlib.Path(folder)

    class Answer(http.server.BaseHTTPRequestHandler):
        def reply(self, media_type, body):
            self.send_response(200)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            self.reply("application/json", json.dumps(describe(names, documents)).encode())

        def do_GET(self):
            number = int(self.path.rsplit("/", 1)[1])
            self.reply("text/plain; charset=utf-8", documents[number - 1][1])

        def log_message(self, *ignored):
            pass

    ca = faulty_portal.make_ca(folder, "ca")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(faulty_portal.make_certificate(folder, ca, "localhost"))
    server = http.server.ThreadingHTTPServer(("localhost", 0), Answer)
    server.socket = context.wrap_socket(server.socket, server_side=True,
                                        do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    profiles = folder / "config" / "eonay" / "portals.d"
    profiles.mkdir(parents=True)
    (profiles / "kurum.json").write_text(json.dumps(
        {"id": "kurum", "name": "Kurum", "base_url": f"https://localhost:{server.server_port}/",
         "ca_file": str(ca[1])}))
    try:
        yield profiles.parent.parent
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
