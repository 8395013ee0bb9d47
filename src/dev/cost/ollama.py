"""Stands in for an idle Ollama with one model in memory: a server, its runner, and the connection between them.

Usage: python3 ollama.py serve PORT | python3 ollama.py runner --port PORT
"""
import datetime
import http.server
import json
import socket
import subprocess
import sys
import time

NAMES = ["model-%d:latest" % i for i in range(20)]


class Api(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        expires = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=4)
        loaded = {
            "name": NAMES[0], "model": NAMES[0], "size": 5400000000, "size_vram": 5400000000,
            "digest": "0" * 64, "context_length": 4096, "expires_at": expires.isoformat(),
            "details": {"format": "gguf", "family": "llama", "parameter_size": "8.0B"}}
        answers = {
            "/api/version": {"version": "0.32.15"},
            "/api/ps": {"models": [loaded]},
            "/api/tags": {"models": [dict(loaded, name=name) for name in NAMES]}}
        body = json.dumps(answers.get(self.path, {})).encode()
        self.send_response(200 if self.path in answers else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def runner(port):
    call, _ = socket.create_server(("127.0.0.1", port)).accept()
    call.recv(1)  # which ends with the server


def serve(port):
    subprocess.Popen([sys.executable, __file__, "runner", "--port", str(port + 1)])
    call = None
    while call is None:
        try:
            call = socket.create_connection(("127.0.0.1", port + 1))
        except OSError:
            time.sleep(0.1)
    with call:
        http.server.ThreadingHTTPServer(("127.0.0.1", port), Api).serve_forever()


if sys.argv[1] == "serve":
    serve(int(sys.argv[2]))
else:
    runner(int(sys.argv[3]))
