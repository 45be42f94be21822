"""A local HTTP server for channel tests: keeps requests, answers what it is told to."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class ChannelServer:
    """Requests as (path, headers, JSON body); `answer` is (status, body)."""

    def __init__(self):
        self.requests = []
        self.answer = (200, {"errcode": 0, "errmsg": "ok", "code": 0})
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                """Keep the request and give the prepared answer."""
                content = self.rfile.read(int(self.headers["Content-Length"]))
                outer.requests.append((self.path, dict(self.headers), json.loads(content)))
                status, body = outer.answer
                if status == 0:
                    self.close_connection = True
                    return
                told = body.encode() if isinstance(body, str) else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Location", "http://127.0.0.1:9/")
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            def log_message(self, *_arguments):
                """Be silent."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def stop(self):
        """Close the server."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
