"""Pages with eonay: links, served to browsers on loopback."""

import html
import http.server
import threading


class WebPage:
    """Serves, at @url, a page that has each of @links under its position as id; "all" clicks all of them."""

    def __init__(self, *links):
        anchors = "\n".join(f'<p><a id="link-{number}" href="{html.escape(link)}">link {number}</a></p>'
                            for number, link in enumerate(links))
        self.body = f"""<!DOCTYPE html><meta charset="utf-8"><title>Portal</title>
<p><button id="all">all</button></p>
{anchors}
<script>
document.getElementById("all").addEventListener("click", () => {{
  for (const link of document.links) link.click();
  const frame = document.createElement("iframe");
  document.body.append(frame);
  for (const link of document.links) frame.src = link.href;
}});
</script>
""".encode()
        page = self

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200 if self.path == "/" else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                if self.path == "/":
                    self.wfile.write(page.body)

            def log_message(self, *ignored):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.origin = f"http://localhost:{self.server.server_port}"
        self.url = self.origin + "/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
