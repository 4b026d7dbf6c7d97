"""Plays the web page's part: asks the practice portal for codes and for what it received."""

import base64
import json
import ssl
import urllib.error
import urllib.request


class Browser:
    """@line: the line of JSON that the practice portal printed at its start."""

    def __init__(self, line):
        told = json.loads(line)
        self.base_url = told["base_url"]
        self.signer_ca_file = told.get("signer_ca_file")  # of a portal with a card of its own
        self.tls = ssl.create_default_context(cafile=told["ca_file"])

    def _ask(self, path, body=None):
        request = urllib.request.Request(
            self.base_url + path, data=json.dumps(body).encode() if body is not None else None,
            headers={"Content-Type": "application/json"})
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}),
                                             urllib.request.HTTPSHandler(context=self.tls))
        with direct.open(request, timeout=20) as answer:
            return answer.read()

    def new_code(self, operation="e-onay", **wishes):
        """Returns a code of 15 digits; @wishes: validity, signer_hint, fault."""
        return json.loads(self._ask("practice/transactions",
                                    {"operation": operation, **wishes}))["code"]

    def transaction(self, code):
        return json.loads(self._ask(f"practice/transactions/{code}"))

    def document(self, code, number=1):
        """Returns the bytes that the portal wants signed; while it still waits for them."""
        identifier = self.transaction(code)["transaction"]
        return self._ask(f"v1/transactions/{identifier}/documents/{number}")

    def signatures(self, code):
        """Returns what the portal accepted: DER or signed PDFs, in the order of the documents."""
        return [base64.b64decode(one) for one in self.transaction(code)["signatures"]]

    def signature(self, code):
        """Returns the DER that the portal received, or None."""
        received = self.signatures(code)
        return received[0] if received else None
