"""A slow line to the site: a page arrives compressed, one network packet after the other; its style sheets at once."""

import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import Request, urlopen

PACKET = 1_460  # bytes, what Ethernet carries of TCP
PAUSE = 0.05  # seconds; time to show what has come


@contextmanager
def slow_line(site_url: str):
    """Gives the address under which the site answers slowly, to readers only (GET)."""

    class Slowly(BaseHTTPRequestHandler):
        def do_GET(self):
            asked = Request(site_url + self.path, headers={"Accept-Encoding": "gzip"})
            with urlopen(asked) as answer:
                body, headers = answer.read(), answer.headers
            self.send_response(200)
            for name in ("Content-Type", "Content-Encoding"):
                if name in headers:
                    self.send_header(name, headers[name])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            is_page = headers["Content-Type"].startswith("text/html")
            for start in range(0, len(body), PACKET):
                self.wfile.write(body[start : start + PACKET])
                time.sleep(PAUSE if is_page else 0)

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Slowly)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
